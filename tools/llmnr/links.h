/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The links that are queried. */
#ifndef TOOLS_LLMNR_LINKS_H
#define TOOLS_LLMNR_LINKS_H

#include "tools/llmnr/options.h"

#include <net/if.h>

/* The name of an interface, or its index if it no longer has a name. */
void links_name(uint32_t index, char name[static IF_NAMESIZE]);

/* "eth0, eth1"; valid until the next call. */
const char *links_text(const struct link *links, size_t count);

bool links_has(const struct link *links, size_t count, uint32_t index);

/*
 * Finds the links to query: that of an interface, as -i names it, or for NULL those that llmnr.conf
 * selects. Returns the exit status, after a message if it is not EXIT_DONE.
 */
int links_choose(struct llmnr_options *options, const char *interface);

#endif
