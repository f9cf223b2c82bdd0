/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Text that grows in a buffer of fixed size, and never past its end. The doctor, v6lit llmnr and
 * the search for a correction use it: they allocate nothing to report a failure, or for each line
 * of an endless input. All others use text.h, which has text of any length.
 */
#ifndef TOOLS_COMMON_BUFFER_H
#define TOOLS_COMMON_BUFFER_H

#include <stdbool.h>
#include <stddef.h>

/* The commands that take input apart refuse a longer one. PATH_MAX is no larger. */
#define BUFFER_INPUT_MAX 4096

struct buffer {
    size_t length;
    bool overflowed;                 /* something did not fit: it and all that follows is missing */
    char text[4 * BUFFER_INPUT_MAX]; /* NUL-terminated; it can hold a whole input with each byte
                                        escaped, and names */
};

void buffer_clear(struct buffer *buffer);
void buffer_bytes(struct buffer *buffer, const char *bytes, size_t length);
__attribute__((format(printf, 2, 3))) void buffer_format(struct buffer *buffer, const char *format,
                                                         ...);

#endif
