// SPDX-License-Identifier: LGPL-2.1-or-later
/* v6lit disable: removes our service from the hosts: line. */
#include "tools/nsswitch/edit.h"
#include "tools/nsswitch/edit_hosts.h"

static const char help[] =
    "Usage: v6lit disable [OPTION]...\n"
    "Take 'ipv6literal' and its actions out of the hosts: line of " NSSWITCH_PATH ".\n"
    "\n"
    "      --dry-run    show the change and make none\n"
    "      --file PATH  edit this file instead\n"
    "  -h, --help       print this help\n"
    "\n"
    "After 'v6lit enable' this gives back the file as it was, byte for byte. Run it before the\n"
    "module is removed.\n"
    "\n"
    "Exit status: 0 if there is no entry now, 1 if the file is not fit to be edited and nothing\n"
    "was changed, 2 for wrong usage, and for a file that cannot be read or replaced.\n";

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
