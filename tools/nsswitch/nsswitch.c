// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tools/nsswitch/nsswitch.h"

#include "base/ascii.h"

#include <string.h>

/* glibc's nss/databases.def. Lines of other names are not for glibc and may hold anything. */
static const char *const databases[] = {
    "aliases",    "ethers",   "group",    "group_compat",  "gshadow",   "hosts",
    "initgroups", "netgroup", "networks", "passwd",        "protocols", "passwd_compat",
    "publickey",  "rpc",      "services", "shadow_compat", "shadow",
};

/*
 * Services that send nothing to the network for a literal name:
 * files, db, usrfiles (glibc, openSUSE), altfiles  read files of this machine
 * compat, systemd                                  have no function for host names
 * myhostname                                       answers for this host, localhost and _gateway
 * mymachines                                       asks systemd-machined, for containers
 * libvirt, libvirt_guest                           read the leases of libvirt's dnsmasq
 * llmnr                                            queries single-label names only
 */
static const char *const local_services[] = {
    "files",      "db",         "usrfiles", "altfiles",      "compat", "systemd",
    "myhostname", "mymachines", "libvirt",  "libvirt_guest", "llmnr",
};

static size_t skip_space(const char *text, size_t at, size_t stop)
{
    while (at < stop && ascii_is_space(text[at]))
        at++;
    return at;
}

static bool equal(const char *text, size_t length, const char *word)
{
    return length == strlen(word) && memcmp(text, word, length) == 0;
}

/* The same without regard to case; `word` is in capitals. */
static bool equal_capitals(const char *text, size_t length, const char *word)
{
    if (length != strlen(word))
        return false;
    for (size_t i = 0; i < length; i++) {
        char c = text[i];
        if (c >= 'a' && c <= 'z')
            c = (char)(c - 'a' + 'A');
        if (c != word[i])
            return false;
    }
    return true;
}

/* The position of the reader, and the reason for which it stopped. */
struct scan {
    const char *text;
    size_t at;
    size_t stop;
    const char *reason; /* NULL unless there is a syntax error */
    size_t word;        /* the offset of the wrong word */
};

/* A word inside brackets: up to white space, '=' or ']'. */
static size_t scan_word(struct scan *scan)
{
    scan->word = scan->at;
    while (scan->at < scan->stop && !ascii_is_space(scan->text[scan->at]) &&
           scan->text[scan->at] != '=' && scan->text[scan->at] != ']')
        scan->at++;
    return scan->at - scan->word;
}

static bool scan_fails(struct scan *scan, const char *reason)
{
    scan->reason = scan->at == scan->stop ? "missing ']'" : reason;
    return false;
}

static bool scan_status(struct scan *scan, enum nsswitch_status *status)
{
    static const char *const names[] = {"TRYAGAIN", "UNAVAIL", "NOTFOUND", "SUCCESS"};
    size_t length = scan_word(scan);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (equal_capitals(scan->text + scan->word, length, names[i])) {
            *status = (enum nsswitch_status)i;
            return true;
        }
    }
    return scan_fails(scan, "not one of SUCCESS, NOTFOUND, UNAVAIL, TRYAGAIN");
}

static bool scan_action(struct scan *scan, enum nsswitch_action *action)
{
    static const char *const names[] = {"CONTINUE", "RETURN", "MERGE"};
    size_t length = scan_word(scan);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (equal_capitals(scan->text + scan->word, length, names[i])) {
            *action = (enum nsswitch_action)i;
            return true;
        }
    }
    return scan_fails(scan, "not one of return, continue, merge");
}

/* One STATUS=action, and the white space after it. */
static bool scan_criterion(struct scan *scan, enum nsswitch_action *actions)
{
    bool all_but = scan->at < scan->stop && scan->text[scan->at] == '!';
    if (all_but)
        scan->at++;
    enum nsswitch_status status;
    enum nsswitch_action action;
    if (!scan_status(scan, &status))
        return false;
    scan->at = skip_space(scan->text, scan->at, scan->stop);
    if (scan->at == scan->stop || scan->text[scan->at] != '=') {
        scan->word = scan->at;
        return scan_fails(scan, "missing '='");
    }
    scan->at = skip_space(scan->text, scan->at + 1, scan->stop);
    if (!scan_action(scan, &action))
        return false;
    if (all_but) {
        enum nsswitch_action kept = actions[status];
        for (size_t i = 0; i < NSSWITCH_STATUSES; i++)
            actions[i] = action;
        actions[status] = kept;
    } else {
        actions[status] = action;
    }
    scan->at = skip_space(scan->text, scan->at, scan->stop);
    return true;
}

