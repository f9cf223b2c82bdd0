/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Whether LD_PRELOAD has an effect on a program. */
#ifndef TOOLS_EXEC_PRELOADABLE_H
#define TOOLS_EXEC_PRELOADABLE_H

/*
 * The exit statuses of env(1) and similar programs if a command does not run. Wrong usage is
 * EXIT_TROUBLE, as in all subcommands.
 */
enum { EXIT_REFUSED = 125, EXIT_CANNOT_RUN = 126, EXIT_NOT_FOUND = 127 };

/* Why the loader does not preload a library into a program. */
#define PROGRAM_REFUSAL_MAP(X)                                                                     \
    X(NONE, "")                                                                                    \
    X(SET_ID, "the program is set-user-ID or set-group-ID")                                        \
    X(CAPABILITIES, "the program has file capabilities, and you are not root")                     \
    X(CALLER, "this process has effective IDs that are not its real ones")                         \
    X(STATIC, "the program is static")                                                             \
    X(MACHINE, "the program is of another architecture or ABI than v6lit")                         \
    X(LIBC, "the program uses another C library than v6lit")                                       \
    X(UNREADABLE, "the program may not be read, so nothing tells whether it is static")            \
    X(UNKNOWN, "the program cannot access")

enum program_refusal {
#define PROGRAM_REFUSAL_CODE(code, text) PROGRAM_REFUSAL_##code,
    PROGRAM_REFUSAL_MAP(PROGRAM_REFUSAL_CODE)
#undef PROGRAM_REFUSAL_CODE
};

/*
 * Finds out why a library that was built with this program cannot be preloaded into the program at
 * `path`, if this process runs it. *culprit, to be freed, is the file that is the reason: `path`,
 * or the interpreter of a script. If a file does not exist, nothing refuses it: execve fails and
 * has the reason. With PROGRAM_REFUSAL_UNKNOWN errno has the reason.
 */
enum program_refusal program_refusal(const char *path, char **culprit);

const char *program_refusal_text(enum program_refusal refusal);

#endif
