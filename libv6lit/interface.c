// SPDX-License-Identifier: LGPL-2.1-or-later
#include "interface.h"

#include <errno.h>
#include <pthread.h>
#include <stdbool.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

/* A look for the interfaces that are called `name` in some case. */
struct search {
    const char *name;
    uint32_t index;
    unsigned matches;
};

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

static void consider(struct search *search, const char *name, uint32_t index)
{
    for (size_t i = 0; lower(name[i]) == lower(search->name[i]); i++) {
        if (name[i] == '\0') {
            search->index = index;
            search->matches++;
            return;
        }
    }
}

#if __has_include(<linux/rtnetlink.h>)

#include <linux/netlink.h>
#include <linux/rtnetlink.h>

/* if_nameindex(3) would do, but it calls malloc, which a name service module should not. */

/* What the kernel packs a dump into when it has not yet seen how large the reader's buffer is. */
union answer {
    char bytes[8192];
    struct nlmsghdr first;
};

static int ask_for_links(int fd)
{
    /* Asked for something by this mask, the kernel makes room for the largest link; else a link
     * that is too large ends the answer, as if there were no more. */
    struct {
        struct nlmsghdr header;
        struct ifinfomsg link;
        struct rtattr attribute;
        uint32_t mask;
    } request = {
        .header = {.nlmsg_len = sizeof request,
                   .nlmsg_type = RTM_GETLINK,
                   .nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP},
        .link = {.ifi_family = AF_UNSPEC},
        .attribute = {.rta_len = RTA_LENGTH(sizeof(uint32_t)), .rta_type = IFLA_EXT_MASK},
        .mask = RTEXT_FILTER_SKIP_STATS,
    };
    const struct sockaddr_nl kernel = {.nl_family = AF_NETLINK};
    ssize_t sent;
    do {
        sent = sendto(fd, &request, sizeof request, 0, (const struct sockaddr *)&kernel,
                      sizeof kernel);
    } while (sent < 0 && errno == EINTR);
    return sent < 0 ? errno : 0;
}

/* Receives what the kernel has ready: it answers a dump within the calls, without a wait. */
static int receive(int fd, union answer *answer, size_t *length)
{
    struct sockaddr_nl sender = {0};
    struct iovec vector = {answer->bytes, sizeof answer->bytes};
    struct msghdr message = {
        .msg_name = &sender, .msg_namelen = sizeof sender, .msg_iov = &vector, .msg_iovlen = 1};
    ssize_t received;
    do {
        received = recvmsg(fd, &message, MSG_DONTWAIT);
    } while (received < 0 && errno == EINTR);
    if (received < 0)
        return errno;
    if ((message.msg_flags & MSG_TRUNC) != 0)
        return EMSGSIZE;
    *length = sender.nl_pid == 0 ? (size_t)received : 0;
    return 0;
}

/*
 * The kernel's NLMSG_NEXT and RTA_NEXT count down a length that can fall below 0. Here an offset
 * goes up instead, and a length that points outside ends the loop.
 */

static void consider_link(struct search *search, const char *message, size_t length)
{
    const struct ifinfomsg *link = (const void *)(message + NLMSG_HDRLEN);
    const struct rtattr *attribute;
    for (size_t at = NLMSG_SPACE(sizeof *link); at + sizeof *attribute <= length;
         at += RTA_ALIGN(attribute->rta_len)) {
        attribute = (const void *)(message + at);
        if (attribute->rta_len < sizeof *attribute || attribute->rta_len > length - at)
            return;
        if (attribute->rta_type == IFLA_IFNAME)
            consider(search, message + at + RTA_LENGTH(0), (uint32_t)link->ifi_index);
    }
}

/* The error number in the message that ends an answer; 0 if all went well. */
static int end_of_answer(const struct nlmsghdr *header)
{
    int error = 0;
    if (header->nlmsg_len < NLMSG_LENGTH(sizeof error))
        return EBADMSG;
    memcpy(&error, (const char *)header + NLMSG_HDRLEN, sizeof error);
    return -error;
}

