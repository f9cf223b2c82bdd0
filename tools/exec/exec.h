/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TOOLS_EXEC_EXEC_H
#define TOOLS_EXEC_EXEC_H

/* v6lit exec; argv[0] is not looked at. Returns the exit status. */
int command_exec(int argc, char **argv);

#endif
