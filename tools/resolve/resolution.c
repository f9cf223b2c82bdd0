// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tools/resolve/resolution.h"

#include "libv6lit/v6lit.h"

#include <errno.h>
#include <net/if.h>
#include <netdb.h>
#include <netinet/in.h>
#include <string.h>

typedef int ask_function(const char *node, const char *service, const struct addrinfo *hints,
                         struct addrinfo **result);

/* One socket type, so that each address is returned once. */
static const struct {
    const char *text;
    bool has_hints;
    struct addrinfo hints;
} questions[] = {
    {"AF_UNSPEC", true, {.ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM}},
    {"AF_INET6", true, {.ai_family = AF_INET6, .ai_socktype = SOCK_STREAM}},
    {"AF_INET", true, {.ai_family = AF_INET, .ai_socktype = SOCK_STREAM}},
    {"AF_UNSPEC, AI_ADDRCONFIG",
     true,
     {.ai_flags = AI_ADDRCONFIG, .ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM}},
    {"no hints", false, {0}},
};

_Static_assert(sizeof questions / sizeof questions[0] == RESOLUTION_ROWS,
               "a row for each question");

/*
 * getaddrinfo has several errors for "there is none", and the choice between them says nothing
 * here.
 */
static bool is_none(int error)
{
    switch (error) {
    case EAI_NONAME:
#ifdef EAI_NODATA
    case EAI_NODATA:
#endif
#ifdef EAI_ADDRFAMILY
    case EAI_ADDRFAMILY:
#endif
        return true;
    default:
        return false;
    }
}

static struct resolution_address address_of(const struct addrinfo *answer)
{
    struct resolution_address address = {.family = answer->ai_family};
    if (answer->ai_family == AF_INET) {
        const struct sockaddr_in *ipv4 = (const void *)answer->ai_addr;
        memcpy(address.bytes, &ipv4->sin_addr, sizeof ipv4->sin_addr);
    } else {
        const struct sockaddr_in6 *ipv6 = (const void *)answer->ai_addr;
        memcpy(address.bytes, &ipv6->sin6_addr, sizeof ipv6->sin6_addr);
        address.scope_id = ipv6->sin6_scope_id;
    }
    return address;
}

static bool is_same_address(const struct resolution_address *a, const struct resolution_address *b)
{
    return a->family == b->family && memcmp(a->bytes, b->bytes, sizeof a->bytes) == 0;
}

static bool is_same_zone(const struct resolution_address *a, const struct resolution_address *b)
{
    return a->scope_id == b->scope_id;
}

static void keep(const struct addrinfo *answer, struct resolution_answers *answers)
{
    size_t count = answers->count;
    if (count == RESOLUTION_ANSWERS ||
        getnameinfo(answer->ai_addr, answer->ai_addrlen, answers->text[count],
                    RESOLUTION_ANSWER_SIZE, NULL, 0, NI_NUMERICHOST) != 0)
        return;
    struct resolution_address *address = &answers->address[count];
    *address = address_of(answer);
    /* Without hints, each address is returned once for each socket type, one after the other. */
    if (count == 0 || !is_same_address(address - 1, address) || !is_same_zone(address - 1, address))
        answers->count++;
}

static void ask(ask_function *function, const char *name, size_t question,
                struct resolution_answers *answers)
{
    struct addrinfo *result = NULL;
    const struct addrinfo *hints =
        questions[question].has_hints ? &questions[question].hints : NULL;
    answers->count = 0;
    answers->error = function(name, NULL, hints, &result);
    answers->system_error = errno;
    if (answers->error != 0)
        return;
    for (const struct addrinfo *i = result; i != NULL; i = i->ai_next)
        keep(i, answers);
    freeaddrinfo(result);
}

/*
 * Whether both have the same answers. The texts cannot tell: if the name of an interface could not
 * be queried, they have its index.
 */
static bool has_same_addresses(const struct resolution_answers *a,
                               const struct resolution_answers *b)
{
    if (a->count != b->count)
        return false;
    for (size_t i = 0; i < a->count; i++) {
        if (!is_same_address(&a->address[i], &b->address[i]))
            return false;
    }
    return true;
}

static bool is_same(const struct resolution_answers *a, const struct resolution_answers *b)
{
    if (!has_same_addresses(a, b))
        return false;
    for (size_t i = 0; i < a->count; i++) {
        if (!is_same_zone(&a->address[i], &b->address[i]))
            return false;
    }
    return true;
}

static enum resolution_verdict judge(const struct resolution_answers *got,
                                     const struct resolution_answers *wanted)
{
    if (wanted->error != 0 && !is_none(wanted->error))
        return RESOLUTION_UNKNOWN;
    if (got->error != 0 && is_none(got->error))
        return is_none(wanted->error) ? RESOLUTION_RIGHT : RESOLUTION_NOT_FOUND;
    if (got->error != 0)
        return RESOLUTION_ERROR;
    if (is_same(got, wanted))
        return RESOLUTION_RIGHT;
    if (!has_same_addresses(got, wanted))
        return RESOLUTION_OTHER_ADDRESS;
    return got->address[0].scope_id == 0 ? RESOLUTION_ZONE_LOST : RESOLUTION_OTHER_ZONE;
}

