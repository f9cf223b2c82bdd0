/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The kernel's information about links and addresses, for a program that judges them. */
#ifndef LLMNR_DESCRIBE_H
#define LLMNR_DESCRIBE_H

#include "llmnr/link.h"

#include <net/if.h>

struct link_description {
    struct link link;
    char name[IF_NAMESIZE];
    char kind[16];   /* of a virtual interface: "bridge", "veth", "tun", … */
    bool has_device; /* a bridge with a port that is not a virtual interface */
};

/* The links that link_list_selected returns. Returns 0, or an error number as that does. */
int describe_links(struct link_description descriptions[LINKS_MAX], size_t *count);

/* The families of this machine's addresses; 127.0.0.1 and ::1 do not count. */
struct families {
    bool ipv4;
    bool ipv6;
};

/* Returns 0, or the error number of what failed; ENOSYS in a build without LLMNR. */
int describe_families(struct families *families);

#endif
