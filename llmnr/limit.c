// SPDX-License-Identifier: LGPL-2.1-or-later
#include "llmnr/limit.h"

#include "llmnr/link.h"

#include <netinet/in.h>
#include <string.h>

enum { SECOND = 1000000 };

/* A few rounds of multiplication and folding with secret words: enough that a neighbor who sees no
 * more than replies cannot find addresses that share a bucket. */
static uint64_t mix(uint64_t value)
{
    value ^= value >> 32;
    value *= 0xd6e8feb86659fd93U;
    value ^= value >> 32;
    value *= 0xd6e8feb86659fd93U;
    return value ^ value >> 32;
}

/* A host has a whole prefix of 64 bits to choose addresses from, except on the link itself. */
static size_t bucket_of(const struct limit *limit, int family, const void *address)
{
    uint64_t words[2] = {0, 0};
    if (family == AF_INET)
        memcpy(words, address, sizeof(struct in_addr));
    else
        memcpy(words, address, sizeof(struct in6_addr));
    if (family == AF_INET6 && !link_is_local(family, address))
        words[1] = 0;
    uint64_t hash = mix(words[0] ^ limit->key[0]) + (uint64_t)family;
    hash = mix(hash ^ words[1] ^ limit->key[1]);
    return hash % LIMIT_BUCKETS;
}

/* The time at which the bucket would be full if one more were taken. */
static int64_t take(const struct limit_bucket *bucket, int rate, int64_t now)
{
    return (bucket->full_at > now ? bucket->full_at : now) + SECOND / rate;
}

static bool fits(int64_t full_at, int rate, int burst, int64_t now)
{
    return full_at - now <= (int64_t)burst * (SECOND / rate);
}

bool limit_allows(struct limit *limit, int family, const void *address, int64_t now)
{
    struct limit_bucket *source = &limit->sources[bucket_of(limit, family, address)];
    const int64_t source_full = take(source, LIMIT_SOURCE_RATE, now);
    const int64_t total_full = take(&limit->total, LIMIT_TOTAL_RATE, now);
    if (!fits(source_full, LIMIT_SOURCE_RATE, LIMIT_SOURCE_BURST, now) ||
        !fits(total_full, LIMIT_TOTAL_RATE, LIMIT_TOTAL_BURST, now))
        return false;
    source->full_at = source_full;
    limit->total.full_at = total_full;
    return true;
}
