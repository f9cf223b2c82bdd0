/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What enable and disable share: a file, its hosts: line, and the refusals. */
#ifndef TOOLS_NSSWITCH_EDIT_HOSTS_H
#define TOOLS_NSSWITCH_EDIT_HOSTS_H

#include "tools/nsswitch/nsswitch.h"

struct edit_hosts {
    const char *command;
    const char *help;
    const char *no_change; /* the message if there is nothing to do */
    const char *service;   /* the service that is added or removed */
    bool adds;             /* so the module must load, and glibc must read the line */
    size_t (*edit)(const char *text, size_t length, const struct nsswitch *hosts, char *out);
};

/* Edits a file, or only shows the change. Returns the exit status; standard output is closed. */
int edit_hosts_file(const struct edit_hosts *edit, const char *path, bool dry_run);

/* Runs a subcommand and returns its exit status. */
int edit_hosts_run(const struct edit_hosts *edit, int argc, char **argv);

/* v6lit enable and v6lit disable. */
int command_enable(int argc, char **argv);
int command_disable(int argc, char **argv);

#endif
