// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Looks up a name for AF_INET6 from many threads at once, any of which may make the first call of
 * the process, and from a child that is forked meanwhile.
 *
 *   threads NAME SCOPE_ID
 */
#include <netdb.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

enum { THREADS = 16, ROUNDS = 500 };

static const char *name;
static unsigned long scope_id;
static pthread_barrier_t start;
static atomic_ulong wrong;

static void look_up(void)
{
    struct addrinfo hints = {.ai_family = AF_INET6, .ai_socktype = SOCK_STREAM};
    struct addrinfo *addresses;
    if (getaddrinfo(name, "80", &hints, &addresses) != 0) {
        wrong++;
        return;
    }
    const struct sockaddr_in6 *address = (void *)addresses->ai_addr;
    wrong += address->sin6_scope_id != scope_id || address->sin6_port != htons(80);
    freeaddrinfo(addresses);
}

static void *run(void *unused)
{
    (void)unused;
    pthread_barrier_wait(&start);
    for (int i = 0; i < ROUNDS; i++)
        look_up();
    return NULL;
}

int main(int argc, char **argv)
{
    if (argc != 3)
        return 2;
    name = argv[1];
    scope_id = strtoul(argv[2], NULL, 10);

    pthread_t threads[THREADS];
    pthread_barrier_init(&start, NULL, THREADS + 1);
    for (int i = 0; i < THREADS; i++) {
        if (pthread_create(&threads[i], NULL, run, NULL) != 0)
            return 2;
    }
    pthread_barrier_wait(&start);
    pid_t child = fork();
    if (child == 0) {
        wrong = 0;
        look_up();
        _exit(wrong != 0);
    }
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    int status = 1;
    waitpid(child, &status, 0);
    printf("%lu wrong, child %d\n", wrong, status);
    return wrong != 0 || status != 0;
}
