// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Tests that a literal name means what its numeric form means: the body with ":" for "-" in the
 * address and "%" for the first "s", as getaddrinfo reads it with AI_NUMERICHOST. Four differences
 * are intended; each is a rule of its own below. numeric_form.sh creates the interfaces.
 *
 *   numeric_form [COUNT [SEED]]     how many random bodies, and which
 */
#include "test/module/module.h"

#include "test/env/random.h"

#include <arpa/inet.h>
#include <net/if.h>
#include <netinet/in.h>
#include <string.h>

enum { BODY_MAX = 200 };

struct meaning {
    bool valid;
    struct in6_addr address;
    uint32_t scope_id;
};

static bool is_same(const struct meaning *a, const struct meaning *b)
{
    if (!a->valid || !b->valid)
        return a->valid == b->valid;
    return memcmp(&a->address, &b->address, sizeof a->address) == 0 && a->scope_id == b->scope_id;
}

/* A static text for a message. */
static const char *show(const struct meaning *meaning)
{
    static char texts[2][INET6_ADDRSTRLEN + 12];
    static int which;
    char address[INET6_ADDRSTRLEN];
    if (!meaning->valid)
        return "no such host";
    which = !which;
    inet_ntop(AF_INET6, &meaning->address, address, sizeof address);
    snprintf(texts[which], sizeof texts[which], "%s%%%u", address, meaning->scope_id);
    return texts[which];
}

/* What getaddrinfo makes of the text. A meaning is one IPv6 address. */
static struct meaning ask(const char *text, int flags)
{
    struct meaning meaning = {.valid = false};
    const struct addrinfo hints = {
        .ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM, .ai_flags = flags};
    struct addrinfo *result;
    if (getaddrinfo(text, NULL, &hints, &result) != 0)
        return meaning;
    /* "1.2.3.4" and "1" are AF_INET: glibc's inet_aton, but no text of RFC 4291. */
    if (result->ai_next == NULL && result->ai_family == AF_INET6) {
        const struct sockaddr_in6 *address = (const void *)result->ai_addr;
        meaning.valid = true;
        meaning.address = address->sin6_addr;
        meaning.scope_id = address->sin6_scope_id;
    }
    freeaddrinfo(result);
    return meaning;
}

static bool is_all_digits(const char *text)
{
    return text[0] != '\0' && text[strspn(text, "0123456789")] == '\0';
}

/* The grammar's zone: an index that fits 32 bits, or what can be the name of an interface, without
 * control characters. */
static bool is_zone(const char *zone)
{
    if (is_all_digits(zone)) {
        zone += strspn(zone, "0");
        return strlen(zone) < 10 || (strlen(zone) == 10 && strcmp(zone, "4294967295") <= 0);
    }
    for (const char *p = zone; *p != '\0'; p++) {
        if ((*p > 0 && *p < 0x20) || *p == 0x7f)
            return false;
    }
    return zone[0] != '\0' && strlen(zone) < IF_NAMESIZE && strcmp(zone, ".") != 0 &&
           strcmp(zone, "..") != 0 && zone[strcspn(zone, "/: \t\n\v\f\r\xa0")] == '\0';
}

static bool is_scoped(const struct in6_addr *address)
{
    return IN6_IS_ADDR_LINKLOCAL(address) || IN6_IS_ADDR_MC_NODELOCAL(address) ||
           IN6_IS_ADDR_MC_LINKLOCAL(address);
}

static bool is_same_in_any_case(const char *a, const char *b)
{
    for (;; a++, b++) {
        char x = *a >= 'A' && *a <= 'Z' ? (char)(*a + 32) : *a;
        char y = *b >= 'A' && *b <= 'Z' ? (char)(*b + 32) : *b;
        if (x != y)
            return false;
        if (x == '\0')
            return true;
    }
}

/* The index of the only interface that is called so in some case, or 0. */
static uint32_t only_interface(const struct if_nameindex *interfaces, const char *name)
{
    uint32_t found = 0;
    for (const struct if_nameindex *i = interfaces; i->if_index != 0; i++) {
        if (!is_same_in_any_case(i->if_name, name))
            continue;
        if (found != 0)
            return 0;
        found = i->if_index;
    }
    return found;
}

