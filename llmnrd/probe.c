// SPDX-License-Identifier: LGPL-2.1-or-later
/* The queries of the claims on one link, and of its spoofing watch, and the replies to them. */
#include "llmnr/clock.h"
#include "llmnr/message.h"
#include "llmnrd/log.h"
#include "llmnrd/responder.h"
#include "llmnrd/socket.h"

#include <errno.h>
#include <string.h>
#include <systemd/sd-daemon.h>

enum { WATCH_LENGTH = 12 };

/* Makes the query of the claim; it is the same each time, so it is made again rather than kept. */
static bool make_query(const struct claim *claim, const char *name, struct message_query *query)
{
    return message_ask(query, claim->id, name, claim->type);
}

/* A reply to a query of ours, from another host on the link or from this one. */
static void judge(struct transport *transport, struct claim *claim, const char *name,
                  const union udp_address *sender, struct claim_reply *reply)
{
    struct served_link *link = transport->link;
    const bool is_watch = claim == &link->watch;
    /* No host can have or claim a random name. */
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
        /* Once for each probe, however many hosts reply. */
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
    for (int i = 0; i < SERVED_BATCH; i++) {
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

/* Sends the query of a claim over one family. A failure counts as sent: it is sent three times. */
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
            if (served_is_over(&link->transports[i]))
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

/*
 * Queries a random name from time to time. As long as no host replies, none answers for all names.
 */
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

/* The replies to a query come to a socket of its own, which is closed with it. */
static void close_unused_probes(struct served_link *link)
{
    bool is_asking = claim_is_asking(&link->watch);
    for (size_t i = 0; i < link->responder->names.count; i++)
        is_asking = is_asking || claim_is_asking(&link->claims[i]);
    for (size_t i = 0; i < TRANSPORTS && !is_asking; i++)
        listener_close(&link->transports[i].probe);
}

int64_t probe_step(struct served_link *link, int64_t now)
{
    const struct responder *responder = link->responder;
    for (size_t i = 0; i < responder->names.count; i++)
        step(link, &link->claims[i], responder->names.names[i], now);
    step_watch(link, now);
    close_unused_probes(link);

    int64_t due = link->watch.due;
    for (size_t i = 0; i < responder->names.count; i++)
        due = clock_sooner(due, link->claims[i].due);
    return due;
}
