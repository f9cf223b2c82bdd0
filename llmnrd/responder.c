// SPDX-License-Identifier: LGPL-2.1-or-later
#include "llmnrd/responder.h"

#include "llmnr/clock.h"
#include "llmnrd/log.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/random.h>
#include <systemd/sd-daemon.h>
#include <unistd.h>

#define SECOND ((int64_t)1000 * CLOCK_MILLISECOND)

enum {
    /*
     * Changes come in groups, such as an interface and its addresses. The pause also limits the
     * work that frequent changes cause.
     */
    REFRESH_DELAY = 10 * CLOCK_MILLISECOND,
    REFRESH_INTERVAL = 50 * CLOCK_MILLISECOND,
    STATUS_SIZE = 256,
};

/* The delay before another attempt. */
#define RETRY (5 * SECOND)

bool responder_random(void *bytes, size_t size)
{
    return getrandom(bytes, size, GRND_NONBLOCK) == (ssize_t)size;
}

void listener_close(struct listener *listener)
{
    listener->source = sd_event_source_disable_unref(listener->source);
    if (listener->fd >= 0)
        close(listener->fd);
    listener->fd = -1;
}

int listener_open(struct responder *responder, struct listener *listener, int fd,
                  sd_event_io_handler_t handler, void *context)
{
    if (fd < 0)
        return errno;
    listener->fd = fd;
    listener->source = NULL;
    const int error =
        sd_event_add_io(responder->event, &listener->source, fd, EPOLLIN, handler, context);
    if (error < 0)
        listener_close(listener);
    return error < 0 ? -error : 0;
}

void responder_reschedule(struct responder *responder)
{
    (void)sd_event_source_set_time(responder->timer, 0);
    (void)sd_event_source_set_enabled(responder->timer, SD_EVENT_ONESHOT);
}

void responder_refresh_soon(struct responder *responder)
{
    const int64_t soon = clock_now() + REFRESH_DELAY;
    const int64_t allowed = responder->last_refresh + REFRESH_INTERVAL;
    responder->refresh_at = clock_sooner(responder->refresh_at, soon > allowed ? soon : allowed);
    responder_reschedule(responder);
}

static void add_name(struct self_names *names, const char *origin, const char *name)
{
    switch (self_add_name(names, name)) {
    case SELF_UNFIT:
        log_line(SD_WARNING, "%s '%s' is not a name that LLMNR clients query: ignored", origin,
                 name);
        break;
    case SELF_TOO_MANY:
        log_line(SD_WARNING, "%s '%s' is ignored: there are more than %d names", origin, name,
                 SELF_NAMES_MAX);
        break;
    case SELF_TAKEN:
    case SELF_DUPLICATE:
        break;
    }
}

void responder_read_names(const struct config *config, struct self_names *names)
{
    char host[256] = "";
    const char *word;
    names->count = 0;
    if (gethostname(host, sizeof host - 1) == 0)
        add_name(names, "the host name", host);
    for (size_t at = 0; (word = config_next(&config->names, &at)) != NULL;)
        add_name(names, "the configured name", word);
}

/* Probes all names, or only new ones, on a link that is served. */
static void start_claims(struct served_link *link, bool restart)
{
    const int64_t now = clock_now();
    uint32_t random[SELF_NAMES_MAX];
    if (!responder_random(random, sizeof random))
        memset(random, 0, sizeof random); /* an id that can be guessed is better than no query */
    link->is_shared = false;
    for (size_t i = 0; i < link->responder->names.count; i++) {
        if (restart)
            claim_restart(&link->claims[i], now, random[i]);
        else
            claim_start(&link->claims[i], now, random[i]);
    }
}

static struct served_link *find_link(struct responder *responder, uint32_t interface)
{
    for (size_t i = 0; i < LINKS_MAX; i++) {
        if (responder->links[i].interface == interface)
            return &responder->links[i];
    }
    return NULL;
}

static bool is_wanted(const struct self_interface *interface)
{
    return interface != NULL && interface->is_selected && interface->refusal == LINK_REFUSAL_NONE;
}

