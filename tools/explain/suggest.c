// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tools/explain/suggest.h"

#include "tools/explain/reading.h"

#include <arpa/inet.h>
#include <string.h>

/* The part of a text that was meant as its host: in a URL also what follows the first colon. */
struct range {
    enum v6lit_place place;
    size_t start;
    size_t end;
};

static struct range host_range(const struct buffer *text)
{
    struct v6lit_host host = v6lit_find_host(text->text, text->length);
    struct range range = {host.place, host.start, host.start + host.length};
    if (host.place == V6LIT_PLACE_URL)
        range.end = host.start + strcspn(text->text + host.start, "/\\?#");
    return range;
}

/* Puts `with` in the place of `count` bytes at the offset `at`. */
static bool replace(struct buffer *text, size_t at, size_t count, const char *with)
{
    static struct buffer rest;
    buffer_clear(&rest);
    buffer_bytes(&rest, text->text + at + count, text->length - at - count);
    text->length = at;
    buffer_format(text, "%s%s", with, rest.text);
    return true;
}

/* The offset of the first of the bytes `set` in the range, or its end. */
static size_t find(const struct buffer *text, size_t start, size_t end, const char *set)
{
    size_t at = start + strcspn(text->text + start, set);
    return at < end ? at : end;
}

static bool has_digits(const char *p, const char *end)
{
    return p < end && strspn(p, "0123456789") >= (size_t)(end - p);
}

