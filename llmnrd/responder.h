/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The responder: its settings, its links, and their place in the event loop. These files own
 * sockets and timers; llmnr/answer.c decides what to reply, and llmnr/claim.c whose a name is.
 */
#ifndef LLMNRD_RESPONDER_H
#define LLMNRD_RESPONDER_H

#include "llmnr/answer.h"
#include "llmnr/claim.h"
#include "llmnr/config.h"
#include "llmnr/filter.h"
#include "llmnr/limit.h"
#include "llmnr/neighbors.h"
#include "llmnr/self.h"
#include "llmnr/udp.h"
#include "llmnrd/mute.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <systemd/sd-event.h>

struct responder;
struct served_link;

/* A descriptor and its place in the event loop. */
struct listener {
    int fd; /* or -1 */
    sd_event_source *source;
};

/* IPv6 or IPv4 on a link. */
struct transport {
    struct served_link *link;
    int family;
    struct listener udp;
    struct listener tcp;
    struct listener probe;          /* from a random port, while a claim asks */
    unsigned char probe_source[16]; /* the source of the queries */
    int64_t tcp_rests_until;        /* or 0: see stream.c */
    struct mute mute;               /* on the socket of UDP */
};

enum { TRANSPORTS = 2 };

/* How many datagrams of a socket are read before other sockets have their turn. */
enum { SERVED_BATCH = 64 };

struct served_link {
    struct responder *responder;
    uint32_t interface; /* 0: this place is free */
    char name[IF_NAMESIZE];
    bool is_shared; /* see answer.h; the next probe finds out again */
    struct limit_bucket replies;
    struct limit_bucket strangers;
    struct transport transports[TRANSPORTS];
    struct claim claims[SELF_NAMES_MAX]; /* one for each name */
    struct claim watch;                  /* of a random name that nobody can have */
    char watch_name[SELF_LABEL_MAX + 1];
};

struct responder {
    sd_event *event;
    const char *config_file;
    struct config *config; /* one of configs; the other one is for a new file */
    struct config configs[2];
    struct self_names names;
    struct self *self; /* one of selves, in the same way */
    struct self selves[2];
    struct limit limit;
    struct neighbors neighbors;
    struct filter filter; /* of the sockets that hear replies */
    struct served_link links[LINKS_MAX];
    sd_event_source *timer;
    int64_t refresh_at; /* when to read the list of interfaces and addresses again */
    int64_t last_refresh;
    bool is_ready;
    bool has_failed; /* the last refresh: logged once */
    unsigned spoofers_seen;
    char status[256]; /* as told to systemd */
};

/* served.c. Prepares a link, which is not served over any family yet. */
void served_prepare(struct served_link *link, struct responder *responder,
                    const struct self_interface *interface);
/*
 * Opens and closes its sockets for the families of which it has an address; *has_more if any has
 * been opened. Returns 0, or the reason why one cannot be opened.
 */
int served_adapt(struct served_link *link, bool *has_more);
void served_close(struct served_link *link);
/* Whether it is served over any family, and whether over this one. */
bool served_is_open(const struct served_link *link);
bool served_is_over(const struct transport *transport);
/* Does the work that is due, and returns when to be called again. */
int64_t served_step(struct served_link *link, int64_t now);
/* The host to which a query on the link may refer. */
struct answer_host served_host(const struct served_link *link);

/* Answers a query of another host on the link, if it is to be answered, and without a delay. */
void served_reply(struct transport *transport, const unsigned char *bytes, size_t length,
                  const union udp_address *sender, int64_t now);

/*
 * delay.c. Keeps a query that served_reply answers after a random delay; false if there is no room.
 * delay_step answers the queries that are due, and returns when to be called again.
 */
bool delay_add(struct transport *transport, const unsigned char *bytes, size_t length,
               const union udp_address *sender, int64_t now);
int64_t delay_step(struct transport *transport, int64_t now);
void delay_drop(const struct transport *transport);

/* probe.c. Sends the queries of the link that are due, and returns when to be called again. */
int64_t probe_step(struct served_link *link, int64_t now);

/* stream.c */
void stream_accept(struct transport *transport);
void stream_close_all(const struct transport *transport);
int64_t stream_step(int64_t now);
/* Resumes a paused listener. Returns when to be called again. */
int64_t stream_wake(struct transport *transport, int64_t now);

/*
 * responder.c. Reads the file again, and keeps the old settings on failure. Both return 0, or an
 * error number after a message.
 */
int responder_prepare(struct responder *responder);
int responder_start(struct responder *responder);
int responder_reload(struct responder *responder);
/* The host name may have changed. */
void responder_rename(struct responder *responder);
/* The current names: the host's own, and those of the file. */
void responder_read_names(const struct config *config, struct self_names *names);
/* The list of interfaces and addresses has changed. */
void responder_refresh_soon(struct responder *responder);
/* All addresses count as new: the host was suspended. */
void responder_verify_all(struct responder *responder);
/* Work may be due before the timer expires. */
void responder_reschedule(struct responder *responder);

/* Random bits; false if none are available yet. */
bool responder_random(void *bytes, size_t size);

void listener_close(struct listener *listener);
int listener_open(struct responder *responder, struct listener *listener, int fd,
                  sd_event_io_handler_t handler, void *context);

#endif
