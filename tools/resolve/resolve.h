/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TOOLS_RESOLVE_RESOLVE_H
#define TOOLS_RESOLVE_RESOLVE_H

/* v6lit resolve; argv[0] is not looked at. Returns the exit status. */
int command_resolve(int argc, char **argv);

#endif
