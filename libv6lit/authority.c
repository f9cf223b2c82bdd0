// SPDX-License-Identifier: LGPL-2.1-or-later
#include "base/ascii.h"
#include "libv6lit/literal.h"
#include "libv6lit/name.h"
#include "libv6lit/zone.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

/* Text that is a host or has one in it: a UNC path (MS-DTYP 2.2.57) or a URL (RFC 3986). */
struct host {
    enum v6lit_place place;
    const char *start;
    const char *end;
};

static bool is_slash(char c)
{
    return c == '/' || c == '\\';
}

/* The first of the bytes `set` from p on, or `end`. */
static const char *find_first(const char *p, const char *end, const char *set)
{
    while (p < end && strchr(set, *p) == NULL)
        p++;
    return p;
}

/* What a scheme holds after its first letter (RFC 3986 section 3.1). */
static bool is_scheme_byte(char c)
{
    return ascii_is_letter(c) || ascii_is_digit(c) || c == '+' || c == '-' || c == '.';
}

/* What follows "scheme://"; NULL if the text does not begin so. */
static const char *skip_scheme(const char *p, const char *end)
{
    if (p == end || !ascii_is_letter(*p))
        return NULL;
    /* A name has no colon: most texts end here. */
    const char *colon = memchr(p, ':', (size_t)(end - p));
    if (colon == NULL || end - colon < 3 || memcmp(colon, "://", 3) != 0)
        return NULL;
    while (p < colon && is_scheme_byte(*p))
        p++;
    return p == colon ? colon + 3 : NULL;
}

/*
 * The host in [user "@"] host [":" port]. As in browsers the last "@" counts, and a backslash ends
 * the authority, too: what follows it is never taken for the host.
 */
static struct host find_in_authority(const char *start, const char *end)
{
    end = find_first(start, end, "/\\?#");
    const char *at = memrchr(start, '@', (size_t)(end - start));
    if (at != NULL)
        start = at + 1;
    const char *bracket = start < end && *start == '[' ? find_first(start, end, "]") : start;
    return (struct host){V6LIT_PLACE_URL, start, find_first(bracket, end, ":")};
}

/*
 * What follows the two slashes of a UNC path: the host, or "?" or "." and the device UNC before it
 * ("\\\\?\\UNC\\host\\share", [MS-DTYP] 2.2.57 and the paths of Win32 files).
 */
static const char *skip_device(const char *p, const char *end)
{
    static const char upper[] = "UNC";
    static const char lower[] = "unc";
    if (end - p < 6 || (*p != '?' && *p != '.') || !is_slash(p[1]) || !is_slash(p[5]))
        return p;
    for (size_t i = 0; i < 3; i++) {
        if (p[2 + i] != upper[i] && p[2 + i] != lower[i])
            return p;
    }
    return p + 6;
}

/*
 * The host in [user "@"] host ":" rest, as a socket address, NFS and scp have it. The colons of an
 * address are not taken for the one after it: it stands in brackets, and anything else that is no
 * name inside the domain is no such text. `colon` is the first one.
 */
static struct host find_before_colon(const char *text, const char *colon, const char *end)
{
    const struct host alone = {V6LIT_PLACE_ALONE, text, end};
    /* An address, as most such texts are: too little for a name before its colon, and no user. */
    if (colon - text < (ptrdiff_t)(sizeof V6LIT_DOMAIN - 1) && *text != '[' &&
        memchr(text, '@', (size_t)(colon - text)) == NULL)
        return alone;
    const char *start = find_first(text, end, "@:/\\[");
    start = start < end && *start == '@' ? start + 1 : text;
    bool opened = start < end && *start == '[';
    const char *stop = opened ? find_first(start, end, "]") : find_first(start, end, ":/\\");
    if (opened && stop < end)
        stop++;
    if (stop == end || *stop != ':' || (!opened && !name_is_inside(start, (size_t)(stop - start))))
        return alone;
    return (struct host){V6LIT_PLACE_COLON, start, stop};
}

/* The text has no NUL in it. */
static struct host find_host(const char *text, size_t length)
{
    const char *end = text + length;
    /* "@" ends the host in \\host@SSL@8443\share, as WebDAV and NFS redirectors write it. */
    if (length >= 2 && is_slash(text[0]) && is_slash(text[1])) {
        const char *start = skip_device(text + 2, end);
        return (struct host){V6LIT_PLACE_UNC, start, find_first(start, end, "/\\@")};
    }
    const char *authority = skip_scheme(text, end);
    if (authority != NULL)
        return find_in_authority(authority, end);
    /* Most texts are a name, and have no colon. */
    const char *colon = memchr(text, ':', length);
    if (colon != NULL)
        return find_before_colon(text, colon, end);
    return (struct host){V6LIT_PLACE_ALONE, text, end};
}

