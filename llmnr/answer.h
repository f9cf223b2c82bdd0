/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What to reply to a query: RFC 4795, sections 2.1 to 2.9 and 4. Nothing here sends, waits or knows
 * the time, and no byte of a query but its id and its question goes into a reply.
 */
#ifndef LLMNR_ANSWER_H
#define LLMNR_ANSWER_H

#include "llmnr/claim.h"
#include "llmnr/message.h"
#include "llmnr/self.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    /* Of a reply over UDP, so that it is not fragmented: what each link has to take for IPv6,
     * without the headers. A link of IPv4 alone may take less. */
    ANSWER_UDP_MAX = 1232,
    ANSWER_TTL = 30, /* seconds: section 2.8 */
};

/* The host, as the link of one interface sees it. */
struct answer_host {
    const struct self *self;
    const struct self_names *names;
    const struct claim *claims; /* one for each name */
    uint32_t interface;
    bool is_shared; /* another interface of this machine is on the same link: C is set */
};

struct answer_query {
    const unsigned char *bytes;
    size_t length;
    int family;         /* that it came over */
    const void *source; /* its sender's address */
    bool over_tcp;
};

enum answer_kind {
    ANSWER_SILENT,
    ANSWER_REPLY,
    ANSWER_CHECK, /* silent, but somebody says that others have the name: see claim_check */
};

struct answer {
    enum answer_kind kind;
    size_t length; /* of the reply */
    size_t name;   /* for ANSWER_CHECK: which, and the type that was asked for */
    uint16_t type;
};

/* Writes a reply of at most MESSAGE_MAX bytes, or over UDP ANSWER_UDP_MAX. */
struct answer answer_make(const struct answer_host *host, const struct answer_query *query,
                          unsigned char reply[static MESSAGE_MAX]);

#endif
