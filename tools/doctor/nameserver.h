/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Nameservers on this machine: whether they answer for ipv6-literal.net themselves. */
#ifndef TOOLS_DOCTOR_NAMESERVER_H
#define TOOLS_DOCTOR_NAMESERVER_H

#include <stdbool.h>

/*
 * These functions send a query for the SOA record of the domain itself, and only to a loopback
 * address. A nameserver that does not answer for the domain may forward that query.
 */

/* Whether all nameservers of resolv.conf are on this machine and answer for the domain. */
bool nameserver_keeps_dns(void);

/* Whether systemd-resolved does so at its stub. */
bool nameserver_keeps_resolved(void);

#endif
