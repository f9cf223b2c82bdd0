/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The Varlink interface io.systemd.Resolve.Hook, by which systemd-resolved queries a hook. */
#ifndef RESOLVED_HOOK_HOOK_H
#define RESOLVED_HOOK_HOOK_H

#include <systemd/sd-varlink.h>

/*
 * Makes a server with the methods of the interface, without sockets and without an event loop.
 * Returns a negative errno value on failure. It keeps no state between two calls.
 */
int hook_new_server(sd_varlink_server **server);

#endif