static struct meaning meaning_of_numeric_form(const struct if_nameindex *interfaces,
                                              const char *body)
{
    static const struct meaning none = {.valid = false};
    char numeric_form[BODY_MAX + 1];
    snprintf(numeric_form, sizeof numeric_form, "%s", body);
    size_t mark = strcspn(numeric_form, "sS");
    const char *zone = body[mark] != '\0' ? body + mark + 1 : NULL;

    /* The grammar: what is put for "-" and "s" cannot be in the body itself. */
    if (strcspn(numeric_form, ":%") < mark || (zone != NULL && !is_zone(zone)))
        return none;
    for (char *p = numeric_form; p < numeric_form + mark; p++)
        *p = *p == '-' ? ':' : *p;
    numeric_form[mark] = '\0';
    struct meaning meaning = ask(numeric_form, AI_NUMERICHOST);
    if (!meaning.valid || zone == NULL)
        return meaning;

    /* On purpose: a zone on an address that has neither link nor interface scope is dropped. */
    if (!is_scoped(&meaning.address))
        return meaning;

    /* On purpose: a number is an index, even if an interface is called so; and 0 is no zone. */
    if (is_all_digits(zone) && if_nametoindex(zone) != 0) {
        meaning.scope_id = (uint32_t)strtoul(zone, NULL, 10);
        return meaning;
    }

    numeric_form[mark] = '%';
    struct meaning exact = ask(numeric_form, AI_NUMERICHOST);
    if (exact.valid || is_all_digits(zone))
        return exact;

    /* On purpose: no interface is called so, but one alone is, in another case. */
    meaning.scope_id = only_interface(interfaces, zone);
    meaning.valid = meaning.scope_id != 0;
    return meaning;
}

static struct meaning meaning_of_name(const char *body)
{
    char name[BODY_MAX + sizeof DOMAIN];
    snprintf(name, sizeof name, "%s" DOMAIN, body);
    return ask(name, 0);
}

struct row {
    const char *body;
    const char *address;   /* NULL: no such host */
    const char *interface; /* whose index the scope id is, or NULL */
    uint32_t scope_id;
};

