// SPDX-License-Identifier: LGPL-2.1-or-later
/* Programs that go round glibc, or drop the zone. Nothing of this machine is wrong with them. */
#include "check.h"
#include "v6lit.h"

#include <stdio.h>
#include <stdlib.h>
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

static struct policy read_policy(const char *path)
{
    struct policy policy = {0};
    FILE *file = check_open(path);
    if (file == NULL)
        return policy;
    char *text = NULL;
    size_t size = 0;
    if (getdelim(&text, &size, '\0', file) > 0) {
        policy.has_doh = strstr(text, "\"DNSOverHTTPS\"") != NULL;
        policy.names_us = strstr(text, V6LIT_DOMAIN) != NULL;
        policy.has_https = strstr(text, "\"network.dns.native_https_query\"") != NULL;
    }
    free(text);
    fclose(file);
    return policy;
}

/* Advises what keeps Firefox from asking DNS; false if nothing need be said. */
static bool check_firefox(struct check_report *report)
{
    bool is_here = check_has_program("firefox") || check_has_program("firefox-esr");
    bool has_https = false;
    bool says_something = false;
    for (size_t i = 0; i < sizeof policies / sizeof policies[0]; i++) {
        struct policy policy = read_policy(policies[i]);
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

void check_clients(struct check_report *report)
{
    struct buffer all;
    buffer_clear(&all);
    for (size_t i = 0; i < sizeof clients / sizeof clients[0]; i++) {
        struct buffer here;
        buffer_clear(&here);
        for (size_t j = 0; j < NAMES && clients[i].names[j] != NULL; j++) {
            if (check_has_program(clients[i].names[j]))
                buffer_format(&here, "%s%s", here.length > 0 ? ", " : "", clients[i].names[j]);
        }
        if (here.length == 0)
            continue;
        buffer_format(&all, "%s%s", all.length > 0 ? ", " : "", here.text);
        check_advises(report, "%s: %s", here.text, clients[i].what);
    }
    if (check_firefox(report))
        buffer_format(&all, "%sfirefox", all.length > 0 ? ", " : "");
    if (all.length == 0)
        check_says(report, CHECK_OK, "no program that is known to go round glibc");
    else
        check_says(report, CHECK_NOTE, "go round glibc or drop the zone: %s", all.text);
}
