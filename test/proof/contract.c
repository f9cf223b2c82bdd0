// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Replaces the readers: checks that they are called correctly, and returns any result that they may
 * return. text_read_stays_inside and zone_read_stays_inside prove that they return no other.
 */
#include "libv6lit/text.h"
#include "libv6lit/zone.h"

#include <assert.h>
#include <ctype.h>

enum v6lit_status text_read(const char **cursor, const char *end, char separator,
                            struct in6_addr *address)
{
    struct in6_addr any_address;
    size_t any_length;
    enum v6lit_status any_status;
    assert(*cursor <= end);
    assert(*end == '.' || *end == '\0');
    assert(*end == '\0' || end[1] < '0' || end[1] > '9');
    __CPROVER_assume(any_length <= (size_t)(end - *cursor));
    *cursor += any_length;
    if (any_status == V6LIT_OK)
        __CPROVER_assume(*cursor == end || text_is_zone_mark(**cursor, separator));
    *address = any_address;
    return any_status;
}

enum v6lit_status zone_read(const char **cursor, const char *end, struct v6lit_address *address)
{
    struct v6lit_address any_address;
    size_t any_length;
    enum v6lit_status any_status;
    assert(*cursor <= end);
    __CPROVER_assume(any_length <= (size_t)(end - *cursor));
    *cursor += any_length;
    *address = any_address;
    return any_status;
}
