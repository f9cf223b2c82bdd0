/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* IPv6 address text to bytes and back, with ':' or '-' between the groups. */
#ifndef LIBV6LIT_TEXT_H
#define LIBV6LIT_TEXT_H

#include "libv6lit/v6lit.h"

/* The longest address text: six groups of four digits and an IPv4 tail. */
#define TEXT_MAX 45

/* The buffer that text_write needs: TEXT_MAX and the bytes that it may overwrite past the end. */
#define TEXT_BUFFER (TEXT_MAX + 3)

/* The characters that end an address because a zone follows. */
static inline int text_is_zone_mark(char c, char separator)
{
    return separator == '-' ? c == 's' || c == 'S' : c == '%';
}

/*
 * Reads an address at *cursor, up to `end` or the zone mark, as RFC 4291 section 2.2 and glibc's
 * inet_pton do. The byte at `end` must be readable and neither a hexadecimal digit nor the
 * separator; if it is a dot, so must be the one after it, and no digit. *cursor is where reading
 * stopped: after the address, or at what is wrong.
 */
enum v6lit_status text_read(const char **cursor, const char *end, char separator,
                            struct in6_addr *address);

/*
 * Writes an address without a NUL, and returns its end. With ':' it is the text that glibc's
 * inet_ntop writes; with '-' the canonical text of a literal name, see v6lit_encode.
 */
char *text_write(const struct in6_addr *address, char separator, char text[TEXT_BUFFER]);

/* The same without vectors: text_write of processors for which there is no other. */
char *text_write_scalar(const struct in6_addr *address, char separator, char text[TEXT_BUFFER]);

#endif
