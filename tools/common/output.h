/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Standard output. Every failure to write is reported. */
#ifndef TOOLS_COMMON_OUTPUT_H
#define TOOLS_COMMON_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>

/* Writes to standard output. Ends the program with a message and EXIT_TROUBLE if that fails. */
void output_write(const char *bytes, size_t length);
void output_flush(void);

/*
 * Room for `size` bytes, OUTPUT_ROOM_MAX at most, for a caller that writes nothing in another way:
 * output_advance adds the first `length` bytes to standard output. There is no copy.
 */
enum { OUTPUT_ROOM_MAX = 1 << 17 };
char *output_room(size_t size);
void output_advance(size_t length);

/* Whether standard output is a terminal, which terminal.h writes to. */
bool output_is_terminal(void);

/* Closes standard output; returns `status`, or EXIT_TROUBLE with a message if that fails. */
int output_finish(int status);

/* Prints the help of a subcommand and the name of its manual page; returns the exit status. */
int output_help(const char *command, const char *text);

/* Pads a column of which `taken` columns are filled with blanks: at least two. */
void output_fill(size_t taken, size_t width);

#endif
