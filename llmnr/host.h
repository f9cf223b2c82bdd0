/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Hosts on the links of this machine: a name's addresses, and an address's name. */
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
    /* Those beyond are left out: as many fit into the buffer that glibc has first, and for a larger
     * one it would have all asked for again. */
    HOST_ADDRESSES_MAX = 24,
    HOST_NAME_SIZE = 256,
    HOST_REVERSE_SIZE = REVERSE_SIZE,
    /* Longer than RFC 4795 recommends (section 2.8) nothing is said to be valid, in seconds. */
    HOST_TTL_MAX = 30,
};

enum host_status {
    HOST_FOUND,
    HOST_NOT_ASKED,  /* the name or address is none of a host on a link; nothing was sent */
    HOST_SILENT,     /* nobody replied */
    HOST_NO_ADDRESS, /* there is a host of this name, but without an address of this family */
    HOST_FAILED,     /* could not ask: see host_result.error */
};

struct host_result {
    int error;    /* ENETDOWN: there is no link to query; others as query_run has them */
    uint32_t ttl; /* seconds */
    size_t count;
    struct answer_address addresses[HOST_ADDRESSES_MAX]; /* of a name */
    char name[HOST_NAME_SIZE];                           /* of an address */
};

/* Why no host is asked for a name, or for the name of an address. */
enum host_refusal {
    HOST_REFUSAL_NONE,
    HOST_REFUSAL_DOT,       /* names of more than one label are for DNS */
    HOST_REFUSAL_CHARACTER, /* one that is no letter, digit, "-" or "_"; beyond ASCII all are
                               letters */
    HOST_REFUSAL_LENGTH,    /* a label has 1 to 63 bytes */
    HOST_REFUSAL_SERVICE,   /* it begins with "_" */
    HOST_REFUSAL_LOCAL,     /* "localhost" or "local" */
    HOST_REFUSAL_OWN,       /* this machine's own name or address */
    HOST_REFUSAL_OFF_LINK,  /* no link that can be asked has the address */
};

/* Whether hosts can be asked for this name. */
enum host_refusal host_refusal(const char *name);

/*
 * The question for the name of an address of AF_INET or AF_INET6: what to ask for, and on which
 * link. *interface is the only link to look at, or 0 for all; then it is the one that has the
 * address, or 0 if each may. Returns 0 with *refusal, ENETDOWN if there is no link to query, or the
 * error number of what failed.
 */
int host_reverse(int family, const void *address, char name[HOST_REVERSE_SIZE], uint32_t *interface,
                 enum host_refusal *refusal);

/*
 * Whether an answer to a question of this type, from the link of this interface, is taken. An
 * address must be one that another host can have on that link (RFC 4795, section 2.6). A name from
 * the net goes into logs and scripts: it must be one that host_refusal lets pass, of ASCII
 * characters, and not an IPv4 address. Returns 0, or the error number of what failed.
 */
int host_takes(uint16_t type, uint32_t interface, const struct message_answer *answer, bool *takes);

/*
 * The addresses of AF_INET, of AF_INET6, or with AF_UNSPEC of both of the host that is called so.
 * The first responder is believed. A link-local address has the interface of its link as its
 * scope id. IPv6 stands before IPv4, and else the order is the host's own.
 */
enum host_status host_find(const char *name, int family, struct host_result *result);

/* The name of another host with an address of AF_INET or AF_INET6, if the address is on a link. */
enum host_status host_find_name(int family, const void *address, struct host_result *result);

#endif
