// SPDX-License-Identifier: LGPL-2.1-or-later
/* v6lit-llmnrd(8) and other responders: whether anything answers for this host's name. */
#include "tools/common/stream.h"
#include "tools/doctor/check.h"
#include "tools/doctor/hosts.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

enum { TCP_LISTEN = 0x0a };

/* Whether a socket has the port, in this state unless it is 0. */
static bool is_port_in_state(const char *line, void *wanted)
{
    const unsigned wanted_state = *(const unsigned *)wanted;
    unsigned port;
    unsigned state;
    return sscanf(line, " %*[0-9]: %*[0-9A-F]:%x %*s %x", &port, &state) == 2 &&
           port == CHECK_HOSTS_LLMNR_PORT && (wanted_state == 0 || state == wanted_state);
}

/* The same for either family. */
static enum presence has_either(const char *ipv6, const char *ipv4, unsigned state)
{
    const enum presence found = stream_find(ipv6, is_port_in_state, &state);
    return found == PRESENCE_NO ? stream_find(ipv4, is_port_in_state, &state) : found;
}

/* A responder listens on TCP, too. A program that only queries, or wsdd2, need not. */
void check_llmnr_responder(struct check_report *report)
{
    const enum presence udp = has_either("/proc/net/udp6", "/proc/net/udp", 0);
    const enum presence tcp = has_either("/proc/net/tcp6", "/proc/net/tcp", TCP_LISTEN);
    const int error = errno;
    if (udp == PRESENCE_UNKNOWN || tcp == PRESENCE_UNKNOWN) {
        check_says(report, CHECK_CANNOT_TELL, "cannot tell whether a responder has port %d: %s",
                   CHECK_HOSTS_LLMNR_PORT, strerror(error));
    } else if (udp == PRESENCE_YES && tcp == PRESENCE_YES) {
        check_says(report, CHECK_OK,
                   "a responder has port %d: neighbors find this host by its name",
                   CHECK_HOSTS_LLMNR_PORT);
    } else if (udp == PRESENCE_YES) {
        check_says(report, CHECK_NOTE,
                   "a program has UDP port %d, but none has that TCP port: a responder needs both",
                   CHECK_HOSTS_LLMNR_PORT);
        check_advises(report, "'ss -lunp sport = %d' shows it; see v6lit-llmnrd(8).",
                      CHECK_HOSTS_LLMNR_PORT);
    } else if (check_program("smbd") == PRESENCE_YES) {
        check_says(report, CHECK_NOTE,
                   "no responder: neighbors do not find this Samba server by its name");
        check_advises(report, "Install v6lit-llmnrd: see v6lit-llmnrd(8).");
    } else {
        check_says(report, CHECK_NOT_HERE, "no responder, and no Samba server installed");
    }
}
