// SPDX-License-Identifier: LGPL-2.1-or-later
/* Prints the addresses that the C library finds for a name. */
#include <netdb.h>
#include <stdio.h>
#include <sys/socket.h>

int main(int argc, char **argv)
{
    const struct addrinfo hints = {.ai_socktype = SOCK_STREAM};
    struct addrinfo *all;
    if (argc != 2)
        return 2;
    int error = getaddrinfo(argv[1], NULL, &hints, &all);
    if (error != 0) {
        puts(gai_strerror(error));
        return 1;
    }
    for (const struct addrinfo *one = all; one != NULL; one = one->ai_next) {
        char text[NI_MAXHOST];
        if (getnameinfo(one->ai_addr, one->ai_addrlen, text, sizeof text, NULL, 0,
                        NI_NUMERICHOST) == 0)
            puts(text);
    }
    freeaddrinfo(all);
    return 0;
}
