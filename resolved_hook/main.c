// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * v6lit-resolved-hook: systemd-resolved queries it about names in ipv6-literal.net before it
 * queries DNS. This file knows sockets and the event loop; hook.c and record.c know the answers.
 */
#include "libv6lit/v6lit.h"
#include "resolved_hook/hook.h"
#include "resolved_hook/listener.h"

#include <getopt.h>
#include <malloc.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <systemd/sd-daemon.h>
#include <systemd/sd-event.h>

enum { STATUS_USAGE = 2 };

static const char help[] =
    "Usage: v6lit-resolved-hook [SOCKET]\n"
    "Resolve literal names for systemd-resolved, version 259 or later, which queries the sockets "
    "in\n"
    "/run/systemd/resolve.hook before DNS. systemd starts this program and passes the socket.\n"
    "Without systemd, it listens on SOCKET, to which any user may then connect.\n"
    "\n"
    "  -h, --help     print this help\n"
    "  -V, --version  print the version\n"
    "\n"
    "Exit status: 0 after SIGTERM or SIGINT, 1 for a system error, 2 for wrong usage.\n";

static int usage_error(const char *reason)
{
    fprintf(stderr,
            "v6lit-resolved-hook: %s\nTry 'v6lit-resolved-hook --help' for more information.\n",
            reason);
    return STATUS_USAGE;
}

/* Returns a negative errno value on failure. */
static int listen_on(sd_varlink_server *server, int passed, const char *path)
{
    int error = 0;
    for (int i = 0; i < passed && error >= 0; i++)
        error = listener_add(server, SD_LISTEN_FDS_START + i);
    if (passed > 0)
        return error;
    int fd = listener_open(path);
    return fd < 0 ? fd : listener_add(server, fd);
}

/* Answers until a signal ends it. Returns a negative errno value on failure. */
static int serve(sd_varlink_server *server, int passed, const char *path)
{
    __attribute__((cleanup(sd_event_unrefp))) sd_event *event = NULL;
    int error = sd_event_default(&event);
    if (error >= 0)
        error = sd_event_set_signal_exit(event, true);
    if (error >= 0)
        error = sd_event_set_watchdog(event, true);
    if (error >= 0)
        error = sd_varlink_server_attach_event(server, event, SD_EVENT_PRIORITY_NORMAL);
    if (error >= 0)
        error = listen_on(server, passed, path);
    if (error < 0)
        return error;
    sd_notify(false, "READY=1");
    error = sd_event_loop(event);
    sd_notify(false, "STOPPING=1");
    return error;
}

int main(int argc, char **argv)
{
    static const struct option options[] = {
        {"help", no_argument, NULL, 'h'}, {"version", no_argument, NULL, 'V'}, {0}};
    for (int option; (option = getopt_long(argc, argv, "hV", options, NULL)) != -1;) {
        switch (option) {
        case 'h':
            fputs(help, stdout);
            return fflush(stdout) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
        case 'V':
            printf("v6lit-resolved-hook %s\n", v6lit_version());
            return fflush(stdout) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
        default:
            fputs("Try 'v6lit-resolved-hook --help' for more information.\n", stderr);
            return STATUS_USAGE;
        }
    }
    int passed = sd_listen_fds(true);
    if (argc - optind > 1)
        return usage_error("more than one SOCKET");
    if (passed > 0 && optind < argc)
        return usage_error("SOCKET given, but systemd passed a socket");
    if (passed == 0 && optind == argc)
        return usage_error("no socket passed by systemd, and no SOCKET given");

#ifdef __GLIBC__
    /* Its default, made constant: otherwise it grows with the largest message, and free() keeps
     * what such messages took. */
    mallopt(M_MMAP_THRESHOLD, 128 * 1024);
#endif
    __attribute__((cleanup(sd_varlink_server_unrefp))) sd_varlink_server *server = NULL;
    int error = passed < 0 ? passed : hook_new_server(&server);
    if (error >= 0)
        error = serve(server, passed, argv[optind]);
    if (error < 0) {
        fprintf(stderr, "v6lit-resolved-hook: %s\n", strerror(-error));
        return EXIT_FAILURE;
    }
    return EXIT_SUCCESS;
}
