/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Queries to the hosts on the links of this machine: RFC 4795, sections 2 and 7, the querier's
 * side. Nothing is allocated, no thread is started and no signal is used. Sockets are closed on
 * exec, and all are closed when a function returns. errno is left as it was.
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
 * In milliseconds. A name that no host has costs at most QUERY_TIME_MAX, and QUERY_TIMEOUT more for
 * each question if a responder refers us to TCP and is silent there.
 */
enum {
    /* How long the hosts on a link have to reply: LLMNR_TIMEOUT on IEEE 802 media. */
    QUERY_TIMEOUT = 100,
    /*
     * How long to wait for others when a host says that there are some (C): LLMNR_TIMEOUT and
     * JITTER_INTERVAL.
     */
    QUERY_CONFLICT = 200,
    QUERY_TRANSMISSIONS = 3,
    /*
     * The random delay before the first transmission on a link, so that hosts that wait for the
     * same event do not query at once: JITTER_INTERVAL, less what keeps the whole below
     * QUERY_TIME_MAX.
     */
    QUERY_JITTER = 85,
    QUERY_TIME_MAX = 400,
};

/*
 * A type of record, and the transport over which it is queried first. The other one follows on a
 * link where the first has brought no reply.
 */
struct query_question {
    uint16_t type;
    int family;
};

struct query_request {
    const char *name; /* with dots between the labels, see message_ask */
    struct query_question questions[QUERY_QUESTIONS_MAX];
    size_t question_count;
    int family;         /* only over AF_INET or AF_INET6; AF_UNSPEC for both */
    uint32_t interface; /* only on this link; 0 for all links that llmnr.conf selects */
    bool over_tcp;      /* query every responder again, over TCP */
    bool collect_all;   /* query over both transports at once, and go on when every question has a
                           reply */
    /* NULL, or called for each query that is sent. */
    void (*queried)(void *context, uint32_t interface);
};

struct query_reply {
    struct message_reply *message; /* its answers can be read, once */
    uint32_t interface;
    const struct sockaddr *sender;
    bool over_tcp;
    bool is_last;        /* no other question on this link awaits a reply */
    unsigned time_taken; /* microseconds since the first transmission on this link */
};

/*
 * The result of a query_taker, or for how many milliseconds to wait for more, even if each question
 * has a reply. In that time nothing is sent.
 */
enum {
    QUERY_STOP = 0,
    QUERY_GO_ON = -1,
    QUERY_GO_ON_HERE = -2, /* on the link of this reply alone */
};

/*
 * Receives a valid reply: one that message_read accepts, that came from port 5355 of another host
 * on the queried link, and in the case of TC over TCP.
 */
typedef int query_taker(void *context, const struct query_reply *reply);

/*
 * Queries, up to three times, and delivers the replies, until each question on each link has one or
 * time is up. Returns 0 also if no host has replied; EINVAL if the name is not valid in DNS, EPERM
 * if this program runs with the rights of another user or a firewall drops the queries, ENETDOWN if
 * there is no link to query, EBADMSG if llmnr.conf is malformed; or the error number of what
 * failed.
 */
int query_run(const struct query_request *request, query_taker *take, void *context);

#endif
