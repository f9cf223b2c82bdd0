/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A filter for datagrams that another host has sent to this host alone. Any local user can bind the
 * port of LLMNR, and with IPV6_FREEBIND send from the address of a neighbor, so nothing that this
 * machine sends may count. The kernel can tell best.
 */
#ifndef LLMNR_FILTER_H
#define LLMNR_FILTER_H

#include <linux/filter.h>
#include <stdbool.h>
#include <stddef.h>

enum {
    FILTER_START = 11,   /* instructions before the first interface */
    FILTER_PER_LINK = 5, /* instructions */
    FILTER_LINKS_MAX = 128,
    FILTER_MAX = FILTER_START + FILTER_LINKS_MAX * FILTER_PER_LINK + 1,
};

struct filter {
    size_t length;
    struct sock_filter code[FILTER_MAX];
};

/* Makes a filter for this machine and its first 128 hardware addresses. Returns 0, or the error
 * number of what failed. */
int filter_make(struct filter *filter);

/* Filters what the socket receives from now on; false with errno on failure. */
bool filter_attach(const struct filter *filter, int fd);

#endif
