// SPDX-License-Identifier: LGPL-2.1-or-later
/* v6lit disable: removes our service from the hosts: line. */
#include "tools/nsswitch/edit.h"
#include "tools/nsswitch/edit_hosts.h"

static const char help[] =
    "Usage: v6lit disable [OPTION]...\n"
    "Remove 'ipv6literal' and its actions from the hosts: line of " NSSWITCH_PATH ".\n"
    "\n"
    "      --dry-run    show the change without making it\n"
    "      --file PATH  edit this file instead\n"
    "  -h, --help       print this help\n"
    "\n"
    "This undoes 'v6lit enable' byte for byte. Run it before you remove the module.\n"
    "\n"
    "Exit status: 0 if there is no entry, 1 if the file does not permit the change, 2 for wrong\n"
    "usage, or if the file cannot be read or replaced.\n";

int command_disable(int argc, char **argv)
{
    static const struct edit_hosts edit = {
        .command = "disable",
        .help = help,
        .no_change = "ipv6literal is not enabled",
        .service = NSSWITCH_SERVICE,
        .adds = false,
        .edit = nsswitch_disable,
    };
    return edit_hosts_run(&edit, argc, argv);
}
