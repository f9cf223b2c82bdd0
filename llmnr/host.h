/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Hosts on the links of this machine: a name's addresses, and an address's name. */
#ifndef HOST_H
#define HOST_H

#include "answer.h"

#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    /* Those beyond are left out. */
    HOST_ADDRESSES_MAX = 64,
    HOST_NAME_SIZE = 256,
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
    int error;    /* ENETDOWN: there is no link to ask; others as query_run has them */
    uint32_t ttl; /* seconds */
    size_t count;
    struct answer_address addresses[HOST_ADDRESSES_MAX]; /* of a name */
    char name[HOST_NAME_SIZE];                           /* of an address */
};

/*
 * Whether hosts are asked for this name: it is one label of letters, digits, "-" and "_", where
 * every character beyond ASCII is a letter, is neither the name of this machine nor "localhost" nor
 * "local", and does not begin with "_", as names of services do.
 */
bool host_can_ask(const char *name);

/*
 * The addresses of AF_INET, of AF_INET6, or with AF_UNSPEC of both of the host that is called so.
 * The first who replies is believed. A link-local address has the interface of its link as its
 * scope id. IPv6 stands before IPv4, and else the order is the host's own.
 */
enum host_status host_find(const char *name, int family, struct host_result *result);

/* The name of another host with an address of AF_INET or AF_INET6, if the address is on a link. */
enum host_status host_find_name(int family, const void *address, struct host_result *result);

#endif
