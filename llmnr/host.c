// SPDX-License-Identifier: LGPL-2.1-or-later
#include "llmnr/host.h"

#include "base/ascii.h"
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

static bool is_name_byte(char c)
{
    return ascii_is_digit(c) || ascii_is_letter(c) || c == '-' || c == '_' ||
           (unsigned char)c >= 0x80;
}

/* Whether the first label of `other` is this label. */
static bool is_label(const char *label, const char *other)
{
    while (*label != '\0' && ascii_lower(*label) == ascii_lower(*other)) {
        label++;
        other++;
    }
    return *label == '\0' && (*other == '\0' || *other == '.');
}

/* Whether /etc/hosts usually has the name, for this machine or for groups. */
static bool is_local(const char *name)
{
    static const char *const names[] = {
        "localhost",       "localhost4",    "localhost6",     "local",
        "broadcasthost",   "ip6-localhost", "ip6-loopback",   "ip6-localnet",
        "ip6-mcastprefix", "ip6-allnodes",  "ip6-allrouters", "ip6-allhosts",
    };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (is_label(names[i], name))
            return true;
    }
    return false;
}

/* Whether the label is that of this machine's name. */
static bool is_own(const char *name)
{
    char own[HOST_NAME_SIZE] = "";
    /* A truncated name cannot match. */
    (void)gethostname(own, sizeof own - 1);
    char *dot = strchr(own, '.');
    if (dot != NULL)
        *dot = '\0';
    return own[0] != '\0' && is_label(own, name);
}

enum host_refusal host_refusal(const char *name)
{
    size_t length = 0;
    while (is_name_byte(name[length]))
        length++;
    if (name[length] != '\0')
        return name[length] == '.' ? HOST_REFUSAL_DOT : HOST_REFUSAL_CHARACTER;
    if (length == 0 || length > LABEL_MAX)
        return HOST_REFUSAL_LENGTH;
    if (name[0] == '_')
        return HOST_REFUSAL_SERVICE;
    if (is_local(name))
        return HOST_REFUSAL_LOCAL;
    return is_own(name) ? HOST_REFUSAL_OWN : HOST_REFUSAL_NONE;
}

/*
 * Services that a cloud provides to each machine, and which are trusted: no host on a link has
 * them.
 */
static const unsigned char metadata_ipv4[][sizeof(struct in_addr)] = {
    {169, 254, 169, 254}, /* most */
    {169, 254, 170, 2},   /* Amazon ECS */
    {169, 254, 170, 23},  /* Amazon EKS */
    {169, 254, 42, 42},   /* Scaleway */
    {100, 100, 100, 200}, /* Alibaba */
    {168, 63, 129, 16},   /* Azure */
    {192, 0, 0, 192},     /* Oracle */
};
static const struct in6_addr metadata_ipv6[] = {
    {{{0xfd, 0, 0x0e, 0xc2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x02, 0x54}}}, /* fd00:ec2::254 */
    {{{0xfd, 0, 0x0e, 0xc2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x23}}},    /* fd00:ec2::23 */
    {{{0xfd, 0, 0, 0x42, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x42}}},       /* fd00:42::42 */
    {{{0xfd, 0x20, 0, 0xce, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x02, 0x54}}}, /* fd20:ce::254 */
};

/* Whether a host can have the address on any link. */
static bool is_host_ipv4(const unsigned char *address)
{
    if (address[0] == 0 || address[0] == IN_LOOPBACKNET || address[0] >= 224)
        return false;
    for (size_t i = 0; i < sizeof metadata_ipv4 / sizeof metadata_ipv4[0]; i++) {
        if (memcmp(address, metadata_ipv4[i], sizeof metadata_ipv4[i]) == 0)
            return false;
    }
    /* RFC 3927, section 2.1 */
    return !link_is_local(AF_INET, address) || (address[2] != 0 && address[2] != 255);
}

/*
 * The same, for what is link-local, unique local or global unicast: all else is special, among it
 * every IPv4 address that is mapped, translated or meant for NAT64, and fec0::/10. Of the rest,
 * Teredo (RFC 4380) is a tunnel of a single host, and 6to4 (RFC 3056) and ISATAP (RFC 5214) have an
 * IPv4 address inside.
 */
