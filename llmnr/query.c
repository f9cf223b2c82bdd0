// SPDX-License-Identifier: LGPL-2.1-or-later
#include "llmnr/query.h"

#include "libv6lit/guard.h"
#include "llmnr/link.h"

#include <arpa/inet.h>
#include <poll.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/random.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

_Static_assert(QUERY_JITTER + QUERY_TRANSMISSIONS * QUERY_TIMEOUT < QUERY_TIME_MAX,
               "there is some time left for the rest");

enum { MILLISECOND = 1000 }; /* in microseconds, in which time is counted here */

/* The two families to ask over, and where they are in the tables. */
enum { OVER_IPV6, OVER_IPV4, WAYS };
static const int families[WAYS] = {AF_INET6, AF_INET};

/* Over TCP the message has its length before it: RFC 1035, section 4.2.2. */
enum { LENGTH_SIZE = 2 };

/* How often TCP is used for a question: once, and for who asks everybody so, this often. */
enum { STREAMS_MAX = 64 };

/* How many datagrams are looked at when time is up. */
enum { LATE_MAX = 64 };

/* A question that is put on a link over a family. */
enum { IDLE, AWAITED, ANSWERED };
typedef unsigned char question_state[WAYS][QUERY_TYPES_MAX];

struct run {
    const struct query_request *request;
    query_taker *take;
    void *context;
    struct message_query queries[QUERY_TYPES_MAX];
    struct link links[LINKS_MAX];
    question_state states[LINKS_MAX];
    size_t link_count;
    unsigned streams_left[QUERY_TYPES_MAX];
    int sockets[WAYS];
    int64_t asked;    /* when it is asked first */
    int64_t deadline; /* when it is over at the latest, if anything has been said about that */
    bool stopped;
    bool to_the_end; /* although each question has a reply */
    unsigned char buffer[LENGTH_SIZE + MESSAGE_MAX];
};

static int64_t now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000000 + time.tv_nsec / 1000;
}

static int64_t sooner(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

/* Waits for one of the descriptors until then, whatever signals come. Returns 0, ETIMEDOUT, or the
 * error number of what failed. */
static int wait_for(struct pollfd *descriptors, nfds_t count, int64_t until)
{
    for (;;) {
        int64_t left = until - now();
        int milliseconds = left > 0 ? (int)((left + MILLISECOND - 1) / MILLISECOND) : 0;
        int ready = poll(descriptors, count, milliseconds);
        if (ready > 0)
            return 0;
        if (ready < 0 && errno != EINTR)
            return errno;
        if (milliseconds == 0)
            return ETIMEDOUT;
    }
}

/* An address with port 5355. For AF_INET6 the interface goes with it. */
union address {
    struct sockaddr any;
    struct sockaddr_in ipv4;
    struct sockaddr_in6 ipv6;
};

static socklen_t address_size(const union address *address)
{
    return address->any.sa_family == AF_INET ? sizeof address->ipv4 : sizeof address->ipv6;
}

/* Opens a socket for replies, on a port that the kernel chooses at random. */
static int open_socket(int family)
{
    const int on = 1;
    const int hops = 255; /* RFC 4795, section 2.5 */
    int fd = socket(family, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0)
        return -1;
    bool good;
    if (family == AF_INET6) {
        const struct sockaddr_in6 any = {.sin6_family = AF_INET6};
        good = setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on) == 0 &&
               setsockopt(fd, IPPROTO_IPV6, IPV6_RECVPKTINFO, &on, sizeof on) == 0 &&
               setsockopt(fd, IPPROTO_IPV6, IPV6_MULTICAST_HOPS, &hops, sizeof hops) == 0 &&
               bind(fd, (const struct sockaddr *)&any, sizeof any) == 0;
    } else {
        const struct sockaddr_in any = {.sin_family = AF_INET};
        good = setsockopt(fd, IPPROTO_IP, IP_PKTINFO, &on, sizeof on) == 0 &&
               setsockopt(fd, IPPROTO_IP, IP_MULTICAST_TTL, &hops, sizeof hops) == 0 &&
               bind(fd, (const struct sockaddr *)&any, sizeof any) == 0;
    }
    if (!good) {
        int error = errno;
        close(fd);
        errno = error;
        return -1;
    }
    return fd;
}