/* A link-local address is unreachable without the index of an interface: connect(2) fails. */
static enum resolution_reach reach_of_zone(const struct v6lit_address *address)
{
    struct v6lit_address probe = {.address = address->address, .zone_index = 1};
    uint32_t index = 0;
    char name[IF_NAMESIZE];
    /* The library knows which addresses have a zone: it drops that of others. */
    if (v6lit_zone_index(&probe, &index) != V6LIT_OK || index == 0)
        return RESOLUTION_REACHED;
    if (address->zone_index == 0 && address->zone_name[0] == '\0')
        return RESOLUTION_NO_ZONE;
    enum v6lit_status status = v6lit_zone_index(address, &index);
    if (status == V6LIT_ERROR_NO_SUCH_INTERFACE ||
        (status == V6LIT_OK && if_indextoname(index, name) == NULL && errno == ENXIO))
        return RESOLUTION_NO_INTERFACE;
    return RESOLUTION_REACHED;
}

static bool is_narrowed(const struct resolution_row *row)
{
    return strcmp(row->question, "AF_UNSPEC, AI_ADDRCONFIG") == 0 ||
           strcmp(row->question, "no hints") == 0;
}

static void add_note(struct resolution *resolution, const char *note)
{
    for (size_t i = 0; i < resolution->notes; i++) {
        if (resolution->note[i] == note)
            return;
    }
    resolution->note[resolution->notes++] = note;
}

/* What glibc cannot do with these arguments, if it does the right thing with others. */
static void judge_limit(struct resolution *resolution, struct resolution_row *row)
{
    static const char six[] = "Programs that ask for AF_INET6 only (ssh -6, nc -6) lose the zone "
                              "in glibc: omit -6, or run them by 'v6lit exec'.";
    static const char narrowed[] =
        "This host has no IPv4 address other than 127.0.0.1, so programs that use AI_ADDRCONFIG or "
        "no hints (mount.cifs, Firefox) lose the zone in glibc: use 'mount -t v6lit' or 'v6lit "
        "exec', or run 'ip address add 192.0.0.8/32 dev lo' as root.";
    static const char none[] =
        "This host has no IPv6 address other than ::1, so programs that use AI_ADDRCONFIG or no "
        "hints get no address from glibc: give an interface an IPv6 address.";
    bool lost = row->verdict == RESOLUTION_ZONE_LOST;
    bool missed = row->verdict == RESOLUTION_NOT_FOUND && is_narrowed(row);
    row->is_limit =
        row > resolution->row && resolution->row->verdict == RESOLUTION_RIGHT && (lost || missed);
    if (row->is_limit)
        add_note(resolution, missed ? none : is_narrowed(row) ? narrowed : six);
}

static void judge_all(struct resolution *resolution, const struct v6lit_address *address)
{
    resolution->notes = 0;
    resolution->reach = reach_of_zone(address);
    for (size_t i = 0; i < resolution->rows; i++) {
        struct resolution_row *row = &resolution->row[i];
        judge_limit(resolution, row);
        if (row->verdict != RESOLUTION_RIGHT && !row->is_limit &&
            resolution->reach == RESOLUTION_REACHED)
            resolution->reach = RESOLUTION_WRONG_ANSWER;
    }
    if (resolution->reach != RESOLUTION_REACHED)
        resolution->notes = 0;
    if (resolution->row->verdict == RESOLUTION_ZONE_LOST)
        add_note(resolution, "A daemon such as nscd seems to answer instead of glibc, and loses "
                             "the zone: see 'v6lit doctor'.");
}

void resolution_of(const char *name, struct resolution *resolution)
{
    struct v6lit_address address = {0};
    resolution->name = name;
    resolution->rows = RESOLUTION_ROWS;
    for (size_t i = 0; i < RESOLUTION_ROWS; i++) {
        struct resolution_row *row = &resolution->row[i];
        row->question = questions[i].text;
        ask(v6lit_getaddrinfo, name, i, &row->wanted);
        ask(getaddrinfo, name, i, &row->got);
        row->verdict = judge(&row->got, &row->wanted);
    }
    /* In glibc, no hints imply AI_ADDRCONFIG, so this is shown once. */
    const struct resolution_row *last = &resolution->row[RESOLUTION_ROWS - 1];
    if (last[0].verdict == last[-1].verdict && is_same(&last[0].got, &last[-1].got))
        resolution->rows--;
    if (v6lit_decode(name, strlen(name), &address, NULL) == V6LIT_OK)
        judge_all(resolution, &address);
}

const char *resolution_reach_text(enum resolution_reach reach)
{
    static const char *const texts[] = {
        [RESOLUTION_REACHED] = "Programs that ask for any family, as most do, reach this address.",
        [RESOLUTION_NO_INTERFACE] = "No program reaches this address: its zone is not an interface "
                                    "of this machine; see 'ip link'.",
        [RESOLUTION_NO_ZONE] = ("No program reaches this address: the zone, which selects the "
                                "link, is missing; see 'v6lit explain'."),
        [RESOLUTION_WRONG_ANSWER] = "Programs do not all get the right answer; see 'v6lit doctor'.",
    };
    return texts[reach];
}

bool resolution_is_right(const struct resolution *resolution)
{
    for (size_t i = 0; i < resolution->rows; i++) {
        if (resolution->row[i].verdict != RESOLUTION_RIGHT)
            return false;
    }
    return true;
}

const char *resolution_verdict_text(const struct resolution_row *row)
{
#define RESOLUTION_TEXT(id, text) [id] = text,
    static const char *const texts[] = {RESOLUTION_VERDICT_MAP(RESOLUTION_TEXT)};
#undef RESOLUTION_TEXT
    if (row->verdict != RESOLUTION_ERROR && row->verdict != RESOLUTION_UNKNOWN)
        return texts[row->verdict];
    const struct resolution_answers *failed =
        row->verdict == RESOLUTION_ERROR ? &row->got : &row->wanted;
    return failed->error == EAI_SYSTEM ? strerror(failed->system_error)
                                       : gai_strerror(failed->error);
}
