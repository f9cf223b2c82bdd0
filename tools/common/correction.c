// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tools/common/correction.h"

#include "base/ascii.h"
#include "libv6lit/v6lit.h"

#include <arpa/inet.h>
#include <string.h>

/*
 * The part of a text that was meant as the host; in a URL it includes what follows the first colon.
 */
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

static bool ends_with(const char *end, size_t length, const char *suffix, size_t suffix_length)
{
    if (length < suffix_length)
        return false;
    const char *tail = end - suffix_length;
    for (size_t i = 0; i < suffix_length; i++) {
        if (ascii_lower(tail[i]) != suffix[i])
            return false;
    }
    return true;
}

/* Leaves out the bytes `set` at both ends. */
static bool strip(struct buffer *text, const char *set)
{
    size_t before = strspn(text->text, set);
    size_t end = text->length;
    while (end > before && strchr(set, text->text[end - 1]) != NULL)
        end--;
    if (before == 0 && end == text->length)
        return false;
    replace(text, end, text->length - end, "");
    return replace(text, 0, before, "");
}

static bool trim(struct buffer *text)
{
    return strip(text, " \t\r\n");
}

static bool strip_quotes(struct buffer *text)
{
    return strip(text, " \t\r\n\"'`<>(),;");
}

static bool drop_last(struct buffer *text)
{
    size_t length = text->length;
    return length > 0 && strchr(".:", text->text[length - 1]) != NULL &&
           replace(text, length - 1, 1, "");
}

/* "file:////host/share" and "file://///host/share" are a UNC path. */
static bool file_to_unc(struct buffer *text)
{
    size_t slashes = strspn(text->text + (text->length > 5 ? 5 : 0), "/\\");
    return text->length > 5 && ends_with(text->text + 5, 5, "file:", 5) && slashes >= 4 &&
           replace(text, 0, 5 + slashes - 2, "");
}

/* "eth0@if2" is how ip(8) prints eth0 and its peer. */
static bool drop_peer(struct buffer *text)
{
    size_t at = strcspn(text->text, "%sS");
    at += strcspn(text->text + at, "@");
    return at < text->length && replace(text, at, strcspn(text->text + at, "]/\\:?#. "), "");
}

