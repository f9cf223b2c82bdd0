/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The command line of a subcommand: options by getopt_long, and operands. */
#ifndef TOOLS_COMMON_ARGUMENTS_H
#define TOOLS_COMMON_ARGUMENTS_H

#include <getopt.h>
#include <stdbool.h>

struct arguments {
    const char *command; /* the subcommand's name, for messages */
    int argc;
    char **argv;                  /* argv[0] is ignored */
    const struct option *options; /* a `val` above ' ' is a short option, too; --help is 'h' */
    bool command_follows;         /* parsing stops at the first operand: the rest is a command */
    int operands;                 /* how many so far, moved to the front of argv */
    bool options_ended;
};

/*
 * Returns the next option (its `val`), or -1 when all of them have been read. The argument of an
 * option is in optarg. Options and operands can be mixed, as with all GNU programs, and "--" ends
 * the options. A literal name is always an operand, since "--1.ipv6-literal.net" is one. A wrong
 * option returns '?', after a message on stderr.
 */
int arguments_next(struct arguments *arguments);

/* Whether this build has --json; false as below. */
bool arguments_allow_json(const struct arguments *arguments, int *exit_status);

/*
 * Reads the command line of a subcommand whose only options are --help and --json; `arguments` has
 * its name, argc and argv. Returns false if the caller is to return *exit_status at once.
 */
bool arguments_read_json(struct arguments *arguments, const char *help, bool *as_json,
                         int *exit_status);

#endif
