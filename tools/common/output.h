/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Standard output and error: nothing that could not be written goes unnoticed, and nothing that a
 * stranger may have chosen has an effect on a terminal. There a byte that is not part of a
 * printable character of the locale is shown as \xNN: control characters, those of C1 and invalid
 * UTF-8 included, and characters that are invisible or turn the direction of others.
 */
#ifndef TOOLS_COMMON_OUTPUT_H
#define TOOLS_COMMON_OUTPUT_H

#include <stddef.h>
#include <stdio.h>

/* Writes to standard output. Ends the program with a message and EXIT_TROUBLE if that fails. */
void output_write(const char *bytes, size_t length);
void output_flush(void);

/* Closes standard output; returns `status`, or EXIT_TROUBLE with a message if that fails. */
int output_finish(int status);

/* Writes a line of data to standard output: on a terminal as above, else as it is. */
void output_line(const char *text, size_t length);

/* What every message begins with: "v6lit" unless a program sets it. */
extern const char *output_program;

/*
 * Writes "PROGRAM: SUBJECT: MESSAGE" to stderr, on one line, and as above whether it is a terminal
 * or not. The rest of a very long text becomes "...". Without a subject (NULL) only the message.
 */
__attribute__((format(printf, 2, 3))) void output_message(const char *subject, const char *format,
                                                          ...);

/* "PROGRAM: line 3: SUBJECT: MESSAGE", with no number for 0. The subject may have a NUL in it. */
__attribute__((format(printf, 4, 5))) void
output_message_of(size_t line, const char *subject, size_t length, const char *format, ...);

/* Writes part of a line to stderr, in the same way. */
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
