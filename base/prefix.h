/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Prefixes of IPv4 and IPv6 addresses, which are in network byte order. */
#ifndef BASE_PREFIX_H
#define BASE_PREFIX_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

/* Whether an address begins with the first `bits` of a prefix. No more of either is read. */
static inline bool prefix_contains(const unsigned char *prefix, size_t bits,
                                   const unsigned char *address)
{
    const size_t whole = bits / 8;
    const unsigned rest = bits % 8;
    return memcmp(address, prefix, whole) == 0 &&
           (rest == 0 || (address[whole] ^ prefix[whole]) >> (8 - rest) == 0);
}

#endif
