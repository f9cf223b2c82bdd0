/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The neighbors whose hardware addresses the kernel knows. A packet to any other address waits for
 * seconds until the kernel gives up, and fills the send buffer of the socket and the kernel's
 * neighbor table. So a host that forges the source of each query could keep replies from all
 * others.
 */
#ifndef LLMNR_NEIGHBORS_H
#define LLMNR_NEIGHBORS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Further ones count as unknown. The kernel has at most 1024 of a family by default. */
enum { NEIGHBORS_MAX = 2048 };

struct neighbor {
    uint32_t interface;
    uint32_t family;
    unsigned char address[16]; /* the first 4 for AF_INET, and then zeros */
};

struct neighbors {
    int64_t read_again_at;
    size_t count;
    struct neighbor list[NEIGHBORS_MAX]; /* in the order of their bytes */
};

/* Whether the kernel knows the neighbor on the link of this interface. The list is read again when
 * it is a second old; false if that fails. */
bool neighbors_know(struct neighbors *neighbors, uint32_t interface, int family,
                    const void *address, int64_t now);

#endif
