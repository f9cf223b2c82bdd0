// SPDX-License-Identifier: LGPL-2.1-or-later
/* v6lit enable: adds our service to the hosts: line. */
#include "tools/nsswitch/edit.h"
#include "tools/nsswitch/edit_hosts.h"

static const char help[] =
    "Usage: v6lit enable [OPTION]...\n"
    "Add '" NSSWITCH_ENTRY "' to the hosts: line of " NSSWITCH_PATH ",\n"
    "so that literal names resolve in every program that uses glibc.\n"
    "\n"
    "      --dry-run    show the change without making it\n"
    "      --file PATH  edit this file instead\n"
    "  -h, --help       print this help\n"
    "\n"
    "The entry goes after 'files' and before every service that queries the network. An existing\n"
    "entry is corrected if necessary. The rest of the file stays as it is. 'v6lit disable' "
    "removes\n"
    "the entry.\n"
    "\n"
    "Exit status: 0 if the entry is in place, 1 if the file or the machine does not permit the\n"
    "change, 2 for wrong usage, or if the file cannot be read or replaced.\n";

int command_enable(int argc, char **argv)
{
    static const struct edit_hosts edit = {
        .command = "enable",
        .help = help,
        .no_change = "ipv6literal is already enabled",
        .service = NSSWITCH_SERVICE,
        .adds = true,
        .edit = nsswitch_enable,
    };
    return edit_hosts_run(&edit, argc, argv);
}
