// SPDX-License-Identifier: LGPL-2.1-or-later
#include "llmnr/limit.h"

#include <netinet/in.h>
#include <string.h>

enum { SECOND = 1000000 };

/*
 * A keyed hash: a few rounds of multiplication and folding. It suffices that a neighbor who sees
 * only replies cannot find addresses that share a bucket.
 */
static uint64_t mix(uint64_t value)
{
    value ^= value >> 32;
    value *= 0xd6e8feb86659fd93U;
    value ^= value >> 32;
    value *= 0xd6e8feb86659fd93U;
    return value ^ value >> 32;
}

/*
 * Each address is a source, since the neighbors share a prefix, and none may use up the tokens of
 * the others. The interface counts, since links share addresses.
 */
static size_t bucket_of(const struct limit *limit, uint32_t interface, int family,
                        const void *address)
{
    uint64_t words[2] = {0, 0};
    memcpy(words, address, family == AF_INET ? sizeof(struct in_addr) : sizeof(struct in6_addr));
    uint64_t hash = mix(words[0] ^ limit->key[0]) + ((uint64_t)interface << 8) + (uint64_t)family;
    hash = mix(hash ^ words[1] ^ limit->key[1]);
    return hash % LIMIT_BUCKETS;
}

static bool take(struct limit_bucket *bucket, int rate, int burst, int64_t now)
{
    const int64_t one = SECOND / rate;
    const int64_t full_at = (bucket->full_at > now ? bucket->full_at : now) + one;
    if (full_at - now > burst * one)
        return false;
    bucket->full_at = full_at;
    return true;
}

bool limit_hears(struct limit *limit, uint32_t interface, int family, const void *address,
                 int64_t now)
{
    return take(&limit->sources[bucket_of(limit, interface, family, address)], LIMIT_SOURCE_RATE,
                LIMIT_SOURCE_BURST, now);
}

bool limit_replies(struct limit_bucket *link, int64_t now)
{
    return take(link, LIMIT_LINK_RATE, LIMIT_LINK_BURST, now);
}

bool limit_strangers(struct limit_bucket *strangers, int64_t now)
{
    return take(strangers, LIMIT_STRANGER_RATE, LIMIT_STRANGER_BURST, now);
}