static bool is_host_ipv6(const unsigned char *address)
{
    static const unsigned char teredo[] = {0x20, 1, 0, 0};
    static const unsigned char isatap[] = {0, 0x5e, 0xfe};
    static const unsigned char link_local_network[16] = {0xfe, 0x80};
    if ((address[0] & 0xe0) != 0x20 && (address[0] & 0xfe) != 0xfc &&
        !link_is_local(AF_INET6, address))
        return false;
    if (memcmp(address, teredo, sizeof teredo) == 0 || memcmp(address, link_local_network, 16) == 0)
        return false;
    if (address[0] == 0x20 && address[1] == 2 && !is_host_ipv4(address + 2))
        return false;
    /* 0000:5efe or, with the bit for a global address set, 0200:5efe */
    if ((address[8] & 0xfd) == 0 && memcmp(address + 9, isatap, sizeof isatap) == 0 &&
        !is_host_ipv4(address + 12))
        return false;
    for (size_t i = 0; i < sizeof metadata_ipv6 / sizeof metadata_ipv6[0]; i++) {
        if (memcmp(address, &metadata_ipv6[i], sizeof metadata_ipv6[i]) == 0)
            return false;
    }
    return true;
}

/* Whether a name from the network can be that of another host. */
static bool is_host_name(const char *name)
{
    struct in_addr ipv4;
    for (const char *c = name; *c != '\0'; c++) {
        if ((unsigned char)*c >= 0x80)
            return false;
    }
    return host_refusal(name) == HOST_REFUSAL_NONE && name[0] != '-' && inet_aton(name, &ipv4) == 0;
}

/* Whether a host can have an address of this type, as far as the address itself says. */
static bool is_candidate(uint16_t type, const struct message_answer *answer,
                         struct link_candidate *candidate)
{
    if (type == ns_t_a) {
        memcpy(candidate->address, &answer->ipv4, sizeof answer->ipv4);
        return is_host_ipv4(candidate->address);
    }
    memcpy(candidate->address, &answer->ipv6, sizeof answer->ipv6);
    return is_host_ipv6(candidate->address);
}

static bool is_host_place(enum link_place place)
{
    return place == LINK_HERE || place == LINK_ANYWHERE;
}

static int family_of(uint16_t type)
{
    return type == ns_t_a ? AF_INET : AF_INET6;
}

int host_takes(uint16_t type, uint32_t interface, const struct message_answer *answer, bool *takes)
{
    struct link_candidate candidate;
    if (type == ns_t_ptr) {
        *takes = is_host_name(answer->name);
        return 0;
    }
    *takes = is_candidate(type, answer, &candidate);
    if (!*takes)
        return 0;
    int error = link_locate(interface, family_of(type), &candidate, 1);
    *takes = error == 0 && is_host_place(candidate.place);
    return error;
}

