/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Questions to the hosts on the links of this machine: RFC 4795, sections 2 and 7, the side that
 * asks. Nothing is allocated, no thread is started and no signal is used; sockets are closed on
 * exec, and all is closed when a function returns. errno is left as it was.
 */
#ifndef LLMNR_QUERY_H
#define LLMNR_QUERY_H

#include "llmnr/message.h"

#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>

enum { QUERY_PORT = 5355, QUERY_TYPES_MAX = 2 };

/*
 * In milliseconds. A name that nobody has costs QUERY_TIME_MAX at the most, and QUERY_TIMEOUT more
 * for each question if somebody refers us to TCP and is silent there.
 */
enum {
    /* How long the hosts on a link have to reply: LLMNR_TIMEOUT on IEEE 802 media. */
    QUERY_TIMEOUT = 100,
    /* How long to wait for others when a host says that there are (C): LLMNR_TIMEOUT and
       JITTER_INTERVAL. */
    QUERY_CONFLICT = 200,
    QUERY_TRANSMISSIONS = 3,
    /* Before the first transmission, at random, lest all who wait for the same thing ask at once:
     * JITTER_INTERVAL, but for what keeps the whole below QUERY_TIME_MAX. */
    QUERY_JITTER = 90,
    QUERY_TIME_MAX = 400,
};

struct query_request {
    const char *name; /* labels with dots between, see message_ask */
    uint16_t types[QUERY_TYPES_MAX];
    size_t type_count;
    int family;         /* ask over AF_INET or AF_INET6 alone, or AF_UNSPEC: over both */
    uint32_t interface; /* ask there alone, or 0: on all links */
    bool by_stream;     /* ask everybody who replies once more, over TCP */
    bool to_the_end;    /* go on when all has been answered: others may reply, too */
    /* NULL, or is told of each link on which a question is put, as often as one is. */
    void (*asked)(void *context, uint32_t interface);
};

struct query_reply {
    struct message_reply *message; /* its answers can be read, once */
    uint32_t interface;
    const struct sockaddr *sender;
    bool by_stream;
    bool is_last;        /* nothing else that was asked on this link waits for a reply */
    unsigned time_taken; /* microseconds since the first transmission */
};

/*
 * Sees a good reply: one that message_read takes for one, that came from port 5355 of a host on
 * the link that was asked, and in the case of TC over TCP. Returns for how many milliseconds to
 * wait for more, also when each question has a reply; 0 for no more, a negative number to go on.
 */
typedef int query_taker(void *context, const struct query_reply *reply);

/*
 * Asks, up to three times, and hands on the replies, until there is one to each question on each
 * link or time is up. Returns 0 also if nobody has replied; EINVAL if DNS can hold no such name,
 * EPERM in a program that runs with the rights of another user (AT_SECURE), EPERM or EACCES if this
 * machine lets nothing out, ENETDOWN if there is no link that can be asked, or the error number of
 * what failed.
 */
int query_run(const struct query_request *request, query_taker *take, void *context);

#endif
