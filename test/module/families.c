// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * A sandbox refuses sockets of some families, as RestrictAddressFamilies= of systemd does: an
 * interface is found as long as any is left, as it is by glibc's if_nametoindex.
 */
#include "libv6lit/v6lit.h"
#include "test/tap.h"

#include <arpa/inet.h>
#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <net/if.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* From now on socket() fails with EAFNOSUPPORT for the families up to the one given. */
static bool refuse_families_up_to(unsigned family)
{
    struct sock_filter program[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_socket, 0, 3),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args[0])),
        BPF_JUMP(BPF_JMP | BPF_JGT | BPF_K, family, 1, 0),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EAFNOSUPPORT),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog filter = {sizeof program / sizeof program[0], program};
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
           prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) == 0;
}

enum { FOUND, NOT_FOUND, NO_FILTER };

static int look_up_without(unsigned family)
{
    struct v6lit_address address = {.zone_name = "lo"};
    inet_pton(AF_INET6, "fe80::1", &address.address);
    uint32_t loopback = if_nametoindex("lo");
    uint32_t index = 0;
    if (!refuse_families_up_to(family))
        return NO_FILTER;
    enum v6lit_status status = v6lit_zone_index(&address, &index);
    return status == V6LIT_OK && index == loopback ? FOUND : NOT_FOUND;
}

/* A filter stays for good, so each is tried in a child. */
static int try_without(unsigned family)
{
    pid_t child = fork();
    if (child == 0)
        _exit(look_up_without(family));
    int status;
    if (child < 0 || waitpid(child, &status, 0) != child || !WIFEXITED(status))
        bail_out("no child");
    return WEXITSTATUS(status);
}

int main(void)
{
    static const struct {
        unsigned family;
        int wanted;
        const char *description;
    } cases[] = {
        {AF_UNSPEC, FOUND, "an interface is found with all families"},
        {AF_UNIX, FOUND, "and without AF_UNIX"},
        {AF_INET, FOUND, "and without AF_UNIX and AF_INET"},
        {AF_INET6, FOUND, "and with AF_NETLINK alone"},
        {AF_MAX, NOT_FOUND, "and not without sockets"},
    };
    if (try_without(AF_UNSPEC) == NO_FILTER)
        skip_all("this kernel has no seccomp filters");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        report(try_without(cases[i].family) == cases[i].wanted, "%s", cases[i].description);
    return end_of_report();
}
