// SPDX-License-Identifier: LGPL-2.1-or-later
#include "llmnr/query.h"

#include "libv6lit/guard.h"
#include "llmnr/clock.h"
#include "llmnr/link.h"
#include "llmnr/tcp.h"
#include "llmnr/udp.h"

#include <string.h>
#include <sys/auxv.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <unistd.h>

_Static_assert(QUERY_JITTER + QUERY_TRANSMISSIONS * QUERY_TIMEOUT < QUERY_TIME_MAX,
               "there is some time left for the rest");

/* The two transports, as indexes of the tables. */
enum { OVER_IPV6, OVER_IPV4, TRANSPORTS };
static const int families[TRANSPORTS] = {AF_INET6, AF_INET};

/* How often TCP is used for a question: once, or with `over_tcp` this often. */
enum { TCP_MAX = 64 };

enum { LATE_MAX = 64 }; /* datagrams that are read when time is up */

/* A question on a link over a transport. */
enum { IDLE, AWAITED, ANSWERED };

struct asked_link {
    struct link link;
    int64_t first; /* transmission; 0 before it */
    int64_t next;  /* transmission, or when it is over after the last; CLOCK_NEVER after that */
    unsigned transmissions;
    unsigned char states[TRANSPORTS][QUERY_QUESTIONS_MAX];
};

/* Mapped for the duration of a query: the stack belongs to the caller, and may be small. */
struct run {
    const struct query_request *request;
    query_taker *take;
    void *context;
    struct message_query queries[QUERY_QUESTIONS_MAX];
    struct asked_link links[LINKS_MAX];
    size_t link_count;
    unsigned tcp_left[QUERY_QUESTIONS_MAX];
    int sockets[TRANSPORTS];
    int64_t deadline; /* the latest end, if a taker has asked for one */
    int send_error;   /* 0 as soon as something has been sent */
    bool stopped;
    bool quiet; /* nothing is sent any more, and what comes until the deadline counts */
    struct filter filter;
    unsigned char buffer[MESSAGE_MAX];
};

static bool can_ask(const struct run *run, const struct asked_link *link, int transport)
{
    return run->sockets[transport] >= 0 && (transport != OVER_IPV4 || link->link.ipv4.s_addr != 0);
}

/* The transport over which a question is sent first. */
static int first_transport(const struct run *run, const struct asked_link *link, size_t question)
{
    int transport = run->request->questions[question].family == AF_INET ? OVER_IPV4 : OVER_IPV6;
    return can_ask(run, link, transport) ? transport : TRANSPORTS - 1 - transport;
}

/* Whether a valid reply can still come. A reply without an answer over the other transport does not
 * count: hosts differ in what they send there. */
static bool is_awaited(const struct run *run, const struct asked_link *link)
{
    for (size_t i = 0; i < run->request->question_count; i++) {
        if (link->states[first_transport(run, link, i)][i] != ANSWERED &&
            (link->states[OVER_IPV6][i] == AWAITED || link->states[OVER_IPV4][i] == AWAITED))
            return true;
    }
    return false;
}

static bool is_finished(const struct run *run, const struct asked_link *link)
{
    if (link->next == CLOCK_NEVER)
        return true;
    return !run->request->collect_all && link->transmissions > 0 && !is_awaited(run, link);
}

/* Whether there is nothing left to send or to wait for. */
static bool is_answered(const struct run *run)
{
    for (size_t i = 0; i < run->link_count; i++) {
        if (!is_finished(run, &run->links[i]))
            return false;
    }
    return !run->quiet;
}

/* Sends a question over a transport; false if that cannot be. */
static bool send_question(struct run *run, struct asked_link *link, int transport, size_t question)
{
    if (!can_ask(run, link, transport))
        return false;
    unsigned char *state = &link->states[transport][question];
    bool sent = udp_send(run->sockets[transport], families[transport], &link->link,
                         &run->queries[question]);
    *state = sent ? AWAITED : IDLE;
    if (sent)
        run->send_error = 0;
    else if (run->send_error != 0 && (errno == EPERM || errno == EACCES))
        run->send_error = errno;
    if (sent && run->request->queried != NULL)
        run->request->queried(run->context, link->link.index);
    return sent;
}

/*
 * Sends the questions that have no reply yet on a link. At first one transport suffices for a
 * question, since a host that hears it replies. Returns whether anything was sent.
 */
static bool transmit(struct run *run, struct asked_link *link)
{
    bool any = false;
    const bool over_both = run->request->collect_all || link->transmissions > 0;
    if (link->transmissions == 0)
        link->first = clock_now();
    for (size_t i = 0; i < run->request->question_count; i++) {
        const int first = first_transport(run, link, i);
        const int second = TRANSPORTS - 1 - first;
        bool sent = false;
        if (link->states[first][i] != ANSWERED)
            sent = send_question(run, link, first, i);
        else if (!run->request->collect_all)
            continue;
        if ((over_both || !sent) && link->states[second][i] != ANSWERED)
            sent = send_question(run, link, second, i) || sent;
        any = any || sent;
    }
    return any;
}

