// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * A fake DNS server for the sandbox: answers every query with NXDOMAIN, and appends the name to the
 * file LOG, which exists as soon as the server listens on 127.0.0.1, port 53, UDP and TCP.
 *
 *   nameserver LOG
 */
#include "test/tap.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { HEADER = 12, MESSAGE_MAX = 65535 };

static FILE *heard;

static int listen_to(int type)
{
    const struct sockaddr_in here = {
        .sin_family = AF_INET, .sin_port = htons(53), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    const int on = 1;
    int fd = socket(AF_INET, type | SOCK_CLOEXEC, 0);
    if (fd < 0 || setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) != 0 ||
        bind(fd, (const struct sockaddr *)&here, sizeof here) != 0 ||
        (type == SOCK_STREAM && listen(fd, 16) != 0)) {
        perror("nameserver");
        exit(EXIT_FAILURE);
    }
    return fd;
}

/* Writes the question's name down and makes the answer of the question. Returns its length. */
static size_t answer(unsigned char *message, size_t length)
{
    size_t at = HEADER;
    if (length < HEADER) {
        fputs("(no DNS message)\n", heard);
        return 0;
    }
    while (at < length && message[at] != 0) {
        size_t end = at + 1 + message[at];
        for (at++; at < end && at < length; at++)
            putc(message[at] > ' ' && message[at] < 0x7f ? message[at] : '?', heard);
        putc('.', heard);
    }
    fputs("\n", heard);
    fflush(heard);
    at += 1 + 4; /* the root label, type and class */
    if (at > length)
        return 0;
    message[2] = 0x81; /* a response; recursion was desired */
    message[3] = 0x83; /* recursion is available; NXDOMAIN */
    memset(message + 6, 0, 6);
    return at;
}

static void serve_datagram(int fd)
{
    static unsigned char message[MESSAGE_MAX];
    struct sockaddr_in from;
    socklen_t from_length = sizeof from;
    ssize_t length =
        recvfrom(fd, message, sizeof message, 0, (struct sockaddr *)&from, &from_length);
    if (length < 0)
        return;
    size_t answered = answer(message, (size_t)length);
    if (answered > 0)
        sendto(fd, message, answered, MSG_NOSIGNAL, (struct sockaddr *)&from, from_length);
}

static void serve_stream(int fd)
{
    static unsigned char message[2 + MESSAGE_MAX];
    int peer = accept(fd, NULL, NULL);
    if (peer < 0)
        return;
    const struct timeval timeout = {.tv_sec = 2};
    setsockopt(peer, SOL_SOCKET, SO_RCVTIMEO, &timeout, sizeof timeout);
    if (recv(peer, message, 2, MSG_WAITALL) == 2) {
        size_t length = (size_t)message[0] << 8 | message[1];
        if (recv(peer, message + 2, length, MSG_WAITALL) == (ssize_t)length) {
            size_t answered = answer(message + 2, length);
            message[0] = (unsigned char)(answered >> 8);
            message[1] = (unsigned char)answered;
            send(peer, message, answered + 2, MSG_NOSIGNAL);
        }
    } else {
        fputs("(a connection without a question)\n", heard);
        fflush(heard);
    }
    close(peer);
}

int main(int argc, char **argv)
{
    if (argc != 2)
        return EXIT_FAILURE;
    struct pollfd sockets[] = {{.fd = listen_to(SOCK_DGRAM), .events = POLLIN},
                               {.fd = listen_to(SOCK_STREAM), .events = POLLIN}};
    heard = fopen(argv[1], "a");
    if (heard == NULL)
        return EXIT_FAILURE;
    while (poll(sockets, 2, -1) > 0 || errno == EINTR) {
        if (sockets[0].revents != 0)
            serve_datagram(sockets[0].fd);
        if (sockets[1].revents != 0)
            serve_stream(sockets[1].fd);
    }
    return EXIT_FAILURE;
}
