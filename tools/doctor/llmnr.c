// SPDX-License-Identifier: LGPL-2.1-or-later
/* nss-llmnr(8), if the hosts: line has it: whether it is queried, and whether replies arrive. */
#include "tools/common/stream.h"
#include "tools/doctor/hosts.h"

#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define MODULE "libnss_llmnr.so.2"

bool check_hosts_asks_llmnr(struct check_report *report)
{
    const struct hosts_file *hosts = check_hosts_file();
    if (!check_hosts_readable(hosts, report))
        return false;
    if (check_hosts_has(hosts, CHECK_HOSTS_LLMNR))
        return true;
    check_says(report, CHECK_NOT_HERE, CHECK_HOSTS_LLMNR " is not in the hosts: line");
    return false;
}

/*
 * The service that nss-resolve(8) queries; without it nss-resolve has no answer, and glibc goes on
 * to the next service.
 */
static bool resolved_runs(void)
{
    int fd = check_connect("/run/systemd/resolve/io.systemd.Resolve");
    if (fd >= 0)
        close(fd);
    return fd >= 0 || (errno != ENOENT && errno != ENOTDIR && errno != ECONNREFUSED);
}

static bool is_resolved_user(const char *line, void *user)
{
    static const char name[] = "systemd-resolve:";
    if (strncmp(line, name, strlen(name)) != 0)
        return false;
    const char *password = line + strlen(name);
    return sscanf(password + strcspn(password, ":"), ":%u:", (unsigned *)user) == 1;
}

/* The user of systemd-resolved owns the port if LLMNR is on, whatever its many files say. */
static bool is_port_of_user(const char *line, void *user)
{
    unsigned port;
    unsigned owner;
    return sscanf(line, " %*[0-9]: %*[0-9A-F]:%x %*s %*s %*s %*s %*s %u", &port, &owner) == 2 &&
           port == CHECK_HOSTS_LLMNR_PORT && owner == *(unsigned *)user;
}

/* Whether systemd-resolved queries by LLMNR; if that is unknown, errno has the reason. */
static enum presence resolved_has_llmnr(void)
{
    unsigned user;
    /* Only the file is read: other services of the passwd: line might query the network. */
    enum presence found = stream_find("/etc/passwd", is_resolved_user, &user);
    if (found != PRESENCE_YES)
        return found;
    found = stream_find("/proc/net/udp", is_port_of_user, &user);
    return found == PRESENCE_NO ? stream_find("/proc/net/udp6", is_port_of_user, &user) : found;
}

/*
 * Returns NULL, or what is wrong with the module. It stays loaded, so that glibc calls what has
 * been checked.
 */
static const char *module_fault(void)
{
    void *handle = dlopen(MODULE, RTLD_NOW | RTLD_LOCAL);
    if (handle == NULL)
        return dlerror();
    /* Other projects have modules of this name. */
    return dlsym(handle, "_nss_llmnr_gethostbyname4_r") != NULL
               ? NULL
               : "it loses the zone, so it is not the module of v6lit";
}

/* Whether a service does not look up names without a dot, or only while its daemon runs. */
static bool passes_by(const char *text, const struct nsswitch_service *service)
{
    return nsswitch_is(text, service, NSSWITCH_SERVICE) ||
           (service->length >= 4 && memcmp(text + service->start, "mdns", 4) == 0) ||
           (nsswitch_is(text, service, "resolve") && !resolved_runs());
}

/* The position of llmnr in the line. */
struct place {
    struct nsswitch_service
        end; /* the service that keeps names from it; length 0 if there is none */
    bool before_dns;
};

static struct place find_place(const struct hosts_file *hosts)
{
    const char *text = hosts->file.text;
    struct place place = {0};
    struct nsswitch_service service;
    bool is_after = false;
    size_t at = hosts->hosts.services;
    while (nsswitch_next(text, &hosts->hosts, &at, &service)) {
        if (nsswitch_is(text, &service, CHECK_HOSTS_LLMNR))
            is_after = true;
        else if (is_after)
            place.before_dns = place.before_dns || nsswitch_is(text, &service, "dns") ||
                               nsswitch_is(text, &service, "resolve");
        else if (place.end.length == 0 && service.actions[NSSWITCH_NOTFOUND] == NSSWITCH_RETURN &&
                 !passes_by(text, &service))
            place.end = service;
    }
    return place;
}

static void report_hidden(const char *text, const struct nsswitch_service *end, bool has_llmnr,
                          struct check_report *report)
{
    check_says(report, CHECK_FINDING,
               "llmnr is never queried: %.*s before it ends the lookup of unknown names",
               (int)(end->length < 64 ? end->length : 64), text + end->start);
    if (!nsswitch_is(text, end, "resolve")) {
        check_advises(
            report,
            "Remove NOTFOUND=return or !UNAVAIL=return from the brackets after that service.");
    } else if (has_llmnr) {
        check_advises(report,
                      "Remove llmnr from the line: systemd-resolved queries by LLMNR itself.");
    } else {
        check_advises(report, "Remove llmnr from the line, and set 'LLMNR=yes' in "
                              "/etc/systemd/resolved.conf; then run 'systemctl restart "
                              "systemd-resolved' as root.");
        check_advises(report,
                      "Or write 'resolve [!UNAVAIL=return NOTFOUND=continue]', and llmnr last.");
    }
}

void check_llmnr(struct check_report *report)
{
    const struct hosts_file *hosts = check_hosts_file();
    if (!check_hosts_asks_llmnr(report) || !check_hosts_loads(report))
        return;
    const char *fault = module_fault();
    struct place place = find_place(hosts);
    enum presence has_llmnr = resolved_has_llmnr();
    int error = errno;
    if (fault != NULL) {
        check_says(report, CHECK_FINDING, MODULE " cannot be used: %s", fault);
        check_advises(report,
                      "Install v6lit, then run 'ldconfig' as root; or remove llmnr from the line.");
    } else if (place.end.length > 0) {
        report_hidden(hosts->file.text, &place.end, has_llmnr == PRESENCE_YES, report);
    } else if (place.before_dns) {
        check_says(report, CHECK_FINDING,
                   "llmnr comes before dns: any host on the link can claim any single-label name, "
                   "and the lookup of an unknown one takes 0.4 seconds");
        check_advises(report, "Move llmnr to the end of the line.");
    } else if (has_llmnr == PRESENCE_YES) {
        check_says(report, CHECK_NOTE,
                   "llmnr can be queried, but systemd-resolved queries by LLMNR as well, and "
                   "caches answers");
        check_advises(
            report, "With nss-resolve(8), replace 'dns llmnr' by 'resolve [!UNAVAIL=return] dns'.");
    } else if (has_llmnr == PRESENCE_UNKNOWN) {
        check_says(report, CHECK_CANNOT_TELL,
                   "cannot tell whether systemd-resolved queries by LLMNR: %s", strerror(error));
        check_advises(report, "Run 'v6lit doctor' as root.");
    } else {
        check_says(report, CHECK_OK, MODULE " loads, and is queried last");
    }
}