/* Room for the interface beside a datagram. */
union control {
    struct cmsghdr header;
    char ipv4[CMSG_SPACE(sizeof(struct in_pktinfo))];
    char ipv6[CMSG_SPACE(sizeof(struct in6_pktinfo))];
};

/* Puts a question to the link; false, with errno, if that cannot be. What gets lost on the way
 * counts as put: it is put again. */
static bool send_query(int fd, int family, const struct link *link, struct message_query *query)
{
    union control control = {0};
    union address group = {0};
    struct iovec vector = {query->bytes, query->length};
    struct msghdr message = {.msg_name = &group.any,
                             .msg_iov = &vector,
                             .msg_iovlen = 1,
                             .msg_control = &control,
                             .msg_controllen = sizeof control};
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    if (family == AF_INET6) {
        const struct in6_pktinfo info = {.ipi6_ifindex = link->index};
        group.ipv6 = (struct sockaddr_in6){
            .sin6_family = AF_INET6, .sin6_port = htons(QUERY_PORT), .sin6_scope_id = link->index};
        inet_pton(AF_INET6, "ff02::1:3", &group.ipv6.sin6_addr);
        *header = (struct cmsghdr){.cmsg_len = CMSG_LEN(sizeof info),
                                   .cmsg_level = IPPROTO_IPV6,
                                   .cmsg_type = IPV6_PKTINFO};
        memcpy(CMSG_DATA(header), &info, sizeof info);
        message.msg_controllen = CMSG_SPACE(sizeof info);
    } else {
        /* Of its own accord the kernel may take the address of another interface. */
        const struct in_pktinfo info = {.ipi_ifindex = (int)link->index,
                                        .ipi_spec_dst = link->ipv4};
        group.ipv4 = (struct sockaddr_in){.sin_family = AF_INET, .sin_port = htons(QUERY_PORT)};
        inet_pton(AF_INET, "224.0.0.252", &group.ipv4.sin_addr);
        *header = (struct cmsghdr){
            .cmsg_len = CMSG_LEN(sizeof info), .cmsg_level = IPPROTO_IP, .cmsg_type = IP_PKTINFO};
        memcpy(CMSG_DATA(header), &info, sizeof info);
        message.msg_controllen = CMSG_SPACE(sizeof info);
    }
    message.msg_namelen = address_size(&group);
    ssize_t sent;
    do {
        sent = sendmsg(fd, &message, MSG_NOSIGNAL);
    } while (sent < 0 && errno == EINTR);
    return sent >= 0 || errno == EAGAIN || errno == ENOBUFS || errno == ENOMEM;
}

/* Puts all questions that have no answer yet. Returns 0, or if none could be put the error number:
 * ENETDOWN, but that of a firewall if there is one. */
static int transmit(struct run *run)
{
    bool any = false;
    int error = ENETDOWN;
    for (size_t i = 0; i < run->link_count; i++) {
        const struct link *link = &run->links[i];
        for (int way = 0; way < WAYS; way++) {
            if (run->sockets[way] < 0 || (way == OVER_IPV4 && link->ipv4.s_addr == 0))
                continue;
            for (size_t type = 0; type < run->request->type_count; type++) {
                unsigned char *state = &run->states[i][way][type];
                if (*state == ANSWERED)
                    continue;
                bool sent = send_query(run->sockets[way], families[way], link, &run->queries[type]);
                *state = sent ? AWAITED : IDLE;
                any = any || sent;
                if (sent && run->request->asked != NULL)
                    run->request->asked(run->context, link->index);
                if (!sent && (errno == EPERM || errno == EACCES))
                    error = errno;
            }
        }
    }
    return any ? 0 : error;
}

static bool is_awaited(const struct run *run, size_t link)
{
    return memchr(run->states[link], AWAITED, sizeof run->states[link]) != NULL;
}

/* Whether there is nothing left to wait for. */
static bool is_answered(const struct run *run)
{
    if (run->to_the_end)
        return false;
    for (size_t i = 0; i < run->link_count; i++) {
        if (is_awaited(run, i))
            return false;
    }
    return true;
}

/* A reply in the buffer, and where it came from. */
struct arrival {
    union address sender;
    size_t link;
    int way;
    size_t type;
    bool by_stream;
};

