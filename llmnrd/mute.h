/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Sources that query far too often. The kernel drops their datagrams before they are queued, for a
 * second each, so the queue of the socket stays free for others, however fast they send.
 */
#ifndef LLMNRD_MUTE_H
#define LLMNRD_MUTE_H

#include <stdbool.h>
#include <stdint.h>

enum { MUTE_MAX = 16 }; /* sources */

struct mute {
    struct {
        unsigned char address[16]; /* in_addr or in6_addr */
        int64_t until;             /* 0: this place is free */
    } sources[MUTE_MAX];
};

/*
 * Mutes the source on the socket; false if it is already muted, or all places are taken. It is then
 * limited one query at a time, which costs less than a new filter for each of many sources.
 */
bool mute_add(struct mute *mute, int fd, int family, const void *address, int64_t now);

/* Unmutes the sources whose second is over. Returns when to be called again, or CLOCK_NEVER. */
int64_t mute_step(struct mute *mute, int fd, int family, int64_t now);

#endif
