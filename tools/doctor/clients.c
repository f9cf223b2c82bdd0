// SPDX-License-Identifier: LGPL-2.1-or-later
/* Programs that bypass glibc, or lose the zone, and the versions that do. */
#include "libv6lit/v6lit.h"
#include "tools/common/find_program.h"
#include "tools/common/stream.h"
#include "tools/doctor/check.h"
#include "tools/doctor/find_text.h"

#include <dlfcn.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { NAMES = 6, TEXTS = 2, DIRECTORIES = 32 };

/*
 * Programs, and libraries (lib*.so.*). If a row is about some versions only, a text in the file
 * identifies them: the doctor runs as root, so it neither runs nor loads any file that is not ours.
 */
static const struct client {
    const char *names[NAMES];
    const char *has[TEXTS];   /* texts that a matching file contains, all of them */
    const char *lacks;        /* a text that it does not contain, or NULL */
    enum check_result result; /* a finding if a better version exists, else a note */
    const char *what;
} clients[] = {
    /*
     * curl/curl#21669, #22330, #22368. The missing text belongs to that fix, since distributions
     * may have it in a version before 8.22. A curl that is not static contains its version, too,
     * but not the messages of the library.
     */
    {{"libcurl.so.4", "libcurl-gnutls.so.4", "libcurl-nss.so.4", "curl"},
     {"8.21.", "Unsupported protocol"},
     "for AF_UNSPEC resolve",
     CHECK_FINDING,
     "8.21 uses the first link and may reach ANOTHER HOST; update to 8.22 or later, and until then "
     "use 'v6lit exec COMMAND'"},
    {{"libcurl.so.4", "libcurl-gnutls.so.4", "libcurl-nss.so.4", "curl"},
     {"8.20.", "Unsupported protocol"},
     "for AF_UNSPEC resolve",
     CHECK_FINDING,
     "8.20 drops the zone; update to 8.22 or later, and until then use 'v6lit exec COMMAND'"},
    /* GNOME/glib!4676; the function is new in 2.85.2 */
    {{"libgio-2.0.so.0"},
     {NULL},
     "g_inet_address_get_scope_id",
     CHECK_NOTE,
     "GLib before 2.86 drops the zone, also under 'v6lit exec': gio, libsoup and GStreamer do not "
     "reach link-local names; give them the address with its zone"},
    /* Measured with Node.js 18 to 26. libuv 1.47 and later uses the first link: libuv/libuv#4107 */
    {{"node", "nodejs"},
     {NULL},
     NULL,
     CHECK_NOTE,
     "drop the zone in dns.lookup, also under 'v6lit exec'; with libuv 1.47 and later they may "
     "reach ANOTHER HOST: give the address with its zone as 'host', and the name in the Host "
     "header"},
    {{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge"},
     {NULL},
     NULL,
     CHECK_NOTE,
     "drop the zone: link-local pages do not open; Firefox opens them"},
    {{"go"}, {NULL}, NULL, CHECK_NOTE, "programs built without cgo query DNS"},
    {{"dig", "host", "nslookup", "resolvectl"},
     {NULL},
     NULL,
     CHECK_NOTE,
     "query DNS themselves; 'v6lit decode NAME' prints the address"},
    {{"flatpak", "snap", "docker", "podman", "lxc-start", "systemd-nspawn"},
     {NULL},
     NULL,
     CHECK_NOTE,
     "programs inside have their own libraries and nsswitch.conf: set up the module there as well"},
};

/* The files in which administrators put policies for Firefox. */
static const char *const policies[] = {
    "/etc/firefox/policies/policies.json",
    "/usr/lib/firefox/distribution/policies.json",
    "/usr/lib/firefox-esr/distribution/policies.json",
};

/*
 * What a policy says about lookups. The result is only a hint, so the text is searched and not
 * parsed.
 */
struct policy {
    bool has_doh;   /* it mentions DNS over HTTPS */
    bool names_us;  /* and our domain */
    bool has_https; /* it sets the preference for records of type HTTPS */
};

/* Returns false with errno if the file exists and cannot be read. */
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

/* What was found of the programs, and what is unknown. */
struct found {
    struct buffer programs;
    struct buffer unknown;
    enum check_result result;
    struct buffer here; /* of one row */
    char path[PATH_MAX];
    const char *directories[DIRECTORIES]; /* the directories that are searched for libraries */
};

static void say_unknown(struct found *found, const char *what)
{
    buffer_format(&found->unknown, "%s%s (%s)", found->unknown.length > 0 ? ", " : "", what,
                  strerror(errno));
}

static void add_program(struct buffer *list, const char *name)
{
    buffer_format(list, "%s%s", list->length > 0 ? ", " : "", name);
}

/* Whether a program is installed; false also if that is unknown. */
static bool has_program(const char *name, struct found *found)
{
    enum presence is_here = check_program(name);
    if (is_here == PRESENCE_UNKNOWN)
        say_unknown(found, name);
    return is_here == PRESENCE_YES;
}

/* Whether a row is about this file; false also if that is unknown. */
static bool is_meant(const char *path, const struct client *client, struct found *found)
{
    enum find_text has = FIND_TEXT_YES;
    enum find_text lacks = FIND_TEXT_NO;
    for (size_t i = 0; has == FIND_TEXT_YES && i < TEXTS && client->has[i] != NULL; i++)
        has = find_text(path, client->has[i]);
    if (has == FIND_TEXT_YES && client->lacks != NULL)
        lacks = find_text(path, client->lacks);
    if (has != FIND_TEXT_UNKNOWN && lacks != FIND_TEXT_UNKNOWN)
        return has == FIND_TEXT_YES && lacks == FIND_TEXT_NO;
    /* Only a regular file can be a library. */
    if (errno != ENOENT && errno != ENOTDIR && errno != EINVAL)
        say_unknown(found, path);
    return false;
}

/*
 * Sets the directories in which the loader searches for this program's libraries without its cache:
 * the system's own first, then those of a `make install`. They are part of the returned memory,
 * which is to be freed.
 */
static void *list_directories(const char *directories[static DIRECTORIES])
{
    size_t count = 0;
    void *list = NULL;
#ifdef __GLIBC__
    void *self = dlopen(NULL, RTLD_NOW);
    Dl_serinfo size;
    if (self != NULL && dlinfo(self, RTLD_DI_SERINFOSIZE, &size) == 0)
        list = malloc(size.dls_size);
    Dl_serinfo *info = list;
    if (info != NULL && dlinfo(self, RTLD_DI_SERINFOSIZE, info) == 0 &&
        dlinfo(self, RTLD_DI_SERINFO, info) == 0) {
        for (size_t i = info->dls_cnt; i > 0 && count < DIRECTORIES - 3; i--)
            directories[count++] = info->dls_serpath[i - 1].dls_name;
    }
    if (self != NULL)
        dlclose(self);
#endif
    directories[count++] = "/usr/local/lib";
    directories[count++] = "/usr/local/lib64";
    directories[count] = NULL;
    return list;
}

/*
 * Adds the libraries of this name that a row is about, with their paths. A file with several names
 * in directories that follow each other, such as /usr/lib and /lib, counts once.
 */
static void look_for_library(const char *name, const struct client *client, struct found *found)
{
    struct stat last = {0};
    for (size_t i = 0; found->directories[i] != NULL; i++) {
        struct stat status;
        int length =
            snprintf(found->path, sizeof found->path, "%s/%s", found->directories[i], name);
        if (length >= (int)sizeof found->path)
            continue;
        if (stat(found->path, &status) != 0) {
            if (errno != ENOENT && errno != ENOTDIR)
                say_unknown(found, found->path);
            continue;
        }
        if ((status.st_dev == last.st_dev && status.st_ino == last.st_ino) ||
            !is_meant(found->path, client, found))
            continue;
        add_program(&found->here, found->path);
        last = status;
    }
}

/* Adds the program if a row is about it. */
static void look_for_program(const char *name, const struct client *client, struct found *found)
{
    if (!has_program(name, found))
        return;
    char *path = client->has[0] == NULL && client->lacks == NULL ? NULL : find_program(name);
    if (path == NULL || is_meant(path, client, found))
        add_program(&found->here, name);
    free(path);
}

static bool is_library(const char *name)
{
    return strncmp(name, "lib", strlen("lib")) == 0 && strstr(name, ".so.") != NULL;
}

/* Advises how to keep Firefox from querying DNS; returns false if there is nothing to advise. */
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
                      "firefox: queries DNS for an HTTPS record of each name; a policy that sets "
                      "network.dns.native_https_query to false prevents that: see "
                      "nss-ipv6literal(8)");
    }
    return says_something;
}