static void hand_on(struct run *run, const struct arrival *arrival, struct message_reply *message)
{
    run->states[arrival->link][arrival->way][arrival->type] = ANSWERED;
    const struct query_reply reply = {
        .message = message,
        .interface = run->links[arrival->link].index,
        .sender = &arrival->sender.any,
        .by_stream = arrival->by_stream,
        .is_last = !is_awaited(run, arrival->link),
        .time_taken = (unsigned)(now() - run->asked),
    };
    int patience = run->take(run->context, &reply);
    if (patience == 0) {
        run->stopped = true;
    } else if (patience > 0) {
        run->to_the_end = true;
        run->deadline = sooner(run->deadline, now() + (int64_t)patience * MILLISECOND);
    }
}

/* Connects to who replied, within the link: RFC 4795, section 2.5. */
static bool connect_stream(int fd, const struct run *run, const struct arrival *arrival,
                           int64_t until)
{
    const int hops = 1;
    const struct link *link = &run->links[arrival->link];
    const int index = (int)link->index;
    if (setsockopt(fd, SOL_SOCKET, SO_BINDTOIFINDEX, &index, sizeof index) != 0)
        return false;
    if (arrival->way == OVER_IPV6) {
        if (setsockopt(fd, IPPROTO_IPV6, IPV6_UNICAST_HOPS, &hops, sizeof hops) != 0)
            return false;
    } else {
        const struct sockaddr_in here = {.sin_family = AF_INET, .sin_addr = link->ipv4};
        if (setsockopt(fd, IPPROTO_IP, IP_TTL, &hops, sizeof hops) != 0 ||
            bind(fd, (const struct sockaddr *)&here, sizeof here) != 0)
            return false;
    }
    if (connect(fd, &arrival->sender.any, address_size(&arrival->sender)) == 0)
        return true;
    struct pollfd descriptor = {.fd = fd, .events = POLLOUT};
    int error = errno;
    socklen_t size = sizeof error;
    return (error == EINPROGRESS || error == EINTR) && wait_for(&descriptor, 1, until) == 0 &&
           getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size) == 0 && error == 0;
}

/* Sends a query with its length before it. A new connection has room for it. */
static bool send_stream(int fd, struct message_query *query)
{
    unsigned char length[LENGTH_SIZE] = {(unsigned char)(query->length >> 8),
                                         (unsigned char)query->length};
    struct iovec vectors[] = {{length, sizeof length}, {query->bytes, query->length}};
    const struct msghdr message = {.msg_iov = vectors, .msg_iovlen = 2};
    ssize_t sent;
    do {
        sent = sendmsg(fd, &message, MSG_NOSIGNAL);
    } while (sent < 0 && errno == EINTR);
    return sent == (ssize_t)(LENGTH_SIZE + query->length);
}

/* Reads as many bytes as are wanted; false if they do not come in time. */
static bool receive_bytes(int fd, unsigned char *bytes, size_t wanted, int64_t until)
{
    while (wanted > 0) {
        struct pollfd descriptor = {.fd = fd, .events = POLLIN};
        if (wait_for(&descriptor, 1, until) != 0)
            return false;
        ssize_t received = recv(fd, bytes, wanted, 0);
        if (received == 0 || (received < 0 && errno != EAGAIN && errno != EINTR))
            return false;
        if (received > 0) {
            bytes += received;
            wanted -= (size_t)received;
        }
    }
    return true;
}

/* Asks again over TCP. The length of the reply, which is then in the buffer; 0 if there is none. */
static size_t receive_stream(struct run *run, const struct arrival *arrival, int64_t until)
{
    int fd = socket(families[arrival->way], SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0)
        return 0;
    size_t length = 0;
    if (connect_stream(fd, run, arrival, until) && send_stream(fd, &run->queries[arrival->type]) &&
        receive_bytes(fd, run->buffer, LENGTH_SIZE, until))
        length = (size_t)run->buffer[0] << 8 | run->buffer[1];
    if (length > MESSAGE_MAX || !receive_bytes(fd, run->buffer, length, until))
        length = 0;
    close(fd);
    return length;
}