static bool trim(struct buffer *text)
{
    static const char space[] = " \t\r\n";
    size_t before = strspn(text->text, space);
    size_t end = text->length;
    while (end > before && strchr(space, text->text[end - 1]) != NULL)
        end--;
    if (before == 0 && end == text->length)
        return false;
    replace(text, end, text->length - end, "");
    return replace(text, 0, before, "");
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool ends_with(const char *end, size_t length, const char *suffix, size_t suffix_length)
{
    if (length < suffix_length)
        return false;
    const char *tail = end - suffix_length;
    for (size_t i = 0; i < suffix_length; i++) {
        if (lower(tail[i]) != suffix[i])
            return false;
    }
    return true;
}

static bool correct_domain(struct buffer *text)
{
    /* The first is in MS-DTYP 2.2.57 itself. */
    static const char *const misprints[] = {".ipv6literal.net",  ".ipv6-literals.net",
                                            ".ipv6-literal.com", ".ipv6-literal.org",
                                            ".ipv6-literal",     ".ipv6_literal.net"};
    struct v6lit_host host = v6lit_find_host(text->text, text->length);
    size_t end = host.start + host.length;
    for (size_t i = 0; i < sizeof misprints / sizeof misprints[0]; i++) {
        size_t length = strlen(misprints[i]);
        if (ends_with(text->text + end, host.length, misprints[i], length))
            return replace(text, end - length, length, "." V6LIT_DOMAIN);
    }
    return false;
}

static bool drop_dots(struct buffer *text)
{
    struct range host = host_range(text);
    size_t end = host.end;
    while (end > host.start && text->text[end - 1] == '.')
        end--;
    return host.end - end > 1 && replace(text, end, host.end - end, "");
}

/* "/64" at the end, or before the zone or the domain. A path has a share there instead. */
static bool drop_prefix_length(struct buffer *text)
{
    struct range host = host_range(text);
    if (host.place != V6LIT_PLACE_ALONE)
        return false;
    size_t at = find(text, host.start, host.end, "/");
    size_t end = find(text, at, host.end, "%.sS");
    return at < host.end && has_digits(text->text + at + 1, text->text + end) &&
           replace(text, at, end - at, "");
}

static bool drop_brackets(struct buffer *text)
{
    struct range host = host_range(text);
    bool changed = false;
    for (size_t at = host.start; at < host.end;) {
        if (text->text[at] == '[' || text->text[at] == ']') {
            changed = replace(text, at, 1, "");
            host.end--;
        } else {
            at++;
        }
    }
    return changed;
}

/* Where the address ends: "fe80::5:445" in a URL is more likely fe80::5 with a port than an
 * address. */
static size_t without_port(const struct buffer *text, struct range host)
{
    const char *start = text->text + host.start;
    const char *colon = memrchr(start, ':', host.end - host.start);
    struct v6lit_address address;
    if (colon == NULL || !has_digits(colon + 1, text->text + host.end) ||
        v6lit_read_text(start, (size_t)(colon - start), &address, NULL) != V6LIT_OK)
        return host.end;
    return (size_t)(colon - text->text);
}

static bool add_brackets(struct buffer *text)
{
    struct range host = host_range(text);
    if (host.place != V6LIT_PLACE_URL || find(text, host.start, host.end, "[]") < host.end)
        return false;
    size_t end = without_port(text, host);
    replace(text, end, 0, "]");
    return replace(text, host.start, 0, "[");
}

static bool drop_hyphen(struct buffer *text)
{
    struct range host = host_range(text);
    size_t at = find(text, host.start, host.end, "sS");
    return at < host.end && at > host.start && text->text[at - 1] == '-' &&
           replace(text, at - 1, 1, "");
}

static bool encoded_percent_to_s(struct buffer *text)
{
    struct range host = host_range(text);
    size_t at = find(text, host.start, host.end, "%");
    return host.end - at > 3 && strncmp(text->text + at, "%25", 3) == 0 &&
           replace(text, at, 3, "s");
}

static bool percent_to_s(struct buffer *text)
{
    struct range host = host_range(text);
    size_t at = find(text, host.start, host.end, "%");
    return at < host.end && replace(text, at, 1, "s");
}

static bool colons_to_hyphens(struct buffer *text)
{
    struct range host = host_range(text);
    size_t end = find(text, host.start, host.end, "sS%.");
    bool changed = false;
    for (size_t at = host.start; at < end; at++) {
        if (text->text[at] == ':')
            changed = replace(text, at, 1, "-");
    }
    return changed;
}

static bool s_to_percent(struct buffer *text)
{
    struct range host = host_range(text);
    size_t at = find(text, host.start, host.end, "sS");
    return at < host.end && replace(text, at, 1, "%");
}

static bool add_slashes(struct buffer *text)
{
    if (host_range(text).place != V6LIT_PLACE_ALONE)
        return false;
    size_t at = strcspn(text->text, "/\\");
    return at > 0 && at < text->length &&
           replace(text, 0, 0, text->text[at] == '/' ? "//" : "\\\\");
}

static bool add_scheme(struct buffer *text)
{
    if (host_range(text).place != V6LIT_PLACE_ALONE)
        return false;
    size_t end = strcspn(text->text, "/?#");
    const char *colon = memrchr(text->text, ':', end);
    if (colon == NULL || !has_digits(colon + 1, text->text + end))
        return false;
    if (end == text->length)
        buffer_bytes(text, "/", 1);
    return replace(text, 0, 0, "http://");
}

static bool map_ipv4(struct buffer *text)
{
    struct in_addr ipv4;
    return inet_pton(AF_INET, text->text, &ipv4) == 1 && replace(text, 0, 0, "::ffff:");
}

/* What people get wrong, likelier things first. */
static const struct {
    bool (*edit)(struct buffer *text); /* false: does not apply */
    const char *why;
} edits[] = {
    {trim, "without the white space around it"},
    {correct_domain, "the domain is " V6LIT_DOMAIN},
    {drop_dots, "one dot at the end at most"},
    {drop_prefix_length, "an address, not a prefix"},
    {add_scheme, "a port stands in a URL only"},
    {add_slashes, "two slashes before a host with a share"},
    {add_brackets, "an address in a URL stands in brackets"},
    {drop_brackets, "no brackets around a name"},
    {drop_hyphen, "no hyphen before the zone"},
    {encoded_percent_to_s, "\"s\" before the zone of a name, not \"%25\""},
    {percent_to_s, "\"s\" before the zone of a name, not \"%\""},
    {s_to_percent, "\"%\" before the zone of an address, not \"s\""},
    {colons_to_hyphens, "hyphens in a name, not colons"},
    {map_ipv4, "an IPv4 address has this IPv6 form"},
};

enum { EDITS = sizeof edits / sizeof edits[0] };

static bool can_be_read(const struct buffer *text)
{
    struct reading reading;
    size_t column;
    return !text->overflowed && text->length <= BUFFER_INPUT_MAX &&
           reading_of(text->text, text->length, &reading, &column) == V6LIT_OK;
}

static void copy(struct buffer *to, const char *text, size_t length)
{
    buffer_clear(to);
    buffer_bytes(to, text, length);
}

bool suggest(const char *text, size_t length, struct buffer *correction, const char **why)
{
    for (size_t i = 0; i < EDITS; i++) {
        copy(correction, text, length);
        *why = edits[i].why;
        if (edits[i].edit(correction) && can_be_read(correction))
            return true;
    }
    *why = NULL;
    copy(correction, text, length);
    for (size_t i = 0; i < EDITS; i++) {
        static struct buffer before;
        before = *correction;
        if (!edits[i].edit(correction))
            continue;
        if (can_be_read(correction))
            return true;
        /* These only make sense as the last step. */
        if (edits[i].edit == add_scheme || edits[i].edit == add_slashes ||
            edits[i].edit == add_brackets || edits[i].edit == s_to_percent)
            *correction = before;
    }
    return false;
}
