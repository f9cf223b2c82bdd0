// SPDX-License-Identifier: LGPL-2.1-or-later
#include "test/unit/fake_kernel.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <stdarg.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

struct fake_kernel kernel;

/* Replaces libc's system calls for the library, which is linked into this program. */
int socket(int domain, int type, int protocol)
{
    bool is_netlink = domain == AF_NETLINK && (type & ~SOCK_CLOEXEC) == SOCK_RAW;
    int error = is_netlink ? kernel.netlink_error : 0;
    if (!is_netlink && kernel.sockets++ < kernel.refused)
        error = kernel.socket_error;
    errno = error;
    (void)protocol;
    return error != 0 ? -1 : open("/dev/null", O_RDWR | O_CLOEXEC);
}

long syscall(long number, ...)
{
    va_list arguments;
    va_start(arguments, number);
    const struct __user_cap_header_struct *header =
        va_arg(arguments, const struct __user_cap_header_struct *);
    struct __user_cap_data_struct *sets = va_arg(arguments, struct __user_cap_data_struct *);
    va_end(arguments);
    errno = number != SYS_capget ? ENOSYS : header->pid != 0 ? EPERM : kernel.capget_error;
    if (errno == 0)
        sets[0].permitted = kernel.permitted;
    return errno != 0 ? -1 : 0;
}

int ioctl(int fd, unsigned long request, ...)
{
    (void)fd;
    va_list arguments;
    va_start(arguments, request);
    struct ifreq *found = va_arg(arguments, struct ifreq *);
    va_end(arguments);
    if (request == SIOCGIFNAME && kernel.name != NULL) {
        memset(found->ifr_name, 0, sizeof found->ifr_name);
        memcpy(found->ifr_name, kernel.name, strnlen(kernel.name, sizeof found->ifr_name));
        return 0;
    }
    if (request != SIOCGIFNAME)
        kernel.name_ioctls++;
    errno = kernel.ioctl_error;
    if (errno == 0 && (request != SIOCGIFINDEX || kernel.ioctl_index == 0))
        errno = ENODEV;
    found->ifr_ifindex = (int)kernel.ioctl_index;
    return errno != 0 ? -1 : 0;
}

ssize_t sendto(int fd, const void *bytes, size_t length, int flags, const struct sockaddr *to,
               socklen_t to_length)
{
    struct nlmsghdr header;
    memcpy(&header, bytes, sizeof header);
    (void)fd;
    (void)flags;
    (void)to;
    (void)to_length;
    kernel.is_exact = (header.nlmsg_flags & NLM_F_DUMP) != NLM_F_DUMP;
    /* The socket of the list before, and what was left in it, is closed. */
    if (!kernel.is_exact && kernel.lists++ > 0)
        kernel.received = kernel.repeats ? 0 : kernel.received + 1;
    errno = 0;
    if (!kernel.is_exact) {
        errno = kernel.send_error;
        kernel.send_error = 0;
    }
    return errno != 0 ? -1 : (ssize_t)length;
}

ssize_t recvmsg(int fd, struct msghdr *message, int flags)
{
    (void)fd;
    const struct datagram *datagram = &kernel.exact;
    if (!kernel.is_exact)
        datagram = kernel.received < DATAGRAMS ? &kernel.datagrams[kernel.received] : NULL;
    if (datagram == NULL || datagram->length == 0) {
        kernel.received++;
        errno = datagram == NULL || datagram->error == 0 ? EAGAIN : datagram->error;
        return -1;
    }
    size_t at = 0;
    for (size_t i = 0; i < message->msg_iovlen; i++) {
        const struct iovec *vector = &message->msg_iov[i];
        size_t left = datagram->length - at;
        size_t length = vector->iov_len < left ? vector->iov_len : left;
        if (length > 0)
            memcpy(vector->iov_base, datagram->bytes + at, length);
        at += length;
    }
    ((struct sockaddr_nl *)message->msg_name)->nl_pid = datagram->sender;
    message->msg_flags = at < datagram->length ? MSG_TRUNC : 0;
    kernel.received += !kernel.is_exact && (flags & MSG_PEEK) == 0;
    return (ssize_t)((flags & MSG_TRUNC) != 0 ? datagram->length : at);
}

