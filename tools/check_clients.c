// SPDX-License-Identifier: LGPL-2.1-or-later
/* Programs that go round glibc, or drop the zone. Nothing of this machine is wrong with them. */
#include "check.h"

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

/* Whether a policy speaks of DNS over HTTPS and does not name our domain. A hint only, so the text
 * is searched and not parsed. */
static bool has_doh_policy(const char *path)
{
    FILE *file = check_open(path);
    if (file == NULL)
        return false;
    char *text = NULL;
    size_t size = 0;
    bool speaks = getdelim(&text, &size, '\0', file) > 0 &&
                  strstr(text, "\"DNSOverHTTPS\"") != NULL &&
                  strstr(text, "ipv6-literal.net") == NULL;
    free(text);
    fclose(file);
    return speaks;
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
    bool has_firefox = false;
    for (size_t i = 0; i < sizeof policies / sizeof policies[0]; i++) {
        if (!has_doh_policy(policies[i]))
            continue;
        if (!has_firefox)
            buffer_format(&all, "%sfirefox", all.length > 0 ? ", " : "");
        has_firefox = true;
        check_advises(report,
                      "firefox: %s sets DNS over HTTPS; where that is on, add "
                      "\"ipv6-literal.net\" to its ExcludedDomains",
                      policies[i]);
    }
    if (all.length == 0)
        check_says(report, CHECK_OK, "no program that is known to go round glibc");
    else
        check_says(report, CHECK_NOTE, "go round glibc or drop the zone: %s", all.text);
}