/* The next service; false at the end, at a '[' without a service, and at a syntax error. */
static bool scan_service(struct scan *scan, struct nsswitch_service *service)
{
    scan->at = skip_space(scan->text, scan->at, scan->stop);
    service->start = scan->at;
    while (scan->at < scan->stop && !ascii_is_space(scan->text[scan->at]) &&
           scan->text[scan->at] != '[')
        scan->at++;
    service->length = scan->at - service->start;
    service->end = scan->at;
    if (service->length == 0)
        return false;

    for (size_t i = 0; i < NSSWITCH_STATUSES; i++)
        service->actions[i] = NSSWITCH_CONTINUE;
    service->actions[NSSWITCH_SUCCESS] = NSSWITCH_RETURN;
    service->actions[NSSWITCH_INTERNAL_RETURN] = NSSWITCH_RETURN;

    scan->at = skip_space(scan->text, scan->at, scan->stop);
    service->has_list = scan->at < scan->stop && scan->text[scan->at] == '[';
    if (!service->has_list)
        return true;
    scan->at = skip_space(scan->text, scan->at + 1, scan->stop);
    do {
        if (!scan_criterion(scan, service->actions))
            return false;
    } while (scan->at == scan->stop || scan->text[scan->at] != ']');
    service->end = ++scan->at;
    return true;
}

bool nsswitch_next(const char *text, const struct nsswitch *hosts, size_t *at,
                   struct nsswitch_service *service)
{
    struct scan scan = {.text = text, .at = *at, .stop = hosts->stop};
    bool found = scan_service(&scan, service);
    *at = scan.at;
    return found;
}

bool nsswitch_is(const char *text, const struct nsswitch_service *service, const char *name)
{
    return equal(text + service->start, service->length, name);
}

static bool is_ours(const char *text, const struct nsswitch_service *service)
{
    return nsswitch_is(text, service, NSSWITCH_SERVICE);
}

bool nsswitch_has(const char *text, const struct nsswitch *hosts, const char *name)
{
    struct nsswitch_service service;
    size_t at = hosts->services;
    while (hosts->lines > 0 && nsswitch_next(text, hosts, &at, &service)) {
        if (nsswitch_is(text, &service, name))
            return true;
    }
    return false;
}

bool nsswitch_is_local(const char *text, const struct nsswitch_service *service)
{
    for (size_t i = 0; i < sizeof local_services / sizeof local_services[0]; i++) {
        if (nsswitch_is(text, service, local_services[i]))
            return true;
    }
    return false;
}

bool nsswitch_is_harmless(const char *text, const struct nsswitch_service *service)
{
    /* files returns UNAVAIL if there is no /etc/hosts, and mymachines without its daemon. */
    return service->actions[NSSWITCH_NOTFOUND] == NSSWITCH_CONTINUE &&
           service->actions[NSSWITCH_UNAVAIL] == NSSWITCH_CONTINUE &&
           nsswitch_is_local(text, service);
}

/* The statuses of the module: SUCCESS, NOTFOUND for a literal name, UNAVAIL for any other. */
static bool has_right_actions(const struct nsswitch_service *service)
{
    return service->actions[NSSWITCH_SUCCESS] == NSSWITCH_RETURN &&
           service->actions[NSSWITCH_NOTFOUND] == NSSWITCH_RETURN &&
           service->actions[NSSWITCH_UNAVAIL] == NSSWITCH_CONTINUE &&
           service->actions[NSSWITCH_TRYAGAIN] != NSSWITCH_MERGE;
}

static enum nsswitch_entry judge_entry(const char *text, const struct nsswitch *hosts)
{
    bool all_harmless = true;
    bool after_files = false;
    enum nsswitch_entry entry = NSSWITCH_MISSING;
    struct nsswitch_service service;
    for (size_t at = hosts->services; nsswitch_next(text, hosts, &at, &service);) {
        if (is_ours(text, &service)) {
            if (entry != NSSWITCH_MISSING)
                return NSSWITCH_TWICE;
            if (!has_right_actions(&service))
                entry = NSSWITCH_WRONG_ACTIONS;
            else
                entry = all_harmless ? NSSWITCH_RIGHT : NSSWITCH_TOO_LATE;
            continue;
        }
        all_harmless = all_harmless && nsswitch_is_harmless(text, &service);
        if (all_harmless && nsswitch_is(text, &service, "files")) {
            if (entry == NSSWITCH_RIGHT && !after_files)
                entry = NSSWITCH_TOO_EARLY;
            after_files = true;
        }
    }
    return entry;
}

