/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Other tools that write nsswitch.conf, and would undo a change of ours. */
#ifndef TOOLS_NSSWITCH_HOSTS_MANAGER_H
#define TOOLS_NSSWITCH_HOSTS_MANAGER_H

#include "tools/common/buffer.h"
#include "tools/nsswitch/replace_file.h"

enum hosts_manager {
    HOSTS_MANAGER_NONE,
    HOSTS_MANAGER_AUTHSELECT,
    HOSTS_MANAGER_AUTHSELECT_USER, /* authselect, from a file that is the administrator's */
    HOSTS_MANAGER_NIXOS
};

/* The tool that writes a file. */
enum hosts_manager hosts_manager_of(const struct replace_file *file);

/* "authselect manages this file and would undo the change". */
const char *hosts_manager_text(enum hosts_manager manager);

/* Adds what to do instead of `v6lit COMMAND`: lines that each end in a newline. */
void hosts_manager_advice(enum hosts_manager manager, const char *command, struct buffer *advice);

#endif
