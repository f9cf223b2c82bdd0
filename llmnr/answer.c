// SPDX-License-Identifier: LGPL-2.1-or-later
#include "llmnr/answer.h"

#include "llmnr/wire.h"

#include <stdio.h>
#include <string.h>

/* The OPT record: RFC 6891, section 6.1. */
enum { OPT_SIZE = 11, OPT_VERSION = 0, BADVERS_HIGH = 1, UDP_MIN = 512 };

/* The headers of UDP, and of IP without options. */
enum { IPV4_HEADERS = 20 + 8, IPV6_HEADERS = 40 + 8 };

/* A pointer to the name in the question, which is always at the same offset. */
enum { POINTER_TO_QUESTION = 0xc000 | NS_HFIXEDSZ, POINTER_SIZE = 2 };

/* The fixed part of a record that has this name. */
enum { RECORD_SIZE = POINTER_SIZE + NS_RRFIXEDSZ };

/* SOA: two names, of a pointer and of the root, and five numbers. */
enum { SOA_SIZE = RECORD_SIZE + POINTER_SIZE + 1 + 5 * NS_INT32SZ };

/* The EDNS of a query: RFC 6891. */
struct edns {
    bool is_present;
    bool is_malformed; /* the additional section is malformed, or has two OPT records */
    unsigned version;
    uint16_t size;
};

struct reply {
    unsigned char *bytes;
    size_t length;
    size_t limit; /* the space for records */
    uint16_t answers;
    bool is_cut_off;
};

static void put(struct reply *reply, const void *bytes, size_t length)
{
    memcpy(reply->bytes + reply->length, bytes, length);
    reply->length += length;
}

static void put16(struct reply *reply, uint16_t value)
{
    wire_put16(reply->bytes + reply->length, value);
    reply->length += NS_INT16SZ;
}

static void put32(struct reply *reply, uint32_t value)
{
    put16(reply, (uint16_t)(value >> 16));
    put16(reply, (uint16_t)value);
}

/* Writes the fixed part of a record of the queried name. */
static void put_record(struct reply *reply, uint16_t type, size_t data_length)
{
    put16(reply, POINTER_TO_QUESTION);
    put16(reply, type);
    put16(reply, ns_c_in);
    put32(reply, ANSWER_TTL);
    put16(reply, (uint16_t)data_length);
}

static void put_answer(struct reply *reply, uint16_t type, const void *data, size_t length)
{
    if (reply->length + RECORD_SIZE + length > reply->limit) {
        reply->is_cut_off = true;
        return;
    }
    put_record(reply, type, length);
    put(reply, data, length);
    reply->answers++;
}

/* Section 2.9: the owner is the queried name, and there is no NS record. */
static void put_soa(struct reply *reply)
{
    put_record(reply, ns_t_soa, SOA_SIZE - RECORD_SIZE);
    put16(reply, POINTER_TO_QUESTION);
    put(reply, "", 1);
    put32(reply, 1);
    put32(reply, ANSWER_TTL);
    put32(reply, ANSWER_TTL);
    put32(reply, ANSWER_TTL);
    put32(reply, ANSWER_TTL);
}

static void put_opt(struct reply *reply, unsigned char rcode_high)
{
    const unsigned char rest[] = {rcode_high, OPT_VERSION, 0, 0, 0, 0};
    put(reply, "", 1);
    put16(reply, ns_t_opt);
    put16(reply, ANSWER_UDP_MAX);
    put(reply, rest, sizeof rest);
}

/* Of the additional section only an OPT record counts: section 2.9. */
static struct edns read_edns(const struct answer_query *query, const struct wire_head *head)
{
    struct edns edns = {.size = ANSWER_UDP_MAX};
    size_t at = head->end;
    for (unsigned i = 0; i < head->additionals && !edns.is_malformed; i++) {
        const bool has_root = at < query->length && query->bytes[at] == 0;
        if (!wire_skip_name(query->bytes, query->length, &at) ||
            query->length - at < NS_RRFIXEDSZ) {
            edns.is_malformed = true;
            break;
        }
        const unsigned char *fixed = query->bytes + at;
        at += NS_RRFIXEDSZ + wire_get16(fixed + 8);
        edns.is_malformed = at > query->length;
        if (wire_get16(fixed) != ns_t_opt)
            continue;
        edns.is_malformed = edns.is_malformed || edns.is_present || !has_root;
        edns.is_present = true;
        edns.size = wire_get16(fixed + 2);
        edns.version = fixed[5];
    }
    return edns;
}

