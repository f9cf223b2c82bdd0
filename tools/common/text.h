/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Text of any length. The caller owns and frees it. All of these functions end the program with a
 * message if there is no memory. They do not use open_memstream(3): in glibc a write to such a
 * stream that finds no memory does not set its error indicator, so part of the text could be
 * missing.
 */
#ifndef TOOLS_COMMON_TEXT_H
#define TOOLS_COMMON_TEXT_H

__attribute__((format(printf, 1, 2))) char *text_format(const char *format, ...);

/* Appends to a text, which may move. */
__attribute__((format(printf, 2, 3))) void text_append(char **text, const char *format, ...);

/*
 * Percent-encodes all but letters, digits, "-._~" and the bytes `allowed` (RFC 3986 section 2.1).
 */
char *text_percent_encoded(const char *text, const char *allowed);

/* Writes a field of fstab(5): white space, backslash and control characters become \NNN. */
char *text_fstab_field(const char *text);

#endif