/* Sends what is due. Returns false if no link is left. */
static bool transmit_due(struct run *run)
{
    bool any = false;
    for (size_t i = 0; i < run->link_count; i++) {
        struct asked_link *link = &run->links[i];
        if (is_finished(run, link))
            continue;
        if (link->next <= clock_now()) {
            /* From now, not from when it was due: the hosts need their time. */
            if (link->transmissions < QUERY_TRANSMISSIONS && transmit(run, link))
                link->next = clock_now() + (int64_t)QUERY_TIMEOUT * CLOCK_MILLISECOND;
            else
                link->next = CLOCK_NEVER;
            link->transmissions++;
        }
        any = any || link->next != CLOCK_NEVER;
    }
    return any;
}

/* The next time at which there is something to do besides receiving. */
static int64_t next_event(const struct run *run)
{
    int64_t next = run->deadline;
    for (size_t i = 0; i < run->link_count && !run->quiet; i++) {
        if (!is_finished(run, &run->links[i]))
            next = clock_sooner(next, run->links[i].next);
    }
    return next;
}

/* The reply in the buffer, and its sender. */
struct arrival {
    struct udp_datagram datagram;
    struct asked_link *link;
    int transport;
    size_t question;
    bool over_tcp;
};

static void deliver(struct run *run, const struct arrival *arrival, struct message_reply *message)
{
    struct asked_link *link = arrival->link;
    link->states[arrival->transport][arrival->question] = ANSWERED;
    const struct query_reply reply = {
        .message = message,
        .interface = link->link.index,
        .sender = &arrival->datagram.sender.any,
        .over_tcp = arrival->over_tcp,
        .is_last = !is_awaited(run, link),
        .time_taken = (unsigned)(clock_now() - link->first),
    };
    int wait_ms = run->take(run->context, &reply);
    if (wait_ms == QUERY_STOP) {
        run->stopped = true;
    } else if (wait_ms > 0) {
        run->quiet = true;
        run->deadline =
            clock_sooner(run->deadline, clock_now() + (int64_t)wait_ms * CLOCK_MILLISECOND);
    } else if (wait_ms == QUERY_GO_ON_HERE) {
        for (size_t i = 0; i < run->link_count; i++)
            run->links[i].next = &run->links[i] == link ? link->next : CLOCK_NEVER;
    }
}

/*
 * Queries again over TCP after a truncated reply (RFC 4795, section 2.1.1). Meanwhile nothing else
 * is done, and other sockets queue what comes in. A silent responder costs QUERY_TIMEOUT.
 */
static void ask_over_tcp(struct run *run, struct arrival *arrival)
{
    const struct message_query *query = &run->queries[arrival->question];
    if (run->tcp_left[arrival->question] == 0)
        return;
    run->tcp_left[arrival->question]--;
    size_t length = tcp_ask(&arrival->datagram.sender, &arrival->link->link, query, run->buffer,
                            clock_now() + (int64_t)QUERY_TIMEOUT * CLOCK_MILLISECOND);
    struct message_reply message;
    if (message_read(query, run->buffer, length, &message) != MESSAGE_REPLY)
        return;
    arrival->over_tcp = true;
    deliver(run, arrival, &message);
}

/* Classifies the received datagram. */
static void consider(struct run *run, struct arrival *arrival)
{
    const uint32_t interface = arrival->datagram.interface;
    struct asked_link *end = run->links + run->link_count;
    arrival->link = run->links;
    while (arrival->link < end && arrival->link->link.index != interface)
        arrival->link++;
    if (arrival->link == end)
        return;
    for (; arrival->question < run->request->question_count; arrival->question++) {
        struct message_reply message;
        enum message_kind kind = message_read(&run->queries[arrival->question], run->buffer,
                                              arrival->datagram.length, &message);
        if (kind == MESSAGE_NONE ||
            arrival->link->states[arrival->transport][arrival->question] == IDLE ||
            !udp_is_from_link(&arrival->datagram))
            continue;
        if (kind == MESSAGE_TRUNCATED || run->request->over_tcp)
            ask_over_tcp(run, arrival);
        else
            deliver(run, arrival, &message);
        return;
    }
}

static void receive(struct run *run, int transport)
{
    struct arrival arrival = {.transport = transport};
    if (udp_receive(run->sockets[transport], families[transport], run->buffer, &arrival.datagram) ==
        0)
        consider(run, &arrival);
}

