// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tools/common/message.h"

#include "tools/common/exit_status.h"
#include "tools/common/terminal.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Longer than any literal name, and shorter than a screen. */
enum { QUOTE_MAX = 400 };

/* What a message says about its subject. A longer text, such as one with a path, is cut. */
enum { MESSAGE_MAX = 4096 };

const char *message_program = "v6lit";

void message_quote(const char *text, size_t length)
{
    terminal_show_start(stderr, text, length, QUOTE_MAX);
}

static void begin(size_t line, const char *subject, size_t length)
{
    fprintf(stderr, "%s: ", message_program);
    if (line > 0)
        fprintf(stderr, "line %zu: ", line);
    if (subject != NULL) {
        message_quote(subject, length);
        fputs(": ", stderr);
    }
}

void message_begin(const char *subject)
{
    begin(0, subject, strlen(subject));
}

__attribute__((format(printf, 4, 0))) static void
message(size_t line, const char *subject, size_t length, const char *format, va_list arguments)
{
    static char text[MESSAGE_MAX + 2];
    int written = vsnprintf(text, sizeof text, format, arguments);
    begin(line, subject, length);
    terminal_show_start(stderr, text, written < 0 ? 0 : strlen(text), MESSAGE_MAX);
    fputc('\n', stderr);
}

void message_write(const char *subject, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    message(0, subject, subject == NULL ? 0 : strlen(subject), format, arguments);
    va_end(arguments);
}

int message_status(int exit_status, const char *subject, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    message(0, subject, subject == NULL ? 0 : strlen(subject), format, arguments);
    va_end(arguments);
    return exit_status;
}

void message_write_at(size_t line, const char *subject, size_t length, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    message(line, subject, length, format, arguments);
    va_end(arguments);
}

void message_reason(size_t line, const char *text, size_t length, const char *reason, size_t column,
                    const char *format, ...)
{
    static char more[MESSAGE_MAX];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(more, sizeof more, format, arguments);
    va_end(arguments);
    message_write_at(line, text, length, "%s at column %zu%s", reason, column, more);
}

void message_too_long(size_t line, size_t most)
{
    message_write_at(line, NULL, 0, "%slonger than %zu bytes", line > 0 ? "" : "argument ", most);
}

_Noreturn void message_no_memory(void)
{
    message_write(NULL, "memory exhausted");
    exit(EXIT_TROUBLE);
}

int message_usage_error(const char *command, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    message(0, NULL, 0, format, arguments);
    va_end(arguments);
    fprintf(stderr, "Try 'v6lit %s%s--help' for more information.\n", command,
            command[0] == '\0' ? "" : " ");
    return EXIT_TROUBLE;
}
