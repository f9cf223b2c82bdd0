// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Tests that every entry point answers a name without an interface name in a process that may only
 * read, write and exit (SECCOMP_MODE_STRICT). The kernel kills the process at any other system
 * call.
 */
#include "test/module/module.h"

#include <arpa/inet.h>
#include <errno.h>
#include <linux/seccomp.h>
#include <netinet/in.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* What an entry point says: an address of 4 or 16 bytes, and the zone if it has a place for it. */
struct answer {
    enum nss_status status;
    uint32_t scope_id;
    unsigned char address[16];
};

static struct module module;

static struct answer ask(int entry, const char *name)
{
    struct answer answer = {0};
    struct gaih_addrtuple *tuple = NULL;
    struct hostent host;
    char buffer[512], *canonical_name;
    int error, host_error;
    int32_t ttl;
    if (entry == 4)
        answer.status =
            module.name4(name, &tuple, buffer, sizeof buffer, &error, &host_error, &ttl);
    else if (entry == 3)
        answer.status = module.name3(name, AF_INET6, &host, buffer, sizeof buffer, &error,
                                     &host_error, &ttl, &canonical_name);
    else if (entry == 2)
        answer.status =
            module.name2(name, AF_INET6, &host, buffer, sizeof buffer, &error, &host_error);
    else
        answer.status = module.name1(name, &host, buffer, sizeof buffer, &error, &host_error);

    if (answer.status == NSS_STATUS_SUCCESS && entry == 4) {
        answer.scope_id = tuple->scopeid;
        memcpy(answer.address, tuple->addr, sizeof answer.address);
    } else if (answer.status == NSS_STATUS_SUCCESS) {
        memcpy(answer.address, host.h_addr_list[0], (size_t)host.h_length);
    }
    return answer;
}

/* Asks in a confined child, and returns how that ended: 0, or the signal that killed it. */
static int ask_confined(int entry, const char *name, struct answer *answer)
{
    int ends[2];
    if (pipe(ends) != 0)
        bail_out("no pipe");
    pid_t child = fork();
    if (child < 0)
        bail_out("no child");
    if (child == 0) {
        if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_STRICT) != 0)
            _exit(errno);
        struct answer own = ask(entry, name);
        ssize_t written = write(ends[1], &own, sizeof own);
        /* _exit would make another system call, exit_group. */
        syscall(SYS_exit, written == sizeof own ? 0 : EIO);
    }
    close(ends[1]);
    ssize_t length = read(ends[0], answer, sizeof *answer);
    close(ends[0]);
    int status;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR)
        continue;
    if (WIFEXITED(status) && WEXITSTATUS(status) != 0)
        skip_all("no seccomp here");
    if (WIFEXITED(status) && length != sizeof *answer)
        bail_out("no answer from the child");
    return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

static void wants(int entry, const char *name, enum nss_status status, int family,
                  const char *address, uint32_t scope_id)
{
    struct answer answer = {0};
    unsigned char wanted[16] = {0};
    if (address != NULL)
        inet_pton(family, address, wanted);
    int killed_by = ask_confined(entry, name, &answer);
    report(killed_by == 0 && answer.status == status && answer.scope_id == scope_id &&
               memcmp(answer.address, wanted, sizeof wanted) == 0,
           "entry %d, %s: status %d, scope id %u, signal %d", entry, name, answer.status,
           answer.scope_id, killed_by);
}

int main(void)
{
    module = load_module();
    for (int entry = 1; entry <= 4; entry++) {
        bool has_ipv6 = entry > 1;
        wants(entry, "fe80--1s4" DOMAIN, has_ipv6 ? NSS_STATUS_SUCCESS : NSS_STATUS_NOTFOUND,
              AF_INET6, has_ipv6 ? "fe80::1" : NULL, entry == 4 ? 4 : 0);
        wants(entry, "2001-db8--1slo" DOMAIN, has_ipv6 ? NSS_STATUS_SUCCESS : NSS_STATUS_NOTFOUND,
              AF_INET6, has_ipv6 ? "2001:db8::1" : NULL, 0);
        wants(entry, "--ffff-192.0.2.1" DOMAIN, NSS_STATUS_SUCCESS, has_ipv6 ? AF_INET6 : AF_INET,
              has_ipv6 ? "::ffff:192.0.2.1" : "192.0.2.1", 0);
        wants(entry, "fe80--1--2s4" DOMAIN, NSS_STATUS_NOTFOUND, AF_UNSPEC, NULL, 0);
        wants(entry, "www.example.com", NSS_STATUS_UNAVAIL, AF_UNSPEC, NULL, 0);

        struct answer answer;
        int killed_by = ask_confined(entry, "fe80--1slo" DOMAIN, &answer);
        report(killed_by == SIGKILL, "entry %d: the lookup of an interface is killed", entry);
    }
    return end_of_report();
}