/*
 * Whether a new host of `most` bytes fits into its place in the buffer. Otherwise it is written
 * elsewhere, and replace_host copies it.
 */
static bool fits_in_place(size_t length, struct host host, size_t most, size_t size)
{
    size_t rest = length - (size_t)(host.end - host.start);
    return rest + most < size;
}

/* Writes `text` with `with`, which may be in its place already, for its host. */
static enum v6lit_status replace_host(const char *text, size_t length, struct host host,
                                      const char *with, size_t with_length, char *buffer,
                                      size_t size)
{
    size_t before = (size_t)(host.start - text);
    size_t after = (size_t)(text + length - host.end);
    if (before + with_length + after >= size)
        return V6LIT_ERROR_BUFFER_TOO_SMALL;
    char *place = buffer + before;
    if (with != place)
        memcpy(place, with, with_length);
    if (host.place != V6LIT_PLACE_ALONE) {
        memcpy(buffer, text, before);
        memcpy(place + with_length, host.end, after);
    }
    place[with_length + after] = '\0';
    return V6LIT_OK;
}

static enum v6lit_status fail(enum v6lit_status status, size_t at, size_t *column)
{
    if (column != NULL)
        *column = at;
    return status;
}

/*
 * Whether a zone can be written where the host stands: in a URL it has no percent-encoding in RFC
 * 6874 section 2, and elsewhere nothing that would end the host. (Mapping can make "\" of another
 * character after the host has been found.)
 */
static bool fits_in(const struct host *host, const char *zone)
{
    if (host->place == V6LIT_PLACE_URL) {
        while (ascii_is_unreserved(*zone))
            zone++;
        return *zone == '\0';
    }
    if (host->place == V6LIT_PLACE_COLON)
        return strchr(zone, ']') == NULL;
    return host->place == V6LIT_PLACE_ALONE || strpbrk(zone, "\\@") == NULL;
}

/* Writes "[address%25zone]", with "%" alone out of a URL, and returns its end. */
static char *write_in_brackets(const struct v6lit_address *address, bool in_url, char *host)
{
    struct v6lit_address bare = {.address = address->address};
    *host++ = '[';
    host = numeric_encode(&bare, host);
    if (zone_is_set(address)) {
        *host++ = '%';
        if (in_url) {
            *host++ = '2';
            *host++ = '5';
        }
        host = zone_write(address, host);
    }
    *host++ = ']';
    return host;
}

enum v6lit_status v6lit_decode_text(const char *text, size_t length, char *buffer, size_t size,
                                    size_t *column)
{
    const char *nul = memchr(text, '\0', length);
    if (nul != NULL)
        return fail(V6LIT_ERROR_BAD_CHARACTER, (size_t)(nul - text) + 1, column);

    struct host host = find_host(text, length);
    struct v6lit_address address;
    size_t before = (size_t)(host.start - text);
    size_t at;
    enum v6lit_status status =
        literal_decode(host.start, (size_t)(host.end - host.start), &address, &at);
    if (status != V6LIT_OK)
        return fail(status, before + at, column);

    if (!fits_in(&host, address.zone_name))
        return fail(V6LIT_ERROR_UNSAFE_ZONE_NAME, before + at, column);
    char other[V6LIT_ADDRESS_MAX + sizeof "[25]"];
    char *with = fits_in_place(length, host, sizeof other, size) ? buffer + before : other;
    bool in_url = host.place == V6LIT_PLACE_URL;
    char *end = in_url || host.place == V6LIT_PLACE_COLON
                    ? write_in_brackets(&address, in_url, with)
                    : numeric_encode(&address, with);
    status = replace_host(text, length, host, with, (size_t)(end - with), buffer, size);
    return status == V6LIT_OK ? status : fail(status, length + 1, column);
}

/* Leaves out the brackets, which must be there in a URL and may be elsewhere. NULL if one is
 * missing. */
static const char *strip_brackets(struct host *host)
{
    bool opened = host->start < host->end && *host->start == '[';
    if (!opened)
        return host->place == V6LIT_PLACE_URL || host->place == V6LIT_PLACE_COLON ? host->start
                                                                                  : NULL;
    if (host->end[-1] != ']')
        return host->end;
    host->start++;
    host->end--;
    return NULL;
}

/*
 * Reads the address that is the host of a text. *at is where reading stopped, or where the zone
 * begins, counted from 1.
 */
