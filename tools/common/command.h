/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the subcommands of v6lit have in common. */
#ifndef TOOLS_COMMON_COMMAND_H
#define TOOLS_COMMON_COMMAND_H

enum exit_status {
    EXIT_DONE = 0,
    EXIT_BAD_INPUT = 1, /* some input had no answer; all other input had */
    EXIT_TROUBLE = 2,   /* wrong usage, or input or output that failed */
};

/* The subcommands. argv[0] is the subcommand's name. */
int command_decode(int argc, char **argv);
int command_disable(int argc, char **argv);
int command_doctor(int argc, char **argv);
int command_enable(int argc, char **argv);
int command_encode(int argc, char **argv);
int command_exec(int argc, char **argv);
int command_explain(int argc, char **argv);
int command_llmnr(int argc, char **argv);
int command_resolve(int argc, char **argv);

/* Prints the help of a subcommand to standard output; returns the exit status. */
int command_help(const char *text);

/* Writes "v6lit: MESSAGE" and where to find help to stderr. */
__attribute__((format(printf, 2, 3))) int command_usage_error(const char *command,
                                                              const char *format, ...);

#endif
