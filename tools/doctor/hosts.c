// SPDX-License-Identifier: LGPL-2.1-or-later
/* The hosts: line: is it right, can its services be loaded, who hears of a literal name. */
#include "tools/doctor/hosts.h"
#include "tools/doctor/nameserver.h"
#include "tools/nsswitch/hosts_manager.h"
#include "tools/nsswitch/module.h"

#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

const struct hosts_file *check_hosts_file(void)
{
    static struct hosts_file found;
    static char empty[] = "";
    static bool is_done;
    if (is_done)
        return &found;
    is_done = true;
    found.is_read = replace_file_read(&found.file, NSSWITCH_PATH);
    found.error = errno;
    if (!found.is_read && errno == ENOENT) {
        found.is_missing = true;
        found.file.text = empty;
        found.is_read = true;
    } else if (!found.is_read) {
        replace_file_say(&found.file, found.trouble, sizeof found.trouble);
    }
    if (found.is_read)
        nsswitch_read(found.file.text, found.file.length, &found.hosts);
    return &found;
}

bool check_hosts_readable(const struct hosts_file *hosts, struct check_report *report)
{
    if (!hosts->is_read) {
        check_says(report, CHECK_CANNOT_TELL, "%s",
                   hosts->trouble[0] == '\0' ? "memory exhausted" : hosts->trouble);
        check_advises_access(report, hosts->error);
        return false;
    }
    if (hosts->hosts.fault.kind == NSSWITCH_SYNTAX) {
        check_says(report, CHECK_NOT_HERE,
                   "a syntax error in " NSSWITCH_PATH " makes every lookup fail");
        return false;
    }
    return true;
}

static void show_line(const struct hosts_file *hosts, struct buffer *out)
{
    const struct nsswitch *line = &hosts->hosts;
    if (line->lines == 0)
        buffer_format(out, "there is no hosts: line, so glibc uses \"files dns\"");
    else
        buffer_bytes(out, hosts->file.text + line->start, line->end - line->start);
    if (out->overflowed) {
        buffer_clear(out);
        buffer_format(out, "line %zu, which is too long to show", line->number);
    }
}

/* The name of a service; of an absurd one the beginning. */
static void show_service(const struct hosts_file *hosts, const struct nsswitch_service *service,
                         struct buffer *out)
{
    enum { SHOWN = 64 };
    bool is_cut = service->length > SHOWN;
    buffer_bytes(out, hosts->file.text + service->start, is_cut ? SHOWN : service->length);
    buffer_format(out, "%s", is_cut ? "..." : "");
}

/* `v6lit enable`, or the way of the tool that writes the file. */
static void advise_to_enable(const struct hosts_file *hosts, struct check_report *report)
{
    enum hosts_manager manager = hosts_manager_of(&hosts->file);
    if (manager != HOSTS_MANAGER_NONE) {
        check_advises(report, "%s.", hosts_manager_text(manager));
        hosts_manager_advice(manager, "enable", &report->advice);
        return;
    }
    if (hosts->is_missing)
        check_advises(report, "Run 'touch " NSSWITCH_PATH "' as root first.");
    check_advises(report, module_fault() == NULL
                              ? "Run 'v6lit enable' as root."
                              : "Once the module is installed, run 'v6lit enable' as root.");
}

static void report_fault(const struct hosts_file *hosts, struct check_report *report)
{
    const struct nsswitch_fault *fault = &hosts->hosts.fault;
    char word[64] = "";
    if (fault->length > 0)
        snprintf(word, sizeof word, "'%.*s': ", (int)(fault->length < 50 ? fault->length : 50),
                 hosts->file.text + fault->start);
    check_says(report, CHECK_FINDING, NSSWITCH_PATH ", line %zu, column %zu: %s%s", fault->line,
               fault->column, word, fault->reason);
    if (fault->kind == NSSWITCH_SYNTAX)
        check_advises(report, "glibc rejects the whole file, and every lookup fails.");
    else if (fault->kind == NSSWITCH_REST_IGNORED)
        check_advises(report, "glibc ignores the rest of the line.");
    if (fault->after_hash)
        check_advises(report, NSSWITCH_COMMENT_HINT);
    check_advises(report, "Fix the line in an editor.");
}

void check_hosts_line(struct check_report *report)
{
    const struct hosts_file *hosts = check_hosts_file();
    if (hosts->is_read && hosts->hosts.fault.kind != NSSWITCH_NO_FAULT) {
        report_fault(hosts, report);
        return;
    }
    if (!check_hosts_readable(hosts, report))
        return;
    static struct buffer line;
    buffer_clear(&line);
    show_line(hosts, &line);
    const char *fault = nsswitch_entry_fault(hosts->hosts.entry);
    if (fault == NULL) {
        check_says(report, CHECK_OK, "%s", line.text);
        return;
    }
    if (!check_hosts_loads(report))
        return;
    check_says(report, CHECK_FINDING, NSSWITCH_SERVICE " is %s: %s", fault, line.text);
    advise_to_enable(hosts, report);
}

/* Whether glibc has a service in itself. */
static bool is_built_in(const char *text, const struct nsswitch_service *service)
{
    /* Since 2.34; before, these two come with glibc as files. */
    return nsswitch_is(text, service, "files") || nsswitch_is(text, service, "dns");
}

bool check_hosts_loads(struct check_report *report)
{
#ifdef __GLIBC__
    (void)report;
    return true;
#else
    check_says(report, CHECK_CANNOT_TELL,
               "v6lit was built with a C library other than glibc, which has no services");
    return false;
#endif
}

