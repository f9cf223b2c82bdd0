// SPDX-License-Identifier: LGPL-2.1-or-later
#include "llmnr/tcp.h"

#include "llmnr/clock.h"

#include <errno.h>
#include <stdbool.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

/* The length that precedes a message: RFC 1035, section 4.2.2. */
enum { LENGTH_SIZE = 2 };

static bool stay_on_link(int fd, int family, const struct link *link)
{
    const int hops = 1;
    const int index = (int)link->index;
    if (setsockopt(fd, SOL_SOCKET, SO_BINDTOIFINDEX, &index, sizeof index) != 0)
        return false;
    if (family == AF_INET6)
        return setsockopt(fd, IPPROTO_IPV6, IPV6_UNICAST_HOPS, &hops, sizeof hops) == 0;
    const struct sockaddr_in here = {.sin_family = AF_INET, .sin_addr = link->ipv4};
    return setsockopt(fd, IPPROTO_IP, IP_TTL, &hops, sizeof hops) == 0 &&
           bind(fd, (const struct sockaddr *)&here, sizeof here) == 0;
}

static bool connect_to(int fd, const union udp_address *responder, int64_t until)
{
    socklen_t size =
        responder->any.sa_family == AF_INET ? sizeof responder->ipv4 : sizeof responder->ipv6;
    if (connect(fd, &responder->any, size) == 0)
        return true;
    struct pollfd descriptor = {.fd = fd, .events = POLLOUT};
    int error = errno;
    size = sizeof error;
    return (error == EINPROGRESS || error == EINTR) && clock_wait(&descriptor, 1, until) == 0 &&
           getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size) == 0 && error == 0;
}

/* The send buffer of a new connection has room for a query. */
static bool send_query(int fd, const struct message_query *query)
{
    unsigned char length[LENGTH_SIZE] = {(unsigned char)(query->length >> 8),
                                         (unsigned char)query->length};
    struct iovec vectors[] = {{length, sizeof length}, {(void *)query->bytes, query->length}};
    const struct msghdr message = {.msg_iov = vectors, .msg_iovlen = 2};
    ssize_t sent;
    do {
        sent = sendmsg(fd, &message, MSG_NOSIGNAL);
    } while (sent < 0 && errno == EINTR);
    return sent == (ssize_t)(LENGTH_SIZE + query->length);
}

/* Reads this many bytes; false if they do not come in time. */
static bool receive_bytes(int fd, unsigned char *bytes, size_t wanted, int64_t until)
{
    while (wanted > 0) {
        struct pollfd descriptor = {.fd = fd, .events = POLLIN};
        if (clock_wait(&descriptor, 1, until) != 0)
            return false;
        ssize_t received = recv(fd, bytes, wanted, 0);
        if (received == 0 || (received < 0 && errno != EAGAIN && errno != EINTR))
            return false;
        if (received > 0) {
            bytes += received;
            wanted -= (size_t)received;
        }
    }
    return true;
}

static size_t receive_reply(int fd, unsigned char *buffer, int64_t until)
{
    unsigned char prefix[LENGTH_SIZE];
    if (!receive_bytes(fd, prefix, sizeof prefix, until))
        return 0;
    size_t length = (size_t)prefix[0] << 8 | prefix[1];
    return length <= MESSAGE_MAX && receive_bytes(fd, buffer, length, until) ? length : 0;
}

size_t tcp_ask(const union udp_address *responder, const struct link *link,
               const struct message_query *query, unsigned char buffer[static MESSAGE_MAX],
               int64_t until)
{
    const int family = responder->any.sa_family;
    int fd = socket(family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0)
        return 0;
    size_t length = 0;
    if (stay_on_link(fd, family, link) && connect_to(fd, responder, until) && send_query(fd, query))
        length = receive_reply(fd, buffer, until);
    close(fd);
    return length;
}
