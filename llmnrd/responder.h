/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The responder: its settings, the links that it serves, and the event loop's view of them. Its
 * files own sockets and timers; what to reply, and whose a name is, llmnr/answer.c and
 * llmnr/claim.c decide.
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
    unsigned char probe_source[16]; /* where the queries were sent from */
    int64_t tcp_rests_until;        /* or 0: see stream.c */
    struct mute mute;               /* on the socket of UDP */
};

enum { TRANSPORTS = 2 };

/* Datagrams of a socket before the others have their turn. */
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

/* served.c. A link that has been prepared is not served over anything yet. */
void served_prepare(struct served_link *link, struct responder *responder,
                    const struct self_interface *interface);
/* Opens and closes its sockets, by the families that it has an address of; *has_more if any has
 * been opened. Returns 0, or why one cannot be. */
int served_adapt(struct served_link *link, bool *has_more);
void served_close(struct served_link *link);
/* Whether it is served over any family, and whether over this one. */
bool served_is_open(const struct served_link *link);
bool served_is_over(const struct transport *transport);
/* Does what is due, and returns when to be called again. */
int64_t served_step(struct served_link *link, int64_t now);
/* Whose names a query on the link may be for. */
struct answer_host served_host(const struct served_link *link);

/* probe.c. Sends what is due of the queries of the link, and returns when to be called again. */
int64_t probe_step(struct served_link *link, int64_t now);

/* stream.c */
void stream_accept(struct transport *transport);
void stream_close_all(const struct transport *transport);
int64_t stream_step(int64_t now);
/* Accepts again on a listener that has rested. Returns when to be called again. */
int64_t stream_wake(struct transport *transport, int64_t now);

/* responder.c. It reads the file again, and keeps the old settings if it cannot; both return 0, or
 * an error number after a message. */
int responder_prepare(struct responder *responder);
int responder_start(struct responder *responder);
int responder_reload(struct responder *responder);
/* The host name may have changed. */
void responder_rename(struct responder *responder);
/* Names as they are now: the host's own, and those of the file. */
void responder_read_names(const struct config *config, struct self_names *names);
/* The list of interfaces and addresses is not what it was. */
void responder_refresh_soon(struct responder *responder);
/* All addresses have to be taken for new: the host has slept. */
void responder_verify_all(struct responder *responder);
/* Something is due sooner than the timer may know. */
void responder_reschedule(struct responder *responder);

/* Random bits; false if there are none yet. */
bool responder_random(void *bytes, size_t size);

void listener_close(struct listener *listener);
int listener_open(struct responder *responder, struct listener *listener, int fd,
                  sd_event_io_handler_t handler, void *context);

#endif
