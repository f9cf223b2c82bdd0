/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Our NSS module, as glibc finds it. */
#ifndef TOOLS_NSSWITCH_MODULE_H
#define TOOLS_NSSWITCH_MODULE_H

#include <stdbool.h>

#define MODULE_FILE "libnss_ipv6literal.so.2"

/*
 * Loads the module, and leaves it there: glibc then calls what has been looked at. NULL if the
 * dynamic loader finds it and it is whole, else what is wrong.
 */
const char *module_fault(void);

/* Whether each of its functions answers as it should, and leaves alone what is not for it. */
bool module_answers(void);

#endif