static void close_gone(struct responder *responder)
{
    for (size_t i = 0; i < LINKS_MAX; i++) {
        struct served_link *link = &responder->links[i];
        if (link->interface == 0 ||
            is_wanted(self_find_interface(responder->self, link->interface)))
            continue;
        log_line(SD_INFO, "%s: no longer served", link->name);
        served_close(link);
    }
}

/*
 * Serves the link of this interface according to the new list. Returns 0, or the reason why it
 * cannot.
 */
static int serve(struct responder *responder, const struct self_interface *interface,
                 const struct self *older)
{
    struct served_link *link = find_link(responder, interface->index);
    const bool is_new = link == NULL;
    bool has_more;
    if (is_new)
        link = find_link(responder, 0);
    if (link == NULL)
        return EMLINK;
    if (is_new)
        served_prepare(link, responder, interface);
    log_safe(link->name, sizeof link->name, interface->name); /* it may have been renamed */
    const int error = served_adapt(link, &has_more);
    if (has_more || self_has_new(responder->self, older, link->interface))
        start_claims(link, !is_new);
    return error;
}

/* Reads the list of interfaces and addresses, and updates the links accordingly. */
static int refresh(struct responder *responder)
{
    const struct self *older = responder->self;
    struct self *self = &responder->selves[older == &responder->selves[0]];
    responder->last_refresh = clock_now();
    responder->refresh_at = CLOCK_NEVER;
    int error = self_read(self, responder->config);
    if (error == 0)
        error = filter_make(&responder->filter);
    if (error == 0) {
        if (self->is_cut_off && !older->is_cut_off)
            log_line(SD_WARNING, "more than %d interfaces or %d addresses: the rest is ignored",
                     SELF_INTERFACES_MAX, SELF_ADDRESSES_MAX);
        responder->self = self;
        close_gone(responder);
        for (size_t i = 0; i < self->interface_count; i++) {
            if (!is_wanted(&self->interfaces[i]))
                continue;
            const int failure = serve(responder, &self->interfaces[i], older);
            error = error != 0 ? error : failure;
        }
    }
    if (error != 0) {
        responder->refresh_at = responder->last_refresh + RETRY;
        if (!responder->has_failed)
            log_line(SD_WARNING, "not all links are served: %s", strerror(error));
    }
    responder->has_failed = error != 0;
    return error;
}

void responder_verify_all(struct responder *responder)
{
    for (size_t i = 0; i < LINKS_MAX; i++) {
        if (responder->links[i].interface != 0)
            start_claims(&responder->links[i], true);
    }
    responder_refresh_soon(responder);
}

/* Claims move with their names; new names get new claims. */
static void rename_claims(struct responder *responder, const struct self_names *names)
{
    const struct self_names old = responder->names;
    responder->names = *names;
    for (size_t i = 0; i < LINKS_MAX; i++) {
        struct served_link *link = &responder->links[i];
        struct claim claims[SELF_NAMES_MAX];
        if (link->interface == 0)
            continue;
        memcpy(claims, link->claims, sizeof claims);
        start_claims(link, false);
        for (size_t j = 0; j < names->count; j++) {
            const char *name = names->names[j];
            const size_t at = self_find_name(&old, (const unsigned char *)name, strlen(name));
            if (at < old.count)
                link->claims[j] = claims[at];
        }
    }
}

static void count_claims(const struct responder *responder, size_t *links, size_t *probing,
                         size_t *lost)
{
    *links = *probing = *lost = 0;
    for (size_t i = 0; i < LINKS_MAX; i++) {
        const struct served_link *link = &responder->links[i];
        if (link->interface == 0)
            continue;
        ++*links;
        for (size_t j = 0; j < responder->names.count; j++) {
            *probing += link->claims[j].state == CLAIM_PROBE;
            *lost += link->claims[j].state == CLAIM_LOST;
        }
    }
}

/*
 * Tells systemd the status, and that the service is ready once the first names are claimed or lost.
 */
