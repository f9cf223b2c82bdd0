// SPDX-License-Identifier: LGPL-2.1-or-later
/* One link: its sockets, the queries that come in, and the queries of its claims. */
#include "llmnr/clock.h"
#include "llmnr/message.h"
#include "llmnr/wire.h"
#include "llmnrd/log.h"
#include "llmnrd/responder.h"
#include "llmnrd/socket.h"

#include <errno.h>
#include <string.h>
#include <sys/epoll.h>
#include <systemd/sd-daemon.h>

enum {
    /* Datagrams of a socket before the others have their turn. */
    BATCH = 64,
    WATCH_LENGTH = 12,
};

static const int families[TRANSPORTS] = {AF_INET6, AF_INET};

static bool is_served(const struct transport *transport)
{
    return transport->udp.fd >= 0;
}

/* Whether the claim's query can be repeated exactly: it is made again rather than kept. */
static bool make_query(const struct claim *claim, const char *name, struct message_query *query)
{
    return message_ask(query, claim->id, name, claim->type);
}

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

/* Somebody says that others have the name of the claim. */
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

/* Whether to look at what the source sends. It costs as little as can be, since a flood has to pass
 * it; the kernel drops the rest of one. */
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

/* Whether to send a reply. As long as few ask, it costs nothing to know that. */
static bool may_reply(struct served_link *link, int family, const void *to, int64_t now)
{
    return (limit_strangers(&link->strangers, now) ||
            neighbors_know(&link->responder->neighbors, link->interface, family, to, now)) &&
           limit_replies(&link->replies, now);
}

static void take_query(struct transport *transport, const unsigned char *bytes,
                       const struct udp_datagram *datagram, int64_t now)
{
    static unsigned char reply[MESSAGE_MAX];
    struct served_link *link = transport->link;
    const struct self *self = link->responder->self;
    const struct answer_host host = served_host(link);
    const struct answer_query query = {
        .bytes = bytes,
        .length = datagram->length,
        .family = transport->family,
        .source = socket_address(&datagram->sender),
    };
    if (self_has(self, 0, query.family, query.source)) {
        note_shared(link, bytes, datagram->length);
        return;
    }
    if (!self_is_on_link(self, link->interface, query.family, query.source))
        return;
    const struct answer answer = answer_make(&host, &query, reply);
    if (answer.kind == ANSWER_CHECK)
        check(link, &link->claims[answer.name], answer.type);
    if (answer.kind != ANSWER_REPLY)
        return;
    const struct self_address *from =
        self_source(self, link->interface, query.family, query.source);
    /* A reply that is lost is as good as none: the query is repeated. */
    if (from != NULL && may_reply(link, query.family, query.source, now))
        (void)socket_send(transport->udp.fd, link->interface, from->bytes, &datagram->sender, reply,
                          answer.length);
}

