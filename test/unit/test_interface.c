// SPDX-License-Identifier: LGPL-2.1-or-later
/* Tests the lookup of an interface with a kernel that fails, or sends partial or invalid answers.
 */
#include "libv6lit/interface.h"

#include "libv6lit/v6lit.h"
#include "test/unit/cunit.h"
#include "test/unit/fake_kernel.h"

#include <errno.h>
#include <linux/capability.h>
#include <linux/rtnetlink.h>
#include <stdbool.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { SOME_ERRNO = 4711, NO_INDEX = 99999, INDEX = 77, OTHER_INDEX = 5 };

/* What has "wanted" come to? Nothing may be left open, nor errno be changed. */
static void check_at(unsigned line, int expected, uint32_t expected_index)
{
    int free_before = dup(STDOUT_FILENO);
    close(free_before);
    uint32_t index = NO_INDEX;
    errno = SOME_ERRNO;
    int error = interface_index("wanted", INTERFACE_ANY_CASE, &index);
    bool errno_stays = errno == SOME_ERRNO;
    int free_after = dup(STDOUT_FILENO);
    close(free_after);
    if (error != expected || (expected == 0 && index != expected_index) || !errno_stays ||
        free_after != free_before)
        tap_fail(__FILE__, line, "error %d, index %u, errno %s, lowest descriptor %d, then %d",
                 error, index, errno_stays ? "stays" : "changes", free_before, free_after);
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

    /* After the end nothing counts. */
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

/* Each name is asked for as it is first, and then no list is wanted. */
static void test_exact(void)
{
    new_kernel();
    kernel.exact.length = 0;
    add_long_link(&kernel.exact, INDEX, "wanted", 9000);
    CHECK_FOUND(INDEX);
    CU_ASSERT_EQUAL(kernel.lists, 0);
    CU_ASSERT_EQUAL(kernel.name_ioctls, 0);

    /* A kernel that cannot answer that has a list: its exact name goes before all others. */
    static const int errors[] = {EINVAL, EOPNOTSUPP, 0};
    for (size_t i = 0; i < sizeof errors / sizeof errors[0]; i++) {
        struct datagram *datagrams = new_kernel();
        kernel.exact.length = 0;
        add_end(&kernel.exact, errors[i] != 0 ? NLMSG_ERROR : NLMSG_DONE, errors[i]);
        add_link(&datagrams[0], OTHER_INDEX, "Wanted");
        add_link(&datagrams[0], INDEX, "wanted");
        add_link(&datagrams[0], OTHER_INDEX, "WANTED");
        add_end(&datagrams[0], NLMSG_DONE, 0);
        CHECK_FOUND(INDEX);
        CU_ASSERT_EQUAL(kernel.name_ioctls, 0);
    }
}

/* The links beside one that is larger than any room for it are found, wherever that is. */
static void test_long(void)
{
    static const size_t lengths[] = {1,    1000, 2400, 2480, 2500, 2504, 2508,
                                     2512, 2516, 2520, 2560, 5120, 5200, 16000};
    for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
        for (int before = 0; before < 3; before++) {
            struct datagram *datagrams = new_kernel();
            for (int j = 0; j < before; j++)
                add_link(&datagrams[0], OTHER_INDEX, "eth0");
            add_long_link(&datagrams[0], OTHER_INDEX, "long", lengths[i]);
            add_link(&datagrams[0], INDEX, "Wanted");
            add_link(&datagrams[0], OTHER_INDEX, "eth1");
            add_end(&datagrams[1], NLMSG_DONE, 0);
            CHECK_FOUND(INDEX);

            datagrams = new_kernel();
            add_long_link(&datagrams[0], INDEX, "Wanted", lengths[i]);
            add_end(&datagrams[0], NLMSG_DONE, 0);
            CHECK_FOUND(INDEX);
        }
    }
}

