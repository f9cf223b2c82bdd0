// SPDX-License-Identifier: LGPL-2.1-or-later
/* Queries over TCP. A connection has a few seconds, whatever its peer does. */
#include "llmnr/clock.h"
#include "llmnrd/responder.h"
#include "llmnrd/socket.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

enum {
    STREAMS_MAX = 32,
    STREAMS_OF_SOURCE = 4,
    LENGTH_SIZE = 2, /* before a message: RFC 1035, section 4.2.2 */
    LIFETIME = 3000 * CLOCK_MILLISECOND,
};

struct stream {
    struct transport *transport; /* NULL: this place is free */
    int64_t deadline;
    size_t length; /* of the bytes received */
    struct listener connection;
    union udp_address peer;
    unsigned char bytes[LENGTH_SIZE + MESSAGE_MAX];
};

static struct stream streams[STREAMS_MAX];

static void close_stream(struct stream *stream)
{
    listener_close(&stream->connection);
    stream->transport = NULL;
}

/*
 * The send buffer of a new connection has room for a reply; if it is full, the peer does not read.
 */
static bool send_reply(int fd, const unsigned char *reply, size_t length)
{
    unsigned char prefix[LENGTH_SIZE] = {(unsigned char)(length >> 8), (unsigned char)length};
    struct iovec vectors[] = {{prefix, sizeof prefix}, {(void *)reply, length}};
    const struct msghdr message = {.msg_iov = vectors, .msg_iovlen = 2};
    return sendmsg(fd, &message, MSG_NOSIGNAL) == (ssize_t)(sizeof prefix + length);
}

/* False if the connection is to be closed. */
static bool answer_query(const struct stream *stream, size_t length)
{
    static unsigned char reply[MESSAGE_MAX];
    struct served_link *link = stream->transport->link;
    const struct answer_host host = served_host(link);
    const int64_t now = clock_now();
    const struct answer_query query = {
        .bytes = stream->bytes + LENGTH_SIZE,
        .length = length,
        .family = stream->transport->family,
        .source = socket_address(&stream->peer),
        .over_tcp = true,
    };
    if (!limit_hears(&link->responder->limit, link->interface, query.family, query.source, now))
        return false;
    const struct answer answer = answer_make(&host, &query, reply);
    return answer.kind == ANSWER_REPLY && limit_replies(&link->replies, now) &&
           send_reply(stream->connection.fd, reply, answer.length);
}

/* Answers the queries that are complete. False if the connection is to be closed. */
static bool answer_queries(struct stream *stream)
{
    while (stream->length >= LENGTH_SIZE) {
        const size_t length = (size_t)stream->bytes[0] << 8 | stream->bytes[1];
        if (length > MESSAGE_MAX)
            return false;
        if (stream->length - LENGTH_SIZE < length)
            break;
        if (!answer_query(stream, length))
            return false;
        stream->length -= LENGTH_SIZE + length;
        memmove(stream->bytes, stream->bytes + LENGTH_SIZE + length, stream->length);
    }
    return true;
}

static int on_readable(sd_event_source *source, int fd, uint32_t events, void *context)
{
    (void)source;
    (void)events;
    struct stream *stream = context;
    const ssize_t received =
        recv(fd, stream->bytes + stream->length, sizeof stream->bytes - stream->length, 0);
    if (received < 0 && (errno == EAGAIN || errno == EINTR))
        return 0;
    if (received > 0) {
        stream->length += (size_t)received;
        if (answer_queries(stream))
            return 0;
    }
    close_stream(stream);
    return 0;
}

static bool is_same_peer(const union udp_address *a, const union udp_address *b)
{
    return a->any.sa_family == b->any.sa_family &&
           memcmp(socket_address(a), socket_address(b), self_address_size(a->any.sa_family)) == 0;
}

/*
 * A place for a connection of this peer; NULL if the peer has enough of them. If all places are
 * taken, the oldest connection is closed.
 */
static struct stream *find_place(const union udp_address *peer)
{
    struct stream *place = &streams[0];
    unsigned of_peer = 0;
    for (size_t i = 0; i < STREAMS_MAX; i++) {
        struct stream *stream = &streams[i];
        if (stream->transport != NULL && is_same_peer(&stream->peer, peer))
            of_peer++;
        if (place->transport != NULL &&
            (stream->transport == NULL || stream->deadline < place->deadline))
            place = stream;
    }
    if (of_peer >= STREAMS_OF_SOURCE)
        return NULL;
    if (place->transport != NULL)
        close_stream(place);
    return place;
}

/*
 * There are too few descriptors or too little memory. The listener pauses, or it would be ready
 * again at once.
 */
static void rest(struct transport *transport)
{
    (void)sd_event_source_set_enabled(transport->tcp.source, SD_EVENT_OFF);
    transport->tcp_rests_until = clock_now() + 1000 * CLOCK_MILLISECOND;
    responder_reschedule(transport->link->responder);
}

int64_t stream_wake(struct transport *transport, int64_t now)
{
    if (transport->tcp_rests_until == 0)
        return CLOCK_NEVER;
    if (transport->tcp_rests_until > now)
        return transport->tcp_rests_until;
    if (transport->tcp.source != NULL)
        (void)sd_event_source_set_enabled(transport->tcp.source, SD_EVENT_ON);
    transport->tcp_rests_until = 0;
    return CLOCK_NEVER;
}

void stream_accept(struct transport *transport)
{
    struct responder *responder = transport->link->responder;
    union udp_address peer = {0};
    socklen_t size = sizeof peer;
    const int fd = accept4(transport->tcp.fd, &peer.any, &size, SOCK_CLOEXEC | SOCK_NONBLOCK);
    if (fd < 0) {
        if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM)
            rest(transport);
        return;
    }
    struct stream *stream = NULL;
    if (peer.any.sa_family == transport->family &&
        self_is_on_link(responder->self, transport->link->interface, transport->family,
                        socket_address(&peer)))
        stream = find_place(&peer);
    if (stream == NULL) {
        close(fd);
        return;
    }
    if (listener_open(responder, &stream->connection, fd, on_readable, stream) != 0)
        return;
    stream->transport = transport;
    stream->peer = peer;
    stream->length = 0;
    stream->deadline = clock_now() + LIFETIME;
    responder_reschedule(responder);
}

void stream_close_all(const struct transport *transport)
{
    for (size_t i = 0; i < STREAMS_MAX; i++) {
        if (streams[i].transport == transport)
            close_stream(&streams[i]);
    }
}

int64_t stream_step(int64_t now)
{
    int64_t due = CLOCK_NEVER;
    for (size_t i = 0; i < STREAMS_MAX; i++) {
        if (streams[i].transport == NULL)
            continue;
        if (streams[i].deadline <= now)
            close_stream(&streams[i]);
        else
            due = clock_sooner(due, streams[i].deadline);
    }
    return due;
}
