// SPDX-License-Identifier: LGPL-2.1-or-later
#include "llmnrd/check.h"

#include "llmnrd/log.h"
#include "llmnrd/port.h"
#include "llmnrd/responder.h"
#include "llmnrd/socket.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <systemd/sd-daemon.h>

/* Whether a link can ever be served: one that is down now may be up later. */
static bool is_link(const struct self_interface *interface)
{
    return interface->is_selected &&
           (interface->refusal == LINK_REFUSAL_NONE || interface->refusal == LINK_REFUSAL_DOWN ||
            interface->refusal == LINK_REFUSAL_NO_CARRIER);
}

static bool has_link(const struct self *self)
{
    for (size_t i = 0; i < self->interface_count; i++) {
        if (is_link(&self->interfaces[i]))
            return true;
    }
    return false;
}

enum check_result check_port(char reason[static CHECK_REASON_SIZE])
{
    struct socket_kind kind;
    const int error = socket_try_port(&kind);
    if (error == 0)
        return CHECK_CAN_SERVE;
    if (error == EADDRINUSE)
        return port_describe_owner(&kind, reason, CHECK_REASON_SIZE) ? CHECK_RUNS : CHECK_TAKEN;
    snprintf(reason, CHECK_REASON_SIZE, "cannot bind port %d: %s", UDP_PORT, strerror(error));
    return CHECK_CANNOT_SERVE;
}

static enum check_result judge(const struct config *config, const struct self_names *names,
                               const struct self *self, char reason[static CHECK_REASON_SIZE])
{
    const enum check_result result = check_port(reason);
    if (result == CHECK_TAKEN || result == CHECK_CANNOT_SERVE)
        return result;
    if (names->count == 0) {
        snprintf(reason, CHECK_REASON_SIZE, "no name to answer for");
        return CHECK_NOT_YET;
    }
    if (!has_link(self)) {
        snprintf(reason, CHECK_REASON_SIZE, "no link to answer on: %s",
                 config->interfaces.length > 0 ? "none of the configured interfaces exists"
                                               : "this machine has no network interface");
        return CHECK_NOT_YET;
    }
    return result;
}

static bool read_self(const struct config *config, struct self *self,
                      char reason[static CHECK_REASON_SIZE])
{
    const int error = self_read(self, config);
    if (error != 0)
        snprintf(reason, CHECK_REASON_SIZE, "cannot query network interfaces: %s", strerror(error));
    return error == 0;
}

enum check_result check_can_serve(const struct config *config, struct self *self,
                                  char reason[static CHECK_REASON_SIZE])
{
    struct self_names names;
    responder_read_names(config, &names);
    return read_self(config, self, reason) ? judge(config, &names, self, reason)
                                           : CHECK_CANNOT_SERVE;
}

static bool has_family(const struct self *self, uint32_t interface, int family)
{
    const union udp_address group = socket_group(family, interface);
    return self_source(self, interface, family, socket_address(&group)) != NULL;
}

static const char *describe(const struct self *self, const struct self_interface *interface)
{
    static const char *const reasons[] = {
        [LINK_REFUSAL_LOOPBACK] = "no: the loopback interface",
        [LINK_REFUSAL_POINT_TO_POINT] = "no: a point-to-point interface",
        [LINK_REFUSAL_NO_MULTICAST] = "no: the interface does not support multicast",
        [LINK_REFUSAL_PORT] = "no: a port of another interface",
        [LINK_REFUSAL_DOWN] = "not now: the interface is down",
        [LINK_REFUSAL_NO_CARRIER] = "not now: the interface has no carrier",
    };
    if (!interface->is_selected)
        return "no: not selected by the configuration";
    if (interface->refusal != LINK_REFUSAL_NONE)
        return reasons[interface->refusal];
    const bool ipv6 = has_family(self, interface->index, AF_INET6);
    const bool ipv4 = has_family(self, interface->index, AF_INET);
    if (ipv6 && ipv4)
        return "answers over IPv6 and IPv4";
    if (!ipv6 && !ipv4)
        return "not now: the interface has no address";
    return ipv6 ? "answers over IPv6" : "answers over IPv4";
}

static void print_names(const struct self_names *names)
{
    fputs("names:", stdout);
    for (size_t i = 0; i < names->count; i++)
        printf(" %s", names->names[i]);
    puts(names->count == 0 ? " none" : "");
}

bool check_print(const struct config *config, struct self *self)
{
    char reason[CHECK_REASON_SIZE];
    struct self_names names;
    responder_read_names(config, &names);
    const bool is_read = read_self(config, self, reason);
    print_names(&names);
    for (size_t i = 0; is_read && i < self->interface_count; i++) {
        char name[IF_NAMESIZE];
        log_safe(name, sizeof name, self->interfaces[i].name);
        printf("%s: %s\n", name, describe(self, &self->interfaces[i]));
    }
    const enum check_result result =
        is_read ? judge(config, &names, self, reason) : CHECK_CANNOT_SERVE;
    const bool can_serve = result == CHECK_CAN_SERVE || result == CHECK_RUNS;
    if (result == CHECK_RUNS)
        puts("v6lit-llmnrd is running");
    else if (!can_serve)
        log_line("", "%s", reason);
    return fflush(stdout) == 0 && can_serve;
}
