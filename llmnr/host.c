// SPDX-License-Identifier: LGPL-2.1-or-later
#include "llmnr/host.h"

#include "libv6lit/guard.h"
#include "llmnr/link.h"
#include "llmnr/query.h"

#include <arpa/inet.h>
#include <errno.h>
#include <string.h>
#include <unistd.h>

/* How long to wait, in milliseconds, for what else the host that replied has to say: its addresses
 * of the other family come in a message of their own, which was sent in the same moment. */
enum { GRACE = 20 };

enum { LABEL_MAX = 63 };

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

static bool is_name_byte(char c)
{
    return (c >= '0' && c <= '9') || (lower(c) >= 'a' && lower(c) <= 'z') || c == '-' || c == '_' ||
           (unsigned char)c >= 0x80;
}

/* Whether the first label of `other` is this label. */
static bool is_label(const char *label, const char *other)
{
    while (*label != '\0' && lower(*label) == lower(*other)) {
        label++;
        other++;
    }
    return *label == '\0' && (*other == '\0' || *other == '.');
}

/* Whether the first label of a name is one that no host has on a link. */
static bool is_local(const char *name)
{
    return is_label("localhost", name) || is_label("local", name);
}

/* Whether it is that of this machine's name. */
static bool is_own(const char *name)
{
    char own[HOST_NAME_SIZE] = "";
    /* Cut off, it is not what is asked for, either. */
    (void)gethostname(own, sizeof own - 1);
    char *dot = strchr(own, '.');
    if (dot != NULL)
        *dot = '\0';
    return own[0] != '\0' && is_label(own, name);
}

enum host_bar host_bar(const char *name)
{
    size_t length = 0;
    while (is_name_byte(name[length]))
        length++;
    if (name[length] != '\0')
        return name[length] == '.' ? HOST_BAR_DOT : HOST_BAR_CHARACTER;
    if (length == 0 || length > LABEL_MAX)
        return HOST_BAR_LENGTH;
    if (name[0] == '_')
        return HOST_BAR_SERVICE;
    if (is_local(name))
        return HOST_BAR_LOCAL;
    return is_own(name) ? HOST_BAR_OWN : HOST_BAR_NONE;
}

static bool is_host_ipv4(struct in_addr address)
{
    uint32_t bits = ntohl(address.s_addr);
    return bits >> 24 != 0 && bits >> 24 != IN_LOOPBACKNET && bits >> 28 < 14;
}

static bool is_host_ipv6(const struct in6_addr *address)
{
    return !IN6_IS_ADDR_UNSPECIFIED(address) && !IN6_IS_ADDR_LOOPBACK(address) &&
           !IN6_IS_ADDR_MULTICAST(address) && !IN6_IS_ADDR_V4MAPPED(address) &&
           !IN6_IS_ADDR_V4COMPAT(address);
}

static bool is_plain(const char *name)
{
    size_t length = 0;
    for (; name[length] != '\0'; length++) {
        if ((unsigned char)name[length] >= 0x80 ||
            (name[length] != '.' && !is_name_byte(name[length])))
            return false;
    }
    return length > 0 && length < HOST_NAME_SIZE && name[0] != '-' && name[0] != '.';
}

/* Whether a name from the net can stand for another host. */
static bool is_host_name(const char *name)
{
    struct in_addr ipv4;
    return is_plain(name) && inet_aton(name, &ipv4) == 0 && !is_local(name) && !is_own(name);
}

bool host_takes(uint16_t type, const struct message_answer *answer)
{
    switch (type) {
    case ns_t_a:
        return is_host_ipv4(answer->ipv4);
    case ns_t_aaaa:
        return is_host_ipv6(&answer->ipv6);
    default:
        return is_host_name(answer->name);
    }
}

struct search {
    struct host_result *result;
    int family;
    uint32_t interface; /* of the first who had an answer */
    bool replied;
    bool has_type[QUERY_TYPES_MAX]; /* AAAA, A */
    bool conflict;
};

static bool is_same_address(const struct answer_address *a, const struct answer_address *b)
{
    size_t size = a->family == AF_INET ? sizeof a->ipv4 : sizeof a->ipv6;
    return a->family == b->family && memcmp(&a->ipv6, &b->ipv6, size) == 0;
}

/* Adds an address if it is new. IPv6 addresses go before the first of IPv4. */
static void add_address(struct host_result *result, const struct answer_address *address)
{
    size_t at = 0;
    for (size_t i = 0; i < result->count; i++) {
        if (is_same_address(&result->addresses[i], address))
            return;
        if (result->addresses[i].family == AF_INET6)
            at = i + 1;
    }
    if (result->count == HOST_ADDRESSES_MAX)
        return;
    if (address->family == AF_INET)
        at = result->count;
    memmove(&result->addresses[at + 1], &result->addresses[at],
            (result->count - at) * sizeof result->addresses[0]);
    result->addresses[at] = *address;
    result->count++;
}

static bool add_addresses(struct host_result *result, const struct query_reply *reply)
{
    bool any = false;
    struct message_answer answer;
    const uint16_t type = reply->message->query->type;
    while (message_next(reply->message, &answer)) {
        if (!host_takes(type, &answer))
            continue;
        struct answer_address address = {.family = AF_INET};
        if (type == ns_t_aaaa) {
            address = (struct answer_address){.family = AF_INET6, .ipv6 = answer.ipv6};
            if (IN6_IS_ADDR_LINKLOCAL(&answer.ipv6))
                address.scope_id = reply->interface;
        } else {
            address.ipv4 = answer.ipv4;
        }
        add_address(result, &address);
        if (answer.ttl < result->ttl)
            result->ttl = answer.ttl;
        any = true;
    }
    return any;
}

