/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * One message of link-local multicast name resolution (RFC 4795): a query out, or a reply in. Names
 * are read and written by glibc's dn_expand and dn_comp. Nothing is allocated, and nothing outside
 * the message is read, whatever it contains.
 */
#ifndef LLMNR_MESSAGE_H
#define LLMNR_MESSAGE_H

#include <arpa/nameser.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    /* The longest reply over UDP: RFC 4795, section 2.1. Longer ones over TCP are not read. */
    MESSAGE_MAX = 9194,
    /* A header, a name and the rest of a question. */
    MESSAGE_QUERY_MAX = NS_HFIXEDSZ + NS_MAXCDNAME + NS_QFIXEDSZ,
};

/* A question, and the query that contains it. */
struct message_query {
    uint16_t id;
    uint16_t type;          /* ns_t_a, ns_t_aaaa or ns_t_ptr */
    char name[NS_MAXDNAME]; /* as dn_expand writes it: characters other than letters and digits may
                               be escaped */
    size_t length;
    unsigned char bytes[MESSAGE_QUERY_MAX];
};

/*
 * Makes a query for `name`, with dots between its labels; false if it is not a valid name of DNS.
 */
bool message_ask(struct message_query *query, uint16_t id, const char *name, uint16_t type);

/* A reply, and how far its answers have been read. `bytes` and `query` must live as long. */
struct message_reply {
    const struct message_query *query;
    const unsigned char *bytes;
    const unsigned char *end;
    const unsigned char *next;
    unsigned answers_left;
    bool conflict; /* the C bit: the sender knows other hosts with this name */
};

enum message_kind {
    MESSAGE_NONE,      /* not a reply to this query, or one that must not be used */
    MESSAGE_REPLY,     /* a reply; without an answer, the name exists but has no such record */
    MESSAGE_TRUNCATED, /* truncated: query again over TCP; no answer is read */
};

/*
 * Whether the message is a reply to the query: RFC 4795, section 2.1.1. It is not if its id or
 * question differs, if the sender is not yet certain of the name (T), if it reports an error
 * (RCODE), or if one of its answers is truncated or has an impossible length.
 */
enum message_kind message_read(const struct message_query *query, const unsigned char *bytes,
                               size_t length, struct message_reply *reply);

/* One answer to the question. */
struct message_answer {
    uint32_t ttl; /* seconds */
    union {
        struct in_addr ipv4;    /* ns_t_a */
        struct in6_addr ipv6;   /* ns_t_aaaa */
        char name[NS_MAXDNAME]; /* ns_t_ptr, as dn_expand has it */
    };
};

/*
 * Returns the next answer of a reply; false when there are no more. Records of other names are
 * skipped.
 */
bool message_next(struct message_reply *reply, struct message_answer *answer);

#endif
