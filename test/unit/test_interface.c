// SPDX-License-Identifier: LGPL-2.1-or-later
/* The search for an interface, in a kernel that fails, answers in pieces, or answers nonsense. */
#include "libv6lit/interface.h"

#include "libv6lit/v6lit.h"
#include "test/unit/cunit.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <stdarg.h>
#include <stdbool.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

enum { SOME_ERRNO = 4711, NO_INDEX = 99999, INDEX = 77, OTHER_INDEX = 5 };

/* What recvmsg gives: an error, or some messages. */
struct datagram {
    int error;
    int flags;
    uint32_t sender;
    size_t length;
    _Alignas(struct nlmsghdr) char bytes[256];
};

/* The kernel below, and how often it has been asked. */
static struct {
    int refused; /* so many sockets, with this error: */
    int socket_error;
    int netlink_error;
    int send_error;   /* the first time */
    const char *name; /* of an interface with an index; NULL if there is none */
    struct datagram datagrams[3];
    size_t received;
    int sockets;
} kernel;

/* The library's calls come here: it is linked in, and this program's functions go before libc's. */
int socket(int domain, int type, int protocol)
{
    bool is_search = domain == AF_NETLINK && (type & ~SOCK_CLOEXEC) == SOCK_RAW;
    int error = is_search ? kernel.netlink_error : 0;
    if (!is_search && kernel.sockets++ < kernel.refused)
        error = kernel.socket_error;
    errno = error;
    (void)protocol;
    return error != 0 ? -1 : open("/dev/null", O_RDWR | O_CLOEXEC);
}

int ioctl(int fd, unsigned long request, ...)
{
    (void)fd;
    if (request != SIOCGIFNAME || kernel.name == NULL) {
        errno = request == SIOCGIFINDEX || request == SIOCGIFNAME ? ENODEV : ENOTTY;
        return -1;
    }
    va_list arguments;
    va_start(arguments, request);
    struct ifreq *found = va_arg(arguments, struct ifreq *);
    va_end(arguments);
    memset(found->ifr_name, 0, sizeof found->ifr_name);
    memcpy(found->ifr_name, kernel.name, strnlen(kernel.name, sizeof found->ifr_name));
    return 0;
}

ssize_t sendto(int fd, const void *bytes, size_t length, int flags, const struct sockaddr *to,
               socklen_t to_length)
{
    (void)fd;
    (void)bytes;
    (void)flags;
    (void)to;
    (void)to_length;
    errno = kernel.send_error;
    kernel.send_error = 0;
    return errno != 0 ? -1 : (ssize_t)length;
}

ssize_t recvmsg(int fd, struct msghdr *message, int flags)
{
    (void)fd;
    (void)flags;
    size_t count = sizeof kernel.datagrams / sizeof kernel.datagrams[0];
    const struct datagram *datagram =
        kernel.received < count ? &kernel.datagrams[kernel.received++] : NULL;
    if (datagram == NULL || datagram->length == 0) {
        errno = datagram == NULL || datagram->error == 0 ? EAGAIN : datagram->error;
        return -1;
    }
    memcpy(message->msg_iov->iov_base, datagram->bytes, datagram->length);
    ((struct sockaddr_nl *)message->msg_name)->nl_pid = datagram->sender;
    message->msg_flags = datagram->flags;
    return (ssize_t)datagram->length;
}

static void append(struct datagram *datagram, const void *bytes, size_t length)
{
    memcpy(datagram->bytes + datagram->length, bytes, length);
    datagram->length += NLMSG_ALIGN(length);
}

static void add_header(struct datagram *datagram, uint16_t type, size_t body)
{
    const struct nlmsghdr header = {.nlmsg_len = (uint32_t)NLMSG_LENGTH(body), .nlmsg_type = type};
    append(datagram, &header, sizeof header);
}

static void add_end(struct datagram *datagram, uint16_t type, int error)
{
    error = -error;
    add_header(datagram, type, sizeof error);
    append(datagram, &error, sizeof error);
}

