/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* An address that answers for a name. */
#ifndef BASE_ANSWER_ADDRESS_H
#define BASE_ANSWER_ADDRESS_H

#include <netinet/in.h>
#include <stdint.h>

/* Of AF_INET or AF_INET6. */
struct answer_address {
    int family;
    uint32_t scope_id;
    union {
        struct in_addr ipv4;
        struct in6_addr ipv6;
    };
};

#endif
