/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which other program answers on port 5355. */
#ifndef LLMNRD_PORT_H
#define LLMNRD_PORT_H

#include "llmnrd/socket.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * Describes the program that has a socket of this kind, as far as this user can see, and what to
 * do. Returns true if it is this program: run by the unit, by root or by this user.
 */
bool port_describe_owner(const struct socket_kind *kind, char *text, size_t size);

#endif
