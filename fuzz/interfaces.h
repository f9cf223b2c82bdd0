/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The interfaces of this machine, queried once, for the expected index of a name. */
#ifndef FUZZ_INTERFACES_H
#define FUZZ_INTERFACES_H

#include "fuzz/fuzz.h"

#include <net/if.h>
#include <strings.h>

/* The index of the one that is called so or, if none is, of the only one in another case; or 0. */
static inline unsigned find_interface(const char *name)
{
    static struct if_nameindex *interfaces;
    if (interfaces == NULL)
        interfaces = if_nameindex();
    DEMAND(interfaces != NULL);
    unsigned found = 0;
    unsigned fitting = 0;
    for (const struct if_nameindex *i = interfaces; i->if_index != 0; i++) {
        if (strcmp(i->if_name, name) == 0)
            return i->if_index;
        if (strcasecmp(i->if_name, name) == 0) {
            found = i->if_index;
            fitting++;
        }
    }
    return fitting == 1 ? found : 0;
}

#endif
