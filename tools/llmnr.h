/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A reply as `v6lit llmnr` shows it. */
#ifndef LLMNR_H
#define LLMNR_H

#include <net/if.h>
#include <netdb.h>
#include <stdbool.h>

struct llmnr_reply {
    const char *type; /* "AAAA", "A" or "PTR" */
    char interface[IF_NAMESIZE];
    char sender[NI_MAXHOST]; /* with its zone, if it is link-local */
    unsigned time_taken;     /* microseconds */
    bool by_stream;
    bool conflict;
};

#endif
