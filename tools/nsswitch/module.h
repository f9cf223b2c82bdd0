/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The NSS module that glibc finds. */
#ifndef TOOLS_NSSWITCH_MODULE_H
#define TOOLS_NSSWITCH_MODULE_H

#include <stdbool.h>

#define MODULE_FILE "libnss_ipv6literal.so.2"

/*
 * Loads the module, which stays loaded, so that glibc calls what has been checked. Returns NULL if
 * the dynamic loader finds it and it is complete, else what is wrong.
 */
const char *module_fault(void);

/* Whether each entry point answers names of its own, and passes on all others. */
bool module_answers(void);

#endif
