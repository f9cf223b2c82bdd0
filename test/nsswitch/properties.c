// SPDX-License-Identifier: LGPL-2.1-or-later
#include "test/nsswitch/properties.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void print_escaped(const char *what, const char *text, size_t length)
{
    printf("# %s: ", what);
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)text[i];
        if (c >= ' ' && c <= '~' && c != '\\')
            putchar(c);
        else
            printf("\\x%02x", c);
    }
    putchar('\n');
}

char *exact(const char *bytes, size_t length)
{
    char *copy = malloc(length == 0 ? 1 : length);
    if (copy == NULL)
        abort();
    if (length > 0)
        memcpy(copy, bytes, length);
    return copy;
}

typedef size_t editor(const char *text, size_t length, const struct nsswitch *hosts, char *out);

static struct text apply(editor *edit, const struct text *in, size_t growth)
{
    struct nsswitch hosts;
    nsswitch_read(in->bytes, in->length, &hosts);
    char *room = exact("", 0);
    room = realloc(room, in->length + growth + 1);
    if (room == NULL)
        abort();
    size_t length = edit(in->bytes, in->length, &hosts, room);
    if (length > in->length + growth)
        abort();
    struct text out = {exact(room, length), length};
    free(room);
    return out;
}

struct text enable(const struct text *in)
{
    return apply(nsswitch_enable, in, NSSWITCH_GROWTH);
}

struct text disable(const struct text *in)
{
    return apply(nsswitch_disable, in, 0);
}

static bool equal(const struct text *a, const struct text *b)
{
    return a->length == b->length && memcmp(a->bytes, b->bytes, a->length) == 0;
}

struct nsswitch read_text(const struct text *text)
{
    struct nsswitch hosts;
    nsswitch_read(text->bytes, text->length, &hosts);
    return hosts;
}

/* Whether both have the same services with the same actions in the same order, without ours. */
static bool same_services(const struct text *a, const struct text *b)
{
    struct nsswitch hosts_a = read_text(a);
    struct nsswitch hosts_b = read_text(b);
    size_t at_a = hosts_a.services;
    size_t at_b = hosts_b.services;
    for (;;) {
        struct nsswitch_service one;
        struct nsswitch_service two;
        bool more_a;
        bool more_b;
        do {
            more_a = nsswitch_next(a->bytes, &hosts_a, &at_a, &one);
        } while (more_a && nsswitch_is(a->bytes, &one, NSSWITCH_SERVICE));
        do {
            more_b = nsswitch_next(b->bytes, &hosts_b, &at_b, &two);
        } while (more_b && nsswitch_is(b->bytes, &two, NSSWITCH_SERVICE));
        if (!more_a || !more_b)
            return more_a == more_b;
        if (one.end - one.start != two.end - two.start ||
            memcmp(a->bytes + one.start, b->bytes + two.start, one.end - one.start) != 0 ||
            memcmp(one.actions, two.actions, sizeof one.actions) != 0)
            return false;
    }
}

/*
 * Whether the first service besides ours has a name that begins with a colon. Only after another
 * can there be such a one: at the front of a line glibc takes the colon for that of "hosts:".
 */
static bool begins_with_colon(const struct text *text)
{
    struct nsswitch hosts = read_text(text);
    struct nsswitch_service service;
    size_t at = hosts.services;
    while (nsswitch_next(text->bytes, &hosts, &at, &service)) {
        if (!nsswitch_is(text->bytes, &service, NSSWITCH_SERVICE))
            return text->bytes[service.start] == ':';
    }
    return false;
}

/* Whether `after` is `before` and one entry somewhere, or the added lines at the end. */
static bool only_entry_added(const struct text *before, const struct text *after)
{
    static const char *const added[] = {" " NSSWITCH_ENTRY, NSSWITCH_ENTRY " ",
                                        NSSWITCH_MARK NSSWITCH_LINE};
    for (size_t i = 0; i < sizeof added / sizeof added[0]; i++) {
        size_t gap = strlen(added[i]);
        if (after->length != before->length + gap)
            continue;
        for (size_t at = 0; at <= before->length; at++) {
            if (memcmp(after->bytes + at, added[i], gap) == 0 &&
                memcmp(after->bytes, before->bytes, at) == 0 &&
                memcmp(after->bytes + at + gap, before->bytes + at, before->length - at) == 0)
                return true;
        }
    }
    return false;
}

#define DEMAND(condition)                                                                          \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            printf("# line %d: %s\n", __LINE__, #condition);                                       \
            good = false;                                                                          \
        }                                                                                          \
    } while (0)

bool holds(const struct text *text)
{
    bool good = true;
    struct nsswitch hosts = read_text(text);
    DEMAND((hosts.fault.kind == NSSWITCH_NO_FAULT) == (hosts.fault.reason == NULL));
    if (hosts.fault.kind != NSSWITCH_NO_FAULT) {
        DEMAND(hosts.fault.line > 0 && hosts.fault.column > 0);
        DEMAND(hosts.fault.start + hosts.fault.length <= text->length);
    }
    if (hosts.fault.kind == NSSWITCH_SYNTAX || hosts.fault.kind == NSSWITCH_REST_IGNORED ||
        begins_with_colon(text))
        return good;

    struct text without = disable(text);
    struct nsswitch hosts_without = read_text(&without);
    /* The line that enable has added goes as a whole. */
    bool is_whole = hosts_without.lines < hosts.lines;
    if (is_whole) {
        DEMAND(hosts.lines == 1 && hosts_without.lines == 0 && only_entry_added(&without, text));
    } else {
        DEMAND(hosts_without.entry == NSSWITCH_MISSING);
        DEMAND(hosts_without.fault.kind == hosts.fault.kind);
        DEMAND(same_services(text, &without));
    }
    DEMAND(hosts.entry != NSSWITCH_MISSING || equal(text, &without));
    if (hosts.fault.kind == NSSWITCH_NO_FAULT) {
        struct text with = enable(text);
        struct text again = enable(&with);
        struct text back = disable(&with);
        struct nsswitch hosts_with = read_text(&with);
        DEMAND(hosts_with.fault.kind == NSSWITCH_NO_FAULT);
        DEMAND(hosts_with.entry == NSSWITCH_RIGHT);
        DEMAND(equal(&with, &again));
        DEMAND(hosts.entry != NSSWITCH_RIGHT || equal(text, &with));
        /* So does one that was the added line before somebody took our entry out of it. */
        bool is_added = read_text(&back).lines < hosts_with.lines;
        if (hosts.entry == NSSWITCH_MISSING) {
            DEMAND(only_entry_added(text, &with));
            DEMAND(equal(text, &back) || (is_added && only_entry_added(&back, &with)));
        }
        if (hosts.lines > 0)
            DEMAND(same_services(text, &with));
        DEMAND(is_added || same_services(text, &back));
        if (!good)
            print_escaped("with", with.bytes, with.length);
        free(with.bytes);
        free(again.bytes);
        free(back.bytes);
    }
    if (!good) {
        print_escaped("text", text->bytes, text->length);
        print_escaped("without", without.bytes, without.length);
    }
    free(without.bytes);
    return good;
}
