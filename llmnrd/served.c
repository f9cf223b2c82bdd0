// SPDX-License-Identifier: LGPL-2.1-or-later
/* One link: its sockets, and the queries that come in. */
#include "llmnr/clock.h"
#include "llmnr/wire.h"
#include "llmnrd/responder.h"
#include "llmnrd/socket.h"

#include <errno.h>
#include <string.h>
#include <sys/epoll.h>

static const int families[TRANSPORTS] = {AF_INET6, AF_INET};

/* This host has sent the query, by another interface: both are on the same link. */
static void note_shared(struct served_link *link, const unsigned char *bytes, size_t length)
{
    struct responder *responder = link->responder;
    const uint16_t id = length >= NS_HFIXEDSZ ? wire_get16(bytes) : 0;
    for (size_t i = 0; i < LINKS_MAX; i++) {
        struct served_link *other = &responder->links[i];
        if (other == link || other->interface == 0)
            continue;
        for (size_t j = 0; j < responder->names.count; j++) {
            if (claim_is_asking(&other->claims[j]) && other->claims[j].id == id)
                other->is_shared = link->is_shared = true;
        }
    }
}

/* A host says that others have the name of the claim. */
static void check(struct served_link *link, struct claim *claim, uint16_t type)
{
    uint32_t random;
    const int64_t now = clock_now();
    if (!claim_can_check(claim, now) || !responder_random(&random, sizeof random))
        return;
    claim_check(claim, type, now, random);
    responder_reschedule(link->responder);
}

struct answer_host served_host(const struct served_link *link)
{
    return (struct answer_host){
        .self = link->responder->self,
        .names = &link->responder->names,
        .claims = link->claims,
        .interface = link->interface,
        .is_shared = link->is_shared,
    };
}

/*
 * Whether to read the query of this source. This is as cheap as possible, since a flood has to pass
 * it; the kernel drops the rest of a flood.
 */
static bool is_heard(struct transport *transport, const void *source, int64_t now)
{
    struct served_link *link = transport->link;
    struct responder *responder = link->responder;
    if (limit_hears(&responder->limit, link->interface, transport->family, source, now))
        return true;
    if (mute_add(&transport->mute, transport->udp.fd, transport->family, source, now))
        responder_reschedule(responder);
    return false;
}

/* Whether to send a reply. The replies to known neighbors leave the tokens to others. */
static bool may_reply(struct served_link *link, int family, const void *to, int64_t now)
{
    return (neighbors_know(&link->responder->neighbors, link->interface, family, to, now) ||
            limit_strangers(&link->strangers, now)) &&
           limit_replies(&link->replies, now);
}

static unsigned char reply[MESSAGE_MAX];

/* What a query is to be answered with; a reply is in `reply`. */
static struct answer make_answer(const struct transport *transport, const unsigned char *bytes,
                                 size_t length, const union udp_address *sender)
{
    const struct answer_host host = served_host(transport->link);
    const struct answer_query query = {
        .bytes = bytes,
        .length = length,
        .family = transport->family,
        .source = socket_address(sender),
    };
    return answer_make(&host, &query, reply);
}

static void send_reply(struct transport *transport, size_t length, const union udp_address *to,
                       int64_t now)
{
    struct served_link *link = transport->link;
    const struct self_address *from =
        self_source(link->responder->self, link->interface, transport->family, socket_address(to));
    /* A lost reply needs no handling: the query is repeated. */
    if (from != NULL && may_reply(link, transport->family, socket_address(to), now))
        (void)socket_send(transport->udp.fd, link->interface, from->bytes, to, reply, length);
}

void served_reply(struct transport *transport, const unsigned char *bytes, size_t length,
                  const union udp_address *sender, int64_t now)
{
    const struct answer answer = make_answer(transport, bytes, length, sender);
    if (answer.kind == ANSWER_REPLY)
        send_reply(transport, answer.length, sender, now);
}

static void take_query(struct transport *transport, const unsigned char *bytes,
                       const struct udp_datagram *datagram, int64_t now)
{
    struct served_link *link = transport->link;
    const struct self *self = link->responder->self;
    const void *source = socket_address(&datagram->sender);
    if (self_has(self, 0, transport->family, source)) {
        note_shared(link, bytes, datagram->length);
        return;
    }
    if (!self_is_on_link(self, link->interface, transport->family, source))
        return;
    const struct answer answer = make_answer(transport, bytes, datagram->length, &datagram->sender);
    if (answer.kind == ANSWER_CHECK)
        check(link, &link->claims[answer.name], answer.type);
    if (answer.kind != ANSWER_REPLY)
        return;
    if (!answer.is_tentative ||
        !delay_add(transport, bytes, datagram->length, &datagram->sender, now))
        send_reply(transport, answer.length, &datagram->sender, now);
}

