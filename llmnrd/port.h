/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which other program answers on port 5355. */
#ifndef LLMNRD_PORT_H
#define LLMNRD_PORT_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Describes the program, as far as this user can see, and what to do. Returns true if it is this
 * program.
 */
bool port_describe_owner(char *text, size_t size);

#endif
