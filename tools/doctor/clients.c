// SPDX-License-Identifier: LGPL-2.1-or-later
/* Programs that go round glibc, or drop the zone. Nothing of this machine is wrong with them. */
#include "libv6lit/v6lit.h"
#include "tools/common/stream.h"
#include "tools/doctor/check.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

enum { NAMES = 6 };

static const struct {
    const char *names[NAMES];
    const char *what;
} clients[] = {
    {{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge"},
     "drop the zone: link-local pages do not open; Firefox opens them"},
    {{"node", "nodejs"}, "drop the zone in dns.lookup; dns.resolve asks DNS"},
    {{"go"}, "programs built without cgo ask DNS"},
    {{"dig", "host", "nslookup", "resolvectl"},
     "ask DNS themselves; 'v6lit decode NAME' gives the address"},
    {{"flatpak", "snap", "docker", "podman", "lxc-start", "systemd-nspawn"},
     "what runs inside has its own libraries and nsswitch.conf: set them up there as well"},
};

/* Where administrators put policies for Firefox. */
static const char *const policies[] = {
    "/etc/firefox/policies/policies.json",
    "/usr/lib/firefox/distribution/policies.json",
    "/usr/lib/firefox-esr/distribution/policies.json",
};

/* What a policy says of look-ups. Hints only, so the text is searched and not parsed. */
struct policy {
    bool has_doh;   /* DNS over HTTPS is spoken of */
    bool names_us;  /* and so is our domain */
    bool has_https; /* the preference for records of type HTTPS is set */
};

/* False, with errno, if the file is there and cannot be read. */
static bool read_policy(const char *path, struct policy *policy)
{
    *policy = (struct policy){0};
    struct stream *file = stream_open(path);
    if (file == NULL)
        return errno == ENOENT || errno == ENOTDIR;
    for (const char *line; (line = stream_line(file)) != NULL;) {
        policy->has_doh = policy->has_doh || strstr(line, "\"DNSOverHTTPS\"") != NULL;
        policy->names_us = policy->names_us || strstr(line, V6LIT_DOMAIN) != NULL;
        policy->has_https =
            policy->has_https || strstr(line, "\"network.dns.native_https_query\"") != NULL;
    }
    return stream_close(file);
}

/* What was found of the programs, and what could not be found out. */
struct found {
    struct buffer programs;
    struct buffer unknown;
};

static void say_unknown(struct found *found, const char *what)
{
    buffer_format(&found->unknown, "%s%s (%s)", found->unknown.length > 0 ? ", " : "", what,
                  strerror(errno));
}

/* Whether a program is here; false also if that is unknown. */
static bool has_program(const char *name, struct found *found)
{
    enum check_found is_here = check_program(name);
    if (is_here == CHECK_FOUND_UNKNOWN)
        say_unknown(found, name);
    return is_here == CHECK_FOUND_YES;
}

/* Advises what keeps Firefox from asking DNS; false if nothing need be said. */
static bool check_firefox(struct check_report *report, struct found *found)
{
    bool is_here = has_program("firefox", found) || has_program("firefox-esr", found);
    bool has_https = false;
    bool says_something = false;
    for (size_t i = 0; i < sizeof policies / sizeof policies[0]; i++) {
        struct policy policy;
        if (!read_policy(policies[i], &policy))
            say_unknown(found, policies[i]);
        has_https = has_https || policy.has_https;
        if (!policy.has_doh || policy.names_us)
            continue;
        says_something = true;
        check_advises(report,
                      "firefox: %s sets DNS over HTTPS; where that is on, add \"" V6LIT_DOMAIN
                      "\" to its ExcludedDomains",
                      policies[i]);
    }
    if (is_here && !has_https) {
        says_something = true;
        check_advises(report,
                      "firefox: asks DNS by itself for a record of type HTTPS of each name; a "
                      "policy that sets network.dns.native_https_query to false ends that: see "
                      "nss-ipv6literal(8)");
    }
    return says_something;
}

static void add_program(struct buffer *list, const char *name)
{
    buffer_format(list, "%s%s", list->length > 0 ? ", " : "", name);
}

void check_clients(struct check_report *report)
{
    static struct found found;
    buffer_clear(&found.programs);
    buffer_clear(&found.unknown);
    for (size_t i = 0; i < sizeof clients / sizeof clients[0]; i++) {
        struct buffer here;
        buffer_clear(&here);
        for (size_t j = 0; j < NAMES && clients[i].names[j] != NULL; j++) {
            if (has_program(clients[i].names[j], &found))
                add_program(&here, clients[i].names[j]);
        }
        if (here.length == 0)
            continue;
        add_program(&found.programs, here.text);
        check_advises(report, "%s: %s", here.text, clients[i].what);
    }
    if (check_firefox(report, &found))
        add_program(&found.programs, "firefox");
    if (found.unknown.length > 0)
        check_says(report, CHECK_CANNOT_TELL, "cannot be looked at: %s", found.unknown.text);
    else if (found.programs.length == 0)
        check_says(report, CHECK_OK, "no program that is known to go round glibc");
    else
        check_says(report, CHECK_NOTE, "go round glibc or drop the zone: %s", found.programs.text);
}
