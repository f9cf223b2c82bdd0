// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Tests the contract of the four entry points ("NSS Modules Interface" in the manual of glibc):
 * every entry with every family, with names of every kind, in buffers of every length from nothing
 * to more than enough, at 16 alignments. All memory that a call could write is filled with a
 * pattern first, and must still hold it afterwards wherever the answer does not lie.
 */
#include "test/module/module.h"

#include <arpa/inet.h>
#include <errno.h>
#include <net/if.h>
#include <netinet/in.h>
#include <string.h>

enum { ALIGNMENTS = 16, GUARD = 64, LONGEST = 1024, ARENA = GUARD + ALIGNMENTS + LONGEST + GUARD };
enum { ERROR_BEFORE = 12345, HOST_ERROR_BEFORE = 54321, TTL_BEFORE = 77 };

/* The most that an answer may need beside the name: pointers, tuple or addresses, padding. */
enum { OVERHEAD = 64 + ALIGNMENTS };

enum kind { FOREIGN, BAD, VALID };

struct sample {
    const char *name;
    enum kind kind;
    const char *address;   /* of a valid one */
    const char *interface; /* whose index the scope id is, or NULL */
    uint32_t scope_id;
};

#define FF "ffff"
static const struct sample samples[] = {
    {"", FOREIGN, NULL, NULL, 0},
    {".", FOREIGN, NULL, NULL, 0},
    {"localhost", FOREIGN, NULL, NULL, 0},
    {"www.example.com", FOREIGN, NULL, NULL, 0},
    {"fe80::1%lo", FOREIGN, NULL, NULL, 0},
    {"2001:db8::1", FOREIGN, NULL, NULL, 0},
    {"net", FOREIGN, NULL, NULL, 0},
    {"pv6-literal.net", FOREIGN, NULL, NULL, 0},
    {"fe80--1.pv6-literal.net", FOREIGN, NULL, NULL, 0},
    {"xipv6-literal.net", FOREIGN, NULL, NULL, 0},
    {"fe80--1-ipv6-literal.net", FOREIGN, NULL, NULL, 0},
    {"ipv6-literal.net.evil", FOREIGN, NULL, NULL, 0},
    {"fe80--1.ipv6-literal.net.evil", FOREIGN, NULL, NULL, 0},
    {"fe80--1.ipv6-literal.ne", FOREIGN, NULL, NULL, 0},
    {"fe80--1.ipv6-literal.nett", FOREIGN, NULL, NULL, 0},
    {"fe80--1.ipv6\rliteral.net", FOREIGN, NULL, NULL, 0},
    {"fe80--1.ipv6-literal\x0enet", FOREIGN, NULL, NULL, 0},
    {"fe80--1.ipv\x16-literal.net", FOREIGN, NULL, NULL, 0},
    {"fe80--1.\xc4\xb1pv6-literal.net", FOREIGN, NULL, NULL, 0},
    {"fe80--1\xe3\x80\x82ipv6-literal.net", FOREIGN, NULL, NULL, 0},

    {"ipv6-literal.net", BAD, NULL, NULL, 0},
    {"ipv6-literal.net.", BAD, NULL, NULL, 0},
    {"IPV6-LITERAL.NET", BAD, NULL, NULL, 0},
    {".ipv6-literal.net", BAD, NULL, NULL, 0},
    {"www.ipv6-literal.net", BAD, NULL, NULL, 0},
    {"fe80--1--2.ipv6-literal.net", BAD, NULL, NULL, 0},
    {"fe80---1.ipv6-literal.net", BAD, NULL, NULL, 0},
    {"fe80--1s.ipv6-literal.net", BAD, NULL, NULL, 0},
    {"fe80--1-s4.ipv6-literal.net", BAD, NULL, NULL, 0},
    {"-s4.ipv6-literal.net", BAD, NULL, NULL, 0},
    {"fe80--1/64.ipv6-literal.net", BAD, NULL, NULL, 0},
    {"fe80::1.ipv6-literal.net", BAD, NULL, NULL, 0},
    {"fe80--1..ipv6-literal.net", BAD, NULL, NULL, 0},
    {"fe80--1.ipv6-literal.net..", BAD, NULL, NULL, 0},
    {"fe80--1s4294967296.ipv6-literal.net", BAD, NULL, NULL, 0},
    {"fe80--1s-no-such-if.ipv6-literal.net", BAD, NULL, NULL, 0},
    {"1.2.3.4.ipv6-literal.net", BAD, NULL, NULL, 0},
    {"1.ipv6-literal.net", BAD, NULL, NULL, 0},
    {"\xef\xbc\x90--1.ipv6-literal.net", BAD, NULL, NULL, 0},

    {"--.ipv6-literal.net", VALID, "::", NULL, 0},
    {"2001-db8--1.ipv6-literal.net", VALID, "2001:db8::1", NULL, 0},
    {"2001-db8--1.ipv6-literal.net.", VALID, "2001:db8::1", NULL, 0},
    {"2001-DB8--ABCD.IPV6-LITERAL.NET", VALID, "2001:db8::abcd", NULL, 0},
    {FF "-" FF "-" FF "-" FF "-" FF "-" FF "-" FF "-255.255.255.255.ipv6-literal.net", BAD, NULL,
     NULL, 0},
    {FF "-" FF "-" FF "-" FF "-" FF "-" FF "-255.255.255.255.ipv6-literal.net", VALID,
     FF ":" FF ":" FF ":" FF ":" FF ":" FF ":" FF ":" FF, NULL, 0},
    {"fe80--1.ipv6-literal.net", VALID, "fe80::1", NULL, 0},
    {"fe80--1s4.ipv6-literal.net", VALID, "fe80::1", NULL, 4},
    {"FE80--1S4.Ipv6-Literal.Net.", VALID, "fe80::1", NULL, 4},
    {"fe80--1s4294967295.ipv6-literal.net", VALID, "fe80::1", NULL, 4294967295},
    {"fe80--1s0.ipv6-literal.net", VALID, "fe80::1", NULL, 0},
    {"2001-db8--1s4.ipv6-literal.net", VALID, "2001:db8::1", NULL, 0},
    {"0--1slo.ipv6-literal.net", VALID, "::1", NULL, 0},
    {"fe80--1slo.ipv6-literal.net", VALID, "fe80::1", "lo", 0},
    {"ff02--1sLO.ipv6-literal.net", VALID, "ff02::1", "lo", 0},
    {"--ffff-192.0.2.1.ipv6-literal.net", VALID, "::ffff:192.0.2.1", NULL, 0},
    {"0-0-0-0-0-ffff-c000-201s4.ipv6-literal.net.", VALID, "::ffff:192.0.2.1", NULL, 0},
    {"0-0-1-0-0-ffff-c000-201.ipv6-literal.net", VALID, "0:0:1::ffff:192.0.2.1", NULL, 0},
};