/* A link with its MTU and its name. `name_length` is what the attribute says that it has. */
static void add_link_of(struct datagram *datagram, int index, const char *name, size_t name_length)
{
    const struct ifinfomsg link = {.ifi_index = index};
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

static void add_link(struct datagram *datagram, int index, const char *name)
{
    add_link_of(datagram, index, name, strlen(name) + 1);
}

static struct datagram *new_kernel(void)
{
    memset(&kernel, 0, sizeof kernel);
    return kernel.datagrams;
}

/* What has "wanted" come to? Nothing may be left open, nor errno be changed. */
static void check_at(unsigned line, int expected, uint32_t expected_index)
{
    int free_before = dup(STDOUT_FILENO);
    close(free_before);
    uint32_t index = NO_INDEX;
    errno = SOME_ERRNO;
    int error = interface_index("wanted", &index);
    bool errno_stays = errno == SOME_ERRNO;
    int free_behind = dup(STDOUT_FILENO);
    close(free_behind);
    if (error != expected || (expected == 0 && index != expected_index) || !errno_stays ||
        free_behind != free_before)
        tap_fail(__FILE__, line, "error %d, index %u, errno %s, lowest descriptor %d, then %d",
                 error, index, errno_stays ? "stays" : "changes", free_before, free_behind);
}

#define CHECK_FOUND(index) check_at(__LINE__, 0, index)
#define CHECK_ERROR(error) check_at(__LINE__, error, 0)

static void test_answer(void)
{
    struct datagram *datagrams = new_kernel();
    add_link(&datagrams[0], 1, "lo");
    add_header(&datagrams[0], NLMSG_NOOP, 0);
    add_link(&datagrams[0], OTHER_INDEX, "wanted.5");
    add_link(&datagrams[1], INDEX, "WanteD");
    add_link(&datagrams[1], OTHER_INDEX, "wante");
    add_end(&datagrams[2], NLMSG_DONE, 0);
    CHECK_FOUND(INDEX);

    /* Behind the end nothing counts. */
    datagrams = new_kernel();
    add_link(&datagrams[0], INDEX, "WANTED");
    add_end(&datagrams[0], NLMSG_DONE, 0);
    add_link(&datagrams[0], OTHER_INDEX, "Wanted");
    add_link(&datagrams[1], OTHER_INDEX, "Wanted");
    CHECK_FOUND(INDEX);

    datagrams = new_kernel();
    add_link(&datagrams[0], INDEX, "WANTED");
    add_link(&datagrams[0], OTHER_INDEX, "Wanted");
    add_end(&datagrams[0], NLMSG_DONE, 0);
    CHECK_ERROR(ENODEV);

    datagrams = new_kernel();
    add_end(&datagrams[0], NLMSG_DONE, 0);
    CHECK_ERROR(ENODEV);
}

/* Netlink's sender is 0 if it is the kernel. */
static void test_others(void)
{
    struct datagram *datagrams = new_kernel();
    add_link(&datagrams[0], OTHER_INDEX, "Wanted");
    add_end(&datagrams[0], NLMSG_DONE, 0);
    datagrams[0].sender = 4711;
    add_link(&datagrams[1], INDEX, "WANTED");
    add_end(&datagrams[1], NLMSG_DONE, 0);
    CHECK_FOUND(INDEX);
}

static void test_interrupted(void)
{
    struct datagram *datagrams = new_kernel();
    kernel.send_error = EINTR;
    datagrams[0].error = EINTR;
    add_link(&datagrams[1], INDEX, "WANTED");
    add_end(&datagrams[1], NLMSG_DONE, 0);
    CHECK_FOUND(INDEX);
}

/* Half an answer is none: the other half could have a second interface that fits. */
static void test_errors(void)
{
    new_kernel();
    kernel.netlink_error = ENFILE;
    CHECK_ERROR(ENFILE);

    new_kernel();
    kernel.send_error = ENOBUFS;
    CHECK_ERROR(ENOBUFS);

    struct datagram *datagrams = new_kernel();
    add_link(&datagrams[0], INDEX, "WANTED");
    CHECK_ERROR(EAGAIN);

    datagrams = new_kernel();
    add_link(&datagrams[0], INDEX, "WANTED");
    datagrams[1].error = ENOMEM;
    CHECK_ERROR(ENOMEM);

    datagrams = new_kernel();
    add_link(&datagrams[0], INDEX, "WANTED");
    datagrams[0].flags = MSG_TRUNC;
    CHECK_ERROR(EMSGSIZE);

    datagrams = new_kernel();
    add_link(&datagrams[0], INDEX, "WANTED");
    add_end(&datagrams[0], NLMSG_DONE, EMSGSIZE);
    CHECK_ERROR(EMSGSIZE);

    datagrams = new_kernel();
    add_end(&datagrams[0], NLMSG_ERROR, EPERM);
    CHECK_ERROR(EPERM);
}

static void test_nonsense(void)
{
    struct datagram *datagrams = new_kernel();
    add_header(&datagrams[0], NLMSG_DONE, 0);
    CHECK_ERROR(EBADMSG);

    static const uint32_t lengths[] = {0, 15, 64, UINT32_MAX};
    for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
        datagrams = new_kernel();
        struct nlmsghdr header = {.nlmsg_len = lengths[i], .nlmsg_type = NLMSG_NOOP};
        append(&datagrams[0], &header, sizeof header);
        add_end(&datagrams[1], NLMSG_DONE, 0);
        CHECK_ERROR(EBADMSG);
    }

    /* An attribute that is shorter than its own header, or longer than the link. */
    datagrams = new_kernel();
    add_link_of(&datagrams[0], INDEX, "WANTED", (size_t)-1);
    add_link_of(&datagrams[0], INDEX, "WANTED", 100);
    add_end(&datagrams[0], NLMSG_DONE, 0);
    CHECK_ERROR(ENODEV);
}

