/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Limits for the queries of a source and the replies on a link: token buckets. Those of the sources
 * are in a table of fixed size. A keyed hash decides which sources share a bucket, so nobody can
 * choose whose bucket to empty.
 */
#ifndef LLMNR_LIMIT_H
#define LLMNR_LIMIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    LIMIT_BUCKETS = 1024,
    /* Per second. A client that looks up a hundred names at once sends fewer. */
    LIMIT_SOURCE_RATE = 500,
    LIMIT_SOURCE_BURST = 1000,
    /* About a third of what one core can send: the rest is left to the machine's own work. */
    LIMIT_LINK_RATE = 50000,
    LIMIT_LINK_BURST = 50000,
    /*
     * Replies to these wait for the hardware address, for three seconds if there is none: see
     * neighbors.h. This many replies fit into the send buffer of a socket, and into the neighbor
     * table of the kernel, which begins to drop entries at 512.
     */
    LIMIT_STRANGER_RATE = 20,
    LIMIT_STRANGER_BURST = 64,
};

struct limit_bucket {
    int64_t full_at; /* in microseconds of the owner's clock: when the bucket is full again */
};

struct limit {
    uint64_t key[2]; /* random */
    struct limit_bucket sources[LIMIT_BUCKETS];
};

/* Whether to accept a query of this source, on the link of this interface; counts it if so. */
bool limit_hears(struct limit *limit, uint32_t interface, int family, const void *address,
                 int64_t now);

/* Whether to send another reply on the link of this bucket; counts it if so. */
bool limit_replies(struct limit_bucket *link, int64_t now);

/* The same for a reply to an address that is not a known neighbor's. */
bool limit_strangers(struct limit_bucket *strangers, int64_t now);

#endif
