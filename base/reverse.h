/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The DNS name of an IPv6 address under ip6.arpa: RFC 3596 section 2.5. */
#ifndef BASE_REVERSE_H
#define BASE_REVERSE_H

#include <netinet/in.h>
#include <string.h>

/* 32 digits, each with a dot after it, the domain, and NUL. */
enum { REVERSE_SIZE = 2 * 32 + sizeof "ip6.arpa" };

static inline void reverse_name(const struct in6_addr *address, char name[REVERSE_SIZE])
{
    static const char digits[] = "0123456789abcdef";
    for (int i = 15; i >= 0; i--) {
        *name++ = digits[address->s6_addr[i] & 0xf];
        *name++ = '.';
        *name++ = digits[address->s6_addr[i] >> 4];
        *name++ = '.';
    }
    memcpy(name, "ip6.arpa", sizeof "ip6.arpa");
}

#endif
