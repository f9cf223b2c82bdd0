/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Text that grows in a place of fixed size and never past it. */
#ifndef TOOLS_COMMON_BUFFER_H
#define TOOLS_COMMON_BUFFER_H

#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>

/* Longer input is refused by the commands that take it apart; PATH_MAX is not longer. */
#define BUFFER_INPUT_MAX 4096

struct buffer {
    size_t length;
    bool overflowed;                 /* something did not fit: it and all after it is left out */
    char text[4 * BUFFER_INPUT_MAX]; /* NUL-terminated; room for all bytes escaped, and names */
};

void buffer_clear(struct buffer *buffer);
void buffer_bytes(struct buffer *buffer, const char *bytes, size_t length);
__attribute__((format(printf, 2, 3))) void buffer_format(struct buffer *buffer, const char *format,
                                                         ...);

/* All but letters, digits, "-._~" and the bytes `allowed` as %XX (RFC 3986 section 2.1). */
void buffer_percent_encoded(struct buffer *buffer, const char *bytes, size_t length,
                            const char *allowed);

/* The name under ip6.arpa (RFC 3596 section 2.5), without a dot at its end. */
void buffer_reverse_name(struct buffer *buffer, const struct in6_addr *address);

/* A field of fstab(5): white space, backslash and control characters as \NNN. */
void buffer_fstab_field(struct buffer *buffer, const char *bytes, size_t length);

#endif