enum entry { NAME4, NAME4_GIVEN, NAME3, NAME2, NAME1, ENTRIES };
static const char *const entry_names[ENTRIES] = {
    "gethostbyname4_r", "gethostbyname4_r with the caller's tuple", "gethostbyname3_r",
    "gethostbyname2_r", "gethostbyname_r"};

struct call {
    const struct sample *sample;
    enum entry entry;
    int family;
    bool with_ttl_and_canonical_name;
    unsigned alignment;
    size_t length;
};

struct outcome {
    enum nss_status status;
    int error;
    int host_error;
};

static struct module module;
static _Alignas(ALIGNMENTS) unsigned char arena[ARENA];
static unsigned char pattern[ARENA];
static unsigned long calls, failures;

static void fail(const struct call *call, const char *what)
{
    wrong(&failures, "%s: \"%s\" (%s, family %d, ttlp %s, alignment %u, length %zu)", what,
          call->sample->name, entry_names[call->entry], call->family,
          call->with_ttl_and_canonical_name ? "given" : "NULL", call->alignment, call->length);
}

static bool is_mapped(const struct sample *sample)
{
    return sample->kind == VALID && strncmp(sample->address, "::ffff:", 7) == 0;
}

/* The table, row by row: the first that fits. */
static struct outcome look_up_table(const struct call *call, bool fits)
{
    if (call->sample->kind == FOREIGN)
        return (struct outcome){NSS_STATUS_UNAVAIL, ENOENT, HOST_NOT_FOUND};
    if (call->sample->kind == BAD)
        return (struct outcome){NSS_STATUS_NOTFOUND, ENOENT, HOST_NOT_FOUND};
    if (call->family == AF_INET && !is_mapped(call->sample))
        return (struct outcome){NSS_STATUS_NOTFOUND, ENOENT, NO_DATA};
    if (call->family != AF_INET && call->family != AF_INET6 && call->family != AF_UNSPEC)
        return (struct outcome){NSS_STATUS_UNAVAIL, EAFNOSUPPORT, NO_DATA};
    if (!fits)
        return (struct outcome){NSS_STATUS_TRYAGAIN, ERANGE, NETDB_INTERNAL};
    return (struct outcome){NSS_STATUS_SUCCESS, ERROR_BEFORE, NETDB_SUCCESS};
}

