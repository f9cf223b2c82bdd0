// SPDX-License-Identifier: LGPL-2.1-or-later
#include "libv6lit/name.h"

#include "base/ascii.h"
#include "libv6lit/text.h"
#include "libv6lit/zone.h"

#include <string.h>

enum { DOMAIN_LENGTH = sizeof V6LIT_DOMAIN - 1 };

/*
 * Whether the 16 bytes at p are the domain in any case. The mask leaves out the bit that tells
 * upper from lower case in letters and only there: "\r" is not "-".
 */
static bool is_domain(const char *p)
{
    static const char domain[] = V6LIT_DOMAIN;
    static const char mask[] = "\xdf\xdf\xdf\xff\xff\xdf\xdf\xdf\xdf\xdf\xdf\xdf\xff\xdf\xdf\xdf";
    uint64_t is[2], shall[2], bits[2];
    _Static_assert(DOMAIN_LENGTH == sizeof is && sizeof mask == sizeof is + 1, "two words");
    memcpy(is, p, sizeof is);
    memcpy(shall, domain, sizeof shall);
    memcpy(bits, mask, sizeof bits);
    return (((is[0] ^ shall[0]) & bits[0]) | ((is[1] ^ shall[1]) & bits[1])) == 0;
}

/* Where `cursor` stands in `text`, counted from 1. */
static inline void set_column(size_t *column, const char *text, const char *cursor)
{
    if (column != NULL)
        *column = (size_t)(cursor - text) + 1;
}

/* Where the domain ends, before the dots after it; NULL if the name is not inside. */
static inline const char *domain_end(const char *name, size_t length)
{
    const char *end = name + length;
    while (end > name && end[-1] == '.')
        end--;
    /* The domain alone has no dot before it. */
    if (end - name < DOMAIN_LENGTH || !is_domain(end - DOMAIN_LENGTH) ||
        (end - name > DOMAIN_LENGTH && end[-DOMAIN_LENGTH - 1] != '.'))
        return NULL;
    return end;
}

/* An address, and the zone if a zone mark follows: all from *cursor to `end`. */
static inline enum v6lit_status read_body(const char **cursor, const char *end,
                                          enum name_bytes bytes, struct v6lit_address *address)
{
    enum v6lit_status status = text_read(cursor, end, '-', &address->address);
    if (status != V6LIT_OK || *cursor == end)
        return status;
    ++*cursor;
    if (bytes == NAME_ASCII && !ascii_is_all(*cursor, (size_t)(end - *cursor)))
        return V6LIT_ERROR_BAD_CHARACTER;
    return zone_read(cursor, end, address);
}

/* A name that is inside; `end` is the domain's. */
static enum v6lit_status decode_inside(const char *name, size_t length, const char *end,
                                       enum name_bytes bytes, struct v6lit_address *address,
                                       size_t *column)
{
    struct v6lit_address found = {0};
    const char *cursor = name;
    enum v6lit_status status = V6LIT_ERROR_NO_ADDRESS;
    if (end - name > DOMAIN_LENGTH)
        status = read_body(&cursor, end - DOMAIN_LENGTH - 1, bytes, &found);
    if (status == V6LIT_OK && name + length - end > 1) {
        cursor = end + 1;
        status = V6LIT_ERROR_TRAILING_DOTS;
    }
    if (status == V6LIT_OK) {
        /* Each as it was written: all in one copy would wait for that. */
        address->address = found.address;
        address->zone_index = found.zone_index;
        memcpy(address->zone_name, found.zone_name, sizeof found.zone_name);
    }
    set_column(column, name, cursor);
    return status;
}

bool name_is_inside(const char *name, size_t length)
{
    return domain_end(name, length) != NULL;
}

enum v6lit_status name_decode(const char *name, size_t length, enum name_bytes bytes,
                              struct v6lit_address *address, size_t *column)
{
    const char *end = domain_end(name, length);
    if (end != NULL)
        return decode_inside(name, length, end, bytes, address, column);
    set_column(column, name, name);
    return V6LIT_ERROR_NOT_A_LITERAL_NAME;
}

enum v6lit_status name_encode(const struct v6lit_address *address, char *name, char **end)
{
    bool has_zone = zone_is_set(address);
    if (has_zone && address->zone_name[0] != '\0' && !zone_name_is_safe(address->zone_name))
        return V6LIT_ERROR_UNSAFE_ZONE_NAME;
    char *p = text_write(&address->address, '-', name);
    if (has_zone) {
        *p++ = 's';
        p = zone_write(address, p);
    }
    *p++ = '.';
    memcpy(p, V6LIT_DOMAIN, DOMAIN_LENGTH);
    *end = p + DOMAIN_LENGTH;
    return V6LIT_OK;
}

enum v6lit_status numeric_decode(const char *text, size_t length, bool in_url,
                                 struct v6lit_address *address, size_t *column)
{
    /*
     * text_read wants to see a byte after its end, and `text` may have none. No address is longer
     * than TEXT_MAX, so in a longer text it stops within the copy, at the zone mark or an error.
     */
    char copy[TEXT_MAX + 2];
    size_t copied = length <= TEXT_MAX ? length : TEXT_MAX + 1;
    memcpy(copy, text, copied);
    copy[copied] = '\0';

    struct v6lit_address found = {0};
    const char *stop = copy;
    enum v6lit_status status = text_read(&stop, copy + copied, ':', &found.address);
    const char *cursor = text + (stop - copy);
    if (status == V6LIT_OK && cursor < text + length) {
        cursor++;
        if (in_url && text + length - cursor >= 2 && memcmp(cursor, "25", 2) == 0)
            cursor += 2;
        status = zone_read(&cursor, text + length, &found);
    }
    if (status == V6LIT_OK)
        *address = found;
    set_column(column, text, cursor);
    return status;
}

char *numeric_encode(const struct v6lit_address *address, char text[V6LIT_ADDRESS_MAX + 1])
{
    char *p = text_write(&address->address, ':', text);
    if (zone_is_set(address)) {
        *p++ = '%';
        p = zone_write(address, p);
    }
    return p;
}
