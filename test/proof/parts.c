// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Replaces the writers and readers of the parts of a name in name_comes_back: a part has any length
 * and any of its bytes, and is read back where it was written. address_comes_back,
 * zone_name_comes_back and, for indices, indices.c show this for the real functions.
 */
#include "libv6lit/text.h"
#include "libv6lit/zone.h"

#include <assert.h>
#include <stdbool.h>
#include <string.h>

static struct v6lit_address written;
static bool has_zone;
static const char *text_start, *text_end, *zone_start, *zone_end;

static char *put_any(char *p, size_t length_max, const char *bytes, size_t count)
{
    size_t any_length;
    __CPROVER_assume(any_length >= 1 && any_length <= length_max);
    for (size_t i = 0; i < any_length; i++) {
        size_t any;
        __CPROVER_assume(any < count);
        p[i] = bytes[any];
    }
    return p + any_length;
}

char *text_write(const struct in6_addr *address, char separator, char text[TEXT_BUFFER])
{
    assert(separator == '-');
    written.address = *address;
    text_start = text;
    char *end = put_any(text, 39, "0123456789abcdef-", 17);
    for (int i = 0; i < 3; i++) {
        char any_byte;
        end[i] = any_byte;
    }
    text_end = end;
    return end;
}

enum v6lit_status text_read(const char **cursor, const char *end, char separator,
                            struct in6_addr *address)
{
    assert(*cursor == text_start && separator == '-');
    if (has_zone)
        assert(text_end < end && *text_end == 's');
    else
        assert(text_end == end && end[0] == '.' && end[1] == 'i');
    *cursor = text_end;
    *address = written.address;
    return V6LIT_OK;
}

bool zone_name_is_safe(const char *name)
{
    return true;
}

char *zone_write(const struct v6lit_address *address, char *text)
{
    has_zone = true;
    written.zone_index = address->zone_index;
    memcpy(written.zone_name, address->zone_name, sizeof written.zone_name);
    zone_start = text;
    zone_end = put_any(text, V6LIT_ZONE_MAX, "0123456789abcdefghijklmnopqrstuvwxyz-.", 38);
    return (char *)zone_end;
}

enum v6lit_status zone_read(const char **cursor, const char *end, struct v6lit_address *address)
{
    assert(has_zone && *cursor == zone_start && end == zone_end);
    address->zone_index = written.zone_index;
    memcpy(address->zone_name, written.zone_name, sizeof written.zone_name);
    return V6LIT_OK;
}
