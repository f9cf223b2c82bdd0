// SPDX-License-Identifier: LGPL-2.1-or-later
#if __has_include(<linux/rtnetlink.h>)

#include "libv6lit/netlink.h"

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* What the kernel packs a dump into when it has not yet seen how large the reader's buffer is. */
union answer {
    char bytes[8192];
    struct nlmsghdr first;
};

static int ask(int fd, const void *request, size_t length)
{
    const struct sockaddr_nl kernel = {.nl_family = AF_NETLINK};
    ssize_t sent;
    do {
        sent = sendto(fd, request, length, 0, (const struct sockaddr *)&kernel, sizeof kernel);
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

static const struct rtattr *find(const char *attributes, size_t length, int type, size_t size)
{
    const struct rtattr *attribute;
    for (size_t at = 0; at + sizeof *attribute <= length; at += RTA_ALIGN(attribute->rta_len)) {
        attribute = (const void *)(attributes + at);
        if (attribute->rta_len < sizeof *attribute || attribute->rta_len > length - at)
            return NULL;
        if ((attribute->rta_type & NLA_TYPE_MASK) == type)
            return attribute->rta_len >= RTA_LENGTH(size) ? attribute : NULL;
    }
    return NULL;
}

const void *netlink_body(const struct nlmsghdr *header, size_t size)
{
    return header->nlmsg_len >= NLMSG_LENGTH(size) ? (const char *)header + NLMSG_HDRLEN : NULL;
}

const struct rtattr *netlink_find(const struct nlmsghdr *header, size_t body, int type, size_t size)
{
    size_t start = NLMSG_SPACE(body);
    if (header->nlmsg_len <= start)
        return NULL;
    return find((const char *)header + start, header->nlmsg_len - start, type, size);
}

const struct rtattr *netlink_find_inside(const struct rtattr *attribute, int type, size_t size)
{
    return find((const char *)attribute + RTA_LENGTH(0), attribute->rta_len - RTA_LENGTH(0), type,
                size);
}

/* The error number in the message that ends an answer; 0 if all went well. */
static int end_of_answer(const struct nlmsghdr *header)
{
    int error = 0;
    const void *body = netlink_body(header, sizeof error);
    if (body == NULL)
        return EBADMSG;
    memcpy(&error, body, sizeof error);
    return -error;
}

/* What a list is asked for with. */
struct listing {
    unsigned short type; /* of the messages that are wanted */
    netlink_visit *visit;
    void *context;
};

/* Goes through the messages of one answer. *done says whether it was the last. */
static int read_answer(const struct listing *listing, const char *messages, size_t length,
                       bool *done)
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
        if (header->nlmsg_type == listing->type)
            listing->visit(listing->context, header);
    }
    return 0;
}

static int read_answers(int fd, const struct listing *listing)
{
    bool done = false;
    int error = 0;
    while (error == 0 && !done) {
        union answer answer;
        size_t length = 0;
        error = receive(fd, &answer, &length);
        if (error == 0)
            error = read_answer(listing, answer.bytes, length, &done);
    }
    return error;
}

static int list(const void *request, size_t length, const struct listing *listing)
{
    int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
    if (fd < 0)
        return errno;
    int error = ask(fd, request, length);
    if (error == 0)
        error = read_answers(fd, listing);
    close(fd);
    return error;
}

int netlink_list_links(netlink_visit *visit, void *context)
{
    /* Asked for something by this mask, the kernel makes room for the largest link; else a link
     * that is too large ends the answer, as if there were no more. */
    const struct {
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
    const struct listing listing = {RTM_NEWLINK, visit, context};
    return list(&request, sizeof request, &listing);
}

int netlink_list_addresses(unsigned char family, netlink_visit *visit, void *context)
{
    const struct {
        struct nlmsghdr header;
        struct ifaddrmsg address;
    } request = {
        .header = {.nlmsg_len = sizeof request,
                   .nlmsg_type = RTM_GETADDR,
                   .nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP},
        .address = {.ifa_family = family},
    };
    const struct listing listing = {RTM_NEWADDR, visit, context};
    return list(&request, sizeof request, &listing);
}

#endif
