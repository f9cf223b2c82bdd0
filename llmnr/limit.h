/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * How many queries of a source are heard, and how many replies a link gets: token buckets. Those of
 * the sources are in a table of a fixed size. Sources share a bucket if a keyed hash has them share
 * it, so that nobody can choose whose bucket to empty.
 */
#ifndef LLMNR_LIMIT_H
#define LLMNR_LIMIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    LIMIT_BUCKETS = 1024,
    /* A second. A client that looks up a hundred names at once sends less. */
    LIMIT_SOURCE_RATE = 500,
    LIMIT_SOURCE_BURST = 1000,
    /* About a third of what one core can send: the rest is for what the machine is there for. */
    LIMIT_LINK_RATE = 50000,
    LIMIT_LINK_BURST = 50000,
    /* What these get waits for their hardware addresses, three seconds if they have none: see
     * neighbors.h. This many replies fit into the send buffer of a socket, and into the neighbor
     * table of the kernel, which begins to forget at 512. */
    LIMIT_STRANGER_RATE = 20,
    LIMIT_STRANGER_BURST = 64,
};

struct limit_bucket {
    int64_t full_at; /* in microseconds of the owner's clock: when nothing is owed any more */
};

struct limit {
    uint64_t key[2]; /* random */
    struct limit_bucket sources[LIMIT_BUCKETS];
};

/* Whether to hear a query of this source, on the link of this interface; if so, it is counted. */
bool limit_hears(struct limit *limit, uint32_t interface, int family, const void *address,
                 int64_t now);

/* Whether to send another reply on the link whose bucket this is; if so, it is counted. */
bool limit_replies(struct limit_bucket *link, int64_t now);

/* The same for a reply to an address that may be no neighbor's. */
bool limit_strangers(struct limit_bucket *strangers, int64_t now);

#endif