static int on_query(sd_event_source *source, int fd, uint32_t events, void *context)
{
    static unsigned char bytes[MESSAGE_MAX];
    struct transport *transport = context;
    const int64_t now = clock_now();
    (void)source;
    (void)events;
    for (int i = 0; i < BATCH; i++) {
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

/* A reply to a query of ours, from another host on the link or from this one. */
static void judge(struct transport *transport, struct claim *claim, const char *name,
                  const union udp_address *sender, struct claim_reply *reply)
{
    struct served_link *link = transport->link;
    const bool is_watch = claim == &link->watch;
    /* Nobody can have a random name, nor begin to claim it. */
    reply->is_tentative = reply->is_tentative && !is_watch;
    const void *address = socket_address(sender);
    const size_t size = self_address_size(transport->family);
    if (self_has(link->responder->self, 0, transport->family, address))
        return;
    const bool is_smaller = memcmp(address, transport->probe_source, size) < 0;
    if (!claim_is_asking(claim))
        return;
    const bool is_lost = claim_hear(claim, reply, is_smaller, clock_now());
    char text[INET6_ADDRSTRLEN];
    socket_describe(text, sender);
    if (is_watch && is_lost) {
        link->responder->spoofers_seen++;
        log_line(SD_WARNING, "%s: %s replied to a query for a random name: it spoofs names",
                 link->name, text);
    } else if (is_lost) {
        log_line(SD_WARNING, "%s: another host, %s, has the name %s: not answering for it",
                 link->name, text, name);
    } else if (!claim->is_disputed) {
        /* Once for each time that it asks, however many reply. */
        claim->is_disputed = true;
        log_line(SD_NOTICE, "%s: another host, %s, also claims the name %s", link->name, text,
                 name);
    }
    responder_reschedule(link->responder);
}

static bool is_reply_to(const struct claim *claim, const char *name, const unsigned char *bytes,
                        size_t length, struct claim_reply *reply)
{
    struct message_query query = {0};
    return claim_is_asking(claim) && make_query(claim, name, &query) &&
           claim_read(bytes, length, claim->id, query.bytes + NS_HFIXEDSZ,
                      query.length - NS_HFIXEDSZ, reply);
}

static void take_reply(struct transport *transport, const unsigned char *bytes,
                       const struct udp_datagram *datagram)
{
    struct served_link *link = transport->link;
    const struct responder *responder = link->responder;
    struct claim_reply reply;
    for (size_t i = 0; i < responder->names.count; i++) {
        const char *name = responder->names.names[i];
        if (is_reply_to(&link->claims[i], name, bytes, datagram->length, &reply)) {
            judge(transport, &link->claims[i], name, &datagram->sender, &reply);
            return;
        }
    }
    if (is_reply_to(&link->watch, link->watch_name, bytes, datagram->length, &reply))
        judge(transport, &link->watch, link->watch_name, &datagram->sender, &reply);
}

static int on_reply(sd_event_source *source, int fd, uint32_t events, void *context)
{
    static unsigned char bytes[MESSAGE_MAX];
    struct transport *transport = context;
    const struct served_link *link = transport->link;
    (void)source;
    (void)events;
    for (int i = 0; i < BATCH; i++) {
        struct udp_datagram datagram;
        const int error = udp_receive(fd, transport->family, bytes, &datagram);
        if (error == EAGAIN)
            break;
        if (error != 0)
            continue;
        const in_port_t port = transport->family == AF_INET ? datagram.sender.ipv4.sin_port
                                                            : datagram.sender.ipv6.sin6_port;
        if (datagram.interface == link->interface && port == htons(UDP_PORT) &&
            self_is_on_link(link->responder->self, link->interface, transport->family,
                            socket_address(&datagram.sender)))
            take_reply(transport, bytes, &datagram);
    }
    return 0;
}

/* Sends the query of a claim over one family. What fails counts as sent: it is sent three times. */
static void send_query(struct transport *transport, const struct message_query *query)
{
    struct served_link *link = transport->link;
    const union udp_address group = socket_group(transport->family, link->interface);
    const struct self_address *from = self_source(link->responder->self, link->interface,
                                                  transport->family, socket_address(&group));
    if (from == NULL)
        return;
    if (transport->probe.fd < 0 &&
        listener_open(link->responder, &transport->probe,
                      udp_open(transport->family, &link->responder->filter), on_reply,
                      transport) != 0)
        return;
    memcpy(transport->probe_source, from->bytes, sizeof transport->probe_source);
    (void)socket_send(transport->probe.fd, link->interface, from->bytes, &group, query->bytes,
                      query->length);
}

/* Does what is due for one claim. */
static void step(struct served_link *link, struct claim *claim, const char *name, int64_t now)
{
    uint32_t random;
    struct message_query query = {0};
    const enum claim_state before = claim->state;
    if (claim->due > now || !responder_random(&random, sizeof random))
        return;
    const bool sends = claim_step(claim, now, random);
    if (sends && make_query(claim, name, &query)) {
        for (size_t i = 0; i < TRANSPORTS; i++) {
            if (is_served(&link->transports[i]))
                send_query(&link->transports[i], &query);
        }
    }
    if (before == CLAIM_PROBE && claim->state == CLAIM_OWN && claim != &link->watch)
        log_line(SD_INFO, "%s: answering for %s", link->name, name);
}

static bool name_watch(struct served_link *link, int64_t now)
{
    unsigned char random[WATCH_LENGTH + sizeof(uint32_t)];
    uint32_t seed;
    if (!responder_random(random, sizeof random))
        return false;
    for (size_t i = 0; i < WATCH_LENGTH; i++)
        link->watch_name[i] = (char)('a' + random[i] % 26);
    link->watch_name[WATCH_LENGTH] = '\0';
    memcpy(&seed, random + WATCH_LENGTH, sizeof seed);
    claim_watch(&link->watch, now, seed);
    return true;
}

/* Asks for a random name now and then: as long as nobody replies, nobody answers for all. */
static void step_watch(struct served_link *link, int64_t now)
{
    if (!link->responder->config->spoofing_watch) {
        link->watch = (struct claim){.state = CLAIM_OWN, .due = CLOCK_NEVER};
        return;
    }
    if (link->watch.state == CLAIM_PROBE)
        step(link, &link->watch, link->watch_name, now);
    if (link->watch.state != CLAIM_PROBE && !name_watch(link, now))
        link->watch.due = now + (int64_t)1000 * CLOCK_MILLISECOND;
}

/* The replies to a query come to its own socket, which lives no longer. */
static void close_unused_probes(struct served_link *link)
{
    bool is_asking = claim_is_asking(&link->watch);
    for (size_t i = 0; i < link->responder->names.count; i++)
        is_asking = is_asking || claim_is_asking(&link->claims[i]);
    for (size_t i = 0; i < TRANSPORTS && !is_asking; i++)
        listener_close(&link->transports[i].probe);
}

int64_t served_step(struct served_link *link, int64_t now)
{
    const struct responder *responder = link->responder;
    for (size_t i = 0; i < responder->names.count; i++)
        step(link, &link->claims[i], responder->names.names[i], now);
    step_watch(link, now);
    close_unused_probes(link);

    int64_t due = link->watch.due;
    for (size_t i = 0; i < responder->names.count; i++)
        due = clock_sooner(due, link->claims[i].due);
    for (size_t i = 0; i < TRANSPORTS; i++) {
        struct transport *transport = &link->transports[i];
        due = clock_sooner(due, stream_wake(transport, now));
        due = clock_sooner(due,
                           mute_step(&transport->mute, transport->udp.fd, transport->family, now));
    }
    return due;
}

static void close_transport(struct transport *transport)
{
    stream_close_all(transport);
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
    /* They begin when there is an address. */
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
        } else if (!is_served(transport)) {
            const int error = open_transport(transport);
            failure = failure != 0 ? failure : error;
            *has_more = *has_more || error == 0;
        }
    }
    return failure;
}

bool served_is_open(const struct served_link *link)
{
    return is_served(&link->transports[0]) || is_served(&link->transports[1]);
}

void served_close(struct served_link *link)
{
    for (size_t i = 0; i < TRANSPORTS; i++)
        close_transport(&link->transports[i]);
    link->interface = 0;
}