/*
 * Sends and receives until it is over. What has come by the time when something is due counts, also
 * if this thread was not let run meanwhile; but a flood cannot delay us. Returns 0, or the error
 * number of what failed.
 */
static int ask(struct run *run)
{
    struct pollfd descriptors[TRANSPORTS];
    for (int i = 0; i < TRANSPORTS; i++)
        descriptors[i] = (struct pollfd){.fd = run->sockets[i], .events = POLLIN};
    for (int late = 0;;) {
        int64_t until = next_event(run);
        int error = clock_wait(descriptors, TRANSPORTS, until);
        if (error != 0 && error != ETIMEDOUT)
            return error;
        for (int i = 0; i < TRANSPORTS && error == 0; i++) {
            /* A socket that another thread has closed is no longer polled. */
            if ((descriptors[i].revents & POLLNVAL) != 0)
                descriptors[i].fd = -1;
            else if (descriptors[i].revents != 0)
                receive(run, i);
        }
        if (run->stopped || is_answered(run))
            return run->send_error;
        if (error == 0 && (clock_now() < until || ++late < LATE_MAX))
            continue;
        late = 0;
        if (clock_now() >= run->deadline)
            return 0;
        if (!run->quiet && !transmit_due(run))
            return run->send_error;
    }
}

/* A machine without one of the families, or a sandbox that refuses one, has the other; but half of
 * an answer is none if only a descriptor or memory is missing. */
static int open_sockets(struct run *run)
{
    int error = 0;
    for (int i = 0; i < TRANSPORTS; i++) {
        if (run->request->family != AF_UNSPEC && run->request->family != families[i])
            continue;
        run->sockets[i] = udp_open(families[i], &run->filter);
        if (run->sockets[i] >= 0)
            continue;
        error = errno;
        if (error == EMFILE || error == ENFILE || error == ENOMEM || error == ENOBUFS)
            return error;
    }
    return run->sockets[OVER_IPV6] < 0 && run->sockets[OVER_IPV4] < 0 ? error : 0;
}

static void close_sockets(const struct run *run)
{
    for (int i = 0; i < TRANSPORTS; i++) {
        if (run->sockets[i] >= 0)
            close(run->sockets[i]);
    }
}

/* Makes the queries, each with a random id. */
static int make_queries(struct run *run)
{
    uint16_t ids[QUERY_QUESTIONS_MAX];
    if (getrandom(ids, sizeof ids, GRND_NONBLOCK) != sizeof ids)
        return EAGAIN; /* the machine has just been started */
    for (size_t i = 0; i < run->request->question_count; i++) {
        run->tcp_left[i] = run->request->over_tcp ? TCP_MAX : 1;
        if (!message_ask(&run->queries[i], ids[i], run->request->name,
                         run->request->questions[i].type))
            return EINVAL;
    }
    return 0;
}

/* Finds the links to query, and chooses when to begin on each. */
static int find_links(struct run *run)
{
    const uint32_t interface = run->request->interface;
    struct link links[LINKS_MAX];
    uint16_t jitter[LINKS_MAX];
    int error = interface != 0 ? link_list(links, &run->link_count)
                               : link_list_selected(links, &run->link_count);
    if (error != 0)
        return error;
    run->link_count = link_keep(links, run->link_count, interface);
    if (run->link_count == 0)
        return ENETDOWN;
    if (getrandom(jitter, sizeof jitter, GRND_NONBLOCK) != sizeof jitter)
        return EAGAIN;
    const int64_t now = clock_now();
    for (size_t i = 0; i < run->link_count; i++) {
        run->links[i].link = links[i];
        run->links[i].next = now + ((int64_t)jitter[i] * QUERY_JITTER * CLOCK_MILLISECOND >> 16);
    }
    return 0;
}

static int run_query(struct run *run)
{
    int error = make_queries(run);
    if (error == 0)
        error = find_links(run);
    if (error == 0)
        error = filter_make(&run->filter);
    if (error == 0)
        error = open_sockets(run);
    if (error == 0)
        error = ask(run);
    close_sockets(run);
    return error;
}

static int map_and_run(const struct query_request *request, query_taker *take, void *context)
{
    if (getauxval(AT_SECURE) != 0)
        return EPERM;
    struct run *run =
        mmap(NULL, sizeof *run, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (run == MAP_FAILED)
        return errno;
    run->request = request;
    run->take = take;
    run->context = context;
    run->deadline = CLOCK_NEVER;
    run->send_error = ENETDOWN;
    for (int i = 0; i < TRANSPORTS; i++)
        run->sockets[i] = -1;
    int error = run_query(run);
    munmap(run, sizeof *run);
    return error;
}

int query_run(const struct query_request *request, query_taker *take, void *context)
{
    struct guard guard = guard_begin();
    int error = map_and_run(request, take, context);
    guard_end(guard);
    return error;
}
