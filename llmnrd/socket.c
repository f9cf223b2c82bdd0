// SPDX-License-Identifier: LGPL-2.1-or-later
#include "llmnrd/socket.h"

#include "llmnr/self.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

enum {
    UDP_HOPS = 255, /* RFC 4795, section 2.5 */
    TCP_HOPS = 1,
    BACKLOG = 16,
    /*
     * The receive buffer of a UDP socket, or what the system allows: room for a flood that comes
     * while other processes run.
     */
    RECEIVE_BUFFER = 1 << 20,
    SEND_BUFFER = 1 << 20,
};

static const struct in6_addr group_ipv6 = {{{0xff, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 3}}};
enum { GROUP_IPV4 = (int)0xe00000fc };

static bool set(int fd, int level, int option, int value)
{
    return setsockopt(fd, level, option, &value, sizeof value) == 0;
}

static bool bind_port(int fd, int family)
{
    const struct sockaddr_in6 ipv6 = {.sin6_family = AF_INET6, .sin6_port = htons(UDP_PORT)};
    const struct sockaddr_in ipv4 = {.sin_family = AF_INET, .sin_port = htons(UDP_PORT)};
    if (family == AF_INET)
        return bind(fd, (const struct sockaddr *)&ipv4, sizeof ipv4) == 0;
    return set(fd, IPPROTO_IPV6, IPV6_V6ONLY, 1) &&
           bind(fd, (const struct sockaddr *)&ipv6, sizeof ipv6) == 0;
}

/*
 * _MULTICAST_ALL is off: otherwise a group that any other program joins would count as joined here,
 * too.
 */
static bool prepare_ipv6(int fd, uint32_t interface)
{
    const struct ipv6_mreq group = {.ipv6mr_multiaddr = group_ipv6, .ipv6mr_interface = interface};
    return set(fd, IPPROTO_IPV6, IPV6_RECVPKTINFO, 1) &&
           set(fd, IPPROTO_IPV6, IPV6_UNICAST_HOPS, UDP_HOPS) &&
           set(fd, IPPROTO_IPV6, IPV6_MULTICAST_ALL, 0) &&
           setsockopt(fd, IPPROTO_IPV6, IPV6_JOIN_GROUP, &group, sizeof group) == 0;
}

static bool prepare_ipv4(int fd, uint32_t interface)
{
    const struct ip_mreqn group = {.imr_multiaddr = {htonl((uint32_t)GROUP_IPV4)},
                                   .imr_ifindex = (int)interface};
    return set(fd, IPPROTO_IP, IP_PKTINFO, 1) && set(fd, IPPROTO_IP, IP_TTL, UDP_HOPS) &&
           set(fd, IPPROTO_IP, IP_MULTICAST_ALL, 0) &&
           setsockopt(fd, IPPROTO_IP, IP_ADD_MEMBERSHIP, &group, sizeof group) == 0;
}

static int close_failed(int fd)
{
    const int error = errno;
    close(fd);
    errno = error;
    return -1;
}

/* SO_DONTROUTE: nothing is sent to a router, not even for a link-local address of IPv4 on a link
 * that has a default route and no such address. */
static int open_bound(int family, int type, uint32_t interface)
{
    int fd = socket(family, type | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0 || (set(fd, SOL_SOCKET, SO_BINDTOIFINDEX, (int)interface) &&
                   set(fd, SOL_SOCKET, SO_DONTROUTE, 1)))
        return fd;
    return close_failed(fd);
}

int socket_listen_udp(int family, uint32_t interface)
{
    int fd = open_bound(family, SOCK_DGRAM, interface);
    if (fd < 0)
        return -1;
    if (set(fd, SOL_SOCKET, SO_RCVBUF, RECEIVE_BUFFER) &&
        set(fd, SOL_SOCKET, SO_SNDBUF, SEND_BUFFER) &&
        (family == AF_INET6 ? prepare_ipv6(fd, interface) : prepare_ipv4(fd, interface)) &&
        bind_port(fd, family))
        return fd;
    return close_failed(fd);
}

/*
 * SO_REUSEADDR lets a restarted responder listen while old connections are in TIME_WAIT; it lets no
 * other program listen.
 */
int socket_listen_tcp(int family, uint32_t interface)
{
    int fd = open_bound(family, SOCK_STREAM, interface);
    if (fd < 0)
        return -1;
    if (set(fd, SOL_SOCKET, SO_REUSEADDR, 1) &&
        (family == AF_INET6 ? set(fd, IPPROTO_IPV6, IPV6_UNICAST_HOPS, TCP_HOPS)
                            : set(fd, IPPROTO_IP, IP_TTL, TCP_HOPS)) &&
        bind_port(fd, family) && listen(fd, BACKLOG) == 0)
        return fd;
    return close_failed(fd);
}