/* A list that changed while it was made is asked for again, and what it said does not count. */
static void test_changed(void)
{
    struct datagram *datagrams = new_kernel();
    add_link(&datagrams[0], OTHER_INDEX, "Wanted");
    add_flagged(&datagrams[0], NLMSG_DONE, NLM_F_DUMP_INTR, sizeof(int));
    append(&datagrams[0], "\0\0\0", sizeof(int));
    add_link(&datagrams[1], INDEX, "WANTED");
    add_end(&datagrams[1], NLMSG_DONE, 0);
    CHECK_FOUND(INDEX);
    CU_ASSERT_EQUAL(kernel.lists, 2);

    /* It is not asked for ever. */
    datagrams = new_kernel();
    add_flagged(&datagrams[0], RTM_NEWLINK, NLM_F_DUMP_INTR, sizeof(struct ifinfomsg));
    append(&datagrams[0], &(struct ifinfomsg){0}, sizeof(struct ifinfomsg));
    add_end(&datagrams[0], NLMSG_DONE, 0);
    kernel.repeats = true;
    CHECK_ERROR(EAGAIN);
    CU_ASSERT(kernel.lists > 1 && kernel.lists < 100);
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

/* With whatever error a sandbox refuses netlink, another socket serves, for who cannot load modules
 * by it. */
static void test_refused_sockets(void)
{
    static const int refusals[] = {EPERM, EACCES, EINVAL, ENOSYS, EAFNOSUPPORT, EMFILE};
    char name[IF_NAMESIZE];
    for (size_t i = 0; i < sizeof refusals / sizeof refusals[0]; i++) {
        for (int refused = 0; refused <= 4; refused++) {
            new_kernel();
            kernel.netlink_error = refusals[i];
            kernel.refused = refused;
            kernel.socket_error = refusals[i];
            kernel.ioctl_index = INDEX;
            check_at(__LINE__, refused < 4 ? 0 : refusals[i], INDEX);
            CU_ASSERT_EQUAL(kernel.sockets, refused < 4 ? refused + 1 : 4);

            new_kernel();
            kernel.refused = refused;
            kernel.socket_error = refusals[i];
            kernel.name = "eth0";
            CU_ASSERT_EQUAL(interface_name(INDEX, name), refused < 4 ? 0 : refusals[i]);
        }
        /* The ioctl itself is refused. */
        new_kernel();
        kernel.netlink_error = refusals[i];
        kernel.ioctl_error = EACCES;
        CHECK_ERROR(refusals[i]);
        CU_ASSERT_EQUAL(kernel.sockets, 4);

        /* Without a list nobody knows whether there is one in another case. */
        new_kernel();
        kernel.netlink_error = refusals[i];
        CHECK_ERROR(refusals[i]);
        CU_ASSERT_EQUAL(kernel.sockets, 1);
    }
    new_kernel();
    CU_ASSERT_EQUAL(interface_name(INDEX, name), ENODEV);
}

/* A process that could load modules never gives the kernel a name by an ioctl. */
static void test_capable(void)
{
    static const struct {
        uint32_t permitted;
        int error;
        bool is_allowed;
    } cases[] = {
        {0, 0, true},
        {~(1U << CAP_NET_ADMIN | 1U << CAP_SYS_MODULE), 0, true},
        {1U << CAP_NET_ADMIN, 0, false},
        {1U << CAP_SYS_MODULE, 0, false},
        {~0U, 0, false},
        {0, ENOSYS, false},
        {0, EPERM, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        new_kernel();
        kernel.netlink_error = EAFNOSUPPORT;
        kernel.ioctl_index = INDEX;
        kernel.permitted = cases[i].permitted;
        kernel.capget_error = cases[i].error;
        check_at(__LINE__, cases[i].is_allowed ? 0 : EAFNOSUPPORT, INDEX);
        CU_ASSERT_EQUAL(kernel.name_ioctls, cases[i].is_allowed);
    }
    /* Nor does anyone whom netlink has told that there is none. */
    struct datagram *datagrams = new_kernel();
    add_end(&datagrams[0], NLMSG_DONE, 0);
    CHECK_ERROR(ENODEV);
    CU_ASSERT_EQUAL(kernel.name_ioctls, 0);
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

/* Those that are up, without loopback: as many as there is room for, and how many there are. */
static void test_list(void)
{
    enum { SIZE = 4 };
    struct v6lit_interface interfaces[SIZE];
    size_t count = NO_INDEX;
    struct datagram *datagrams = new_kernel();
    add_flagged_link(&datagrams[0], 1, "lo", IFF_UP | IFF_LOOPBACK);
    add_flagged_link(&datagrams[0], 2, "eth0", IFF_UP | IFF_BROADCAST);
    add_flagged_link(&datagrams[0], 3, "down", IFF_BROADCAST);
    add_flagged_link(&datagrams[1], INDEX, "abcdefghijklmno", IFF_UP);
    add_end(&datagrams[2], NLMSG_DONE, 0);
    errno = SOME_ERRNO;
    CU_ASSERT_EQUAL(v6lit_list_interfaces(interfaces, SIZE, &count), V6LIT_OK);
    CU_ASSERT_EQUAL(errno, SOME_ERRNO);
    CU_ASSERT_EQUAL_FATAL(count, 2);
    CU_ASSERT_EQUAL(interfaces[0].index, 2);
    CU_ASSERT_STRING_EQUAL(interfaces[0].name, "eth0");
    CU_ASSERT_EQUAL(interfaces[1].index, INDEX);
    CU_ASSERT_STRING_EQUAL(interfaces[1].name, "abcdefghijklmno");

    /* A name that no interface can have is cut, and without room they are only counted. */
    for (size_t size = 0; size < 2; size++) {
        datagrams = new_kernel();
        add_flagged_link(&datagrams[0], 2, "abcdefghijklmnopqrstuvwxyz", IFF_UP);
        add_flagged_link(&datagrams[0], 3, "eth1", IFF_UP);
        add_end(&datagrams[0], NLMSG_DONE, 0);
        memset(interfaces, 0x5a, sizeof interfaces);
        CU_ASSERT_EQUAL(v6lit_list_interfaces(size == 0 ? NULL : interfaces, size, &count),
                        V6LIT_OK);
        CU_ASSERT_EQUAL(count, 2);
        CU_ASSERT(size == 0 || strcmp(interfaces[0].name, "abcdefghijklmno") == 0);
        CU_ASSERT_EQUAL(interfaces[1].index, 0x5a5a5a5a);
    }

    /* A list that changed meanwhile starts again: none is there twice. */
    datagrams = new_kernel();
    add_flagged_link(&datagrams[0], 2, "eth0", IFF_UP);
    add_flagged(&datagrams[0], NLMSG_DONE, NLM_F_DUMP_INTR, sizeof(int));
    append(&datagrams[0], "\0\0\0", sizeof(int));
    add_flagged_link(&datagrams[1], 3, "eth1", IFF_UP);
    add_end(&datagrams[1], NLMSG_DONE, 0);
    CU_ASSERT_EQUAL(v6lit_list_interfaces(interfaces, SIZE, &count), V6LIT_OK);
    CU_ASSERT_EQUAL(kernel.lists, 2);
    CU_ASSERT_EQUAL(count, 1);
    CU_ASSERT_STRING_EQUAL(interfaces[0].name, "eth1");

    datagrams = new_kernel();
    datagrams[0].error = ENOBUFS;
    count = NO_INDEX;
    CU_ASSERT_EQUAL(v6lit_list_interfaces(interfaces, SIZE, &count), V6LIT_ERROR_SYSTEM);
    CU_ASSERT_EQUAL(errno, ENOBUFS);
    CU_ASSERT_EQUAL(count, NO_INDEX);
}

int main(void)
{
    CU_TestInfo tests[] = {
        {"a name as it is", test_exact},
        {"the answer comes in pieces", test_answer},
        {"a link that is too large", test_long},
        {"links that change meanwhile", test_changed},
        {"others are not listened to", test_others},
        {"a signal comes in between", test_interrupted},
        {"an error is an error, not an interface less", test_errors},
        {"lengths that cannot be", test_nonsense},
        {"sockets that a sandbox refuses", test_refused_sockets},
        {"who could load modules", test_capable},
        {"a name in the place of an index", test_names},
        {"the list of interfaces", test_list},
        CU_TEST_INFO_NULL,
    };
    return tap_run("interface", tests);
}
