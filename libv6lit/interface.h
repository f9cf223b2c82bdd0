/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The machine's network interfaces: names, indexes and the list, without an allocation. */
#ifndef LIBV6LIT_INTERFACE_H
#define LIBV6LIT_INTERFACE_H

#include <net/if.h>
#include <stdint.h>

enum interface_case {
    INTERFACE_EXACT,
    INTERFACE_ANY_CASE, /* if there is none, the only one with that name in another case (ASCII) */
};

/*
 * Finds the index of the interface with this name or alternative name. Returns 0, ENODEV if no
 * interface or more than one matches, or the error number of the system call that failed. errno is
 * left as it was. This never makes the kernel load a module.
 */
int interface_index(const char *name, enum interface_case match, uint32_t *index);

/* Finds the name of the interface with this index. Results and errno as above. */
int interface_name(uint32_t index, char name[IF_NAMESIZE]);

#endif
