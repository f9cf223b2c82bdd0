// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * The program that the kernel runs for the address of a server when a cifs mount has lost the
 * connection.
 */
#include "libv6lit/v6lit.h"
#include "tools/common/stream.h"
#include "tools/doctor/check.h"

#include <errno.h>
#include <glob.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { COLUMNS = 4 };

/* The kernel's request: see request-key.conf(5). */
static const char *const request[COLUMNS] = {"create", "dns_resolver",
                                             "fe80--1seth0.ipv6-literal.net", ""};

/*
 * The rule that request-key selects: the one with the fewest characters skipped by '*', column by
 * column; the first of several.
 */
struct rule {
    bool is_found;
    size_t skipped[COLUMNS];
    char program[256];
    char file[256];
};

/* Whether a pattern with at most one '*' matches, and how many characters the '*' skips. */
static bool fits(const char *pattern, const char *text, size_t *skipped)
{
    const char *star = strchr(pattern, '*');
    size_t length = strlen(text);
    *skipped = 0;
    if (star == NULL)
        return strcmp(pattern, text) == 0;
    size_t before = (size_t)(star - pattern);
    size_t after = strlen(star + 1);
    if (before + after > length || memcmp(pattern, text, before) != 0 ||
        memcmp(star + 1, text + length - after, after) != 0)
        return false;
    *skipped = length - before - after;
    return true;
}

static bool is_better(const size_t *skipped, const struct rule *rule)
{
    for (size_t i = 0; rule->is_found && i < COLUMNS; i++) {
        if (skipped[i] != rule->skipped[i])
            return skipped[i] < rule->skipped[i];
    }
    return !rule->is_found;
}

static void read_line(char *line, const char *file, struct rule *rule)
{
    static const char space[] = " \t\n";
    if (strchr(" \t\n\v\f\r#", line[0]) != NULL)
        return; /* request-key ignores such a line */
    char *rest;
    size_t skipped[COLUMNS];
    char *word = strtok_r(line, space, &rest);
    for (size_t i = 0; i < COLUMNS; i++) {
        if (word == NULL || !fits(word, request[i], &skipped[i]))
            return;
        word = strtok_r(NULL, space, &rest);
    }
    if (word == NULL || !is_better(skipped, rule))
        return;
    rule->is_found = true;
    memcpy(rule->skipped, skipped, sizeof skipped);
    snprintf(rule->program, sizeof rule->program, "%s", word);
    snprintf(rule->file, sizeof rule->file, "%s", file);
}

/* Returns false with errno if the file exists and cannot be read. */
static bool read_rules(const char *path, struct rule *rule)
{
    struct stream *file = stream_open(path);
    if (file == NULL)
        return errno == ENOENT || errno == EINVAL; /* no file, no rules */
    for (char *line; (line = stream_line(file)) != NULL;)
        read_line(line, path, rule);
    return stream_close(file);
}

static bool is_named(const char *path, const char *name)
{
    const char *slash = strrchr(path, '/');
    return strcmp(slash == NULL ? path : slash + 1, name) == 0;
}

static void advise_key_v6lit(struct check_report *report)
{
    check_advises(report, "Put 'create dns_resolver *." V6LIT_DOMAIN " * " SBINDIR
                          "/key.v6lit %%k' into /etc/request-key.d/v6lit.conf, as 'make install' "
                          "does: see key.v6lit(8).");
}

static void report_rule(struct check_report *report, const struct rule *rule)
{
    static const char old_index[] =
        "so the kernel reconnects to the address and interface index of the first mount; a mount "
        "whose interface was re-created stays dead";
    if (!rule->is_found) {
        check_says(report, CHECK_NOTE, "no rule for dns_resolver, %s", old_index);
        advise_key_v6lit(report);
    } else if (is_named(rule->program, "key.v6lit") && access(rule->program, X_OK) != 0) {
        check_says(report, CHECK_FINDING, "%s, which %s names, cannot be run: %s", rule->program,
                   rule->file, strerror(errno));
        check_advises(report, "If v6lit is installed elsewhere, remove the file; otherwise "
                              "reinstall v6lit (Debian: apt-get install --reinstall v6lit-tools).");
    } else if (is_named(rule->program, "key.v6lit")) {
        check_says(report, CHECK_OK,
                   "%s gives the kernel the address with the current index of the interface",
                   rule->program);
    } else if (is_named(rule->program, "key.dns_resolver")) {
        check_says(report, CHECK_NOTE, "%s resolves no literal names, %s", rule->program,
                   old_index);
        advise_key_v6lit(report);
    } else if (is_named(rule->program, "cifs.upcall")) {
        check_says(report, CHECK_FINDING,
                   "%s (%s) gives the kernel a literal name's address without the zone",
                   rule->program, rule->file);
        advise_key_v6lit(report);
    } else {
        check_says(report, CHECK_CANNOT_TELL,
                   "%s (%s) answers the kernel: cannot tell whether it keeps the zone",
                   rule->program, rule->file);
        check_advises(report, "If mounts do not reconnect:");
        advise_key_v6lit(report);
    }
}

/* The same for a file in a directory, where request-key ignores symbolic links and the like. */
static bool read_rules_in_directory(const char *path, struct rule *rule)
{
    struct stat status;
    if (lstat(path, &status) != 0)
        return errno == ENOENT;
    return !S_ISREG(status.st_mode) || read_rules(path, rule);
}

void check_cifs_upcall(struct check_report *report)
{
    switch (check_program("mount.cifs")) {
    case PRESENCE_NO:
        check_says(report, CHECK_NOT_HERE, "mount.cifs is not installed");
        return;
    case PRESENCE_UNKNOWN:
        check_says(report, CHECK_CANNOT_TELL, "cannot tell whether mount.cifs is installed: %s",
                   strerror(errno));
        return;
    case PRESENCE_YES:
        break;
    }
    struct rule rule = {0};
    glob_t files = {0};
    const char *unreadable = NULL;
    int error = 0;
    /* All files count; their order decides only between equals. */
    int globbed = glob("/etc/request-key.d/*.conf", GLOB_ERR, NULL, &files);
    if (globbed != 0 && globbed != GLOB_NOMATCH && errno != ENOENT) {
        unreadable = "/etc/request-key.d";
        error = errno;
    }
    for (size_t i = 0; i < files.gl_pathc && unreadable == NULL; i++) {
        if (!read_rules_in_directory(files.gl_pathv[i], &rule)) {
            unreadable = files.gl_pathv[i];
            error = errno;
        }
    }
    if (unreadable == NULL && !read_rules("/etc/request-key.conf", &rule)) {
        unreadable = "/etc/request-key.conf";
        error = errno;
    }
    if (unreadable != NULL) {
        check_says(report, CHECK_CANNOT_TELL, "%s: %s", unreadable, strerror(error));
        check_advises_access(report, error);
    } else {
        report_rule(report, &rule);
    }
    globfree(&files);
}
