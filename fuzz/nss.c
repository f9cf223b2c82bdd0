// SPDX-License-Identifier: LGPL-2.1-or-later
/* Fuzzes the module's entry points with any buffer: statuses are those of nss-ipv6literal(8). */
#include "fuzz/fuzz.h"
#include "fuzz/interfaces.h"
#include "test/unit/reference.h"

#include "nss_ipv6literal/nss_ipv6literal.h"

#include <errno.h>
#include <netdb.h>
#include <nss.h>

enum { UNTOUCHED = 12345 };

/* A call and all that it may write to. */
struct call {
    const char *name;
    unsigned entry; /* gethostbyname`entry`_r */
    int family;
    bool gives_tuple;
    bool gives_ttl;
    bool gives_canon;
    struct room room;
    struct gaih_addrtuple tuple;
    struct gaih_addrtuple *pat;
    struct hostent host;
    int error;
    int host_error;
    int32_t ttl;
    char *canon;
};

struct answer {
    enum nss_status status;
    int error;
    int host_error;
    struct in6_addr address;
    uint32_t scope_id;
};

static enum nss_status run(struct call *call)
{
    struct room *room = &call->room;
    int32_t *ttl = call->gives_ttl ? &call->ttl : NULL;
    switch (call->entry) {
    case 4:
        return _nss_ipv6literal_gethostbyname4_r(call->name, &call->pat, room->start, room->size,
                                                 &call->error, &call->host_error, ttl);
    case 3:
        return _nss_ipv6literal_gethostbyname3_r(call->name, call->family, &call->host, room->start,
                                                 room->size, &call->error, &call->host_error, ttl,
                                                 call->gives_canon ? &call->canon : NULL);
    case 2:
        return _nss_ipv6literal_gethostbyname2_r(call->name, call->family, &call->host, room->start,
                                                 room->size, &call->error, &call->host_error);
    default:
        return _nss_ipv6literal_gethostbyname_r(call->name, &call->host, room->start, room->size,
                                                &call->error, &call->host_error);
    }
}

/* How much of the buffer an answer takes: what is aligned, and the name. */
static size_t needed_room(const struct call *call)
{
    size_t padding = -(uintptr_t)call->room.start % sizeof(void *);
    size_t name = strlen(call->name) + 1;
    if (call->entry != 4)
        return padding + 3 * sizeof(char *) + sizeof(struct in6_addr) + name;
    return call->gives_tuple ? name : padding + sizeof(struct gaih_addrtuple) + name;
}

/* The contract with glibc, by the second implementation of the grammar. */
static struct answer expect(const struct call *call)
{
    struct answer answer = {NSS_STATUS_UNAVAIL, ENOENT, HOST_NOT_FOUND, {{{0}}}, 0};
    struct reference_address found;
    enum reference_result result = reference_decode(call->name, strlen(call->name), &found);
    if (result == REFERENCE_OUTSIDE)
        return answer;
    answer.status = NSS_STATUS_NOTFOUND;
    if (result == REFERENCE_MALFORMED)
        return answer;
    answer.address = found.address;
    answer.scope_id = found.name[0] == '\0' ? found.index : find_interface(found.name);
    if (found.name[0] != '\0' && answer.scope_id == 0)
        return answer;
    answer.host_error = NO_DATA;
    if (call->entry != 4 && call->family == AF_INET && !IN6_IS_ADDR_V4MAPPED(&found.address))
        return answer;
    if (call->entry != 4 && call->family != AF_INET && call->family != AF_INET6 &&
        call->family != AF_UNSPEC) {
        answer.status = NSS_STATUS_UNAVAIL;
        answer.error = EAFNOSUPPORT;
    } else if (needed_room(call) > call->room.size) {
        answer.status = NSS_STATUS_TRYAGAIN;
        answer.error = ERANGE;
        answer.host_error = NETDB_INTERNAL;
    } else {
        answer.status = NSS_STATUS_SUCCESS;
        answer.error = UNTOUCHED;
        answer.host_error = NETDB_SUCCESS;
    }
    return answer;
}

