// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * interrupt NUMBER COMMAND PROGRAM [ARGUMENT]...: runs the program, stops it at one system call,
 * runs the shell command, with the program's process in $TRACED, and lets the program go on. Calls
 * are counted from the first that opens something with O_PATH. Exit status: the program's, 128 and
 * the signal that killed it, 99 if there are not so many calls, and 77 if nothing may be traced
 * here.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { NO_SUCH_CALL = 99, SKIPPED = 77 };

static void run_program(char **argv)
{
    if (ptrace(PTRACE_TRACEME, 0, NULL, NULL) != 0)
        _exit(SKIPPED);
    execv(argv[0], argv);
    _exit(127);
}

/* Whether the traced process enters a call that counts. */
static bool counts(pid_t traced, bool *has_begun)
{
    struct __ptrace_syscall_info info;
    if (ptrace(PTRACE_GET_SYSCALL_INFO, traced, sizeof info, &info) <= 0 ||
        info.op != PTRACE_SYSCALL_INFO_ENTRY)
        return false;
    if (info.entry.nr == SYS_openat && (info.entry.args[2] & O_PATH) != 0)
        *has_begun = true;
    return *has_begun;
}

static void run_command(const char *command, pid_t traced)
{
    char text[16];
    snprintf(text, sizeof text, "%d", (int)traced);
    setenv("TRACED", text, 1);
    if (system(command) != 0)
        fprintf(stderr, "interrupt: '%s' failed\n", command);
}

int main(int argc, char **argv)
{
    if (argc < 4)
        return 2;
    long left = strtol(argv[1], NULL, 10);
    pid_t traced = fork();
    if (traced == 0)
        run_program(argv + 3);
    bool has_begun = false;
    int status;
    for (int signal_number = 0;;) {
        if (waitpid(traced, &status, 0) != traced)
            return 2;
        if (!WIFSTOPPED(status))
            break;
        bool is_call = WSTOPSIG(status) == (SIGTRAP | 0x80);
        signal_number = is_call || WSTOPSIG(status) == SIGTRAP ? 0 : WSTOPSIG(status);
        ptrace(PTRACE_SETOPTIONS, traced, NULL, PTRACE_O_TRACESYSGOOD);
        if (is_call && left > 0 && counts(traced, &has_begun) && --left == 0)
            run_command(argv[2], traced);
        if (ptrace(PTRACE_SYSCALL, traced, NULL, signal_number) != 0 && errno != ESRCH)
            return 2;
    }
    if (WIFSIGNALED(status))
        return 128 + WTERMSIG(status);
    return left > 0 ? NO_SUCH_CALL : WEXITSTATUS(status);
}
