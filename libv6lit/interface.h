/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The machine's network interfaces: names, indexes and the list, without an allocation. */
#ifndef LIBV6LIT_INTERFACE_H
#define LIBV6LIT_INTERFACE_H

#include <net/if.h>
#include <stdint.h>

enum interface_case {
    INTERFACE_EXACT,
    INTERFACE_ANY_CASE, /* if none is called so, the only one that is in another case (ASCII) */
};

/*
 * The index of the interface that is called `name` or has that alternative name. Returns 0, ENODEV
 * if no interface or more than one fits, or the error number of the system call that failed. errno
 * is left as it was. It never makes the kernel load a module.
 */
int interface_index(const char *name, enum interface_case match, uint32_t *index);

/* The name of the interface with this index. Results and errno as above. */
int interface_name(uint32_t index, char name[IF_NAMESIZE]);

#endif
