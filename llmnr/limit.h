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
    LIMIT_SOURCE_RATE = 500, /* a second */
    LIMIT_SOURCE_BURST = 1000,
    LIMIT_LINK_RATE = 10000,
    LIMIT_LINK_BURST = 10000,
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

#endif
