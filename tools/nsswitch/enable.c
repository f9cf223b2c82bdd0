// SPDX-License-Identifier: LGPL-2.1-or-later
/* v6lit enable: adds our service to the hosts: line. */
#include "tools/nsswitch/edit.h"
#include "tools/nsswitch/edit_hosts.h"

static const char help[] =
    "Usage: v6lit enable [OPTION]...\n"
    "Put '" NSSWITCH_ENTRY "' into the hosts: line of " NSSWITCH_PATH ",\n"
    "so that literal names resolve in every program that uses glibc.\n"
    "\n"
    "      --dry-run    show the change and make none\n"
    "      --file PATH  edit this file instead\n"
    "  -h, --help       print this help\n"
    "\n"
    "The entry goes after 'files' and before every service that asks others. An entry that\n"
    "stands there already is left alone if it is right, and put right if it is not. All else in\n"
    "the file stays as it is. 'v6lit disable' takes the entry out again.\n"
    "\n"
    "Exit status: 0 if the entry is there now, 1 if the file or the machine is not fit for it and\n"
    "nothing was changed, 2 for wrong usage, and for a file that cannot be read or replaced.\n";

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
