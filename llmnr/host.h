/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Hosts on the links of this machine: the addresses of a name, and the name of an address. */
#ifndef LLMNR_HOST_H
#define LLMNR_HOST_H

#include "base/answer_address.h"
#include "base/reverse.h"
#include "llmnr/message.h"

#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    /*
     * The most addresses that are returned. They fit into glibc's first buffer; for a larger one it
     * would repeat all queries.
     */
    HOST_ADDRESSES_MAX = 24,
    HOST_NAME_SIZE = 256,
    HOST_REVERSE_SIZE = REVERSE_SIZE,
    /*
     * The longest time that an answer is valid, in seconds, as RFC 4795 recommends (section 2.8).
     */
    HOST_TTL_MAX = 30,
};

enum host_status {
    HOST_FOUND,
    HOST_NOT_ASKED,  /* not a name or address of a host on a link; nothing was sent */
    HOST_SILENT,     /* no host replied */
    HOST_NO_ADDRESS, /* the host exists, but has no address of this family */
    HOST_FAILED,     /* the query failed: see host_result.error */
};

struct host_result {
    int error;    /* ENETDOWN: there is no link to query; others as query_run has them */
    uint32_t ttl; /* seconds */
    size_t count;
    struct answer_address addresses[HOST_ADDRESSES_MAX]; /* of a name */
    char name[HOST_NAME_SIZE];                           /* of an address */
};

/* Why no host is queried for a name, or for the name of an address. */
enum host_refusal {
    HOST_REFUSAL_NONE,
    HOST_REFUSAL_DOT,       /* names of more than one label are for DNS */
    HOST_REFUSAL_CHARACTER, /* not a letter, digit, "-" or "_"; beyond ASCII all are letters */
    HOST_REFUSAL_LENGTH,    /* a label has 1 to 63 bytes */
    HOST_REFUSAL_SERVICE,   /* it begins with "_" */
    HOST_REFUSAL_LOCAL,     /* "localhost" or "local" */
    HOST_REFUSAL_OWN,       /* this machine's own name or address */
    HOST_REFUSAL_OFF_LINK,  /* no link that can be queried has the address */
};

/* Whether hosts can be queried for this name. */
enum host_refusal host_refusal(const char *name);

/*
 * The question for the name of an address of AF_INET or AF_INET6, and its link. *interface is the
 * only link to consider, or 0 for all; it is then set to the link that has the address, or 0 if any
 * may. Returns 0 with *refusal, ENETDOWN if there is no link to query, or the error number of what
 * failed.
 */
int host_reverse(int family, const void *address, char name[HOST_REVERSE_SIZE], uint32_t *interface,
                 enum host_refusal *refusal);

/*
 * Whether an answer to a question of this type, from the link of this interface, is accepted. An
 * address must be one that another host can have on that link (RFC 4795, section 2.6). A name from
 * the network goes into logs and scripts: it must be ASCII, pass host_refusal, and not be an IPv4
 * address. Returns 0, or the error number of what failed.
 */
int host_takes(uint16_t type, uint32_t interface, const struct message_answer *answer, bool *takes);

/*
 * Finds the addresses of a host: those of AF_INET, of AF_INET6, or with AF_UNSPEC of both. The
 * first responder is believed. A link-local address has the interface of its link as its scope id.
 * IPv6 comes before IPv4; otherwise the order is the host's.
 */
enum host_status host_find(const char *name, int family, struct host_result *result);

/* Finds the name of another host by its address, of AF_INET or AF_INET6, if that is on a link. */
enum host_status host_find_name(int family, const void *address, struct host_result *result);

#endif
