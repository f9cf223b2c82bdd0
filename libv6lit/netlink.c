// SPDX-License-Identifier: LGPL-2.1-or-later
#if __has_include(<linux/rtnetlink.h>)

#include "libv6lit/netlink.h"

#include <errno.h>
#include <net/if.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/*
 * A view of the datagram that is next in the queue of a socket. It is smaller than some datagrams,
 * so that it fits into a small stack: a link with all alternative names that the kernel allows has
 * 64 KB. What is read of a link is in front of these.
 */
enum { VIEW_SIZE = 2560, VIEW_SKIPS = 64 };

struct view {
    size_t start;  /* where it begins in the datagram */
    size_t length; /* how much of the datagram is in it */
    size_t end;    /* that of the datagram */
    union {
        char bytes[VIEW_SIZE];
        struct nlmsghdr first;
    };
};

static int send_request(int fd, const void *request, size_t length)
{
    const struct sockaddr_nl kernel = {.nl_family = AF_NETLINK};
    ssize_t sent;
    do {
        sent = sendto(fd, request, length, 0, (const struct sockaddr *)&kernel, sizeof kernel);
    } while (sent < 0 && errno == EINTR);
    return sent < 0 ? errno : 0;
}

/*
 * Receives what the kernel has ready: it answers within the calls, without a wait. *length is that
 * of the datagram, which may be more than there is room for; 0 if it is not from the kernel.
 */
static int receive(int fd, struct iovec *vectors, size_t count, int flags, size_t *length)
{
    struct sockaddr_nl sender = {0};
    struct msghdr message = {.msg_name = &sender, .msg_namelen = sizeof sender, .msg_iov = vectors};
    /* glibc's has the kernel's type, musl's that of POSIX. */
    message.msg_iovlen = (__typeof__(message.msg_iovlen))count;
    ssize_t received;
    do {
        received = recvmsg(fd, &message, MSG_DONTWAIT | MSG_TRUNC | flags);
    } while (received < 0 && errno == EINTR);
    *length = received >= 0 && sender.nl_pid == 0 ? (size_t)received : 0;
    return received < 0 ? errno : 0;
}

/* Moves the view to this offset. A peek always begins at the start of a datagram, so what comes
 * before is received into the same place, again and again. */
static int move_view(int fd, struct view *view, size_t start)
{
    struct iovec vectors[VIEW_SKIPS + 1];
    size_t count = 0;
    if (start > (size_t)VIEW_SKIPS * VIEW_SIZE)
        return EMSGSIZE;
    for (size_t left = start; left > 0; count++) {
        size_t skipped = left < VIEW_SIZE ? left : VIEW_SIZE;
        vectors[count] = (struct iovec){view->bytes, skipped};
        left -= skipped;
    }
    vectors[count++] = (struct iovec){view->bytes, VIEW_SIZE};
    int error = receive(fd, vectors, count, MSG_PEEK, &view->end);
    size_t length = view->end > start ? view->end - start : 0;
    view->start = start;
    view->length = length < VIEW_SIZE ? length : VIEW_SIZE;
    return error;
}

