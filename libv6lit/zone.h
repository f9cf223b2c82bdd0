/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Zones (RFC 4007): which addresses need one, its text, and its interface. */
#ifndef LIBV6LIT_ZONE_H
#define LIBV6LIT_ZONE_H

#include "libv6lit/v6lit.h"

#include <stdbool.h>

/* Whether this address can have a zone: fe80::/10, ffX1::/16 and ffX2::/16. */
static inline bool zone_is_scoped(const struct in6_addr *address)
{
    const unsigned char *b = address->s6_addr;
    unsigned scope = b[1] & 0xf;
    return (b[0] == 0xfe && (b[1] & 0xc0) == 0x80) || (b[0] == 0xff && (scope == 1 || scope == 2));
}

/*
 * Reads the zone text from *cursor to `end` into *address, or drops it if the address, which must
 * be set, is not scoped. On an error *cursor points at what is wrong.
 */
enum v6lit_status zone_read(const char **cursor, const char *end, struct v6lit_address *address);

/* Writes the zone, at most V6LIT_ZONE_MAX bytes and no NUL, and returns its end. */
char *zone_write(const struct v6lit_address *address, char *text);

/* Whether the address has a zone. */
static inline bool zone_is_set(const struct v6lit_address *address)
{
    return zone_is_scoped(&address->address) &&
           (address->zone_index != 0 || address->zone_name[0] != '\0');
}

/* Whether zone_read reads the zone that zone_write writes. */
bool zone_can_be_read(const struct v6lit_address *address);

/*
 * Whether an interface name can be part of a canonical literal name: it is not all digits, and
 * every label of the whole name is an LDH label. See v6lit_encode.
 */
bool zone_name_is_safe(const char *name);

/* Changes the zone of *address to the requested form; the errors are those of v6lit_zone_index. */
enum v6lit_status zone_convert(struct v6lit_address *address, enum v6lit_zone_form form);

#endif