static bool is_database(const char *name, size_t length)
{
    for (size_t i = 0; i < sizeof databases / sizeof databases[0]; i++) {
        if (equal(name, length, databases[i]))
            return true;
    }
    return false;
}

static void set_fault(const char *text, struct nsswitch *hosts, enum nsswitch_fault_kind kind,
                      const char *reason, size_t line, size_t line_start, size_t start,
                      size_t length)
{
    hosts->fault = (struct nsswitch_fault){
        .kind = kind,
        .reason = reason,
        .line = line,
        .column = start - line_start + 1,
        .start = start,
        .length = length,
        .after_hash = memchr(text + line_start, '#', start - line_start) != NULL,
    };
}

/* Reads one line, [start, stop); false at a syntax error. glibc sees `stop` as the string's end. */
static bool read_line(const char *text, size_t number, size_t start, size_t stop,
                      struct nsswitch *hosts)
{
    size_t name = skip_space(text, start, stop);
    size_t at = name;
    while (at < stop && !ascii_is_space(text[at]) && text[at] != ':')
        at++;
    if (at == stop || !is_database(text + name, at - name))
        return true;
    bool is_hosts = equal(text + name, at - name, "hosts");
    while (at < stop && (ascii_is_space(text[at]) || text[at] == ':'))
        at++;

    struct scan scan = {.text = text, .at = at, .stop = stop};
    struct nsswitch_service service;
    while (scan_service(&scan, &service))
        continue;
    if (scan.reason != NULL) {
        set_fault(text, hosts, NSSWITCH_SYNTAX, scan.reason, number, start, scan.word,
                  scan.at - scan.word);
        return false;
    }
    if (!is_hosts)
        return true;
    hosts->lines++;
    hosts->number = number;
    hosts->start = start;
    hosts->services = at;
    hosts->stop = stop;
    /* Faults of an earlier hosts: line do not count. */
    hosts->fault = (struct nsswitch_fault){0};
    if (scan.at < stop) {
        set_fault(text, hosts, NSSWITCH_REST_IGNORED,
                  "no service before this '[', so glibc ignores the rest of the line", number,
                  start, scan.at, 1);
    }
    return true;
}

void nsswitch_read(const char *text, size_t length, struct nsswitch *hosts)
{
    *hosts = (struct nsswitch){0};
    size_t number = 0;
    size_t start = 0;
    for (size_t next; start < length; start = next) {
        const char *newline = memchr(text + start, '\n', length - start);
        next = newline == NULL ? length : (size_t)(newline - text) + 1;
        const char *nul = memchr(text + start, '\0', next - start);
        size_t lines_before = hosts->lines;
        if (!read_line(text, ++number, start, nul == NULL ? next : (size_t)(nul - text), hosts))
            return;
        if (hosts->lines > lines_before)
            hosts->end = newline == NULL ? next : next - 1;
        if (newline == NULL && hosts->fault.kind == NSSWITCH_NO_FAULT &&
            (hosts->lines > lines_before || hosts->lines == 0)) {
            set_fault(
                text, hosts, NSSWITCH_NO_NEWLINE,
                "no newline at the end of the file: glibc 2.33 and later do not read the last line",
                number, start, length, 0);
        }
    }
    if (hosts->lines > 0)
        hosts->entry = judge_entry(text, hosts);
}

const char *nsswitch_entry_fault(enum nsswitch_entry entry)
{
    static const char *const texts[] = {
        [NSSWITCH_MISSING] = "missing",
        [NSSWITCH_RIGHT] = NULL,
        [NSSWITCH_WRONG_ACTIONS] = "listed without [NOTFOUND=return]",
        [NSSWITCH_TOO_LATE] = "listed after a service that queries the network or ends the lookup",
        [NSSWITCH_TOO_EARLY] = "listed before files, so /etc/hosts does not take precedence",
        [NSSWITCH_TWICE] = "listed more than once",
    };
    return texts[entry];
}
