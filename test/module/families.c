// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Tests the library and the module in sandboxes that refuse socket families, as systemd's
 * RestrictAddressFamilies= does, or system calls, with any error number. They find an interface as
 * long as a usable system call is left. Without netlink, there is none for a process that could
 * make the kernel load modules by name.
 */
#include "libv6lit/v6lit.h"
#include "test/module/module.h"

#include <arpa/inet.h>
#include <errno.h>
#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <net/if.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static const int errors[] = {EPERM, EACCES, EINVAL, ENOSYS, EAFNOSUPPORT};
static const unsigned families[] = {AF_NETLINK, AF_UNIX, AF_INET, AF_INET6};

enum { ERRORS = sizeof errors / sizeof errors[0], FAMILIES = sizeof families / sizeof families[0] };

enum { NETLINK = 1, NO_SOCKETS = (1 << FAMILIES) - 1 };

/* What is refused, with which error, and whether the process has capabilities. */
struct sandbox {
    unsigned families; /* one bit for each */
    unsigned call;     /* a system call; 0 for none */
    int error;
    bool is_capable;
};

static struct module module;
static uint32_t loopback;

static bool set_filter(const struct sandbox *sandbox)
{
    const unsigned refuse = SECCOMP_RET_ERRNO | (unsigned)sandbox->error;
    struct sock_filter program[5 + 2 * FAMILIES];
    unsigned short length = 0;
    program[length++] =
        (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr));
    if (sandbox->call != 0) {
        program[length++] =
            (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, sandbox->call, 0, 1);
        program[length++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, refuse);
    } else {
        program[length++] =
            (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_socket, 1, 0);
        program[length++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
        program[length++] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
                                                         offsetof(struct seccomp_data, args[0]));
    }
    for (size_t i = 0; i < FAMILIES; i++) {
        if ((sandbox->families & 1U << i) == 0)
            continue;
        program[length++] =
            (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, families[i], 0, 1);
        program[length++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, refuse);
    }
    program[length++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
    struct sock_fprog filter = {length, program};
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
           prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) == 0;
}

static bool drop_capabilities(void)
{
    struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct sets[_LINUX_CAPABILITY_U32S_3] = {0};
    return syscall(SYS_capset, &header, sets) == 0;
}

static bool has_capabilities(void)
{
    struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct sets[_LINUX_CAPABILITY_U32S_3] = {0};
    return syscall(SYS_capget, &header, sets) == 0 &&
           (sets[0].permitted & 1U << CAP_NET_ADMIN) != 0;
}

enum outcome { FOUND, NOT_FOUND, DIFFERENT, NO_FILTER };

static enum outcome look_up(const struct sandbox *sandbox)
{
    struct v6lit_address address = {.zone_name = "lo"};
    struct gaih_addrtuple *tuple = NULL;
    char buffer[512];
    int error;
    int host_error;
    uint32_t index = 0;
    inet_pton(AF_INET6, "fe80::1", &address.address);
    if ((!sandbox->is_capable && !drop_capabilities()) || !set_filter(sandbox))
        return NO_FILTER;
    enum v6lit_status status = v6lit_zone_index(&address, &index);
    enum nss_status nss_status =
        module.name4("fe80--1slo" DOMAIN, &tuple, buffer, sizeof buffer, &error, &host_error, NULL);
    bool is_found = status == V6LIT_OK && index == loopback;
    bool is_found_by_module = nss_status == NSS_STATUS_SUCCESS && tuple->scopeid == loopback;
    if (is_found != is_found_by_module)
        return DIFFERENT;
    return is_found ? FOUND : NOT_FOUND;
}

/* A filter stays for good, so each is tried in a child. */
static enum outcome try(const struct sandbox *sandbox)
{
    pid_t child = fork();
    if (child == 0)
        _exit((int)look_up(sandbox));
    int status;
    if (child < 0 || waitpid(child, &status, 0) != child || !WIFEXITED(status))
        bail_out("no child");
    return (enum outcome)WEXITSTATUS(status);
}

static void try_families(bool is_capable, const char *who)
{
    for (size_t i = 0; i < ERRORS; i++) {
        unsigned long failures = 0;
        for (unsigned refused = 0; refused <= NO_SOCKETS; refused++) {
            const struct sandbox sandbox = {
                .families = refused, .error = errors[i], .is_capable = is_capable};
            bool is_left = is_capable ? (refused & NETLINK) == 0 : refused != NO_SOCKETS;
            enum outcome outcome = try(&sandbox);
            if (outcome != (is_left ? FOUND : NOT_FOUND))
                wrong(&failures, "families %#x are refused: outcome %d", refused, outcome);
        }
        report(failures == 0, "%s, families refused with errno %d", who, errors[i]);
    }
}

static void try_calls(void)
{
    static const struct {
        unsigned call;
        bool is_needed_by_root;
        const char *name;
    } calls[] = {
        {SYS_sendto, true, "sendto"},
        {SYS_recvmsg, true, "recvmsg"},
        {SYS_ioctl, false, "ioctl"},
        {SYS_capget, false, "capget"},
    };
    for (size_t i = 0; i < sizeof calls / sizeof calls[0]; i++) {
        unsigned long failures = 0;
        for (size_t j = 0; j < ERRORS; j++) {
            const struct sandbox sandbox = {.call = calls[i].call, .error = errors[j]};
            if (try(&sandbox) != FOUND)
                wrong(&failures, "an ordinary user finds nothing: errno %d", errors[j]);
            struct sandbox of_root = sandbox;
            of_root.is_capable = true;
            if (has_capabilities() &&
                try(&of_root) != (calls[i].is_needed_by_root ? NOT_FOUND : FOUND))
                wrong(&failures, "root: errno %d", errors[j]);
        }
        report(failures == 0, "%s refused", calls[i].name);
    }
}

int main(void)
{
    module = load_module();
    loopback = if_nametoindex("lo");
    if (try(&(struct sandbox){0}) == NO_FILTER)
        skip_all("this kernel has no seccomp filters");
    try_families(false, "an ordinary user");
    if (has_capabilities())
        try_families(true, "root");
    try_calls();
    return end_of_report();
}
