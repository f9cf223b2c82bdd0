// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Connects to a host by name and prints its address. This is an ordinary program: with ipv6literal
 * in the hosts: line of /etc/nsswitch.conf, literal names work in all programs like it.
 */
#include <netdb.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

static int try_one(const struct addrinfo *address)
{
    int fd = socket(address->ai_family, address->ai_socktype, address->ai_protocol);
    if (fd < 0)
        return -1;
    int result = connect(fd, address->ai_addr, address->ai_addrlen);
    if (result == 0) {
        char host[NI_MAXHOST];
        getnameinfo(address->ai_addr, address->ai_addrlen, host, sizeof host, NULL, 0,
                    NI_NUMERICHOST);
        printf("connected to %s\n", host);
    }
    close(fd);
    return result;
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "Usage: connect NAME PORT\n");
        return 2;
    }

    struct addrinfo hints = {.ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM};
    struct addrinfo *addresses;
    int error = getaddrinfo(argv[1], argv[2], &hints, &addresses);
    if (error != 0) {
        fprintf(stderr, "%s: %s\n", argv[1], gai_strerror(error));
        return 1;
    }

    int result = -1;
    for (const struct addrinfo *a = addresses; a != NULL && result != 0; a = a->ai_next)
        result = try_one(a);
    if (result != 0)
        perror(argv[1]);
    freeaddrinfo(addresses);
    return result != 0;
}