static bool drop_user(struct buffer *text)
{
    size_t at = strcspn(text->text, "@:/\\[%");
    return text->text[at] == '@' && at + 1 < text->length && replace(text, 0, at + 1, "");
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

/* "fe80--1.ipv6-literal.net%eth0": the zone goes before the domain. */
static bool move_zone(struct buffer *text)
{
    static const char domain[] = "." V6LIT_DOMAIN;
    struct range host = host_range(text);
    size_t at = find(text, host.start, host.end, "%");
    size_t zone = at + (strncmp(text->text + at, "%25", 3) == 0 ? 3 : 1);
    size_t end = at + strcspn(text->text + at, "/\\:?#");
    char name[V6LIT_ZONE_MAX + 1];
    if (at == host.end || zone >= end || end - zone >= sizeof name ||
        !ends_with(text->text + at, at - host.start, domain, strlen(domain)))
        return false;
    memcpy(name, text->text + zone, end - zone);
    name[end - zone] = '\0';
    replace(text, at, end - at, "");
    /* It may be in both places. */
    if (find(text, host.start, at - strlen(domain), "sS") < at - strlen(domain))
        return true;
    replace(text, at - strlen(domain), 0, name);
    return replace(text, at - strlen(domain), 0, "s");
}

static bool add_domain(struct buffer *text)
{
    struct v6lit_host host = v6lit_find_host(text->text, text->length);
    size_t end = host.start + host.length;
    /* A label has no colon, so a port or path follows. */
    if (host.place == V6LIT_PLACE_ALONE)
        end = find(text, host.start, end, ":");
    return replace(text, end, 0, "." V6LIT_DOMAIN);
}

static bool drop_dots(struct buffer *text)
{
    struct range host = host_range(text);
    size_t end = host.end;
    while (end > host.start && text->text[end - 1] == '.')
        end--;
    return host.end - end > 1 && replace(text, end, host.end - end, "");
}

/* "/64" at the end, before the zone, or before the domain. In a path it is a share. */
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

static bool cut_after(struct buffer *text, size_t at)
{
    replace(text, at, text->length - at, "");
    drop_prefix_length(text);
    return true;
}

/*
 * "fe80::1 dev eth0", as ip(8) prints neighbours and routes, and other words after an address,
 * such as
 * "(Preferred)" of ipconfig.
 */
static bool cut_words(struct buffer *text)
{
    size_t at = strcspn(text->text, " \t(");
    size_t next = at + strspn(text->text + at, " \t");
    if (at == 0 || next >= text->length || host_range(text).place != V6LIT_PLACE_ALONE)
        return false;
    if (text->text[next] == '%') {
        size_t zone = next + 1 + strspn(text->text + next + 1, " \t");
        return replace(text, at, zone - at, "%");
    }
    if (strncmp(text->text + next, "dev ", 4) != 0 || memchr(text->text, '%', at) != NULL)
        return cut_after(text, at);
    size_t name = next + 4 + strspn(text->text + next + 4, " \t");
    size_t end = name + strcspn(text->text + name, " \t");
    replace(text, end, text->length - end, "");
    replace(text, at, name - at, "%");
    drop_prefix_length(text);
    return true;
}

/* "[fe80::1]%eth0": the zone goes into the brackets. */
static bool bracket_zone(struct buffer *text)
{
    struct range host = host_range(text);
    const char *bracket = strstr(text->text + host.start, "]%");
    if (bracket == NULL)
        return false;
    size_t at = (size_t)(bracket - text->text);
    size_t end = at + strcspn(text->text + at, ":/\\?#");
    replace(text, end, 0, "]");
    replace(text, at, 1, "");
    return host.place != V6LIT_PLACE_URL || strncmp(text->text + at, "%25", 3) == 0 ||
           replace(text, at, 1, "%25");
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
    struct v6lit_text read;
    if (colon == NULL || !has_digits(colon + 1, text->text + host.end) ||
        v6lit_read_text(start, (size_t)(colon - start), &read, NULL) != V6LIT_OK)
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
    size_t zone = find(text, host.start, end, "%");
    if (zone < end && strncmp(text->text + zone, "%25", 3) != 0)
        replace(text, zone, 1, "%25");
    return replace(text, host.start, 0, "[");
}

/* "fe80::1%eth0:/export" and "user@fe80::1%eth0:path". */
static bool add_brackets_before_colon(struct buffer *text)
{
    if (host_range(text).place != V6LIT_PLACE_ALONE)
        return false;
    size_t start = strcspn(text->text, "@:/\\[");
    start = text->text[start] == '@' ? start + 1 : 0;
    const char *zone = strchr(text->text + start, '%');
    const char *colon = zone != NULL ? strchr(zone, ':') : strstr(text->text + start, ":/");
    if (text->text[start] == '[' || colon == NULL || colon[1] == '\0')
        return false;
    replace(text, (size_t)(colon - text->text), 0, "]");
    return replace(text, start, 0, "[");
}

/* The position of the "s" before a zone, or the end of the host. */
static size_t find_s(const struct buffer *text, struct range host)
{
    size_t at = find(text, host.start, host.end, "sS%");
    return text->text[at] == '%' ? host.end : at;
}

static bool drop_hyphen(struct buffer *text)
{
    struct range host = host_range(text);
    size_t at = find_s(text, host);
    return at < host.end && at > host.start && text->text[at - 1] == '-' &&
           replace(text, at - 1, 1, "");
}

/* RFC 9844 allows "-" before the zone of an address in text that only people read. */
static bool hyphen_to_percent(struct buffer *text)
{
    struct range host = host_range(text);
    const char *start = text->text + host.start;
    const char *colon = memrchr(start, ':', host.end - host.start);
    const char *hyphen = colon == NULL ? NULL : strchr(colon, '-');
    return hyphen != NULL && hyphen < text->text + host.end &&
           replace(text, (size_t)(hyphen - text->text), 1,
                   host.place == V6LIT_PLACE_URL ? "%25" : "%");
}

static bool hyphen_to_s(struct buffer *text)
{
    struct range host = host_range(text);
    size_t end = find(text, host.start, host.end, ".");
    const char *hyphen = memrchr(text->text + host.start, '-', end - host.start);
    return hyphen != NULL && replace(text, (size_t)(hyphen - text->text), 1, "s");
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
    size_t at = find_s(text, host);
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

static bool map_ipv4(struct buffer *text)
{
    struct in_addr ipv4;
    return inet_pton(AF_INET, text->text, &ipv4) == 1 && replace(text, 0, 0, "::ffff:");
}

/* Common mistakes, the likeliest first. */
const struct correction corrections[] = {
    {trim, "without the white space around it", false},
    {strip_quotes, "without the characters around it", false},
    {cut_words, "without the words after it", false},
    {file_to_unc, "a UNC path", false},
    {drop_peer, "the interface name ends before \"@\"", false},
    {drop_user, "without a user", false},
    {move_zone, "the zone comes before the domain", false},
    {correct_domain, "the domain is " V6LIT_DOMAIN, false},
    {drop_dots, "at most one dot at the end", false},
    {drop_prefix_length, "an address, not a prefix", false},
    {bracket_zone, "the zone belongs inside the brackets", false},
    {add_slashes, "two slashes before a host with a share", true},
    {add_brackets, "an address in a URL needs brackets", true},
    {add_brackets_before_colon, "an address before a colon needs brackets", true},
    {drop_brackets, "no brackets around a name", false},
    {drop_hyphen, "no hyphen before the zone", false},
    {encoded_percent_to_s, "\"s\" before the zone of a name, not \"%25\"", false},
    {percent_to_s, "\"s\" before the zone of a name, not \"%\"", false},
    {s_to_percent, "\"%\" before the zone of an address, not \"s\"", true},
    {hyphen_to_percent, "\"%\" before the zone of an address, not \"-\"", true},
    {hyphen_to_s, "\"s\" before the zone of a name, not \"-\"", true},
    {colons_to_hyphens, "hyphens in a name, not colons", false},
    {map_ipv4, "the IPv4-mapped IPv6 address", false},
    {drop_last, "without the last character", true},
    {add_domain, "the domain is " V6LIT_DOMAIN, true},
};

const size_t corrections_count = sizeof corrections / sizeof corrections[0];
