/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The replies of hosts, as `v6lit llmnr` shows them. */
#ifndef TOOLS_LLMNR_REPLY_H
#define TOOLS_LLMNR_REPLY_H

#include "llmnr/query.h"
#include "tools/llmnr/options.h"

#include <net/if.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* An address and its zone. */
enum { LLMNR_ADDRESS_SIZE = INET6_ADDRSTRLEN + IF_NAMESIZE };

struct llmnr_reply {
    const char *type; /* "AAAA", "A" or "PTR" */
    char interface[IF_NAMESIZE];
    char sender[LLMNR_ADDRESS_SIZE]; /* with its zone, if it is link-local */
    unsigned time_taken;             /* microseconds */
    bool over_tcp;
    bool conflict;
};

void reply_read(const struct query_reply *from, struct llmnr_reply *reply);

/* The address or name in an answer to a question of this type. */
void reply_write_answer(uint16_t type, const struct message_answer *answer, const char *interface,
                        char text[static NS_MAXDNAME]);

/* Further replies count as new ones. */
enum { REPLY_SEEN_MAX = 256 };

struct reply_seen {
    size_t count;
    uint64_t hashes[REPLY_SEEN_MAX];
};

/* Whether the same host has sent the same before: slow hosts answer every retransmission. */
bool reply_is_repeated(struct reply_seen *seen, const struct query_reply *reply);

/* The heading of the columns, and a row for one answer of a reply. */
void reply_show_head(const struct llmnr_options *options);
void reply_show(const struct llmnr_options *options, const struct llmnr_reply *reply,
                const char *answer, const char *ttl, bool usable);

#endif
