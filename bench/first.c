// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Measures the first lookup of a process: prints the nanoseconds that it takes, and by how many
 * kilobytes the memory of the process grows (Rss and Private_Dirty). Two calls of getppid enclose
 * the lookup, for strace.
 *
 *   first NAME [numeric]
 */
#include "bench/measure.h"

#include <fcntl.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

struct memory {
    long rss;
    long private_dirty;
};

static long field(const char *text, const char *name)
{
    const char *at = strstr(text, name);
    return at == NULL ? -1 : strtol(at + strlen(name), NULL, 10);
}

/* Takes no memory of its own. */
static struct memory memory_now(void)
{
    static char text[4096];
    int fd = open("/proc/self/smaps_rollup", O_RDONLY | O_CLOEXEC);
    ssize_t length = fd < 0 ? -1 : read(fd, text, sizeof text - 1);
    if (length < 0) {
        perror("/proc/self/smaps_rollup");
        exit(EXIT_FAILURE);
    }
    close(fd);
    text[length] = '\0';
    return (struct memory){field(text, "\nRss:"), field(text, "\nPrivate_Dirty:")};
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        fprintf(stderr, "usage: first NAME [numeric]\n");
        return 2;
    }
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM};
    if (argc > 2)
        hints.ai_flags = AI_NUMERICHOST;
    struct addrinfo *result;

    memory_now(); /* the pages that this itself needs */
    struct memory before = memory_now();
    syscall(SYS_getppid);
    double start = measure_now();
    int error = getaddrinfo(argv[1], NULL, &hints, &result);
    double time = measure_now() - start;
    syscall(SYS_getppid);
    struct memory after = memory_now();

    if (error != 0) {
        fprintf(stderr, "first: %s: %s\n", argv[1], gai_strerror(error));
        return EXIT_FAILURE;
    }
    freeaddrinfo(result);
    printf("%.0f\t%ld\t%ld\n", time, after.rss - before.rss,
           after.private_dirty - before.private_dirty);
    return EXIT_SUCCESS;
}
