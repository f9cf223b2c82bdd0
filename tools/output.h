/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Standard output and error: nothing that could not be written goes unnoticed. */
#ifndef OUTPUT_H
#define OUTPUT_H

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

#endif