/* What the arena shall look like after an answer: the pattern, and the answer's parts as found. */
struct image {
    const struct call *call;
    char *buffer;
    unsigned char bytes[ARENA];
    bool good;
};

static void add_part(struct image *image, const void *part, size_t size, size_t alignment)
{
    size_t offset = (uintptr_t)part - (uintptr_t)image->buffer;
    if (offset > image->call->length || size > image->call->length - offset) {
        fail(image->call, "a part of the answer lies outside the buffer");
        image->good = false;
    } else if ((uintptr_t)part % alignment != 0) {
        fail(image->call, "a part of the answer is not aligned");
        image->good = false;
    } else {
        memcpy(image->bytes + ((const unsigned char *)part - arena), part, size);
    }
}

static void check_name(struct image *image, const char *name)
{
    const char *wanted = image->call->sample->name;
    add_part(image, name, strlen(wanted) + 1, 1);
    if (image->good && strcmp(name, wanted) != 0)
        fail(image->call, "another name");
}

static void check_tuple(struct image *image, const struct gaih_addrtuple *tuple)
{
    const struct sample *sample = image->call->sample;
    if (image->call->entry == NAME4)
        add_part(image, tuple, sizeof *tuple, _Alignof(struct gaih_addrtuple));
    if (!image->good)
        return;
    uint32_t scope_id =
        sample->interface != NULL ? if_nametoindex(sample->interface) : sample->scope_id;
    struct in6_addr address;
    inet_pton(AF_INET6, sample->address, &address);
    if (tuple->next != NULL || tuple->family != AF_INET6)
        fail(image->call, "not exactly one address of AF_INET6");
    if (memcmp(tuple->addr, &address, sizeof address) != 0)
        fail(image->call, "another address");
    if (tuple->scopeid != scope_id)
        fail(image->call, "another scope id");
    check_name(image, tuple->name);
}

static void check_hostent(struct image *image, const struct hostent *host)
{
    const struct sample *sample = image->call->sample;
    bool ipv4 = image->call->family == AF_INET;
    int length = ipv4 ? 4 : 16;
    if (host->h_addrtype != (ipv4 ? AF_INET : AF_INET6) || host->h_length != length) {
        fail(image->call, "another address family or length");
        return;
    }
    add_part(image, host->h_aliases, sizeof(char *), _Alignof(char *));
    add_part(image, host->h_addr_list, 2 * sizeof(char *), _Alignof(char *));
    if (!image->good)
        return;
    if (host->h_aliases[0] != NULL)
        fail(image->call, "an alias");
    if (host->h_addr_list[0] == NULL || host->h_addr_list[1] != NULL) {
        fail(image->call, "not exactly one address");
        return;
    }
    add_part(image, host->h_addr_list[0], (size_t)length, _Alignof(uint32_t));
    unsigned char address[16];
    inet_pton(AF_INET6, sample->address, address);
    if (image->good && memcmp(host->h_addr_list[0], address + 16 - length, (size_t)length) != 0)
        fail(image->call, "another address");
    check_name(image, host->h_name);
}

