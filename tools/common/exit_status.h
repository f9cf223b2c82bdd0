/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TOOLS_COMMON_EXIT_STATUS_H
#define TOOLS_COMMON_EXIT_STATUS_H

enum exit_status {
    EXIT_DONE = 0,
    EXIT_BAD_INPUT = 1, /* some of the input had no answer */
    EXIT_TROUBLE = 2,   /* wrong usage, or input or output that failed */
};

#endif
