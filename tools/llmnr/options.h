/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TOOLS_LLMNR_OPTIONS_H
#define TOOLS_LLMNR_OPTIONS_H

#include "llmnr/link.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>

/* The options that all questions share. */
struct llmnr_options {
    int family;
    uint32_t interface; /* or 0 */
    bool all;
    bool over_tcp;
    bool as_json;
    struct link links[LINKS_MAX]; /* that can be queried */
    size_t link_count;
    size_t name_width; /* length of the longest interface name */
};

/* "IPv4", "IPv6", or "" for both. */
static inline const char *options_family(const struct llmnr_options *options)
{
    return options->family == AF_INET ? "IPv4" : options->family == AF_INET6 ? "IPv6" : "";
}

#endif
