// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Looks up a name in a thread with a small stack.
 *
 *   stack SIZE FAMILY NAME       FAMILY: unspec, inet or inet6
 *   stack SIZE reverse ADDRESS
 *
 * Prints the first address or name that is found, or the error. If the stack overflows, a guard
 * page below it ends the program with a signal.
 */
#include "test/tap.h"

#include <arpa/inet.h>
#include <limits.h>
#include <netdb.h>
#include <pthread.h>
#include <string.h>
#include <sys/mman.h>

enum { GUARD = 65536 };

struct lookup {
    const char *how;
    const char *name;
    int error;
    char text[NI_MAXHOST];
};

static void find_addresses(struct lookup *lookup)
{
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM};
    struct addrinfo *result = NULL;
    if (strcmp(lookup->how, "unspec") != 0)
        hints.ai_family = strcmp(lookup->how, "inet") == 0 ? AF_INET : AF_INET6;
    lookup->error = getaddrinfo(lookup->name, NULL, &hints, &result);
    if (lookup->error != 0)
        return;
    getnameinfo(result->ai_addr, result->ai_addrlen, lookup->text, sizeof lookup->text, NULL, 0,
                NI_NUMERICHOST);
    freeaddrinfo(result);
}

static void find_name(struct lookup *lookup)
{
    struct sockaddr_in address = {.sin_family = AF_INET};
    inet_pton(AF_INET, lookup->name, &address.sin_addr);
    lookup->error = getnameinfo((struct sockaddr *)&address, sizeof address, lookup->text,
                                sizeof lookup->text, NULL, 0, NI_NAMEREQD);
}

static void *look_up(void *argument)
{
    struct lookup *lookup = argument;
    if (strcmp(lookup->how, "reverse") == 0)
        find_name(lookup);
    else
        find_addresses(lookup);
    return NULL;
}

int main(int argc, char **argv)
{
    static struct lookup lookup;
    pthread_attr_t attributes;
    pthread_t thread;
    if (argc != 4)
        bail_out("usage: stack SIZE FAMILY NAME");
    const size_t size = strtoul(argv[1], NULL, 10);
    lookup.how = argv[2];
    lookup.name = argv[3];
    char *block =
        mmap(NULL, GUARD + size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (block == MAP_FAILED || mprotect(block, GUARD, PROT_NONE) != 0)
        bail_out("no memory");
    pthread_attr_init(&attributes);
    if (pthread_attr_setstack(&attributes, block + GUARD, size) != 0 ||
        pthread_create(&thread, &attributes, look_up, &lookup) != 0)
        bail_out("no thread with so small a stack");
    pthread_join(thread, NULL);
    puts(lookup.error == 0 ? lookup.text : gai_strerror(lookup.error));
    return EXIT_SUCCESS;
}