void append(struct datagram *datagram, const void *bytes, size_t length)
{
    memcpy(datagram->bytes + datagram->length, bytes, length);
    datagram->length += NLMSG_ALIGN(length);
}

void add_flagged(struct datagram *datagram, uint16_t type, uint16_t flags, size_t body)
{
    const struct nlmsghdr header = {
        .nlmsg_len = (uint32_t)NLMSG_LENGTH(body), .nlmsg_type = type, .nlmsg_flags = flags};
    append(datagram, &header, sizeof header);
}

void add_header(struct datagram *datagram, uint16_t type, size_t body)
{
    add_flagged(datagram, type, 0, body);
}

void add_end(struct datagram *datagram, uint16_t type, int error)
{
    error = -error;
    struct nlmsgerr body = {.error = error};
    add_header(datagram, type, sizeof body);
    append(datagram, &body, sizeof body);
}

/* A link with its MTU and its name. `name_length` is what the attribute says that it has. */
static void add_link_with(struct datagram *datagram, int index, unsigned flags, const char *name,
                          size_t name_length)
{
    const struct ifinfomsg link = {.ifi_index = index, .ifi_flags = flags};
    const struct rtattr mtu = {.rta_len = RTA_LENGTH(4), .rta_type = IFLA_MTU};
    const struct rtattr attribute = {.rta_len = (uint16_t)(sizeof attribute + name_length),
                                     .rta_type = IFLA_IFNAME};
    size_t size = strlen(name) + 1;
    add_header(datagram, RTM_NEWLINK,
               sizeof link + RTA_SPACE(4) + sizeof attribute + RTA_ALIGN(size));
    append(datagram, &link, sizeof link);
    append(datagram, &mtu, sizeof mtu);
    append(datagram, "\xdc\x05\0", 4);
    append(datagram, &attribute, sizeof attribute);
    append(datagram, name, size);
}

void add_link_of(struct datagram *datagram, int index, const char *name, size_t name_length)
{
    add_link_with(datagram, index, 0, name, name_length);
}

void add_flagged_link(struct datagram *datagram, int index, const char *name, unsigned flags)
{
    add_link_with(datagram, index, flags, name, strlen(name) + 1);
}

void add_link(struct datagram *datagram, int index, const char *name)
{
    add_link_of(datagram, index, name, strlen(name) + 1);
}

/* One whose last attribute, of no meaning here, has this length. */
void add_long_link(struct datagram *datagram, int index, const char *name, size_t length)
{
    static const char rest[16000];
    const struct ifinfomsg link = {.ifi_index = index};
    const struct rtattr attribute = {.rta_len = RTA_LENGTH(IF_NAMESIZE), .rta_type = IFLA_IFNAME};
    const struct rtattr last = {.rta_len = (uint16_t)RTA_LENGTH(length),
                                .rta_type = IFLA_PROP_LIST | NLA_F_NESTED};
    char padded[IF_NAMESIZE] = "";
    memcpy(padded, name, strlen(name));
    add_header(datagram, RTM_NEWLINK, sizeof link + RTA_SPACE(IF_NAMESIZE) + RTA_LENGTH(length));
    append(datagram, &link, sizeof link);
    append(datagram, &attribute, sizeof attribute);
    append(datagram, padded, sizeof padded);
    append(datagram, &last, sizeof last);
    append(datagram, rest, length);
}

struct datagram *new_kernel(void)
{
    memset(&kernel, 0, sizeof kernel);
    add_end(&kernel.exact, NLMSG_ERROR, ENODEV);
    return kernel.datagrams;
}
