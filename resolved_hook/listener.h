/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The sockets on which the hook accepts connections. */
#ifndef RESOLVED_HOOK_LISTENER_H
#define RESOLVED_HOOK_LISTENER_H

#include <systemd/sd-varlink.h>

/*
 * Creates a socket at a path, to which any user may connect. Replaces a socket, and nothing else.
 * Returns a descriptor, or a negative errno value.
 */
int listener_open(const char *path);

/*
 * Accepts connections on a listening socket and adds them to a server that is attached to an event
 * loop, for as long as the loop exists. Where the server has as many connections as it may have,
 * further ones are closed at once. Returns a negative errno value on failure.
 */
int listener_add(sd_varlink_server *server, int fd);

#endif
