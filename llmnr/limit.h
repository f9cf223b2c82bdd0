/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * How many replies a source may cause, and all sources together: token buckets in a table of a
 * fixed size. Sources share a bucket if a keyed hash has them share it, so that nobody can choose
 * whose bucket to empty.
 */
#ifndef LLMNR_LIMIT_H
#define LLMNR_LIMIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    LIMIT_BUCKETS = 1024,
    LIMIT_SOURCE_RATE = 500, /* replies a second */
    LIMIT_SOURCE_BURST = 1000,
    LIMIT_TOTAL_RATE = 10000,
    LIMIT_TOTAL_BURST = 10000,
};

struct limit_bucket {
    int64_t full_at; /* in microseconds of the owner's clock: when nothing is owed any more */
};

struct limit {
    uint64_t key[2]; /* random */
    struct limit_bucket total;
    struct limit_bucket sources[LIMIT_BUCKETS];
};

/* Whether a reply to this source may be sent now; if so, it is counted. */
bool limit_allows(struct limit *limit, int family, const void *address, int64_t now);

#endif
