// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Runs a command with input from a file and output to /dev/null, and prints its processor time in
 * seconds and its memory in kilobytes, separated by a tab. (If a larger program started the
 * command, the figure would include the memory of that program.)
 *
 *   usage FILE COMMAND [ARGUMENT]...
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static double seconds(struct timeval time)
{
    return (double)time.tv_sec + (double)time.tv_usec / 1e6;
}

int main(int argc, char **argv)
{
    if (argc < 3) {
        fprintf(stderr, "usage: usage FILE COMMAND [ARGUMENT]...\n");
        return 2;
    }
    pid_t child = fork();
    if (child == 0) {
        int input = open(argv[1], O_RDONLY);
        int output = open("/dev/null", O_WRONLY);
        if (input >= 0 && output >= 0 && dup2(input, STDIN_FILENO) >= 0 &&
            dup2(output, STDOUT_FILENO) >= 0)
            execvp(argv[2], argv + 2);
        perror(argv[2]);
        _exit(127);
    }
    int status;
    struct rusage usage;
    if (child < 0 || wait4(child, &status, 0, &usage) < 0) {
        perror("usage");
        return EXIT_FAILURE;
    }
    printf("%.6f\t%ld\n", seconds(usage.ru_utime) + seconds(usage.ru_stime), usage.ru_maxrss);
    return status == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