static void report(struct responder *responder)
{
    char status[STATUS_SIZE];
    char lost_text[64] = "";
    char spoof_text[64] = "";
    const struct self_names *names = &responder->names;
    size_t links;
    size_t probing;
    size_t lost;
    count_claims(responder, &links, &probing, &lost);
    if (probing > 0)
        return;
    if (lost > 0)
        snprintf(lost_text, sizeof lost_text, "; names in use by other hosts: %zu", lost);
    if (responder->spoofers_seen > 0)
        snprintf(spoof_text, sizeof spoof_text, "; spoofed replies seen: %u",
                 responder->spoofers_seen);
    snprintf(status, sizeof status, "%s for %s%s on %zu link%s%s%s",
             lost > 0 && lost == links * names->count ? "Not answering" : "Answering",
             names->count > 0 ? names->names[0] : "no name",
             names->count > 1 ? " and other names" : "", links, links == 1 ? "" : "s", lost_text,
             spoof_text);
    if (strcmp(status, responder->status) == 0)
        return;
    memcpy(responder->status, status, sizeof status);
    (void)sd_notifyf(false, "%sSTATUS=%s", responder->is_ready ? "" : "READY=1\n", status);
    responder->is_ready = true;
}

static int on_timer(sd_event_source *source, uint64_t usec, void *context)
{
    struct responder *responder = context;
    const int64_t now = clock_now();
    (void)usec;
    if (responder->refresh_at <= now)
        (void)refresh(responder);
    int64_t due = clock_sooner(responder->refresh_at, stream_step(now));
    for (size_t i = 0; i < LINKS_MAX; i++) {
        if (responder->links[i].interface != 0)
            due = clock_sooner(due, served_step(&responder->links[i], now));
    }
    report(responder);
    if (due == CLOCK_NEVER)
        return 0;
    int error = sd_event_source_set_time(source, (uint64_t)due);
    return error < 0 ? error : sd_event_source_set_enabled(source, SD_EVENT_ONESHOT);
}

static int read_config(struct responder *responder)
{
    char reason[256];
    struct config *config = &responder->configs[responder->config == &responder->configs[0]];
    const int error = config_read(config, responder->config_file);
    if (error == 0) {
        responder->config = config;
        return 0;
    }
    config_describe(config, error, reason, sizeof reason);
    log_line(SD_ERR, "%s: %s%s", responder->config_file, reason,
             responder->config != NULL ? "; the previous settings stay in effect" : "");
    return error;
}

void responder_rename(struct responder *responder)
{
    struct self_names names;
    responder_read_names(responder->config, &names);
    if (self_same_names(&names, &responder->names))
        return;
    rename_claims(responder, &names);
    responder_reschedule(responder);
}

int responder_reload(struct responder *responder)
{
    const int error = read_config(responder);
    responder_rename(responder);
    responder->refresh_at = clock_now();
    responder_reschedule(responder);
    return error;
}

int responder_prepare(struct responder *responder)
{
    responder->self = &responder->selves[0];
    responder->refresh_at = CLOCK_NEVER;
    return read_config(responder);
}

/* A failure on some links is retried later. */
static bool is_serving(const struct responder *responder)
{
    for (size_t i = 0; i < LINKS_MAX; i++) {
        if (responder->links[i].interface != 0 && served_is_open(&responder->links[i]))
            return true;
    }
    return false;
}

int responder_start(struct responder *responder)
{
    const uint64_t accuracy = 1000;
    int error = 0;
    if (!responder_random(responder->limit.key, sizeof responder->limit.key))
        error = -EAGAIN;
    if (error == 0)
        error = sd_event_add_time(responder->event, &responder->timer, CLOCK_MONOTONIC, 0, accuracy,
                                  on_timer, responder);
    if (error < 0) {
        log_line(SD_ERR, "%s", strerror(-error));
        return -error;
    }
    responder_read_names(responder->config, &responder->names);
    error = refresh(responder);
    return is_serving(responder) ? 0 : error;
}