/*
 * What was cut off is asked for again over TCP (RFC 4795, section 2.1.1), and nothing else is done
 * meanwhile: what comes in waits in the other sockets. Who does not let us read on costs
 * QUERY_TIMEOUT.
 */
static void ask_by_stream(struct run *run, struct arrival *arrival)
{
    if (run->streams_left[arrival->type] == 0)
        return;
    run->streams_left[arrival->type]--;
    int64_t until = now() + (int64_t)QUERY_TIMEOUT * MILLISECOND;
    size_t length = receive_stream(run, arrival, until);
    struct message_reply message;
    if (message_read(&run->queries[arrival->type], run->buffer, length, &message) != MESSAGE_REPLY)
        return;
    arrival->by_stream = true;
    hand_on(run, arrival, &message);
}

/* The interface that a datagram came in by; 0 if the kernel does not say. */
static uint32_t arrival_interface(struct msghdr *message)
{
    /* Nothing else has been asked for. */
    struct cmsghdr *header = CMSG_FIRSTHDR(message);
    if (header == NULL)
        return 0;
    if (header->cmsg_level == IPPROTO_IPV6 && header->cmsg_type == IPV6_PKTINFO) {
        struct in6_pktinfo info;
        memcpy(&info, CMSG_DATA(header), sizeof info);
        return info.ipi6_ifindex;
    }
    if (header->cmsg_level == IPPROTO_IP && header->cmsg_type == IP_PKTINFO) {
        struct in_pktinfo info;
        memcpy(&info, CMSG_DATA(header), sizeof info);
        return (uint32_t)info.ipi_ifindex;
    }
    return 0;
}

/* Whether a host on the link sent it, and not from any port. */
static bool is_from_link(const union address *sender, uint32_t interface)
{
    const bool over_ipv6 = sender->any.sa_family == AF_INET6;
    const void *address = &sender->ipv4.sin_addr;
    in_port_t port = sender->ipv4.sin_port;
    if (over_ipv6) {
        address = &sender->ipv6.sin6_addr;
        port = sender->ipv6.sin6_port;
    }
    const struct link link = {.index = interface};
    size_t at;
    return port == htons(QUERY_PORT) &&
           link_find(&link, 1, sender->any.sa_family, address, &at) == 0 && at == 0;
}

/* Takes a datagram in the buffer for what it is. */
static void consider(struct run *run, struct arrival *arrival, size_t length, uint32_t interface)
{
    while (arrival->link < run->link_count && run->links[arrival->link].index != interface)
        arrival->link++;
    if (arrival->link == run->link_count)
        return;
    for (; arrival->type < run->request->type_count; arrival->type++) {
        struct message_reply message;
        enum message_kind kind =
            message_read(&run->queries[arrival->type], run->buffer, length, &message);
        if (kind == MESSAGE_NONE ||
            run->states[arrival->link][arrival->way][arrival->type] == IDLE ||
            !is_from_link(&arrival->sender, interface))
            continue;
        if (kind == MESSAGE_TRUNCATED || run->request->by_stream)
            ask_by_stream(run, arrival);
        else
            hand_on(run, arrival, &message);
        return;
    }
}

/* Receives a datagram, if there is one. */
static void receive(struct run *run, int way)
{
    union control control;
    struct arrival arrival = {.way = way};
    struct iovec vector = {run->buffer, MESSAGE_MAX};
    struct msghdr message = {.msg_name = &arrival.sender,
                             .msg_namelen = sizeof arrival.sender,
                             .msg_iov = &vector,
                             .msg_iovlen = 1,
                             .msg_control = &control,
                             .msg_controllen = sizeof control};
    ssize_t length = recvmsg(run->sockets[way], &message, 0);
    if (length >= 0 && (message.msg_flags & (MSG_TRUNC | MSG_CTRUNC)) == 0 &&
        arrival.sender.any.sa_family == families[way])
        consider(run, &arrival, (size_t)length, arrival_interface(&message));
}

/*
 * Takes in what comes until then, or until it is over. What has come by then counts, also if this
 * thread was not let run meanwhile; but who floods us does not keep us. Returns 0, or the error
 * number of what failed.
 */