/*
 * The first reply to a question counts, and no later one, unless it says itself that there are
 * others (C), for which RFC 4795, section 2.2, has us wait. All are of one link.
 */
static int take_addresses(void *context, const struct query_reply *reply)
{
    struct search *search = context;
    bool *has_type = &search->has_type[reply->message->query->type == ns_t_a];
    search->replied = true;
    if (search->interface != 0 && search->interface != reply->interface)
        return -1;
    if (*has_type && !search->conflict)
        return -1;
    if (!add_addresses(search->result, reply))
        return search->interface != 0 && reply->is_last && !search->conflict ? 0 : -1;

    *has_type = true;
    search->interface = reply->interface;
    search->conflict = search->conflict || reply->message->conflict;
    if (search->conflict)
        return QUERY_CONFLICT;
    bool has_all = search->family != AF_UNSPEC || (search->has_type[0] && search->has_type[1]);
    return has_all || reply->is_last ? 0 : GRACE;
}

static enum host_status ask(const struct query_request *request, query_taker *take,
                            struct search *search)
{
    search->result->error = query_run(request, take, search);
    if (search->result->error != 0)
        return HOST_FAILED;
    return search->replied ? HOST_NO_ADDRESS : HOST_SILENT;
}

enum host_status host_find(const char *name, int family, struct host_result *result)
{
    struct search search = {.result = result, .family = family};
    struct query_request request = {.name = name, .family = AF_UNSPEC};
    result->error = 0;
    result->ttl = HOST_TTL_MAX;
    result->count = 0;
    if (host_bar(name) != HOST_BAR_NONE)
        return HOST_NOT_ASKED;
    if (family != AF_INET)
        request.types[request.type_count++] = ns_t_aaaa;
    if (family != AF_INET6)
        request.types[request.type_count++] = ns_t_a;
    enum host_status status = ask(&request, take_addresses, &search);
    return result->count > 0 ? HOST_FOUND : status;
}

static int take_name(void *context, const struct query_reply *reply)
{
    struct search *search = context;
    struct message_answer answer;
    search->replied = true;
    while (message_next(reply->message, &answer)) {
        if (!host_takes(ns_t_ptr, &answer))
            continue;
        memcpy(search->result->name, answer.name, strlen(answer.name) + 1);
        if (answer.ttl < search->result->ttl)
            search->result->ttl = answer.ttl;
        return 0;
    }
    return -1;
}

/* "1.2.0.192.in-addr.arpa", or 32 digits and "ip6.arpa": RFC 1035, section 3.5; RFC 3596, 2.5. */
static void write_reverse(int family, const unsigned char *address, char text[HOST_REVERSE_SIZE])
{
    static const char digits[] = "0123456789abcdef";
    if (family == AF_INET) {
        const unsigned char reversed[] = {address[3], address[2], address[1], address[0]};
        inet_ntop(AF_INET, reversed, text, HOST_REVERSE_SIZE);
        text += strlen(text);
        memcpy(text, ".in-addr.arpa", sizeof ".in-addr.arpa");
        return;
    }
    for (int i = 15; i >= 0; i--) {
        *text++ = digits[address[i] & 0xf];
        *text++ = '.';
        *text++ = digits[address[i] >> 4];
        *text++ = '.';
    }
    memcpy(text, "ip6.arpa", sizeof "ip6.arpa");
}

static int find_reverse(int family, const void *address, char name[HOST_REVERSE_SIZE],
                        uint32_t *interface, enum host_bar *bar)
{
    struct link links[LINKS_MAX];
    size_t count;
    size_t at;
    bool is_own;
    const bool is_local = link_is_local(family, address);
    *bar = HOST_BAR_OWN;
    int error = link_is_own(is_local ? *interface : 0, family, address, &is_own);
    if (error != 0 || is_own)
        return error;
    error = link_list(links, &count);
    if (error == 0 && count == 0)
        error = ENETDOWN;
    if (error == 0)
        count = link_keep(links, count, *interface);
    if (error == 0)
        error = link_find(links, count, family, address, &at);
    if (error != 0)
        return error;
    *bar = at < count ? HOST_BAR_NONE : HOST_BAR_OFF_LINK;
    if (at < count && !is_local)
        *interface = links[at].index;
    write_reverse(family, address, name);
    return 0;
}

int host_reverse(int family, const void *address, char name[HOST_REVERSE_SIZE], uint32_t *interface,
                 enum host_bar *bar)
{
    struct guard guard = guard_begin();
    int error = find_reverse(family, address, name, interface, bar);
    guard_end(guard);
    return error;
}

enum host_status host_find_name(int family, const void *address, struct host_result *result)
{
    char name[HOST_REVERSE_SIZE];
    struct search search = {.result = result};
    struct query_request request = {
        .name = name, .types = {ns_t_ptr}, .type_count = 1, .family = AF_UNSPEC};
    result->ttl = HOST_TTL_MAX;
    result->count = 0;
    result->name[0] = '\0';
    enum host_bar bar;
    result->error = host_reverse(family, address, name, &request.interface, &bar);
    if (result->error != 0)
        return HOST_FAILED;
    if (bar != HOST_BAR_NONE)
        return HOST_NOT_ASKED;
    enum host_status status = ask(&request, take_name, &search);
    return result->name[0] != '\0' ? HOST_FOUND : status;
}