static void demand_inside(const struct room *room, const void *start, size_t size, size_t alignment)
{
    const char *bytes = start;
    DEMAND((uintptr_t)bytes % alignment == 0);
    DEMAND(bytes >= room->start && size <= room->size);
    DEMAND((size_t)(bytes - room->start) <= room->size - size);
}

static void demand_tuple(const struct call *call, const struct answer *answer)
{
    const struct gaih_addrtuple *tuple = call->pat;
    if (call->gives_tuple)
        DEMAND(tuple == &call->tuple);
    else
        demand_inside(&call->room, tuple, sizeof *tuple, _Alignof(struct gaih_addrtuple));
    demand_inside(&call->room, tuple->name, strlen(call->name) + 1, 1);
    DEMAND(strcmp(tuple->name, call->name) == 0 && tuple->next == NULL);
    DEMAND(tuple->family == AF_INET6 && tuple->scopeid == answer->scope_id);
    DEMAND(memcmp(tuple->addr, &answer->address, sizeof tuple->addr) == 0);
}

static void demand_hostent(const struct call *call, const struct answer *answer)
{
    const struct hostent *host = &call->host;
    const struct room *room = &call->room;
    bool is_ipv4 = call->family == AF_INET;
    size_t length = is_ipv4 ? 4 : 16;
    demand_inside(room, host->h_name, strlen(call->name) + 1, 1);
    demand_inside(room, host->h_aliases, sizeof(char *), _Alignof(char *));
    demand_inside(room, host->h_addr_list, 2 * sizeof(char *), _Alignof(char *));
    demand_inside(room, host->h_addr_list[0], length, _Alignof(struct in6_addr));
    DEMAND(strcmp(host->h_name, call->name) == 0 && host->h_aliases[0] == NULL);
    DEMAND(host->h_addrtype == (is_ipv4 ? AF_INET : AF_INET6) && host->h_length == (int)length);
    DEMAND(memcmp(host->h_addr_list[0], answer->address.s6_addr + 16 - length, length) == 0);
    DEMAND(host->h_addr_list[1] == NULL);
    if (call->entry == 3 && call->gives_canon)
        DEMAND(call->canon == host->h_name);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const int families[] = {AF_INET6, AF_INET, AF_UNSPEC, AF_UNIX, -1};
    struct input input = {data, size};
    unsigned choice = take(&input);
    unsigned flags = take(&input);
    unsigned room_size = take(&input);
    struct call call = {
        .entry = 1 + choice % 4,
        .family = families[choice / 4 % (sizeof families / sizeof families[0])],
        .gives_tuple = (flags & 1) != 0,
        .gives_ttl = (flags & 2) != 0,
        .gives_canon = (flags & 4) != 0,
        .room = make_room(room_size, flags >> 4),
        .error = UNTOUCHED,
        .host_error = UNTOUCHED,
        .ttl = UNTOUCHED,
    };
    if (call.entry == 1)
        call.family = AF_INET;
    memset(&call.tuple, ROOM_BYTE, sizeof call.tuple);
    memset(&call.host, ROOM_BYTE, sizeof call.host);
    call.pat = call.gives_tuple ? &call.tuple : NULL;
    char *name = string_of(&input);
    call.name = name;

    struct answer expected = expect(&call);
    errno = UNTOUCHED;
    enum nss_status status = run(&call);
    DEMAND(errno == UNTOUCHED);
    DEMAND(status == expected.status);
    DEMAND(call.error == expected.error && call.host_error == expected.host_error);
    bool succeeded = status == NSS_STATUS_SUCCESS;
    DEMAND(only_used(&call.room, succeeded ? needed_room(&call) : 0));
    DEMAND(call.ttl == (succeeded && call.gives_ttl && call.entry >= 3 ? 0 : UNTOUCHED));
    if (!succeeded) {
        DEMAND(call.pat == (call.gives_tuple ? &call.tuple : NULL) && call.canon == NULL);
        DEMAND(is_untouched(&call.tuple, sizeof call.tuple));
        DEMAND(is_untouched(&call.host, sizeof call.host));
    } else if (call.entry == 4) {
        demand_tuple(&call, &expected);
    } else {
        demand_hostent(&call, &expected);
    }
    free(name);
    free_room(&call.room);
    return 0;
}
