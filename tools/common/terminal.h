/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What reaches a terminal: nothing that a stranger may have chosen has an effect on it. A byte that
 * is not part of a printable character of the locale is shown as \xNN. That includes all control
 * characters (C0, DEL and C1), invalid UTF-8, and characters that are invisible or change the
 * direction of others.
 */
#ifndef TOOLS_COMMON_TERMINAL_H
#define TOOLS_COMMON_TERMINAL_H

#include <stddef.h>
#include <stdio.h>

/* Writes all of a text to `stream`, which need not be a terminal. */
void terminal_show(FILE *stream, const char *text, size_t length);

/* The same, but text after `most` bytes becomes "...". */
void terminal_show_start(FILE *stream, const char *text, size_t length, size_t most);

/* Returns how many columns the part of such a text before the byte `at` takes. */
size_t terminal_columns(const char *text, size_t length, size_t at);

/* How output is highlighted. */
enum terminal_style { TERMINAL_PLAIN, TERMINAL_GOOD, TERMINAL_BAD };

/*
 * Sets the style of what follows on `stream`. Does nothing unless it is a terminal other than a
 * dumb one and the user has not set NO_COLOR (no-color.org).
 */
void terminal_style(FILE *stream, enum terminal_style style);

#endif