static void check_client(const struct client *client, struct check_report *report,
                         struct found *found)
{
    buffer_clear(&found->here);
    for (size_t i = 0; i < NAMES && client->names[i] != NULL; i++) {
        if (is_library(client->names[i]))
            look_for_library(client->names[i], client, found);
        else
            look_for_program(client->names[i], client, found);
    }
    if (found->here.length == 0)
        return;
    if (client->result == CHECK_FINDING)
        found->result = CHECK_FINDING;
    add_program(&found->programs, found->here.text);
    check_advises(report, "%s: %s", found->here.text, client->what);
}

void check_clients(struct check_report *report)
{
    static struct found found;
    buffer_clear(&found.programs);
    buffer_clear(&found.unknown);
    found.result = CHECK_NOTE;
    void *list = list_directories(found.directories);
    for (size_t i = 0; i < sizeof clients / sizeof clients[0]; i++)
        check_client(&clients[i], report, &found);
    free(list);
    if (check_firefox(report, &found))
        add_program(&found.programs, "firefox");
    if (found.unknown.length > 0 && found.result != CHECK_FINDING) {
        check_says(report, CHECK_CANNOT_TELL, "cannot check: %s", found.unknown.text);
        return;
    }
    if (found.unknown.length > 0)
        check_advises(report, "cannot check: %s", found.unknown.text);
    if (found.programs.length == 0)
        check_says(report, CHECK_OK, "no program known to bypass glibc");
    else
        check_says(report, found.result, "bypass glibc or lose the zone: %s", found.programs.text);
}
