/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the kernel says about the links that are queried, for people who judge them. */
#ifndef LLMNR_DESCRIBE_H
#define LLMNR_DESCRIBE_H

#include "llmnr/link.h"

#include <net/if.h>

struct link_description {
    struct link link;
    char name[IF_NAMESIZE];
    char kind[16];   /* of a virtual interface: "bridge", "veth", "tun", … */
    bool has_device; /* a bridge with a port that is no virtual interface */
};

/* The links that link_list_selected gives. Returns 0, or an error number as that does. */
int describe_links(struct link_description descriptions[LINKS_MAX], size_t *count);

#endif