static const struct row table[] = {
    {"--", "::", NULL, 0},
    {"--1", "::1", NULL, 0},
    {"0--1", "::1", NULL, 0},
    {"1--", "1::", NULL, 0},
    {"2001-db8--1", "2001:db8::1", NULL, 0},
    {"2001-0DB8-0-0-0-0-0-0001", "2001:db8::1", NULL, 0},
    {"1-2-3-4-5-6-7-8", "1:2:3:4:5:6:7:8", NULL, 0},
    {"1-2-3-4-5-6-7", NULL, NULL, 0},
    {"1-2-3-4-5-6-7-8-9", NULL, NULL, 0},
    {"1-2-3-4-5-6-7--", "1:2:3:4:5:6:7:0", NULL, 0},
    {"--2-3-4-5-6-7-8", "0:2:3:4:5:6:7:8", NULL, 0},
    {"--ffff-192.0.2.1", "::ffff:192.0.2.1", NULL, 0},
    {"1-2-3-4-5-6-1.2.3.4", "1:2:3:4:5:6:102:304", NULL, 0},
    {"--1.2.3.256", NULL, NULL, 0},
    {"--1.2.3", NULL, NULL, 0},
    {"--1.2.3.4-5", NULL, NULL, 0},
    {"--12345", NULL, NULL, 0},
    {"---", NULL, NULL, 0},
    {"1---2", NULL, NULL, 0},
    {"1--2--3", NULL, NULL, 0},
    {"-1--2", NULL, NULL, 0},
    {"1--2-", NULL, NULL, 0},
    {"", NULL, NULL, 0},
    {"www", NULL, NULL, 0},
    {"--1/64", NULL, NULL, 0},
    {"fe80::1", NULL, NULL, 0},
    {"fe80--1%4", NULL, NULL, 0},
    /* IPv4 is not what a literal name is for. */
    {"1.2.3.4", NULL, NULL, 0},
    {"127.1", NULL, NULL, 0},
    {"1", NULL, NULL, 0},
    {"0", NULL, NULL, 0},
    {"0x7f000001", NULL, NULL, 0},
    {"1.2.3.4s4", NULL, NULL, 0},
    {"1s4", NULL, NULL, 0},
    /* An index is what it is, whether there is such an interface or not. */
    {"fe80--1s4", "fe80::1", NULL, 4},
    {"fe80--1S4", "fe80::1", NULL, 4},
    {"fe80--1s007", "fe80::1", NULL, 7},
    {"fe80--1s7", "fe80::1", NULL, 7},
    {"fe80--1s00000000000000000000000000004", "fe80::1", NULL, 4},
    {"fe80--1s4294967295", "fe80::1", NULL, 4294967295},
    {"fe80--1s4294967296", NULL, NULL, 0},
    {"fe80--1s18446744073709551620", NULL, NULL, 0},
    {"fe80--1s99999999999999999999999", NULL, NULL, 0},
    {"fe80--1s0", "fe80::1", NULL, 0},
    {"fe80--1s000", "fe80::1", NULL, 0},
    {"fe80--1s", NULL, NULL, 0},
    {"fe80--1s-1", NULL, NULL, 0},
    {"fe80--1s+4", NULL, NULL, 0},
    {"fe80--1s 4", NULL, NULL, 0},
    {"fe80--1s4x", NULL, NULL, 0},
    {"-s4", NULL, NULL, 0},
    /* Interface names, as written and in another case. */
    {"fe80--1slo", "fe80::1", "lo", 0},
    {"fe80--1senX0", "fe80::1", "enX0", 0},
    {"fe80--1senx0", "fe80::1", "enX0", 0},
    {"FE80--1SENX0", "fe80::1", "enX0", 0},
    {"fe80--1sbr-lan", "fe80::1", "br-lan", 0},
    {"fe80--1sBR-LAN", "fe80::1", "br-lan", 0},
    {"fe80--1sbr:lan", NULL, NULL, 0},
    {"fe80--1seth0.100", "fe80::1", "eth0.100", 0},
    {"fe80--1sETH0.100", "fe80::1", "eth0.100", 0},
    {"fe80--1seth0", NULL, NULL, 0},
    {"fe80--1swg_home", "fe80::1", "wg_home", 0},
    {"fe80--1sWg_Home", "fe80::1", "wg_home", 0},
    {"fe80--1swg\x7fhome", NULL, NULL, 0},
    {"fe80--1sUp", "fe80::1", "Up", 0},
    {"fe80--1suP", "fe80::1", "uP", 0},
    {"fe80--1sUP", NULL, NULL, 0},
    {"fe80--1sup", NULL, NULL, 0},
    {"fe80--1senX", NULL, NULL, 0},
    {"fe80--1senX00", NULL, NULL, 0},
    {"fe80--1snope", NULL, NULL, 0},
    {"fe80--1sa-name-of-15-by", NULL, NULL, 0},
    {"fe80--1sa-name-of-16-byt", NULL, NULL, 0},
    /* The kernel takes "lo:1" for "lo" in SIOCGIFINDEX; but no interface is called so. */
    {"fe80--1slo:1", NULL, NULL, 0},
    /* Which addresses are scoped; on others a zone is dropped, if it can be one. */
    {"fe7f-ffff--1slo", "fe7f:ffff::1", NULL, 0},
    {"fe80-1--1slo", "fe80:1::1", "lo", 0},
    {"febf-ffff--1slo", "febf:ffff::1", "lo", 0},
    {"fec0--1slo", "fec0::1", NULL, 0},
    {"ff00--1slo", "ff00::1", NULL, 0},
    {"ff01--1slo", "ff01::1", "lo", 0},
    {"ff02--1slo", "ff02::1", "lo", 0},
    {"ff02--1s4", "ff02::1", NULL, 4},
    {"ff03--1slo", "ff03::1", NULL, 0},
    {"ff05--1s4", "ff05::1", NULL, 0},
    {"ff12--1slo", "ff12::1", "lo", 0},
    {"fff1--1slo", "fff1::1", "lo", 0},
    {"fff2--1slo", "fff2::1", "lo", 0},
    {"ff11-8000--s5", "ff11:8000::", NULL, 5},
    {"2001-db8--1s4", "2001:db8::1", NULL, 0},
    {"2001-db8--1snope", "2001:db8::1", NULL, 0},
    {"2001-db8--1sUP", "2001:db8::1", NULL, 0},
    {"0--1slo", "::1", NULL, 0},
    {"0--1s..", NULL, NULL, 0},
    {"2001-db8--1s4294967296", NULL, NULL, 0},
    {"2001-db8--1sa-name-of-16-byt", NULL, NULL, 0},
    {"2001-db8--1sa/b", NULL, NULL, 0},
    {"2001-db8--1s", NULL, NULL, 0},
};

static void try_table(const struct if_nameindex *interfaces)
{
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        const struct row *row = &table[i];
        struct meaning wanted = {.valid = row->address != NULL, .scope_id = row->scope_id};
        if (wanted.valid && inet_pton(AF_INET6, row->address, &wanted.address) != 1)
            bail_out(row->address);
        if (row->interface != NULL)
            wanted.scope_id = if_nametoindex(row->interface);
        struct meaning numeric_form = meaning_of_numeric_form(interfaces, row->body);
        struct meaning name = meaning_of_name(row->body);
        bool good = is_same(&name, &wanted) && is_same(&name, &numeric_form) &&
                    (row->interface == NULL || wanted.scope_id != 0);
        report(good, "\"%s\" is %s", row->body, show(&wanted));
        if (!good) {
            printf("# the name is %s,", show(&name));
            printf(" its numeric form %s\n", show(&numeric_form));
        }
    }
}

struct body {
    char text[BODY_MAX + 1];
    size_t length;
};

static void append(struct body *body, const char *text)
{
    size_t length = strlen(text);
    if (length > BODY_MAX - body->length)
        return;
    memcpy(body->text + body->length, text, length + 1);
    body->length += length;
}

