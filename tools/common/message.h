/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Messages on stderr. Each is one line that begins with the name of the program. Text that a
 * stranger may have chosen is shown as described in terminal.h, whether stderr is a terminal or
 * not. Very long text is cut and ends in "...".
 */
#ifndef TOOLS_COMMON_MESSAGE_H
#define TOOLS_COMMON_MESSAGE_H

#include <stddef.h>

/* The name that begins every message: "v6lit" unless a program sets it. */
extern const char *message_program;

/* "PROGRAM: SUBJECT: MESSAGE"; without a subject (NULL) only the message. */
__attribute__((format(printf, 2, 3))) void message_write(const char *subject, const char *format,
                                                         ...);

/* The same; returns `status`. */
__attribute__((format(printf, 3, 4))) int message_status(int exit_status, const char *subject,
                                                         const char *format, ...);

/* "PROGRAM: line 3: SUBJECT: MESSAGE", with no number for 0. The subject may have a NUL in it. */
__attribute__((format(printf, 4, 5))) void message_write_at(size_t line, const char *subject,
                                                            size_t length, const char *format, ...);

/* "PROGRAM: line 3: TEXT: REASON at column 8", and after it what is printed by `format`. */
__attribute__((format(printf, 6, 7))) void message_reason(size_t line, const char *text,
                                                          size_t length, const char *reason,
                                                          size_t column, const char *format, ...);

/* Reports that a line (or for 0 an argument) is longer than `most` bytes. */
void message_too_long(size_t line, size_t most);

/* "PROGRAM: MESSAGE" and a hint at the help of the subcommand; returns EXIT_TROUBLE. */
__attribute__((format(printf, 2, 3))) int message_usage_error(const char *command,
                                                              const char *format, ...);

/* Reports that there is no memory, and ends the program with EXIT_TROUBLE. */
_Noreturn void message_no_memory(void);

/* "PROGRAM: SUBJECT: " for a message of several parts, and a part of one. */
void message_begin(const char *subject);
void message_quote(const char *text, size_t length);

#endif
