/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Text that grows in a place of fixed size and never past it. The doctor, v6lit llmnr and the
 * search for a correction use it: they allocate nothing to report a failure, or for each line of an
 * endless input. Elsewhere text.h has text of any length.
 */
#ifndef TOOLS_COMMON_BUFFER_H
#define TOOLS_COMMON_BUFFER_H

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

#endif
