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

enum { QUERY_QUESTIONS_MAX = 2 };

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
    /* Before the first transmission on a link, at random for each, lest all who wait for the same
     * thing ask at once: JITTER_INTERVAL, but for what keeps the whole below QUERY_TIME_MAX. */
    QUERY_JITTER = 85,
    QUERY_TIME_MAX = 400,
};

/* A type of record, and the family over which it is asked for first; the other one follows on a
 * link where that has brought no reply. */
struct query_question {
    uint16_t type;
    int family;
};

struct query_request {
    const char *name; /* labels with dots between, see message_ask */
    struct query_question questions[QUERY_QUESTIONS_MAX];
    size_t question_count;
    int family;         /* ask over AF_INET or AF_INET6 alone, or AF_UNSPEC: over both */
    uint32_t interface; /* ask there alone, or 0: on all links that llmnr.conf selects */
    bool over_tcp;      /* ask every responder once more, over TCP */
    bool collect_all;   /* ask over both families at once, and go on when all has been answered */
    /* NULL, or is called for each query that is sent. */
    void (*queried)(void *context, uint32_t interface);
};

struct query_reply {
    struct message_reply *message; /* its answers can be read, once */
    uint32_t interface;
    const struct sockaddr *sender;
    bool over_tcp;
    bool is_last;        /* nothing else that was asked on this link waits for a reply */
    unsigned time_taken; /* microseconds since the first transmission on this link */
};

/* What a query_taker returns, or for how many milliseconds to wait for more, also when each
 * question has a reply. In that time nothing is sent any more. */
enum {
    QUERY_STOP = 0,
    QUERY_GO_ON = -1,
    QUERY_GO_ON_HERE = -2, /* on the link of this reply alone */
};

/* Sees a good reply: one that message_read takes for one, that came from port 5355 of another host
 * on the link that was asked, and in the case of TC over TCP. */
typedef int query_taker(void *context, const struct query_reply *reply);

/*
 * Asks, up to three times, and hands on the replies, until there is one to each question on each
 * link or time is up. Returns 0 also if nobody has replied; EINVAL if DNS can hold no such name,
 * EPERM if this program runs with the rights of another user or a firewall lets nothing out,
 * ENETDOWN if there is no link to query, EBADMSG if llmnr.conf is malformed; or the error number of
 * what failed.
 */
int query_run(const struct query_request *request, query_taker *take, void *context);

#endif
