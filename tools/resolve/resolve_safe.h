/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Whether this machine's getaddrinfo can be asked for a literal name without asking the network. */
#ifndef TOOLS_RESOLVE_RESOLVE_SAFE_H
#define TOOLS_RESOLVE_RESOLVE_SAFE_H

#include <stdbool.h>

/*
 * True if glibc will ask our module for a literal name and, whatever it says, nobody else but
 * files of this machine. Else *why says what is missing and *advice what to do, in one line each.
 * Reads /etc/nsswitch.conf and loads the module.
 */
bool resolve_is_safe(const char **why, const char **advice);

#endif
