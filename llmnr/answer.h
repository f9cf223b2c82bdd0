/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What to reply to a query: RFC 4795, sections 2.1 to 2.9 and 4. These functions do not send, wait
 * or read a clock, and a reply has no byte of the query but its id and its question.
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
    /*
     * The longest reply over UDP, so that it is not fragmented: what each link must carry for IPv6,
     * without the headers. A link with IPv4 only may carry less.
     */
    ANSWER_UDP_MAX = 1232,
    ANSWER_TTL = 30, /* seconds: section 2.8 */
};

/* This host, as seen from the link of one interface. */
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
    int family;         /* the family over which it came */
    const void *source; /* its sender's address */
    bool over_tcp;
};

enum answer_kind {
    ANSWER_SILENT,
    ANSWER_REPLY,
    ANSWER_CHECK, /* no reply, but a host says that others have the name: see claim_check */
};

struct answer {
    enum answer_kind kind;
    size_t length;     /* of the reply */
    bool is_tentative; /* the reply has T, and should be delayed: section 2.7 */
    size_t name;       /* for ANSWER_CHECK: the name, and the queried type */
    uint16_t type;
};

/* Writes a reply of at most MESSAGE_MAX bytes, or over UDP ANSWER_UDP_MAX. */
struct answer answer_make(const struct answer_host *host, const struct answer_query *query,
                          unsigned char reply[static MESSAGE_MAX]);

#endif