static int listen_until(struct run *run, int64_t until)
{
    struct pollfd descriptors[WAYS];
    for (int way = 0; way < WAYS; way++)
        descriptors[way] = (struct pollfd){.fd = run->sockets[way], .events = POLLIN};
    int late = 0;
    int error = 0;
    while (late < LATE_MAX &&
           (error = wait_for(descriptors, WAYS, sooner(until, run->deadline))) == 0) {
        for (int way = 0; way < WAYS; way++) {
            /* A socket that another thread has closed is not waited for any more. */
            if ((descriptors[way].revents & POLLNVAL) != 0)
                descriptors[way].fd = -1;
            else if (descriptors[way].revents != 0)
                receive(run, way);
        }
        if (run->stopped || is_answered(run))
            break;
        if (now() >= sooner(until, run->deadline))
            late++;
    }
    return error == ETIMEDOUT ? 0 : error;
}

static int transmit_and_listen(struct run *run)
{
    run->asked = now();
    run->deadline = INT64_MAX;
    for (int i = 1; i <= QUERY_TRANSMISSIONS; i++) {
        /* Later it is as if nobody had replied: the links are gone. */
        int error = transmit(run);
        if (error != 0)
            return i == 1 ? error : 0;
        /* From now on, not from before: hosts have their time, whoever else has kept us. */
        error = listen_until(run, now() + (int64_t)QUERY_TIMEOUT * MILLISECOND);
        if (error != 0)
            return error;
        if (run->stopped || is_answered(run) || now() >= run->deadline)
            break;
    }
    return 0;
}

/* A machine without one of the families, or a sandbox that refuses one, has the other; but half of
 * an answer is none if only a descriptor or memory is missing. */
static int open_sockets(struct run *run)
{
    int error = 0;
    for (int way = 0; way < WAYS; way++) {
        if (run->request->family != AF_UNSPEC && run->request->family != families[way])
            continue;
        run->sockets[way] = open_socket(families[way]);
        if (run->sockets[way] >= 0)
            continue;
        error = errno;
        if (error != EAFNOSUPPORT && error != EPERM && error != EACCES)
            return error;
    }
    return run->sockets[OVER_IPV6] < 0 && run->sockets[OVER_IPV4] < 0 ? error : 0;
}

static void close_sockets(const struct run *run)
{
    for (int way = 0; way < WAYS; way++) {
        if (run->sockets[way] >= 0)
            close(run->sockets[way]);
    }
}

static int find_links(struct run *run)
{
    int error = link_list(run->links, &run->link_count);
    if (error != 0)
        return error;
    run->link_count = link_keep(run->links, run->link_count, run->request->interface);
    return run->link_count > 0 ? 0 : ENETDOWN;
}

/* Makes the queries, each with a random id, and chooses when to begin. */
static int prepare(struct run *run)
{
    struct {
        uint32_t jitter;
        uint16_t ids[QUERY_TYPES_MAX];
    } random;
    if (getrandom(&random, sizeof random, GRND_NONBLOCK) != sizeof random)
        return EAGAIN; /* the machine has just been started */
    run->asked = now() + random.jitter % (QUERY_JITTER * MILLISECOND);
    for (size_t i = 0; i < run->request->type_count; i++) {
        run->streams_left[i] = run->request->by_stream ? STREAMS_MAX : 1;
        if (!message_ask(&run->queries[i], random.ids[i], run->request->name,
                         run->request->types[i]))
            return EINVAL;
    }
    return 0;
}

static int run_query(struct run *run)
{
    if (getauxval(AT_SECURE) != 0)
        return EPERM;
    int error = prepare(run);
    if (error == 0)
        error = find_links(run);
    if (error == 0)
        error = open_sockets(run);
    if (error == 0) {
        (void)wait_for(NULL, 0, run->asked);
        error = transmit_and_listen(run);
    }
    close_sockets(run);
    return error;
}

int query_run(const struct query_request *request, query_taker *take, void *context)
{
    struct guard guard = guard_begin();
    struct run run;
    run.request = request;
    run.take = take;
    run.context = context;
    run.stopped = false;
    run.to_the_end = request->to_the_end;
    memset(run.states, IDLE, sizeof run.states);
    for (int way = 0; way < WAYS; way++)
        run.sockets[way] = -1;
    int error = run_query(&run);
    guard_end(guard);
    return error;
}