struct search {
    struct host_result *result;
    int family;
    uint32_t interface; /* of the first host that had an answer */
    bool replied;
    bool has_type[QUERY_QUESTIONS_MAX]; /* AAAA, A */
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

/* Adds what a reply has for the caller; false if that is nothing. Of many answers the first are
 * looked at, all together: whoever sends thousands cannot keep us busy. */
static bool add_addresses(struct host_result *result, const struct query_reply *reply)
{
    const uint16_t type = reply->message->query->type;
    struct link_candidate candidates[HOST_ADDRESSES_MAX];
    uint32_t ttls[HOST_ADDRESSES_MAX];
    size_t count = 0;
    bool any = false;
    struct message_answer answer;
    while (count < HOST_ADDRESSES_MAX && message_next(reply->message, &answer)) {
        if (!is_candidate(type, &answer, &candidates[count]))
            continue;
        ttls[count] = answer.ttl;
        count++;
    }
    if (count == 0 || link_locate(reply->interface, family_of(type), candidates, count) != 0)
        return false;
    for (size_t i = 0; i < count; i++) {
        if (!is_host_place(candidates[i].place))
            continue;
        struct answer_address address = {.family = family_of(type)};
        memcpy(&address.ipv6, candidates[i].address,
               type == ns_t_a ? sizeof address.ipv4 : sizeof address.ipv6);
        if (type == ns_t_aaaa && IN6_IS_ADDR_LINKLOCAL(&address.ipv6))
            address.scope_id = reply->interface;
        add_address(result, &address);
        if (ttls[i] < result->ttl)
            result->ttl = ttls[i];
        any = true;
    }
    return any;
}

/*
 * Only the first reply to a question counts, unless it says that there are others (C), for which
 * RFC 4795, section 2.2, requires us to wait. All are of one link.
 */
static int take_addresses(void *context, const struct query_reply *reply)
{
    struct search *search = context;
    bool *has_type = &search->has_type[reply->message->query->type == ns_t_a];
    search->replied = true;
    if (search->interface != 0 && search->interface != reply->interface)
        return QUERY_GO_ON;
    if (*has_type && !search->conflict)
        return QUERY_GO_ON;
    if (!add_addresses(search->result, reply))
        return search->interface != 0 && reply->is_last && !search->conflict ? QUERY_STOP
                                                                             : QUERY_GO_ON;

    *has_type = true;
    search->interface = reply->interface;
    search->conflict = search->conflict || reply->message->conflict;
    if (search->conflict)
        return QUERY_CONFLICT;
    bool has_all = search->family != AF_UNSPEC || (search->has_type[0] && search->has_type[1]);
    return has_all || reply->is_last ? QUERY_STOP : GRACE;
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
    if (host_refusal(name) != HOST_REFUSAL_NONE)
        return HOST_NOT_ASKED;
    if (family != AF_INET)
        request.questions[request.question_count++] = (struct query_question){ns_t_aaaa, AF_INET6};
    if (family != AF_INET6)
        request.questions[request.question_count++] = (struct query_question){ns_t_a, AF_INET};
    enum host_status status = ask(&request, take_addresses, &search);
    return result->count > 0 ? HOST_FOUND : status;
}

static int take_name(void *context, const struct query_reply *reply)
{
    struct search *search = context;
    struct message_answer answer;
    search->replied = true;
    while (message_next(reply->message, &answer)) {
        if (!is_host_name(answer.name))
            continue;
        memcpy(search->result->name, answer.name, strlen(answer.name) + 1);
        if (answer.ttl < search->result->ttl)
            search->result->ttl = answer.ttl;
        return QUERY_STOP;
    }
    return QUERY_GO_ON;
}

/* "1.2.0.192.in-addr.arpa" (RFC 1035, section 3.5), or the name under ip6.arpa. */
static void write_reverse(int family, const unsigned char *address, char text[HOST_REVERSE_SIZE])
{
    struct in6_addr ipv6;
    if (family == AF_INET) {
        const unsigned char reversed[] = {address[3], address[2], address[1], address[0]};
        inet_ntop(AF_INET, reversed, text, HOST_REVERSE_SIZE);
        text += strlen(text);
        memcpy(text, ".in-addr.arpa", sizeof ".in-addr.arpa");
        return;
    }
    memcpy(&ipv6, address, sizeof ipv6);
    reverse_name(&ipv6, text);
}

static int find_reverse(int family, const void *address, char name[HOST_REVERSE_SIZE],
                        uint32_t *interface, enum host_refusal *refusal)
{
    struct link links[LINKS_MAX];
    size_t count;
    size_t at;
    bool is_own;
    const bool is_local = link_is_local(family, address);
    *refusal = HOST_REFUSAL_OWN;
    int error = link_is_own(is_local ? *interface : 0, family, address, &is_own);
    if (error != 0 || is_own)
        return error;
    error = *interface != 0 ? link_list(links, &count) : link_list_selected(links, &count);
    if (error == 0 && count == 0)
        error = ENETDOWN;
    if (error == 0)
        count = link_keep(links, count, *interface);
    if (error == 0)
        error = link_find(links, count, family, address, &at);
    if (error != 0)
        return error;
    *refusal = at < count ? HOST_REFUSAL_NONE : HOST_REFUSAL_OFF_LINK;
    if (at < count && !is_local)
        *interface = links[at].index;
    write_reverse(family, address, name);
    return 0;
}

int host_reverse(int family, const void *address, char name[HOST_REVERSE_SIZE], uint32_t *interface,
                 enum host_refusal *refusal)
{
    struct guard guard = guard_begin();
    int error = find_reverse(family, address, name, interface, refusal);
    guard_end(guard);
    return error;
}

enum host_status host_find_name(int family, const void *address, struct host_result *result)
{
    char name[HOST_REVERSE_SIZE];
    struct search search = {.result = result};
    struct query_request request = {
        .name = name, .questions = {{ns_t_ptr, family}}, .question_count = 1, .family = AF_UNSPEC};
    result->ttl = HOST_TTL_MAX;
    result->count = 0;
    result->name[0] = '\0';
    enum host_refusal refusal;
    result->error = host_reverse(family, address, name, &request.interface, &refusal);
    if (result->error != 0)
        return HOST_FAILED;
    if (refusal != HOST_REFUSAL_NONE)
        return HOST_NOT_ASKED;
    enum host_status status = ask(&request, take_name, &search);
    return result->name[0] != '\0' ? HOST_FOUND : status;
}