/* Loads a service. NULL, or what is wrong. */
static const char *load_fault(const char *text, const struct nsswitch_service *service)
{
    char file[256];
    int length = snprintf(file, sizeof file, "libnss_%.*s.so.2", (int)service->length,
                          text + service->start);
    /* A slash would lead the loader to any file. */
    if (length < 0 || (size_t)length >= sizeof file || strchr(file, '/') != NULL)
        return "not a valid name of a service";
    return dlopen(file, RTLD_LAZY | RTLD_LOCAL) != NULL ? NULL : dlerror();
}

void check_services(struct check_report *report)
{
    const struct hosts_file *hosts = check_hosts_file();
    if (!check_hosts_readable(hosts, report))
        return;
    if (!check_hosts_loads(report))
        return;
    const char *text = hosts->file.text;
    struct nsswitch_service service;
    static struct buffer stale;
    buffer_clear(&stale);
    size_t at = hosts->hosts.services;
    while (hosts->hosts.lines > 0 && nsswitch_next(text, &hosts->hosts, &at, &service)) {
        /* Ours have checks of their own. */
        if (is_built_in(text, &service) || nsswitch_is(text, &service, NSSWITCH_SERVICE) ||
            nsswitch_is(text, &service, CHECK_HOSTS_LLMNR))
            continue;
        const char *why = load_fault(text, &service);
        if (why == NULL)
            continue;
        if (stale.length > 0)
            buffer_bytes(&stale, ", ", 2);
        show_service(hosts, &service, &stale);
        check_advises(report, "%s", why);
    }
    if (stale.length == 0) {
        check_says(report, CHECK_OK, "every other service in the line can be loaded");
        return;
    }
    check_says(report, CHECK_FINDING, "in the hosts: line, but not loadable: %s", stale.text);
    check_advises(report, "Failed lookups may end in \"System error\". Remove the service from the "
                          "line, or install the package that provides libnss_SERVICE.so.2.");
}

/* Whether a service queries a nameserver on this machine that answers for the domain itself. */
static bool is_kept(const char *text, const struct nsswitch_service *service)
{
    return (nsswitch_is(text, service, "dns") && nameserver_keeps_dns()) ||
           (nsswitch_is(text, service, "resolve") && nameserver_keeps_resolved());
}

/*
 * Follows a literal name through the line. Returns whether a service that asks others gets it;
 * *only_some says that the module answers before, so that only names and families without an
 * answer go on. Writes the name of that service, or of one that keeps the name on this machine.
 * With `name` only that service counts.
 */
static bool goes_to(const struct hosts_file *hosts, const char *name, struct buffer *to,
                    bool *only_some)
{
    const char *text = hosts->file.text;
    struct nsswitch_service service;
    bool loads = module_fault() == NULL;
    size_t at = hosts->hosts.services;
    buffer_clear(to);
    *only_some = false;
    if (hosts->hosts.lines == 0) {
        buffer_format(to, "dns");
        return name == NULL ? !nameserver_keeps_dns() : strcmp(name, "dns") == 0;
    }
    while (nsswitch_next(text, &hosts->hosts, &at, &service)) {
        bool is_ours = nsswitch_is(text, &service, NSSWITCH_SERVICE);
        bool is_end = service.actions[NSSWITCH_NOTFOUND] == NSSWITCH_RETURN;
        if (is_ours && !loads)
            continue;
        *only_some |= is_ours;
        bool is_it = name == NULL ? !is_ours && !nsswitch_is_local(text, &service)
                                  : nsswitch_is(text, &service, name);
        if (is_it) {
            buffer_clear(to);
            show_service(hosts, &service, to);
            if (name != NULL || !is_kept(text, &service))
                return true;
        }
        if (is_end)
            return false;
    }
    return false;
}

bool check_hosts_has(const struct hosts_file *hosts, const char *name)
{
    return nsswitch_has(hosts->file.text, &hosts->hosts, name);
}

/* A service that must come after us. */
static void check_place(struct check_report *report, const char *service, const char *what,
                        const char *harm)
{
    const struct hosts_file *hosts = check_hosts_file();
    if (!check_hosts_readable(hosts, report))
        return;
    if (!check_hosts_has(hosts, service)) {
        check_says(report, CHECK_NOT_HERE, "%s (%s) is not in the hosts: line", what, service);
        return;
    }
    static struct buffer to;
    bool only_some;
    if (goes_to(hosts, service, &to, &only_some)) {
        check_says(report, CHECK_FINDING, "%s (%s) is queried for literal names: %s", what, service,
                   harm);
        advise_to_enable(hosts, report);
    } else {
        check_says(report, CHECK_OK, "%s (%s) is not queried for literal names", what, service);
    }
}

void check_resolved(struct check_report *report)
{
    check_place(report, "resolve", "systemd-resolved", "it loses the zone, and may query DNS");
}

void check_sssd(struct check_report *report)
{
    check_place(report, "sss", "SSSD", "it loses the zone, and may query DNS");
}

void check_leak(struct check_report *report)
{
    const struct hosts_file *hosts = check_hosts_file();
    if (!check_hosts_readable(hosts, report))
        return;
#ifndef __GLIBC__
    check_says(report, CHECK_CANNOT_TELL,
               "cannot tell whether glibc can load the module, nor whether it passes names on");
    return;
#endif
    static struct buffer to;
    bool only_some;
    if (!goes_to(hosts, NULL, &to, &only_some)) {
        if (to.length == 0)
            check_says(report, CHECK_OK, "no literal name that glibc looks up leaves this machine");
        else
            check_says(report, CHECK_OK,
                       "%s queries a nameserver on this machine that answers for the domain itself",
                       to.text);
        return;
    }
    check_says(report, CHECK_FINDING,
               "%s are sent to %s; the domain ipv6-literal.net belongs to a stranger",
               only_some ? "unanswered literal names, and lookups of IPv4 addresses,"
                         : "literal names",
               to.text);
    advise_to_enable(hosts, report);
}
