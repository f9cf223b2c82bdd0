/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Text of any length. It belongs to the caller, who frees it. Without memory all of these end the
 * program with a message. This is not open_memstream(3): in glibc a write to such a stream that
 * finds no memory does not set its error indicator, and the text would miss a part.
 */
#ifndef TOOLS_COMMON_TEXT_H
#define TOOLS_COMMON_TEXT_H

__attribute__((format(printf, 1, 2))) char *text_format(const char *format, ...);

/* Adds to the end of a text, which may move. */
__attribute__((format(printf, 2, 3))) void text_append(char **text, const char *format, ...);

/* All but letters, digits, "-._~" and the bytes `allowed` as %XX (RFC 3986 section 2.1). */
char *text_percent_encoded(const char *text, const char *allowed);

/* A field of fstab(5): white space, backslash and control characters as \NNN. */
char *text_fstab_field(const char *text);

#endif