/* Something like an address with something like a zone; well-formed in about every other case. */
static void make_body(struct body *body)
{
    static const char *const firsts[] = {"fe80", "FE80", "febf", "ff02", "ff01", "FF12", "fec0",
                                         "2001", "0",    "",     "ffff", "ff05", "64",   "fe8"};
    static const char *const zones[] = {"lo",
                                        "LO",
                                        "enX0",
                                        "enx0",
                                        "ENX0",
                                        "br-lan",
                                        "Br-Lan",
                                        "eth0.100",
                                        "ETH0.100",
                                        "wg_home",
                                        "WG_HOME",
                                        "Up",
                                        "uP",
                                        "UP",
                                        "up",
                                        "7",
                                        "07",
                                        "0",
                                        "1",
                                        "4",
                                        "4294967295",
                                        "4294967296",
                                        "00000000000000000001",
                                        "nope",
                                        "eth0",
                                        "",
                                        "s",
                                        "lo.",
                                        "a-name-of-15-by",
                                        "a-name-of-16-byt",
                                        "lo:0"};
    *body = (struct body){.length = 0};
    append(body, firsts[below(sizeof firsts / sizeof firsts[0])]);
    size_t groups = below(4) != 0 ? 7 : below(9);
    size_t gap = below(3) != 0 ? below(groups + 1) : groups;
    for (size_t i = 0; i < groups; i++) {
        if (i == gap) {
            append(body, "-");
            i += below(groups - i);
        }
        char group[24];
        if (i + 2 >= groups && below(8) == 0)
            snprintf(group, sizeof group, "-%u.%u.%u.%u", below(260), below(256), below(256),
                     below(256));
        else
            snprintf(group, sizeof group, below(2) ? "-%x" : "-%X", below(1U << (4 * below(5))));
        append(body, group);
    }
    if (below(2) != 0) {
        append(body, below(4) != 0 ? "s" : "S");
        append(body, zones[below(sizeof zones / sizeof zones[0])]);
    }
}

static void mutate(struct body *body)
{
    static const char bytes[] =
        "-----0123456789abcdefABCDEFsSsS..:%/_gxX +\t\r\x01\x7f\xa0\xc3\xff";
    for (size_t n = below(4); n > 0; n--) {
        size_t at = below(body->length + 1);
        char byte = bytes[below(sizeof bytes - 1)];
        switch (below(4)) {
        case 0: /* insert */
            if (body->length < BODY_MAX) {
                memmove(body->text + at + 1, body->text + at, body->length + 1 - at);
                body->text[at] = byte;
                body->length++;
            }
            break;
        case 1: /* delete */
            if (at < body->length) {
                memmove(body->text + at, body->text + at + 1, body->length - at);
                body->length--;
            }
            break;
        case 2: /* replace */
            if (at < body->length)
                body->text[at] = byte;
            break;
        default: /* another case */
            if (at < body->length &&
                ((body->text[at] | 0x20) >= 'a' && (body->text[at] | 0x20) <= 'z'))
                body->text[at] ^= 0x20;
        }
    }
}

static void try_random(const struct if_nameindex *interfaces, unsigned long count, uint64_t seed)
{
    random_state = seed;
    unsigned long failures = 0, valid = 0, scoped = 0;
    for (unsigned long i = 0; i < count; i++) {
        struct body body;
        make_body(&body);
        if (below(2) != 0)
            mutate(&body);
        struct meaning numeric_form = meaning_of_numeric_form(interfaces, body.text);
        struct meaning name = meaning_of_name(body.text);
        if (!is_same(&name, &numeric_form)) {
            wrong(&failures, "\"%s\" is %s, its numeric form %s", body.text, show(&name),
                  show(&numeric_form));
        }
        valid += numeric_form.valid;
        scoped += numeric_form.valid && numeric_form.scope_id != 0;
    }
    report(failures == 0, "%lu random bodies mean what their numeric forms mean (seed %llu)", count,
           (unsigned long long)seed);
    report(valid > count / 10 && valid < count - count / 10 && scoped > count / 50,
           "of them %lu are addresses, %lu with a zone", valid, scoped);
}

int main(int argc, char **argv)
{
    unsigned long count = argc > 1 ? strtoul(argv[1], NULL, 10) : 200000;
    uint64_t seed = argc > 2 ? strtoull(argv[2], NULL, 10) : 20260801;
    load_module();
    if (__nss_configure_lookup("hosts", "ipv6literal") != 0)
        bail_out("__nss_configure_lookup");
    struct if_nameindex *interfaces = if_nameindex();
    if (interfaces == NULL)
        bail_out("if_nameindex");

    report(if_nametoindex("7") != 0 && if_nametoindex("7") != 7,
           "there is an interface called 7 that is not number 7");
    try_table(interfaces);
    try_random(interfaces, count, seed);
    if_freenameindex(interfaces);
    return end_of_report();
}
