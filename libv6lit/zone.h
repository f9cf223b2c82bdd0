/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Zones (RFC 4007): which addresses need one, its text, and its interface. */
#ifndef LIBV6LIT_ZONE_H
#define LIBV6LIT_ZONE_H

#include "libv6lit/v6lit.h"

#include <stdbool.h>

/* Whether a zone means anything to this address: fe80::/10, ffX1::/16 and ffX2::/16. */
bool zone_is_scoped(const struct in6_addr *address);

/*
 * Reads the zone text from *cursor to `end` into the zone of *address, or drops it if the address,
 * which is there already, is not scoped. On an error *cursor is at what is wrong.
 */
enum v6lit_status zone_read(const char **cursor, const char *end, struct v6lit_address *address);

/* Writes the zone, V6LIT_ZONE_MAX bytes at most, and returns its end; there is no NUL. */
char *zone_write(const struct v6lit_address *address, char *text);

/* Whether there is a zone to write. */
bool zone_is_set(const struct v6lit_address *address);

/* Whether zone_read reads the zone, if there is one, back from what zone_write writes. */
bool zone_can_be_read(const struct v6lit_address *address);

/*
 * Whether an interface name can be part of a canonical literal name: it is not all digits, and
 * every label of the whole name is an LDH label. See v6lit_encode.
 */
bool zone_name_is_safe(const char *name);

/* Changes the zone of *address to the form wanted; the errors are those of v6lit_zone_index. */
enum v6lit_status zone_convert(struct v6lit_address *address, enum v6lit_zone_form form);

#endif
