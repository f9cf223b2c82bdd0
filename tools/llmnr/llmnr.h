/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TOOLS_LLMNR_LLMNR_H
#define TOOLS_LLMNR_LLMNR_H

/* v6lit llmnr; argv[0] is not looked at. Returns the exit status. */
int command_llmnr(int argc, char **argv);

#endif
