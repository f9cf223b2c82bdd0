/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A reply as `v6lit llmnr` shows it. */
#ifndef TOOLS_LLMNR_REPLY_H
#define TOOLS_LLMNR_REPLY_H

#include <net/if.h>
#include <netinet/in.h>
#include <stdbool.h>

/* An address and its zone. */
enum { LLMNR_ADDRESS_SIZE = INET6_ADDRSTRLEN + IF_NAMESIZE };

struct llmnr_reply {
    const char *type; /* "AAAA", "A" or "PTR" */
    char interface[IF_NAMESIZE];
    char sender[LLMNR_ADDRESS_SIZE]; /* with its zone, if it is link-local */
    unsigned time_taken;             /* microseconds */
    bool over_tcp;
    bool conflict;
};

#endif
