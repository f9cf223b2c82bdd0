/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TOOLS_EXPLAIN_EXPLAIN_H
#define TOOLS_EXPLAIN_EXPLAIN_H

/* v6lit explain; argv[0] is not looked at. Returns the exit status. */
int command_explain(int argc, char **argv);

#endif
