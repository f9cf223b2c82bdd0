/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The links that this machine is on, and who is on them, too. */
#ifndef LINKS_H
#define LINKS_H

#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Those beyond are left out. */
enum { LINKS_MAX = 64 };

struct link {
    uint32_t index;
    struct in_addr ipv4; /* the first address of this machine there; all zero if it has none */
};

/*
 * The links that can be asked: their interface is up and does multicast, is neither a loopback nor
 * a point-to-point interface, and no port of a bridge or bond, whose own interface is in the list.
 * Returns 0, or the error number of what failed.
 */
int link_list(struct link links[LINKS_MAX], size_t *count);

/*
 * Whether an address, of AF_INET or AF_INET6, belongs to the link of this interface: it is
 * link-local, or in the prefix of an address that this machine has there. Returns as above.
 */
int link_has(uint32_t index, int family, const void *address, bool *has);

/* Whether this machine itself has the address, on any interface. Returns as above. */
int link_is_own(int family, const void *address, bool *is_own);

#endif
