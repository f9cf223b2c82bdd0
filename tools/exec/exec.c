// SPDX-License-Identifier: LGPL-2.1-or-later
/* v6lit exec: runs a command with a getaddrinfo that knows literal names. */
#include "tools/exec/exec.h"

#include "libv6lit/v6lit.h"
#include "tools/common/arguments.h"
#include "tools/common/exit_status.h"
#include "tools/common/find_program.h"
#include "tools/common/message.h"
#include "tools/common/output.h"
#include "tools/exec/preloadable.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define LIBRARY "libv6lit-preload.so"

static const char help[] =
    "Usage: v6lit exec COMMAND [ARGUMENT]...\n"
    "Run COMMAND with a getaddrinfo that resolves literal names itself. It keeps the zone for "
    "every\n"
    "address family, needs no NSS module, and never sends a literal name to DNS.\n"
    "\n"
    "  -h, --help   print this help\n"
    "\n"
    "The library is prepended to LD_PRELOAD, so child processes of COMMAND use it as well. "
    "Programs\n"
    "that ignore LD_PRELOAD are refused: static programs, those of another architecture or C\n"
    "library, and set-user-ID programs and those with file capabilities unless you are root.\n"
    "\n"
    "Exit status: that of COMMAND; 2 for wrong usage, 125 if v6lit refuses or fails, 126 if "
    "COMMAND\n"
    "cannot be run, 127 if it is not found.\n"
    "\n"
    "Examples:\n"
    "  v6lit exec ssh -6 fe80--1seth0." V6LIT_DOMAIN "\n"
    "  v6lit exec mount.cifs //fe80--1seth0." V6LIT_DOMAIN "/share /mnt -o guest\n";

static const struct option options[] = {
    {"help", no_argument, NULL, 'h'},
    {0},
};

/*
 * The library beside this program, or in the directory where libtool leaves it in a build; else the
 * installed one.
 */
static void find_library(char path[static PATH_MAX])
{
    static const char *const places[] = {LIBRARY, ".libs/" LIBRARY};
    static const char installed[] = PKGLIBDIR "/" LIBRARY;
    ssize_t length = readlink("/proc/self/exe", path, PATH_MAX - sizeof ".libs/" LIBRARY);
    while (length > 0 && path[length - 1] != '/')
        length--;
    for (size_t i = 0; length > 0 && i < sizeof places / sizeof places[0]; i++) {
        memcpy(path + length, places[i], strlen(places[i]) + 1);
        if (access(path, F_OK) == 0 || (errno != ENOENT && errno != ENOTDIR))
            return;
    }
    memcpy(path, installed, sizeof installed);
}

/* Puts the library first in LD_PRELOAD, since the first getaddrinfo is the one that is called. */
static int set_preload(const char *library)
{
    if (access(library, R_OK) != 0)
        return message_status(EXIT_REFUSED, library, "%s", strerror(errno));
    /* The loader splits the list at these characters, and expands $ORIGIN and the like. */
    if (library[strcspn(library, ": \t\n\v\f\r$")] != '\0')
        return message_status(EXIT_REFUSED, library,
                              "LD_PRELOAD cannot hold a path with ':', '$' or white space");

    const char *others = getenv("LD_PRELOAD");
    char *value = NULL;
    if (others != NULL && others[0] != '\0' && asprintf(&value, "%s:%s", library, others) < 0)
        return message_status(EXIT_REFUSED, "LD_PRELOAD", "%s", strerror(errno));
    int status = EXIT_DONE;
    if (setenv("LD_PRELOAD", value == NULL ? library : value, 1) != 0)
        status = message_status(EXIT_REFUSED, "LD_PRELOAD", "%s", strerror(errno));
    free(value);
    return status;
}

/* Reports why nothing can be preloaded into the program, and what to do instead. */
static int refuse(const char *command, const char *culprit, enum program_refusal refusal)
{
    bool is_script = strcmp(command, culprit) != 0;
    message_write(command, "%s%s%scannot preload: %s", is_script ? "run by " : "",
                  is_script ? culprit : "", is_script ? ": " : "", program_refusal_text(refusal));
    if (refusal == PROGRAM_REFUSAL_SET_ID || refusal == PROGRAM_REFUSAL_CAPABILITIES)
        fputs("If the NSS module is enabled, run the command without 'v6lit exec' and without the "
              "option -6; see nss-ipv6literal(8).\n",
              stderr);
    else
        fputs("'v6lit decode NAME' prints the address to use in place of the name.\n", stderr);
    return EXIT_REFUSED;
}

static int cannot_run(const char *command, int error)
{
    bool missing = error == ENOENT || error == ENOTDIR;
    return message_status(missing ? EXIT_NOT_FOUND : EXIT_CANNOT_RUN, command, "%s",
                          strerror(error));
}

int command_exec(int argc, char **argv)
{
    struct arguments arguments = {
        .command = "exec", .argc = argc, .argv = argv, .options = options, .command_follows = true};
    for (int option; (option = arguments_next(&arguments)) != -1;)
        return option == 'h' ? output_help("exec", help) : EXIT_TROUBLE;
    if (arguments.operands == 0)
        return message_usage_error("exec", "missing command");
    argv[arguments.operands] = NULL;

    static char library[PATH_MAX];
    find_library(library);
    int status = set_preload(library);
    if (status != EXIT_DONE)
        return status;

    char *program = find_program(argv[0]);
    if (program == NULL)
        return cannot_run(argv[0], errno);
    char *culprit;
    enum program_refusal refusal = program_refusal(program, &culprit);
    if (refusal == PROGRAM_REFUSAL_NONE) {
        /*
         * The path has a slash, so execvp does not search PATH, but runs a script without an
         * interpreter line by the shell.
         */
        execvp(program, argv);
        status = cannot_run(argv[0], errno);
    } else if (refusal == PROGRAM_REFUSAL_UNKNOWN) {
        status = message_status(EXIT_REFUSED, culprit, "%s", strerror(errno));
    } else {
        status = refuse(program, culprit, refusal);
    }
    free(culprit);
    free(program);
    return status;
}
