// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tools/nsswitch/edit.h"

#include "base/ascii.h"

#include <string.h>

static size_t append(char *out, size_t at, const char *bytes, size_t length)
{
    if (length > 0)
        memcpy(out + at, bytes, length);
    return at + length;
}

/* Makes a gap of `gap` bytes at `at`, writes the entry into it, and a space before or after it. */
static size_t insert_entry(char *out, size_t length, size_t at, bool space_first)
{
    static const char entry[] = " " NSSWITCH_ENTRY " ";
    size_t gap = strlen(entry) - 1;
    memmove(out + at + gap, out + at, length - at);
    memcpy(out + at, space_first ? entry : entry + 1, gap);
    return length + gap;
}

/* Inserts our entry into the hosts: line of `out`, which has none. */
static size_t insert(char *out, size_t length)
{
    struct nsswitch hosts;
    nsswitch_read(out, length, &hosts);
    struct nsswitch_service service;
    size_t at = hosts.services;
    if (!nsswitch_next(out, &hosts, &at, &service)) {
        /* There is no service: insert directly after the name and the colons. */
        at = hosts.services;
        while (ascii_is_space(out[at - 1]))
            at--;
        return insert_entry(out, length, at, true);
    }
    size_t first = service.start;
    do {
        if (!nsswitch_is_harmless(out, &service))
            break;
        if (nsswitch_is(out, &service, "files"))
            return insert_entry(out, length, service.end, true);
    } while (nsswitch_next(out, &hosts, &at, &service));
    return insert_entry(out, length, first, false);
}

/* Whether the hosts: line was added as a whole, because there was no other. */
static bool is_added_line(const char *text, size_t length, const struct nsswitch *hosts)
{
    size_t mark = strlen(NSSWITCH_MARK);
    size_t line = strlen(NSSWITCH_LINE);
    return hosts->lines == 1 && hosts->start >= mark &&
           (hosts->start == mark || text[hosts->start - mark - 1] == '\n') &&
           memcmp(text + hosts->start - mark, NSSWITCH_MARK, mark) == 0 &&
           length - hosts->start >= line && memcmp(text + hosts->start, NSSWITCH_LINE, line) == 0;
}

/*
 * Whether the blank at `blank` must stay when the text between it and `to` is removed: otherwise
 * two services, or "hosts" and nothing, would be joined.
 */
static bool blank_is_needed(const char *text, const struct nsswitch *hosts, size_t blank, size_t to,
                            const struct nsswitch_service *before)
{
    if (to < hosts->stop)
        return !ascii_is_space(text[to]) && !before->has_list;
    return before->length == 0 && text[blank - 1] != ':' && !ascii_is_space(text[blank - 1]);
}

size_t nsswitch_remove(const char *text, size_t length, const struct nsswitch *hosts,
                       const char *name, char *out)
{
    size_t written = 0;
    size_t copied = 0;                    /* end of the text that has been copied */
    struct nsswitch_service before = {0}; /* the last service that stays */
    struct nsswitch_service service;
    for (size_t at = hosts->services;
         hosts->lines > 0 && nsswitch_next(text, hosts, &at, &service);) {
        if (!nsswitch_is(text, &service, name)) {
            before = service;
            continue;
        }
        size_t from = service.start;
        size_t to = service.end;
        size_t rest = to;
        while (rest < hosts->stop && ascii_is_space(text[rest]))
            rest++;
        bool is_last = rest == hosts->stop;
        if (before.length == 0 && !is_last) {
            if (ascii_is_blank(text[to]))
                to++;
        } else if (from > copied && ascii_is_blank(text[from - 1]) &&
                   !blank_is_needed(text, hosts, from - 1, to, &before)) {
            from--;
        }
        written = append(out, written, text + copied, from - copied);
        copied = to;
    }
    return append(out, written, text + copied, length - copied);
}

size_t nsswitch_enable(const char *text, size_t length, const struct nsswitch *hosts, char *out)
{
    if (hosts->lines == 0) {
        size_t written = append(out, 0, text, length);
        return append(out, written, NSSWITCH_MARK NSSWITCH_LINE,
                      strlen(NSSWITCH_MARK NSSWITCH_LINE));
    }
    if (hosts->entry == NSSWITCH_RIGHT)
        return append(out, 0, text, length);
    return insert(out, nsswitch_remove(text, length, hosts, NSSWITCH_SERVICE, out));
}

size_t nsswitch_disable(const char *text, size_t length, const struct nsswitch *hosts, char *out)
{
    if (is_added_line(text, length, hosts)) {
        size_t after = hosts->start + strlen(NSSWITCH_LINE);
        size_t written = append(out, 0, text, hosts->start - strlen(NSSWITCH_MARK));
        return append(out, written, text + after, length - after);
    }
    return nsswitch_remove(text, length, hosts, NSSWITCH_SERVICE, out);
}