static enum v6lit_status read_numeric(const char *text, struct host host,
                                      struct v6lit_address *address, size_t *at)
{
    const char *missing = strip_brackets(&host);
    if (missing != NULL)
        return fail(V6LIT_ERROR_MISSING_BRACKET, (size_t)(missing - text) + 1, at);
    enum v6lit_status status = numeric_decode(host.start, (size_t)(host.end - host.start),
                                              host.place == V6LIT_PLACE_URL, address, at);
    *at += (size_t)(host.start - text);
    return status;
}

enum v6lit_status v6lit_encode_text(const char *text, size_t length, enum v6lit_zone_form form,
                                    char *buffer, size_t size, size_t *column)
{
    const char *nul = memchr(text, '\0', length);
    if (nul != NULL)
        return fail(V6LIT_ERROR_BAD_CHARACTER, (size_t)(nul - text) + 1, column);

    struct host host = find_host(text, length);
    struct v6lit_address address;
    char other[V6LIT_NAME_MAX];
    bool is_in_place = fits_in_place(length, host, sizeof other, size);
    char *with = is_in_place ? buffer + (host.start - text) : other;
    char *end;
    size_t at;
    enum v6lit_status status = read_numeric(text, host, &address, &at);
    if (status == V6LIT_OK)
        status = zone_convert(&address, form);
    if (status == V6LIT_OK)
        status = name_encode(&address, with, &end);
    if (status != V6LIT_OK)
        return fail(status, at, column);
    status = replace_host(text, length, host, with, (size_t)(end - with), buffer, size);
    return status == V6LIT_OK ? status : fail(status, length + 1, column);
}

static struct v6lit_host host_in(const char *text, struct host host)
{
    return (struct v6lit_host){host.place, (size_t)(host.start - text),
                               (size_t)(host.end - host.start)};
}

struct v6lit_host v6lit_find_host(const char *text, size_t length)
{
    return host_in(text, find_host(text, strnlen(text, length)));
}

/*
 * Whether a host that is no literal name was meant for an address: it begins with a bracket, has
 * two colons, or one after hexadecimal digits. The host of http://fe80::1/ ends at its first colon,
 * as if a port followed; it has an address if all up to the path has two.
 */
static bool is_meant_for_address(struct host host, const char *end)
{
    static const char digits[] = "0123456789abcdefABCDEF";
    if (host.place == V6LIT_PLACE_URL)
        host.end = find_first(host.start, end, "/\\?#");
    const char *colon = memchr(host.start, ':', (size_t)(host.end - host.start));
    if (host.start == host.end || *host.start == '[' || colon == NULL)
        return host.start == host.end || *host.start == '[';
    const char *p = host.start;
    while (p < colon && strchr(digits, *p) != NULL)
        p++;
    return p == colon || memchr(colon + 1, ':', (size_t)(host.end - colon - 1)) != NULL;
}

enum v6lit_status v6lit_read_text(const char *text, size_t length, struct v6lit_text *read,
                                  size_t *column)
{
    const char *nul = memchr(text, '\0', length);
    if (nul != NULL)
        return fail(V6LIT_ERROR_BAD_CHARACTER, (size_t)(nul - text) + 1, column);

    struct host host = find_host(text, length);
    struct v6lit_text found = {.host = host_in(text, host), .form = V6LIT_FORM_NAME};
    size_t at;
    enum v6lit_status status =
        literal_decode(host.start, (size_t)(host.end - host.start), &found.address, &at);
    at += found.host.start;
    /* An address needs no mapping, whatever its zone is called. */
    if (status == V6LIT_ERROR_NOT_A_LITERAL_NAME || status == V6LIT_ERROR_NO_LIBIDN2 ||
        status == V6LIT_ERROR_TOO_LONG_TO_MAP) {
        size_t numeric_at;
        enum v6lit_status numeric_status = read_numeric(text, host, &found.address, &numeric_at);
        found.form = V6LIT_FORM_ADDRESS;
        if (numeric_status == V6LIT_OK) {
            status = V6LIT_OK;
        } else if (status == V6LIT_ERROR_NOT_A_LITERAL_NAME) {
            const bool is_address = is_meant_for_address(host, text + length);
            status = is_address ? numeric_status : V6LIT_ERROR_NEITHER_NAME_NOR_ADDRESS;
            at = is_address ? numeric_at : found.host.start + 1;
        }
    }
    if (status != V6LIT_OK)
        return fail(status, at, column);
    *read = found;
    return V6LIT_OK;
}
