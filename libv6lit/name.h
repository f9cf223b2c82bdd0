/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The grammar of literal names, and of their numeric form: the same address and zone, with ":" for
 * "-" and "%" for "s" and no domain after it. All input is taken byte for byte.
 */
#ifndef LIBV6LIT_NAME_H
#define LIBV6LIT_NAME_H

#include "libv6lit/v6lit.h"

#include <stdbool.h>

/*
 * The functions that read set *column, if it is not NULL, also on success: to where the zone begins
 * or would begin.
 */

/* Whether a name is inside the domain, well-formed or not. */
bool name_is_inside(const char *name, size_t length);

/* What a zone may be made of. All else of a name is ASCII in any case. */
enum name_bytes { NAME_ANY, NAME_ASCII };

/*
 * v6lit_decode without the mapping of characters that are not ASCII: what the NSS module uses. An
 * error leaves *address as it was; with NAME_ASCII a zone with other bytes is one.
 */
enum v6lit_status name_decode(const char *name, size_t length, enum name_bytes bytes,
                              struct v6lit_address *address, size_t *column);

/* Writes the canonical name without a NUL; V6LIT_NAME_MAX bytes always suffice. *end is its end. */
enum v6lit_status name_encode(const struct v6lit_address *address, char *name, char **end);

/*
 * Reads "fe80::1%eth0", and in a URL "fe80::1%25eth0" for the same (RFC 6874); errors and column as
 * v6lit_encode_text has them.
 */
enum v6lit_status numeric_decode(const char *text, size_t length, bool in_url,
                                 struct v6lit_address *address, size_t *column);

/* Writes the address text alone, or with "%" and the zone, without a NUL, and returns its end. */
char *numeric_encode(const struct v6lit_address *address, char text[V6LIT_ADDRESS_MAX + 1]);

#endif