/* Any family of sockets serves to ask for an interface, but not when there is no descriptor left.
 */
static void test_refused_sockets(void)
{
    static const int refusals[] = {EAFNOSUPPORT, EPERM, EACCES};
    char name[IF_NAMESIZE];
    for (size_t i = 0; i < sizeof refusals / sizeof refusals[0]; i++) {
        for (int refused = 0; refused <= 3; refused++) {
            struct datagram *datagrams = new_kernel();
            kernel.refused = refused;
            kernel.socket_error = refusals[i];
            add_link(&datagrams[0], INDEX, "WANTED");
            add_end(&datagrams[0], NLMSG_DONE, 0);
            CHECK_FOUND(INDEX);
            CU_ASSERT_EQUAL(kernel.sockets, refused + 1);
        }
        new_kernel();
        kernel.refused = 4;
        kernel.socket_error = refusals[i];
        CHECK_ERROR(refusals[i]);
        kernel.sockets = 0;
        CU_ASSERT_EQUAL(interface_name(INDEX, name), refusals[i]);
        CU_ASSERT_EQUAL(kernel.sockets, 4);
    }
    new_kernel();
    kernel.refused = 1;
    kernel.socket_error = EMFILE;
    CHECK_ERROR(EMFILE);
    CU_ASSERT_EQUAL(kernel.sockets, 1);

    new_kernel();
    CU_ASSERT_EQUAL(interface_name(INDEX, name), ENODEV);
}

/* Only a name that is safe in a host name takes the place of an index. */
static void test_names(void)
{
    static const struct {
        const char *name;
        bool is_safe;
    } names[] = {
        {"eth0", true}, {"abcdefghijklmno", true},   {"Eth0", false},
        {"", false},    {"abcdefghijklmnop", false},
    };
    const struct sockaddr_in6 sockaddr = {
        .sin6_family = AF_INET6, .sin6_addr = {{{0xfe, 0x80}}}, .sin6_scope_id = INDEX};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        new_kernel();
        kernel.name = names[i].name;
        struct v6lit_address address;
        CU_ASSERT_EQUAL(v6lit_from_sockaddr(&sockaddr, V6LIT_ZONE_AS_NAME, &address), V6LIT_OK);
        CU_ASSERT_EQUAL(address.zone_index, names[i].is_safe ? 0 : INDEX);
        CU_ASSERT_STRING_EQUAL(address.zone_name, names[i].is_safe ? names[i].name : "");
    }
}

int main(void)
{
    CU_TestInfo tests[] = {
        {"the answer comes in pieces", test_answer},
        {"others are not listened to", test_others},
        {"a signal comes in between", test_interrupted},
        {"an error is an error, not an interface less", test_errors},
        {"lengths that cannot be", test_nonsense},
        {"sockets that a sandbox refuses", test_refused_sockets},
        {"a name in the place of an index", test_names},
        CU_TEST_INFO_NULL,
    };
    return tap_run("interface", tests);
}