/* Looks through the messages of one answer. *done says whether it was the last. */
static int consider_links(struct search *search, const char *messages, size_t length, bool *done)
{
    const struct nlmsghdr *header;
    for (size_t at = 0; at + sizeof *header <= length; at += NLMSG_ALIGN(header->nlmsg_len)) {
        header = (const void *)(messages + at);
        if (header->nlmsg_len < sizeof *header || header->nlmsg_len > length - at)
            return EBADMSG;
        if (header->nlmsg_type == NLMSG_DONE || header->nlmsg_type == NLMSG_ERROR) {
            *done = true;
            return end_of_answer(header);
        }
        if (header->nlmsg_type == RTM_NEWLINK)
            consider_link(search, messages + at, header->nlmsg_len);
    }
    return 0;
}

static int read_links(int fd, struct search *search)
{
    bool done = false;
    int error = 0;
    while (error == 0 && !done) {
        union answer answer;
        size_t length = 0;
        error = receive(fd, &answer, &length);
        if (error == 0)
            error = consider_links(search, answer.bytes, length, &done);
    }
    return error;
}

static int search_interfaces(struct search *search)
{
    int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
    if (fd < 0)
        return errno;
    int error = ask_for_links(fd);
    if (error == 0)
        error = read_links(fd, search);
    close(fd);
    return error;
}

#else /* musl without the kernel's headers */

static int search_interfaces(struct search *search)
{
    struct if_nameindex *interfaces = if_nameindex();
    if (interfaces == NULL)
        return errno;
    for (const struct if_nameindex *i = interfaces; i->if_index != 0; i++)
        consider(search, i->if_name, i->if_index);
    if_freenameindex(interfaces);
    return 0;
}

#endif

/*
 * The next two do what if_nametoindex(3) and if_indextoname(3) do, but say why they fail: glibc's
 * say ENOENT when there is no descriptor left.
 */

/* Any socket will do, and a sandbox may refuse some families: RestrictAddressFamilies= of systemd.
 */
static int open_socket(void)
{
    static const int families[] = {AF_UNIX, AF_INET6, AF_INET, AF_NETLINK};
    int fd = -1;
    for (size_t i = 0; i < sizeof families / sizeof families[0] && fd < 0; i++) {
        fd = socket(families[i], SOCK_DGRAM | SOCK_CLOEXEC, 0);
        if (fd < 0 && errno != EAFNOSUPPORT && errno != EPERM && errno != EACCES)
            break;
    }
    return fd;
}

static int find_exact(const char *name, uint32_t *index)
{
    int fd = open_socket();
    if (fd < 0)
        return errno;
    struct ifreq request = {0};
    memcpy(request.ifr_name, name, strnlen(name, IF_NAMESIZE - 1));
    int error = ioctl(fd, SIOCGIFINDEX, &request) < 0 ? errno : 0;
    close(fd);
    *index = (uint32_t)request.ifr_ifindex;
    return error;
}

static int find_name(uint32_t index, char name[IF_NAMESIZE])
{
    int fd = open_socket();
    if (fd < 0)
        return errno;
    struct ifreq request = {.ifr_ifindex = (int)index};
    int error = ioctl(fd, SIOCGIFNAME, &request) < 0 ? errno : 0;
    close(fd);
    memcpy(name, request.ifr_name, IF_NAMESIZE);
    return error;
}

static int find_index(const char *name, uint32_t *index)
{
    int error = find_exact(name, index);
    if (error != ENODEV)
        return error;
    struct search search = {.name = name};
    error = search_interfaces(&search);
    *index = search.index;
    return error == 0 && search.matches != 1 ? ENODEV : error;
}

/* What has to be put back behind any of these look-ups. */
struct state {
    int error;
    int cancel;
};

/* A thread that is cancelled in close or recvmsg would leave the socket open. */
static struct state begin(void)
{
    struct state state = {.error = errno};
    pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &state.cancel);
    return state;
}

static void end(struct state state)
{
    pthread_setcancelstate(state.cancel, NULL);
    errno = state.error;
}

int interface_index(const char *name, uint32_t *index)
{
    struct state state = begin();
    int error = find_index(name, index);
    end(state);
    return error;
}

int interface_name(uint32_t index, char name[IF_NAMESIZE])
{
    struct state state = begin();
    int error = find_name(index, name);
    end(state);
    return error;
}