/* Makes one call and checks all that it wrote and did not write. Returns its status. */
static enum nss_status make(const struct call *call, const char *name)
{
    char *buffer = (char *)arena + GUARD + call->alignment;
    int error = ERROR_BEFORE, host_error = HOST_ERROR_BEFORE;
    int32_t ttl = TTL_BEFORE;
    char marker;
    char *canonical_name = &marker;
    struct hostent host, host_before;
    struct gaih_addrtuple tuple, tuple_before, *result = NULL;
    memset(&host, 0x5a, sizeof host);
    memset(&tuple, 0x5a, sizeof tuple);
    host_before = host;
    tuple_before = tuple;
    int32_t *ttlp = call->with_ttl_and_canonical_name ? &ttl : NULL;
    char **canonp = call->with_ttl_and_canonical_name ? &canonical_name : NULL;

    enum nss_status status = NSS_STATUS_RETURN;
    calls++;
    errno = EXDEV;
    switch (call->entry) {
    case NAME4_GIVEN:
        result = &tuple;
        __attribute__((fallthrough));
    case NAME4:
        status = module.name4(name, &result, buffer, call->length, &error, &host_error, ttlp);
        break;
    case NAME3:
        status = module.name3(name, call->family, &host, buffer, call->length, &error, &host_error,
                              ttlp, canonp);
        break;
    case NAME2:
        status = module.name2(name, call->family, &host, buffer, call->length, &error, &host_error);
        break;
    default:
        status = module.name1(name, &host, buffer, call->length, &error, &host_error);
    }
    bool success = status == NSS_STATUS_SUCCESS;
    if (success && errno != EXDEV)
        fail(call, "errno changed although there is an answer");

    struct outcome wanted = look_up_table(call, status != NSS_STATUS_TRYAGAIN);
    if (status != wanted.status)
        fail(call, "another status");
    if (error != wanted.error)
        fail(call, "another *errnop");
    if (host_error != wanted.host_error)
        fail(call, "another *h_errnop");
    if (ttl !=
        (success && ttlp != NULL && call->entry != NAME2 && call->entry != NAME1 ? 0 : TTL_BEFORE))
        fail(call, "another *ttlp");
    if (canonical_name !=
        (success && canonp != NULL && call->entry == NAME3 ? host.h_name : &marker))
        fail(call, "another *canonp");

    bool tuples = call->entry == NAME4 || call->entry == NAME4_GIVEN;
    if ((!success || tuples) && memcmp(&host, &host_before, sizeof host) != 0)
        fail(call, "*result changed");
    if ((!success || call->entry != NAME4_GIVEN) &&
        memcmp(&tuple, &tuple_before, sizeof tuple) != 0)
        fail(call, "the caller's tuple changed");
    if ((!success || call->entry != NAME4) &&
        result != (call->entry == NAME4_GIVEN ? &tuple : NULL))
        fail(call, "*pat changed");
    if (!success) {
        if (memcmp(arena, pattern, sizeof arena) != 0) {
            fail(call, "something was written to the buffer or beside it");
            memcpy(arena, pattern, sizeof arena);
        }
        return status;
    }

    if (wanted.status != NSS_STATUS_SUCCESS) {
        memcpy(arena, pattern, sizeof arena);
        return status;
    }
    struct image image = {.call = call, .buffer = buffer, .good = true};
    memcpy(image.bytes, pattern, sizeof pattern);
    if (tuples)
        check_tuple(&image, result);
    else
        check_hostent(&image, &host);
    if (image.good && memcmp(arena, image.bytes, sizeof arena) != 0)
        fail(call, "something was written that is no part of the answer");
    memcpy(arena, pattern, sizeof arena);
    return status;
}

