// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Queries that are answered after a random delay, so that hosts that claim the same name do not
 * reply at the same time: RFC 4795, section 2.7. The query is kept, not the reply, since the name
 * may be lost in the meantime.
 */
#include "llmnr/clock.h"
#include "llmnrd/responder.h"

#include <string.h>

/* More queries, and longer ones, are answered at once. */
enum { QUERIES_MAX = 16, QUERY_SIZE = 512 };

static struct delayed {
    const struct transport *transport; /* or NULL: this place is free */
    int64_t due;
    union udp_address sender;
    size_t length;
    unsigned char bytes[QUERY_SIZE];
} queries[QUERIES_MAX];

static struct delayed *find_free(void)
{
    for (size_t i = 0; i < QUERIES_MAX; i++) {
        if (queries[i].transport == NULL)
            return &queries[i];
    }
    return NULL;
}

bool delay_add(struct transport *transport, const unsigned char *bytes, size_t length,
               const union udp_address *sender, int64_t now)
{
    uint32_t random;
    struct delayed *query = find_free();
    if (query == NULL || length > sizeof query->bytes || !responder_random(&random, sizeof random))
        return false;
    query->transport = transport;
    query->due = now + claim_delay(random);
    query->sender = *sender;
    query->length = length;
    memcpy(query->bytes, bytes, length);
    responder_reschedule(transport->link->responder);
    return true;
}

int64_t delay_step(struct transport *transport, int64_t now)
{
    int64_t due = CLOCK_NEVER;
    for (size_t i = 0; i < QUERIES_MAX; i++) {
        struct delayed *query = &queries[i];
        if (query->transport != transport)
            continue;
        if (query->due > now) {
            due = clock_sooner(due, query->due);
            continue;
        }
        query->transport = NULL;
        served_reply(transport, query->bytes, query->length, &query->sender, now);
    }
    return due;
}

void delay_drop(const struct transport *transport)
{
    for (size_t i = 0; i < QUERIES_MAX; i++) {
        if (queries[i].transport == transport)
            queries[i].transport = NULL;
    }
}