static int drop_datagram(int fd)
{
    struct iovec nothing = {0};
    size_t length;
    return receive(fd, &nothing, 1, 0, &length);
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

/* The request for a list. */
struct listing {
    unsigned short type; /* of the messages that are wanted */
    netlink_visit *visit;
    void *context;
};

/* How far a list has come. */
struct progress {
    bool is_done;
    bool is_interrupted; /* the kernel's own list has changed meanwhile: some may be missing */
};

/* What the view has of the message at this offset; NULL if that is not all and the view can be
 * moved there. */
static struct nlmsghdr *look_at(struct view *view, size_t at, size_t *seen)
{
    if (at - view->start > view->length)
        return NULL;
    struct nlmsghdr *header = (void *)(view->bytes + (at - view->start));
    *seen = view->length - (at - view->start);
    bool is_whole = *seen >= sizeof *header && *seen >= header->nlmsg_len;
    return is_whole || at == view->start ? header : NULL;
}

/*
 * Finds the message at this offset of the datagram, which has room for its header. The length of
 * one that is larger than the view is cut, so that what there is can be read like any other.
 */
static int find_message(int fd, struct view *view, size_t at, struct nlmsghdr **header,
                        size_t *next)
{
    size_t seen = 0;
    *header = look_at(view, at, &seen);
    if (*header == NULL) {
        int error = move_view(fd, view, at);
        if (error != 0)
            return error;
        *header = look_at(view, at, &seen);
    }
    if (*header == NULL || seen < sizeof **header || (*header)->nlmsg_len < sizeof **header ||
        (*header)->nlmsg_len > view->end - at)
        return EBADMSG;
    *next = at + NLMSG_ALIGN((*header)->nlmsg_len);
    if ((*header)->nlmsg_len > seen)
        (*header)->nlmsg_len = (uint32_t)seen;
    return 0;
}

/* Goes through the messages of the next datagram. */
static int read_datagram(int fd, struct view *view, const struct listing *listing,
                         struct progress *progress)
{
    struct nlmsghdr *header;
    int error = move_view(fd, view, 0);
    for (size_t at = 0, next; error == 0 && at + sizeof *header <= view->end; at = next) {
        error = find_message(fd, view, at, &header, &next);
        if (error != 0)
            break;
        if ((header->nlmsg_flags & NLM_F_DUMP_INTR) != 0)
            progress->is_interrupted = true;
        if (header->nlmsg_type == NLMSG_DONE || header->nlmsg_type == NLMSG_ERROR) {
            progress->is_done = true;
            return end_of_answer(header);
        }
        if (header->nlmsg_type == listing->type)
            listing->visit(listing->context, header);
    }
    return error != 0 ? error : drop_datagram(fd);
}

static int open_netlink(void)
{
    return socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
}

/* Asks once. */
static int list_once(const void *request, size_t length, const struct listing *listing,
                     struct progress *progress)
{
    int fd = open_netlink();
    if (fd < 0)
        return errno;
    struct view view;
    int error = send_request(fd, request, length);
    listing->visit(listing->context, NULL);
    while (error == 0 && !progress->is_done)
        error = read_datagram(fd, &view, listing, progress);
    close(fd);
    return error;
}

/* On a machine whose links change all the time, each list may be interrupted. */
enum { LIST_ATTEMPTS = 16 };

static int list(const void *request, size_t length, const struct listing *listing)
{
    for (int attempt = 0; attempt < LIST_ATTEMPTS; attempt++) {
        struct progress progress = {0};
        int error = list_once(request, length, listing, &progress);
        if (error != 0 || !progress.is_interrupted)
            return error;
    }
    return EAGAIN;
}

/* What is read of an answer about one link. What follows is not wanted, however much that is. */
union link_answer {
    struct nlmsghdr header;
    char bytes[NLMSG_SPACE(sizeof(struct nlmsgerr))];
};

static int read_index(const union link_answer *answer, size_t length, uint32_t *index)
{
    if (length < sizeof answer->bytes)
        return EBADMSG;
    int error = answer->header.nlmsg_type == NLMSG_ERROR ? end_of_answer(&answer->header) : 0;
    if (error != 0)
        return error;
    const struct ifinfomsg *link = netlink_body(&answer->header, sizeof *link);
    if (answer->header.nlmsg_type != RTM_NEWLINK || link == NULL || link->ifi_index <= 0)
        return EBADMSG;
    *index = (uint32_t)link->ifi_index;
    return 0;
}

int netlink_find_link(const char *name, uint32_t *index)
{
    /* The mask spares the kernel the counters of the link. */
    struct {
        struct nlmsghdr header;
        struct ifinfomsg link;
        struct rtattr mask_attribute;
        uint32_t mask;
        struct rtattr name_attribute;
        char name[IF_NAMESIZE];
    } request = {
        .header = {.nlmsg_len = sizeof request,
                   .nlmsg_type = RTM_GETLINK,
                   .nlmsg_flags = NLM_F_REQUEST},
        .link = {.ifi_family = AF_UNSPEC},
        .mask_attribute = {.rta_len = RTA_LENGTH(sizeof(uint32_t)), .rta_type = IFLA_EXT_MASK},
        .mask = RTEXT_FILTER_SKIP_STATS,
        .name_attribute = {.rta_len = RTA_LENGTH(IF_NAMESIZE), .rta_type = IFLA_IFNAME},
    };
    union link_answer answer = {0};
    struct iovec vector = {answer.bytes, sizeof answer.bytes};
    size_t length = 0;
    memcpy(request.name, name, strnlen(name, sizeof request.name - 1));

    int fd = open_netlink();
    if (fd < 0)
        return errno;
    int error = send_request(fd, &request, sizeof request);
    if (error == 0)
        error = receive(fd, &vector, 1, 0, &length);
    close(fd);
    return error != 0 ? error : read_index(&answer, length, index);
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

int netlink_list_neighbors(netlink_visit *visit, void *context)
{
    const struct {
        struct nlmsghdr header;
        struct ndmsg neighbor;
    } request = {
        .header = {.nlmsg_len = sizeof request,
                   .nlmsg_type = RTM_GETNEIGH,
                   .nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP},
        .neighbor = {.ndm_family = AF_UNSPEC},
    };
    const struct listing listing = {RTM_NEWNEIGH, visit, context};
    return list(&request, sizeof request, &listing);
}

const struct rtattr *netlink_own_address(const struct nlmsghdr *header, size_t size)
{
    /* On a point-to-point interface IFA_ADDRESS is the peer's; elsewhere both are the same. */
    const size_t body = sizeof(struct ifaddrmsg);
    const struct rtattr *own = netlink_find(header, body, IFA_LOCAL, size);
    return own != NULL ? own : netlink_find(header, body, IFA_ADDRESS, size);
}

#endif