/* All lengths to two more than the answer needs, or to as many where there is none; and 1024. */
static void try_lengths(struct call call, const char *name)
{
    size_t enough = strlen(name) + 1 + OVERHEAD;
    int successes = 0;
    for (call.length = 0; call.length <= enough && successes < 3; call.length++) {
        enum nss_status status = make(&call, name);
        if (status == NSS_STATUS_SUCCESS)
            successes++;
        else if (successes > 0)
            fail(&call, "no answer, but there was one in less room");
    }
    call.length = LONGEST;
    enum nss_status status = make(&call, name);
    if (status == NSS_STATUS_TRYAGAIN)
        fail(&call, "1024 bytes are not enough");
    if (status == NSS_STATUS_SUCCESS && successes < 3)
        fail(&call, "needs more room than it should");
}

static void try_alignments(struct call call, const char *name)
{
    for (call.alignment = 0; call.alignment < ALIGNMENTS; call.alignment++)
        try_lengths(call, name);
}

static void try_entries(const struct sample *sample)
{
    static const int families[] = {AF_INET, AF_INET6, AF_UNSPEC, AF_UNIX, 12345};
    /* A copy that ends where its memory ends, for the sanitizer and valgrind. */
    char *name = strdup(sample->name);
    if (name == NULL)
        bail_out("no memory");
    struct call call = {.sample = sample};
    for (int with = 0; with <= 1; with++) {
        call.with_ttl_and_canonical_name = with;
        call.family = AF_UNSPEC;
        for (call.entry = NAME4; call.entry <= NAME4_GIVEN; call.entry++)
            try_alignments(call, name);
        call.entry = NAME3;
        for (size_t i = 0; i < sizeof families / sizeof families[0]; i++) {
            call.family = families[i];
            try_alignments(call, name);
        }
    }
    call.with_ttl_and_canonical_name = false;
    call.entry = NAME2;
    for (size_t i = 0; i < sizeof families / sizeof families[0]; i++) {
        call.family = families[i];
        try_alignments(call, name);
    }
    call.entry = NAME1;
    call.family = AF_INET;
    try_alignments(call, name);
    free(name);
}

static void try_sample(const struct sample *sample)
{
    static const char *const kinds[] = {"outside", "malformed or without interface", "valid"};
    unsigned long calls_before = calls, failures_before = failures;
    try_entries(sample);
    report(failures == failures_before, "%s, %zu bytes, %.48s (%lu calls)", kinds[sample->kind],
           strlen(sample->name), sample->name, calls - calls_before);
}

/* A name is as long as it likes: one of `length` bytes that begins and ends as told. */
static void try_long(size_t length, const char *start, char filling, const char *end,
                     struct sample sample)
{
    char name[512];
    size_t start_length = strlen(start), end_length = strlen(end);
    memset(name, filling, length);
    memcpy(name, start, start_length);
    memcpy(name + length - end_length, end, end_length + 1);
    sample.name = name;
    try_sample(&sample);
}

int main(void)
{
    memset(pattern, 0xa5, sizeof pattern);
    memcpy(arena, pattern, sizeof arena);
    module = load_module();
    if (if_nametoindex("lo") == 0)
        bail_out("there is no interface lo");

    for (size_t i = 0; i < sizeof samples / sizeof samples[0]; i++)
        try_sample(&samples[i]);
    static const size_t lengths[] = {254, 255, 300};
    for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
        size_t length = lengths[i];
        try_long(length, "", 'x', ".example.com", (struct sample){.kind = FOREIGN});
        try_long(length, "fe80--1.", 'x', "ipv6-literal.net", (struct sample){.kind = FOREIGN});
        try_long(length, "", 'x', DOMAIN, (struct sample){.kind = BAD});
        try_long(length, "", '0', DOMAIN, (struct sample){.kind = BAD});
        try_long(length, "fe80--1seth", '0', DOMAIN, (struct sample){.kind = BAD});
        try_long(length, "fe80--1s", '0', "4" DOMAIN,
                 (struct sample){.kind = VALID, .address = "fe80::1", .scope_id = 4});
    }
    report(calls > 100000, "made %lu calls", calls);
    return end_of_report();
}
