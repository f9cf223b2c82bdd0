/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which other program answers on port 5355. */
#ifndef LLMNRD_PORT_H
#define LLMNRD_PORT_H

#include <stddef.h>

/* Writes who it is, as far as this user can see, and what to do. */
void port_describe_owner(char *text, size_t size);

#endif
