// SPDX-License-Identifier: LGPL-2.1-or-later
#include "llmnr/udp.h"

#include <errno.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

enum { HOPS = 255 }; /* RFC 4795, section 2.5 */

static bool set(int fd, int level, int option, int value)
{
    return setsockopt(fd, level, option, &value, sizeof value) == 0;
}

static bool prepare_ipv6(int fd)
{
    const struct sockaddr_in6 any = {.sin6_family = AF_INET6};
    return set(fd, IPPROTO_IPV6, IPV6_V6ONLY, 1) && set(fd, IPPROTO_IPV6, IPV6_RECVPKTINFO, 1) &&
           set(fd, IPPROTO_IPV6, IPV6_MULTICAST_HOPS, HOPS) &&
           set(fd, IPPROTO_IPV6, IPV6_MULTICAST_LOOP, 0) &&
           bind(fd, (const struct sockaddr *)&any, sizeof any) == 0;
}

static bool prepare_ipv4(int fd)
{
    const struct sockaddr_in any = {.sin_family = AF_INET};
    return set(fd, IPPROTO_IP, IP_PKTINFO, 1) && set(fd, IPPROTO_IP, IP_MULTICAST_TTL, HOPS) &&
           set(fd, IPPROTO_IP, IP_MULTICAST_LOOP, 0) &&
           bind(fd, (const struct sockaddr *)&any, sizeof any) == 0;
}

int udp_open(int family, const struct filter *filter)
{
    int fd = socket(family, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0)
        return -1;
    if (filter_attach(filter, fd) && (family == AF_INET6 ? prepare_ipv6(fd) : prepare_ipv4(fd)))
        return fd;
    int error = errno;
    close(fd);
    errno = error;
    return -1;
}

/* Room for the control message with the interface. */
union control {
    struct cmsghdr header;
    char ipv4[CMSG_SPACE(sizeof(struct in_pktinfo))];
    char ipv6[CMSG_SPACE(sizeof(struct in6_pktinfo))];
};

/* The group on the link: ff02::1:3. */
static void address_ipv6(struct msghdr *message, const struct link *link,
                         union udp_address *address)
{
    const struct in6_pktinfo info = {.ipi6_ifindex = link->index};
    struct cmsghdr *header = message->msg_control;
    address->ipv6 = (struct sockaddr_in6){
        .sin6_family = AF_INET6,
        .sin6_port = htons(UDP_PORT),
        .sin6_addr = {{{0xff, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 3}}},
        .sin6_scope_id = link->index,
    };
    message->msg_namelen = sizeof address->ipv6;
    *header = (struct cmsghdr){
        .cmsg_len = CMSG_LEN(sizeof info), .cmsg_level = IPPROTO_IPV6, .cmsg_type = IPV6_PKTINFO};
    memcpy(CMSG_DATA(header), &info, sizeof info);
    message->msg_controllen = CMSG_SPACE(sizeof info);
}

/* The same over IPv4: 224.0.0.252. Without a source the kernel would take another interface's. */
static void address_ipv4(struct msghdr *message, const struct link *link,
                         union udp_address *address)
{
    const struct in_pktinfo info = {.ipi_ifindex = (int)link->index, .ipi_spec_dst = link->ipv4};
    struct cmsghdr *header = message->msg_control;
    address->ipv4 = (struct sockaddr_in){
        .sin_family = AF_INET,
        .sin_port = htons(UDP_PORT),
        .sin_addr = {htonl(0xe00000fc)},
    };
    message->msg_namelen = sizeof address->ipv4;
    *header = (struct cmsghdr){
        .cmsg_len = CMSG_LEN(sizeof info), .cmsg_level = IPPROTO_IP, .cmsg_type = IP_PKTINFO};
    memcpy(CMSG_DATA(header), &info, sizeof info);
    message->msg_controllen = CMSG_SPACE(sizeof info);
}

bool udp_send(int fd, int family, const struct link *link, const struct message_query *query)
{
    union control control = {0};
    union udp_address group;
    struct iovec vector = {(void *)query->bytes, query->length};
    struct msghdr message = {.msg_name = &group.any,
                             .msg_iov = &vector,
                             .msg_iovlen = 1,
                             .msg_control = &control,
                             .msg_controllen = sizeof control};
    if (family == AF_INET6)
        address_ipv6(&message, link, &group);
    else
        address_ipv4(&message, link, &group);
    ssize_t sent;
    do {
        sent = sendmsg(fd, &message, MSG_NOSIGNAL);
    } while (sent < 0 && errno == EINTR);
    return sent >= 0 || errno == EAGAIN || errno == ENOBUFS || errno == ENOMEM;
}

/* The control messages: only the interface has been requested. */
static void read_arrival(struct msghdr *message, struct udp_datagram *datagram)
{
    const struct cmsghdr *header = CMSG_FIRSTHDR(message);
    if (header == NULL)
        return;
    if (header->cmsg_level == IPPROTO_IPV6 && header->cmsg_type == IPV6_PKTINFO) {
        struct in6_pktinfo info;
        memcpy(&info, CMSG_DATA(header), sizeof info);
        datagram->interface = info.ipi6_ifindex;
        memcpy(datagram->to, &info.ipi6_addr, sizeof info.ipi6_addr);
    } else if (header->cmsg_level == IPPROTO_IP && header->cmsg_type == IP_PKTINFO) {
        struct in_pktinfo info;
        memcpy(&info, CMSG_DATA(header), sizeof info);
        datagram->interface = (uint32_t)info.ipi_ifindex;
        memcpy(datagram->to, &info.ipi_addr, sizeof info.ipi_addr);
    }
}

int udp_receive(int fd, int family, unsigned char buffer[static MESSAGE_MAX],
                struct udp_datagram *datagram)
{
    union control control;
    struct iovec vector = {buffer, MESSAGE_MAX};
    struct msghdr message = {.msg_name = &datagram->sender,
                             .msg_namelen = sizeof datagram->sender,
                             .msg_iov = &vector,
                             .msg_iovlen = 1,
                             .msg_control = &control,
                             .msg_controllen = sizeof control};
    *datagram = (struct udp_datagram){0};
    const ssize_t length = recvmsg(fd, &message, 0);
    if (length < 0)
        return errno;
    if (datagram->sender.any.sa_family != family)
        return EBADMSG;
    if ((message.msg_flags & (MSG_TRUNC | MSG_CTRUNC)) != 0)
        return EMSGSIZE;
    read_arrival(&message, datagram);
    datagram->length = (size_t)length;
    return 0;
}

bool udp_is_from_link(const struct udp_datagram *datagram)
{
    const union udp_address *sender = &datagram->sender;
    const int family = sender->any.sa_family;
    struct link_candidate candidate = {.place = LINK_ANYWHERE};
    in_port_t port;
    if (family == AF_INET6) {
        memcpy(candidate.address, &sender->ipv6.sin6_addr, sizeof sender->ipv6.sin6_addr);
        port = sender->ipv6.sin6_port;
    } else {
        memcpy(candidate.address, &sender->ipv4.sin_addr, sizeof sender->ipv4.sin_addr);
        port = sender->ipv4.sin_port;
    }
    return port == htons(UDP_PORT) &&
           link_locate(datagram->interface, family, &candidate, 1) == 0 &&
           candidate.place == LINK_HERE;
}
