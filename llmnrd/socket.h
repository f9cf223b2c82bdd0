/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Sockets on port 5355 of one interface, and the datagrams that pass through them: RFC 4795,
 * sections 2.3 to 2.5. */
#ifndef LLMNRD_SOCKET_H
#define LLMNRD_SOCKET_H

#include "llmnr/udp.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Opens sockets that are bound to the interface: they receive nothing from other interfaces, and
 * send nothing by them. No other program can bind the port while they are open, and they cannot be
 * opened while another program has it. Return -1 with errno on failure.
 */
int socket_listen_udp(int family, uint32_t interface);
int socket_listen_tcp(int family, uint32_t interface);

struct socket_kind {
    int family;
    int type; /* SOCK_DGRAM or SOCK_STREAM */
};

/*
 * Whether the port is free. Returns 0, EADDRINUSE, or the error number of what failed; on failure
 * *kind is the kind of socket that cannot be bound.
 */
int socket_try_port(struct socket_kind *kind);

/* Whether the datagram was sent to the group, not to this host alone. */
bool socket_is_to_group(int family, const struct udp_datagram *datagram);

/* The in_addr or in6_addr of an address. */
const void *socket_address(const union udp_address *address);

/* The same as text. */
void socket_describe(char text[static INET6_ADDRSTRLEN], const union udp_address *address);

/* The group on the link of the interface. */
union udp_address socket_group(int family, uint32_t interface);

/* Sends by the interface, from this address of it. Returns 0 or an error number. */
int socket_send(int fd, uint32_t interface, const void *source, const union udp_address *to,
                const void *bytes, size_t length);

#endif
