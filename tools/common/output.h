/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Standard output and error: nothing that could not be written goes unnoticed. */
#ifndef TOOLS_COMMON_OUTPUT_H
#define TOOLS_COMMON_OUTPUT_H

#include <stddef.h>
#include <stdio.h>

/* Writes to standard output. Ends the program with a message and EXIT_TROUBLE if that fails. */
void output_write(const char *bytes, size_t length);
void output_flush(void);

/* Closes standard output; returns `status`, or EXIT_TROUBLE with a message if that fails. */
int output_finish(int status);

/*
 * Writes bytes that a stranger may have chosen to stderr, on one line and with no effect on the
 * terminal: what is not printable in this locale as \xNN, and the rest of a very long text as
 * "...".
 */
void output_quote(const char *text, size_t length);

/* Writes all of such bytes to `stream` in the same way, but cuts nothing. */
void output_show(FILE *stream, const char *text, size_t length);

/* How many columns of a terminal what stands before the byte `at` of such a text then takes. */
size_t output_columns(const char *text, size_t length, size_t at);

/* Fills up on standard output with blanks what took `taken` columns; at least two. */
void output_fill(size_t taken, size_t width);

/* How output is set off; see output_style. */
enum output_style { OUTPUT_PLAIN, OUTPUT_GOOD, OUTPUT_BAD };

/*
 * Switches the style of what follows on `stream`. Does nothing unless it is a terminal other than a
 * dumb one, and the user has not set NO_COLOR (no-color.org).
 */
void output_style(FILE *stream, enum output_style style);

#endif
