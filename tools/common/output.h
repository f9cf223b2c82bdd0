/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Standard output. Every failure to write is reported. */
#ifndef TOOLS_COMMON_OUTPUT_H
#define TOOLS_COMMON_OUTPUT_H

#include <stddef.h>

/* Writes to standard output. Ends the program with a message and EXIT_TROUBLE if that fails. */
void output_write(const char *bytes, size_t length);
void output_flush(void);

/* Closes standard output; returns `status`, or EXIT_TROUBLE with a message if that fails. */
int output_finish(int status);

/* Prints the help of a subcommand and the name of its manual page; returns the exit status. */
int output_help(const char *command, const char *text);

/* Writes a line of data: on a terminal as described in terminal.h, else unchanged. */
void output_line(const char *text, size_t length);

/* Pads a column of which `taken` columns are filled with blanks: at least two. */
void output_fill(size_t taken, size_t width);

#endif
