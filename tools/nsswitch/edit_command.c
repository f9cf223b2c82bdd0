// SPDX-License-Identifier: LGPL-2.1-or-later
/* The command lines of enable and disable. */
#include "tools/common/arguments.h"
#include "tools/common/exit_status.h"
#include "tools/common/message.h"
#include "tools/common/output.h"
#include "tools/nsswitch/edit_hosts.h"

#include <getopt.h>

enum { OPTION_DRY_RUN = 1, OPTION_FILE };

static const struct option options[] = {
    {"help", no_argument, NULL, 'h'},
    {"dry-run", no_argument, NULL, OPTION_DRY_RUN},
    {"file", required_argument, NULL, OPTION_FILE},
    {0},
};

int edit_hosts_run(const struct edit_hosts *edit, int argc, char **argv)
{
    struct arguments arguments = {
        .command = edit->command, .argc = argc, .argv = argv, .options = options};
    const char *path = NSSWITCH_PATH;
    bool dry_run = false;
    for (int option; (option = arguments_next(&arguments)) != -1;) {
        switch (option) {
        case 'h':
            return output_help(edit->command, edit->help);
        case OPTION_DRY_RUN:
            dry_run = true;
            break;
        case OPTION_FILE:
            path = optarg;
            break;
        default:
            return EXIT_TROUBLE;
        }
    }
    if (arguments.operands > 0)
        return message_usage_error(edit->command,
                                   "unexpected argument '%s'; use --file to name a file", argv[0]);
    return edit_hosts_file(edit, path, dry_run);
}
