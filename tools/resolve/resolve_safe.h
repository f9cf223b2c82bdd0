/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Whether getaddrinfo can be called for a literal name without a query to the network. */
#ifndef TOOLS_RESOLVE_RESOLVE_SAFE_H
#define TOOLS_RESOLVE_RESOLVE_SAFE_H

#include <stdbool.h>

/*
 * True if glibc queries our module for a literal name and, whatever the result, no other service
 * but files of this machine. Otherwise *why says what is missing and *advice what to do, in one
 * line each. Reads /etc/nsswitch.conf and loads the module.
 */
bool resolve_is_safe(const char **why, const char **advice);

#endif
