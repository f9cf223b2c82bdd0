// SPDX-License-Identifier: LGPL-2.1-or-later
/* v6lit-llmnrd: lets this host be found by its name on its links. */
#include "llmnrd/check.h"
#include "llmnrd/log.h"
#include "llmnrd/port.h"
#include "llmnrd/responder.h"
#include "llmnrd/socket.h"
#include "llmnrd/watch.h"

#include "libv6lit/v6lit.h"

#include <errno.h>
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <systemd/sd-daemon.h>
#include <unistd.h>

enum { STATUS_USAGE = 2 };

static const char help[] =
    "Usage: v6lit-llmnrd [--config FILE] [--check[=port]]\n"
    "Answer queries for the names and addresses of this host by link-local multicast name\n"
    "resolution (LLMNR, RFC 4795). Run in the foreground. See v6lit-llmnrd(8) and llmnr.conf(5).\n"
    "\n"
    "  -c, --config FILE  read FILE instead of " CONFIG_FILE "\n"
    "      --check        print what the program would do on each link, and exit\n"
    "      --check=port   check only whether another program uses the port\n"
    "  -h, --help         print this help\n"
    "  -V, --version      print the version\n"
    "\n"
    "Exit status: 0 after SIGTERM or SIGINT, 1 if it cannot answer, 2 for wrong usage or an\n"
    "unreadable file.\n";

static struct responder responder;

static int on_reload(sd_event_source *source, const struct signalfd_siginfo *signal, void *context)
{
    (void)source;
    (void)signal;
    struct responder *reloaded = context;
    if (reloaded->is_ready)
        (void)sd_notify(false, "RELOADING=1");
    if (responder_reload(reloaded) == 0)
        log_line(SD_INFO, "configuration reloaded");
    if (reloaded->is_ready)
        (void)sd_notify(false, "READY=1");
    return 0;
}

/* Returns a negative errno value on failure. */
static int add_signals(sd_event *event)
{
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGHUP);
    if (sigprocmask(SIG_BLOCK, &signals, NULL) != 0)
        return -errno;
    int error = sd_event_add_signal(event, NULL, SIGTERM, NULL, NULL);
    if (error >= 0)
        error = sd_event_add_signal(event, NULL, SIGINT, NULL, NULL);
    if (error >= 0)
        error = sd_event_add_signal(event, NULL, SIGHUP, on_reload, &responder);
    return error;
}

/* Returns a negative errno value on failure. */
static int prepare_event(void)
{
    int error = sd_event_new(&responder.event);
    if (error >= 0)
        error = sd_event_set_watchdog(responder.event, true);
    if (error >= 0)
        error = add_signals(responder.event);
    /* Before the first list is read, so that no change is missed. */
    return error >= 0 ? -watch_start(&responder) : error;
}

static int serve(void)
{
    int error = prepare_event();
    if (error >= 0)
        error = -responder_start(&responder);
    if (error >= 0)
        error = sd_event_loop(responder.event);
    (void)sd_notify(false, "STOPPING=1");
    if (error >= 0)
        return EXIT_SUCCESS;
    log_line(SD_ERR, "%s", strerror(-error));
    return EXIT_FAILURE;
}

/*
 * For the unit, which does not start the service if the port is taken; systemd does not count that
 * as a failure. Any other error is one: the service starts and reports it.
 */
static int run_check_port(void)
{
    char reason[CHECK_REASON_SIZE];
    const enum check_result result = check_port(reason);
    if (result == CHECK_CAN_SERVE)
        return EXIT_SUCCESS;
    log_line("", "%s", reason);
    return result == CHECK_CANNOT_SERVE ? EXIT_SUCCESS : EXIT_FAILURE;
}

/*
 * Whether it serves, now or later. At boot a driver may be slower than this service, and systemd
 * would not start it again; a person who starts it is told at once.
 */
static bool may_serve(void)
{
    char reason[CHECK_REASON_SIZE];
    const enum check_result result = check_can_serve(responder.config, responder.self, reason);
    if (result == CHECK_CAN_SERVE)
        return true;
    const bool waits = result == CHECK_NOT_YET && sd_notify(false, "STATUS=Waiting for a link") > 0;
    log_line(waits ? SD_NOTICE : SD_ERR, "%s%s", reason, waits ? "; waiting" : "");
    return waits;
}

static int run(const char *config_file, bool only_check)
{
    responder.config_file = config_file != NULL ? config_file : CONFIG_FILE;
    /* Only the usual file may be absent. */
    if (config_file != NULL && access(config_file, F_OK) != 0) {
        log_line(SD_ERR, "%s: %s", config_file, strerror(errno));
        return STATUS_USAGE;
    }
    if (responder_prepare(&responder) != 0)
        return STATUS_USAGE;
    if (only_check)
        return check_print(responder.config, responder.self) ? EXIT_SUCCESS : EXIT_FAILURE;
    return may_serve() ? serve() : EXIT_FAILURE;
}

static int print(const char *text)
{
    return fputs(text, stdout) >= 0 && fflush(stdout) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

int main(int argc, char **argv)
{
    enum { OPTION_CHECK = 1 };
    static const struct option options[] = {{"config", required_argument, NULL, 'c'},
                                            {"check", optional_argument, NULL, OPTION_CHECK},
                                            {"help", no_argument, NULL, 'h'},
                                            {"version", no_argument, NULL, 'V'},
                                            {0}};
    const char *config_file = NULL;
    bool only_check = false;
    bool only_port = false;
    for (int option; (option = getopt_long(argc, argv, "c:hV", options, NULL)) != -1;) {
        switch (option) {
        case 'c':
            config_file = optarg;
            break;
        case OPTION_CHECK:
            only_port = optarg != NULL && strcmp(optarg, "port") == 0;
            if (optarg != NULL && !only_port) {
                fputs("v6lit-llmnrd: --check takes no value but 'port'\n"
                      "Try 'v6lit-llmnrd --help' for more information.\n",
                      stderr);
                return STATUS_USAGE;
            }
            only_check = true;
            break;
        case 'h':
            return print(help);
        case 'V':
            printf("v6lit-llmnrd %s\n", v6lit_version());
            return print("");
        default:
            fputs("Try 'v6lit-llmnrd --help' for more information.\n", stderr);
            return STATUS_USAGE;
        }
    }
    if (optind < argc) {
        fputs("v6lit-llmnrd: unexpected argument\n"
              "Try 'v6lit-llmnrd --help' for more information.\n",
              stderr);
        return STATUS_USAGE;
    }
    return only_port ? run_check_port() : run(config_file, only_check);
}