static int nibble(unsigned char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The address that a name below ip6.arpa represents: RFC 3596, section 2.5. */
static bool read_ip6_arpa(const unsigned char *name, size_t length, unsigned char address[16])
{
    static const unsigned char suffix[] = "\3ip6\4arpa"; /* and the root's NUL */
    enum { NIBBLES = 32 };
    if (length != 2 * NIBBLES + sizeof suffix ||
        !wire_is_same_name(name + 2 * (size_t)NIBBLES, suffix, sizeof suffix))
        return false;
    memset(address, 0, 16);
    for (size_t i = 0; i < NIBBLES; i++) {
        const int value = nibble(name[2 * i + 1]);
        if (name[2 * i] != 1 || value < 0)
            return false;
        address[15 - i / 2] |= (unsigned char)(i % 2 == 0 ? value : value << 4);
    }
    return true;
}

/* The same for in-addr.arpa: RFC 1035, section 3.5. */
static bool is_in_addr_arpa(const unsigned char *name, size_t length, const unsigned char *address)
{
    static const unsigned char suffix[] = "\7in-addr\4arpa";
    size_t at = 0;
    for (int i = 3; i >= 0; i--) {
        char label[4];
        const size_t digits = (size_t)snprintf(label, sizeof label, "%u", address[i]);
        if (length - at <= digits || name[at] != digits ||
            memcmp(name + at + 1, label, digits) != 0)
            return false;
        at += 1 + digits;
    }
    return length - at == sizeof suffix && wire_is_same_name(name + at, suffix, sizeof suffix);
}

/* Whether the name is that of an address of this machine on this link. */
static bool is_own_reverse(const struct answer_host *host, const struct wire_head *head)
{
    unsigned char ipv6[16];
    if (read_ip6_arpa(head->name, head->name_length, ipv6))
        return self_has(host->self, host->interface, AF_INET6, ipv6);
    for (size_t i = 0; i < host->self->address_count; i++) {
        const struct self_address *own = &host->self->addresses[i];
        if (own->family == AF_INET && own->interface == host->interface && own->is_usable &&
            is_in_addr_arpa(head->name, head->name_length, own->bytes))
            return true;
    }
    return false;
}

/* Adds the published addresses of a family that are link-local, or that are not. */
static void put_addresses(struct reply *reply, const struct answer_host *host, int family,
                          bool is_local)
{
    for (size_t i = 0; i < host->self->address_count; i++) {
        const struct self_address *own = &host->self->addresses[i];
        if (own->interface == host->interface && own->family == family && own->is_published &&
            link_is_local(family, own->bytes) == is_local)
            put_answer(reply, family == AF_INET ? ns_t_a : ns_t_aaaa, own->bytes,
                       self_address_size(family));
    }
}

/* First the addresses of the querier's scope, section 2.6 (d) and (e); among these IPv6. */
static void put_name_records(struct reply *reply, const struct answer_host *host,
                             const struct answer_query *query, uint16_t type)
{
    const bool local_first = link_is_local(query->family, query->source);
    for (int pass = 0; pass < 2; pass++) {
        const bool is_local = (pass == 0) == local_first;
        if (type == ns_t_aaaa || type == ns_t_any)
            put_addresses(reply, host, AF_INET6, is_local);
        if (type == ns_t_a || type == ns_t_any)
            put_addresses(reply, host, AF_INET, is_local);
    }
}

static void put_pointer(struct reply *reply, const char *name)
{
    unsigned char data[1 + SELF_LABEL_MAX + 1];
    const size_t length = strlen(name);
    data[0] = (unsigned char)length;
    memcpy(data + 1, name, length + 1);
    put_answer(reply, ns_t_ptr, data, length + 2);
}

/* The first name that may be returned for an address; `count` if there is none. */
static size_t first_name(const struct answer_host *host)
{
    size_t at = 0;
    while (at < host->names->count && claim_standing(&host->claims[at]) == CLAIM_SILENT)
        at++;
    return at;
}

/* An error for an own name: over UDP the querier is told to use TCP, section 2.1.1. */
static uint16_t put_error(const struct answer_query *query, const struct edns *edns,
                          struct reply *reply)
{
    if (edns->is_malformed)
        return query->over_tcp ? ns_r_formerr : WIRE_TC;
    put_opt(reply, BADVERS_HIGH);
    return query->over_tcp ? 0 : WIRE_TC;
}

/* The longest reply: over UDP, what the querier and the link accept in one piece. */
static size_t size_limit(const struct answer_host *host, const struct answer_query *query,
                         const struct edns *edns)
{
    if (query->over_tcp)
        return MESSAGE_MAX;
    const size_t headers = query->family == AF_INET ? IPV4_HEADERS : IPV6_HEADERS;
    const struct self_interface *interface = self_find_interface(host->self, host->interface);
    size_t limit = edns->size < ANSWER_UDP_MAX ? edns->size : ANSWER_UDP_MAX;
    if (interface != NULL && interface->mtu < limit + headers)
        limit = interface->mtu > headers ? interface->mtu - headers : 0;
    return limit > UDP_MIN ? limit : UDP_MIN;
}

static void write_reply(const struct answer_host *host, const struct answer_query *query,
                        const struct wire_head *head, size_t name, bool is_reverse,
                        struct reply *reply)
{
    const struct edns edns = read_edns(query, head);
    uint16_t flags = WIRE_QR;
    uint16_t authorities = 0;
    if (host->is_shared)
        flags |= WIRE_C;
    if (claim_standing(&host->claims[name]) == CLAIM_TENTATIVE)
        flags |= WIRE_T;
    memcpy(reply->bytes, query->bytes, head->end);
    reply->length = head->end;
    reply->limit = size_limit(host, query, &edns) - (edns.is_present ? OPT_SIZE : 0);

    const bool is_error = edns.is_malformed || (edns.is_present && edns.version != OPT_VERSION);
    if (is_error) {
        flags |= put_error(query, &edns, reply);
    } else {
        if (!is_reverse)
            put_name_records(reply, host, query, head->type);
        else if (head->type == ns_t_ptr || head->type == ns_t_any)
            put_pointer(reply, host->names->names[name]);
        if (reply->answers == 0) {
            put_soa(reply);
            authorities = 1;
        }
        if (edns.is_present)
            put_opt(reply, 0);
    }
    /* Over TCP nothing may follow. */
    if (reply->is_cut_off && !query->over_tcp)
        flags |= WIRE_TC;
    wire_put16(reply->bytes + 2, flags);
    wire_put16(reply->bytes + 6, reply->answers);
    wire_put16(reply->bytes + 8, authorities);
    wire_put16(reply->bytes + 10, edns.is_present && !edns.is_malformed ? 1 : 0);
}

struct answer answer_make(const struct answer_host *host, const struct answer_query *query,
                          unsigned char bytes[static MESSAGE_MAX])
{
    struct answer answer = {.kind = ANSWER_SILENT};
    struct wire_head head;
    if (!wire_read_head(query->bytes, query->length, &head) ||
        (head.flags & (WIRE_QR | WIRE_OPCODE)) != 0 || head.questions != 1 || head.answers != 0 ||
        head.authorities != 0 || (head.class != ns_c_in && head.class != ns_c_any))
        return answer;

    /* A single label: its length, its bytes, the root. */
    const bool is_label = head.name_length == (size_t)head.name[0] + 2;
    const size_t count = host->names->count;
    size_t name = is_label ? self_find_name(host->names, head.name + 1, head.name[0]) : count;
    const bool is_reverse = !is_label && is_own_reverse(host, &head);
    if (is_reverse)
        name = first_name(host);
    if (name == count)
        return answer;
    if ((head.flags & WIRE_C) != 0) {
        if (!is_reverse)
            answer = (struct answer){.kind = ANSWER_CHECK, .name = name, .type = head.type};
        return answer;
    }
    if (claim_standing(&host->claims[name]) == CLAIM_SILENT)
        return answer;
    struct reply reply = {.bytes = bytes};
    write_reply(host, query, &head, name, is_reverse, &reply);
    answer.kind = ANSWER_REPLY;
    answer.length = reply.length;
    answer.is_tentative = claim_standing(&host->claims[name]) == CLAIM_TENTATIVE;
    return answer;
}
