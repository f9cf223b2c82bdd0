/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Queries to the group of LLMNR on a link, and the replies to them: RFC 4795, sections 2.3 to 2.5.
 */
#ifndef LLMNR_UDP_H
#define LLMNR_UDP_H

#include "llmnr/filter.h"
#include "llmnr/link.h"
#include "llmnr/message.h"

#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>

enum { UDP_PORT = 5355 };

/* An address of AF_INET6 has its scope id. */
union udp_address {
    struct sockaddr any;
    struct sockaddr_in ipv4;
    struct sockaddr_in6 ipv6;
};

/*
 * Opens a socket of AF_INET or AF_INET6 on a random port. Nothing passes between it and this
 * machine's own sockets, in either direction. Returns -1 with errno on failure.
 */
int udp_open(int family, const struct filter *filter);

/*
 * Sends a query to the link; false with errno on failure. A lost query counts as sent: it is
 * repeated.
 */
bool udp_send(int fd, int family, const struct link *link, const struct message_query *query);

struct udp_datagram {
    union udp_address sender;
    unsigned char to[16]; /* in_addr or in6_addr */
    uint32_t interface;   /* by which it came in; 0 if unknown */
    size_t length;
};

/*
 * Receives a datagram of at most MESSAGE_MAX bytes into the buffer, without waiting. Returns 0;
 * EAGAIN if there is none; EMSGSIZE for a longer one, of which only the sender is known; or another
 * error number.
 */
int udp_receive(int fd, int family, unsigned char buffer[static MESSAGE_MAX],
                struct udp_datagram *datagram);

/* Whether another host on the same link sent it, from the port of LLMNR. */
bool udp_is_from_link(const struct udp_datagram *datagram);

#endif