static int on_query(sd_event_source *source, int fd, uint32_t events, void *context)
{
    static unsigned char bytes[MESSAGE_MAX];
    struct transport *transport = context;
    const int64_t now = clock_now();
    (void)source;
    (void)events;
    for (int i = 0; i < SERVED_BATCH; i++) {
        struct udp_datagram datagram;
        const int error = udp_receive(fd, transport->family, bytes, &datagram);
        if (error == EAGAIN)
            break;
        if ((error == 0 || error == EMSGSIZE) &&
            is_heard(transport, socket_address(&datagram.sender), now) && error == 0 &&
            socket_is_to_group(transport->family, &datagram))
            take_query(transport, bytes, &datagram, now);
    }
    return 0;
}

static int on_connection(sd_event_source *source, int fd, uint32_t events, void *context)
{
    (void)source;
    (void)fd;
    (void)events;
    stream_accept(context);
    return 0;
}

int64_t served_step(struct served_link *link, int64_t now)
{
    int64_t due = probe_step(link, now);
    for (size_t i = 0; i < TRANSPORTS; i++) {
        struct transport *transport = &link->transports[i];
        due = clock_sooner(due, stream_wake(transport, now));
        due = clock_sooner(due, delay_step(transport, now));
        due = clock_sooner(due,
                           mute_step(&transport->mute, transport->udp.fd, transport->family, now));
    }
    return due;
}

static void close_transport(struct transport *transport)
{
    stream_close_all(transport);
    delay_drop(transport);
    listener_close(&transport->udp);
    listener_close(&transport->tcp);
    listener_close(&transport->probe);
    transport->tcp_rests_until = 0;
    transport->mute = (struct mute){0};
}

static int open_transport(struct transport *transport)
{
    struct served_link *link = transport->link;
    struct responder *responder = link->responder;
    int error =
        listener_open(responder, &transport->udp,
                      socket_listen_udp(transport->family, link->interface), on_query, transport);
    if (error == 0)
        error = listener_open(responder, &transport->tcp,
                              socket_listen_tcp(transport->family, link->interface), on_connection,
                              transport);
    if (error != 0)
        close_transport(transport);
    return error;
}

void served_prepare(struct served_link *link, struct responder *responder,
                    const struct self_interface *interface)
{
    *link = (struct served_link){.responder = responder, .interface = interface->index};
    for (size_t i = 0; i < TRANSPORTS; i++)
        link->transports[i] = (struct transport){.link = link,
                                                 .family = families[i],
                                                 .udp = {.fd = -1},
                                                 .tcp = {.fd = -1},
                                                 .probe = {.fd = -1}};
    /* The claims begin once there is an address. */
    for (size_t i = 0; i < SELF_NAMES_MAX; i++)
        link->claims[i] = (struct claim){.state = CLAIM_OWN, .due = CLOCK_NEVER};
    link->watch = (struct claim){.state = CLAIM_OWN, .due = 0};
}

int served_adapt(struct served_link *link, bool *has_more)
{
    const struct self *self = link->responder->self;
    int failure = 0;
    *has_more = false;
    for (size_t i = 0; i < TRANSPORTS; i++) {
        struct transport *transport = &link->transports[i];
        const union udp_address group = socket_group(transport->family, link->interface);
        const bool has_address =
            self_source(self, link->interface, transport->family, socket_address(&group)) != NULL;
        if (!has_address) {
            close_transport(transport);
        } else if (!served_is_over(transport)) {
            const int error = open_transport(transport);
            failure = failure != 0 ? failure : error;
            *has_more = *has_more || error == 0;
        }
    }
    return failure;
}

bool served_is_over(const struct transport *transport)
{
    return transport->udp.fd >= 0;
}

bool served_is_open(const struct served_link *link)
{
    return served_is_over(&link->transports[0]) || served_is_over(&link->transports[1]);
}

void served_close(struct served_link *link)
{
    for (size_t i = 0; i < TRANSPORTS; i++)
        close_transport(&link->transports[i]);
    link->interface = 0;
}
