// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * systemd-resolved's hook for literal names, which programs need that bypass glibc. Resolved is
 * queried by Varlink: JSON objects, each ended by a NUL. Two constant requests are sent and known
 * texts looked for in the replies, so nothing is parsed.
 */
#include "libv6lit/v6lit.h"
#include "tools/common/close.h"
#include "tools/doctor/check.h"
#include "tools/doctor/nameserver.h"

#include <errno.h>
#include <poll.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static const char resolved[] = "/run/systemd/resolve/io.systemd.Resolve";

static const char version_request[] = "{\"method\":\"org.varlink.service.GetInfo\"}";
static const char version_mark[] = "\"version\":\"";

/* With flags that keep resolved from its cache and from the network (SD_RESOLVED_NO_CACHE and
 * SD_RESOLVED_NO_NETWORK): only a hook can answer. */
static const char name_request[] =
    "{\"method\":\"io.systemd.Resolve.ResolveHostname\",\"parameters\":"
    "{\"name\":\"2001-db8--1." V6LIT_DOMAIN "\",\"family\":10,\"flags\":36864}}";
static const char name_answer[] = "\"address\":[32,1,13,184,0,0,0,0,0,0,0,0,0,0,0,1]";

/* From this version on resolved queries hooks. */
enum { FIRST_VERSION = 259 };

/* Resolved itself answers at once. A hook that hangs is ended by its watchdog after three seconds.
 */
enum { RESOLVED_MS = 1000, HOOK_MS = 5000 };

enum { REPLY_SIZE = 2048 };

/* Reads up to a NUL. False with errno. */
static bool read_reply(int fd, int wait_ms, char reply[static REPLY_SIZE])
{
    size_t length = 0;
    while (length < REPLY_SIZE) {
        struct pollfd wait = {.fd = fd, .events = POLLIN};
        int ready = poll(&wait, 1, wait_ms);
        if (ready == 0)
            errno = ETIMEDOUT;
        if (ready <= 0)
            return false;
        ssize_t count = recv(fd, reply + length, REPLY_SIZE - length, 0);
        if (count == 0)
            errno = ECONNRESET;
        if (count <= 0)
            return false;
        length += (size_t)count;
        if (memchr(reply, '\0', length) != NULL)
            return true;
    }
    errno = EMSGSIZE;
    return false;
}

/* False with errno if resolved does not reply. An error is a reply. */
static bool call(const char *request, int wait_ms, char reply[static REPLY_SIZE])
{
    int fd = check_connect(resolved);
    if (fd < 0)
        return false;
    size_t length = strlen(request) + 1;
    bool is_done = send(fd, request, length, MSG_NOSIGNAL) == (ssize_t)length;
    is_done = is_done && read_reply(fd, wait_ms, reply);
    close_and_keep_errno(fd);
    return is_done;
}

/* The version in a reply; 0 without one. */
static long read_version(const char *reply)
{
    const char *mark = strstr(reply, version_mark);
    return mark == NULL ? 0 : strtol(mark + strlen(version_mark), NULL, 10);
}

static void report_silence(struct check_report *report, long version)
{
    if (access(LIBEXECDIR "/v6lit-resolved-hook", F_OK) != 0) {
        if (nameserver_keeps_resolved()) {
            check_says(report, CHECK_OK,
                       "systemd-resolved %ld has no hook for literal names, but a nameserver that "
                       "answers for the domain",
                       version);
            return;
        }
        check_says(report, CHECK_NOTE,
                   "systemd-resolved %ld has no hook for literal names: programs that bypass glibc "
                   "send them to DNS",
                   version);
        check_advises(report, "Install v6lit-resolved-hook: see v6lit-resolved-hook(8).");
        return;
    }
    check_says(report, CHECK_FINDING,
               "systemd-resolved %ld gets no answer from v6lit-resolved-hook", version);
    check_advises(
        report,
        "Run 'systemctl enable v6lit-resolved-hook.socket', 'systemctl reset-failed "
        "v6lit-resolved-hook.service' and 'systemctl restart v6lit-resolved-hook.socket' as root. "
        "'journalctl -u v6lit-resolved-hook' may say why.");
}

void check_resolve_hook(struct check_report *report)
{
    char reply[REPLY_SIZE];
    if (!call(version_request, RESOLVED_MS, reply)) {
        if (errno == ENOENT || errno == ENOTDIR || errno == ECONNREFUSED) {
            check_says(report, CHECK_NOT_HERE, "systemd-resolved does not run");
            return;
        }
        check_says(report, CHECK_CANNOT_TELL, "%s: %s", resolved, strerror(errno));
        check_advises(report, "'systemctl status systemd-resolved' may say why.");
        return;
    }
    long version = read_version(reply);
    if (version < FIRST_VERSION) {
        check_says(report, CHECK_NOT_HERE,
                   "this systemd-resolved queries no hooks: version %d and later do",
                   FIRST_VERSION);
        return;
    }
    if (!call(name_request, HOOK_MS, reply) || strstr(reply, name_answer) == NULL) {
        report_silence(report, version);
        return;
    }
    check_says(report, CHECK_OK, "systemd-resolved %ld resolves literal names by a hook", version);
}
