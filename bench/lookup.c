// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Measures how long getaddrinfo takes with each of several hosts: lines. To be run in
 * test/env/sandbox. For each line there is a process with its own view of the file system, in which
 * nsswitch.conf has the line, since glibc checks that file in every call. The processes take turns
 * on one processor.
 */
#include "bench/measure.h"

#include <arpa/inet.h>
#include <dlfcn.h>
#include <errno.h>
#include <net/if.h>
#include <netdb.h>
#include <sched.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <unistd.h>

enum { CALLS = 50, ROUNDS = 400 };

struct lookup {
    const char *item;
    const char *way;
    const char *hosts;
    const char *module; /* the file of the module that need not be there; NULL for ours */
    const char *node;
    int flags;
    const char *answer; /* NULL if there is none */
};

/* The name `server` is in the sandbox's /etc/hosts, `absent` is nowhere. */
static const struct lookup lookups[] = {
    {"answer", "a module that answers at once", "floor", NULL, "fe80--1s1.ipv6-literal.net", 0,
     "fe80::1%lo"},
    {"answer", "v6lit: fe80--1s1", "ipv6literal", NULL, "fe80--1s1.ipv6-literal.net", 0,
     "fe80::1%lo"},
    {"answer", "v6lit: fe80--1slo", "ipv6literal", NULL, "fe80--1slo.ipv6-literal.net", 0,
     "fe80::1%lo"},
    {"answer", "v6lit: 2001-db8--1", "ipv6literal", NULL, "2001-db8--1.ipv6-literal.net", 0,
     "2001:db8::1"},
    {"answer", "numeric: fe80::1%1", "files", NULL, "fe80::1%1", AI_NUMERICHOST, "fe80::1%lo"},
    {"answer", "numeric: fe80::1%lo", "files", NULL, "fe80::1%lo", AI_NUMERICHOST, "fe80::1%lo"},
    {"answer", "numeric: 2001:db8::1", "files", NULL, "2001:db8::1", AI_NUMERICHOST, "2001:db8::1"},
    {"answer", "files: 3 lines", "files", NULL, "server", 0, "2001:db8::2"},
    {"answer", "myhostname: localhost", "myhostname", "libnss_myhostname.so.2", "localhost", 0,
     "::1"},
    {"answer", "resolve: no daemon, no answer", "resolve", "libnss_resolve.so.2", "server", 0,
     NULL},
    {"other names", "hosts: files", "files", NULL, "server", 0, "2001:db8::2"},
    {"other names", "hosts: ipv6literal files", "ipv6literal [NOTFOUND=return] files", NULL,
     "server", 0, "2001:db8::2"},
    {"other names", "hosts: files, no such name", "files", NULL, "absent", 0, NULL},
    {"other names", "hosts: files ipv6literal, no such name", "files ipv6literal [NOTFOUND=return]",
     NULL, "absent", 0, NULL},
};
enum { LOOKUPS = sizeof lookups / sizeof lookups[0] };

static void die(const char *what)
{
    perror(what);
    exit(EXIT_FAILURE);
}

static int look_up(const struct lookup *lookup, struct addrinfo **result)
{
    const struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = lookup->flags};
    return getaddrinfo(lookup->node, NULL, &hints, result);
}

/* What is measured must be what the table says. */
static void check_answer(const struct lookup *lookup)
{
    struct addrinfo *result;
    char text[NI_MAXHOST] = "no answer";
    if (look_up(lookup, &result) == 0) {
        getnameinfo(result->ai_addr, result->ai_addrlen, text, sizeof text, NULL, 0,
                    NI_NUMERICHOST);
        freeaddrinfo(result);
    }
    if (strcmp(text, lookup->answer != NULL ? lookup->answer : "no answer") != 0) {
        fprintf(stderr, "lookup: %s: %s: %s\n", lookup->hosts, lookup->node, text);
        exit(EXIT_FAILURE);
    }
}

static void set_hosts_line(const char *hosts)
{
    char path[64];
    snprintf(path, sizeof path, "/mnt/nsswitch.%d", (int)getpid());
    FILE *file = fopen(path, "we");
    if (file == NULL || fprintf(file, "hosts: %s\n", hosts) < 0 || fclose(file) != 0)
        die(path);
    if (unshare(CLONE_NEWNS) != 0 || mount(path, "/etc/nsswitch.conf", NULL, MS_BIND, NULL) != 0)
        die("/etc/nsswitch.conf");
}

/* A byte asks for CALLS lookups; what they take is the reply. The first reply says that all is
 * well. */
static void serve(const struct lookup *lookup, int fd)
{
    char byte;
    double time = 0;
    check_answer(lookup);
    while (write(fd, &time, sizeof time) == sizeof time && read(fd, &byte, 1) == 1) {
        double start = measure_now();
        for (int i = 0; i < CALLS; i++) {
            struct addrinfo *result;
            if (look_up(lookup, &result) == 0)
                freeaddrinfo(result);
        }
        time = measure_now() - start;
    }
}

static double ask(const void *what, size_t part)
{
    (void)part;
    const int *fd = what;
    double time;
    if (write(*fd, "", 1) != 1 || read(*fd, &time, sizeof time) != sizeof time)
        die("a process that looks up");
    return time;
}

/* Starts a way's process; what it is asked through is *fd. */
static void start(const struct lookup *lookup, int *fd)
{
    int pair[2];
    double time;
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
        die("socketpair");
    pid_t child = fork();
    if (child < 0)
        die("fork");
    if (child == 0) {
        close(pair[0]);
        set_hosts_line(lookup->hosts);
        serve(lookup, pair[1]);
        _exit(EXIT_SUCCESS);
    }
    close(pair[1]);
    *fd = pair[0];
    if (read(*fd, &time, sizeof time) != sizeof time)
        die(lookup->way);
}

static void stay_on_one_processor(void)
{
    cpu_set_t set;
    CPU_ZERO(&set);
    CPU_SET((unsigned)sched_getcpu(), &set);
    if (sched_setaffinity(0, sizeof set, &set) != 0)
        die("sched_setaffinity");
}

int main(void)
{
    static struct way ways[LOOKUPS];
    static int fds[LOOKUPS];
    const struct lookup *measured[LOOKUPS];
    size_t count = 0;
    stay_on_one_processor();
    for (size_t i = 0; i < LOOKUPS; i++) {
        if (lookups[i].module != NULL && dlopen(lookups[i].module, RTLD_NOW) == NULL) {
            fprintf(stderr, "absent: %s\n", dlerror());
            continue;
        }
        start(&lookups[i], &fds[count]);
        ways[count] = (struct way){.name = lookups[i].way, .run = ask, .what = &fds[count]};
        measured[count++] = &lookups[i];
    }
    measure(ways, count, CALLS, 1, ROUNDS);
    for (size_t i = 0; i < count; i++)
        measure_print("getaddrinfo", measured[i]->item, &ways[i]);
    return EXIT_SUCCESS;
}