static int try_port(const struct socket_kind *kind)
{
    const int fd = open_bound(kind->family, kind->type, 0);
    if (fd < 0)
        return errno == EAFNOSUPPORT ? 0 : errno;
    const bool is_free = (kind->type != SOCK_STREAM || set(fd, SOL_SOCKET, SO_REUSEADDR, 1)) &&
                         bind_port(fd, kind->family);
    const int error = is_free ? 0 : errno;
    close(fd);
    return error;
}

int socket_try_port(struct socket_kind *kind)
{
    static const struct socket_kind kinds[] = {{AF_INET6, SOCK_DGRAM},
                                               {AF_INET6, SOCK_STREAM},
                                               {AF_INET, SOCK_DGRAM},
                                               {AF_INET, SOCK_STREAM}};
    int error = 0;
    for (size_t i = 0; error == 0 && i < sizeof kinds / sizeof kinds[0]; i++) {
        *kind = kinds[i];
        error = try_port(kind);
    }
    return error;
}

const void *socket_address(const union udp_address *address)
{
    if (address->any.sa_family == AF_INET)
        return &address->ipv4.sin_addr;
    return &address->ipv6.sin6_addr;
}

void socket_describe(char text[static INET6_ADDRSTRLEN], const union udp_address *address)
{
    if (inet_ntop(address->any.sa_family, socket_address(address), text, INET6_ADDRSTRLEN) == NULL)
        text[0] = '\0';
}

union udp_address socket_group(int family, uint32_t interface)
{
    union udp_address group = {0};
    if (family == AF_INET)
        group.ipv4 = (struct sockaddr_in){.sin_family = AF_INET,
                                          .sin_port = htons(UDP_PORT),
                                          .sin_addr = {htonl((uint32_t)GROUP_IPV4)}};
    else
        group.ipv6 = (struct sockaddr_in6){.sin6_family = AF_INET6,
                                           .sin6_port = htons(UDP_PORT),
                                           .sin6_addr = group_ipv6,
                                           .sin6_scope_id = interface};
    return group;
}

/* Room for the control message with the interface and the address. */
union control {
    struct cmsghdr header;
    char ipv4[CMSG_SPACE(sizeof(struct in_pktinfo))];
    char ipv6[CMSG_SPACE(sizeof(struct in6_pktinfo))];
};

bool socket_is_to_group(int family, const struct udp_datagram *datagram)
{
    const union udp_address group = socket_group(family, 0);
    return memcmp(datagram->to, socket_address(&group), self_address_size(family)) == 0;
}

int socket_send(int fd, uint32_t interface, const void *source, const union udp_address *to,
                const void *bytes, size_t length)
{
    union control control = {0};
    struct iovec vector = {(void *)bytes, length};
    struct msghdr message = {.msg_name = (void *)&to->any,
                             .msg_iov = &vector,
                             .msg_iovlen = 1,
                             .msg_control = &control,
                             .msg_controllen = sizeof control};
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    if (to->any.sa_family == AF_INET6) {
        struct in6_pktinfo info = {.ipi6_ifindex = interface};
        memcpy(&info.ipi6_addr, source, sizeof info.ipi6_addr);
        *header = (struct cmsghdr){.cmsg_len = CMSG_LEN(sizeof info),
                                   .cmsg_level = IPPROTO_IPV6,
                                   .cmsg_type = IPV6_PKTINFO};
        memcpy(CMSG_DATA(header), &info, sizeof info);
        message.msg_controllen = CMSG_SPACE(sizeof info);
        message.msg_namelen = sizeof to->ipv6;
    } else {
        struct in_pktinfo info = {.ipi_ifindex = (int)interface};
        memcpy(&info.ipi_spec_dst, source, sizeof info.ipi_spec_dst);
        *header = (struct cmsghdr){
            .cmsg_len = CMSG_LEN(sizeof info), .cmsg_level = IPPROTO_IP, .cmsg_type = IP_PKTINFO};
        memcpy(CMSG_DATA(header), &info, sizeof info);
        message.msg_controllen = CMSG_SPACE(sizeof info);
        message.msg_namelen = sizeof to->ipv4;
    }
    ssize_t sent;
    do {
        sent = sendmsg(fd, &message, MSG_NOSIGNAL);
    } while (sent < 0 && errno == EINTR);
    return sent < 0 ? errno : 0;
}
