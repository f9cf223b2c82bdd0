/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Standard output: nothing that could not be written goes unnoticed. */
#ifndef TOOLS_COMMON_OUTPUT_H
#define TOOLS_COMMON_OUTPUT_H

#include <stddef.h>

/* Writes to standard output. Ends the program with a message and EXIT_TROUBLE if that fails. */
void output_write(const char *bytes, size_t length);
void output_flush(void);

/* Closes standard output; returns `status`, or EXIT_TROUBLE with a message if that fails. */
int output_finish(int status);

/* Prints the help of a subcommand, and the name of its page; returns the exit status. */
int output_help(const char *command, const char *text);

/* Writes a line of data: on a terminal as terminal.h says, else as it is. */
void output_line(const char *text, size_t length);

/* Fills up with blanks what took `taken` columns; at least two. */
void output_fill(size_t taken, size_t width);

#endif
