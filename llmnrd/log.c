// SPDX-License-Identifier: LGPL-2.1-or-later
#include "llmnrd/log.h"

#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

enum { LINE_SIZE = 512 };

void log_line(const char *priority, const char *format, ...)
{
    char text[LINE_SIZE];
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    /* A file name or the name of a program may contain them. */
    for (char *c = text; *c != '\0'; c++) {
        if ((unsigned char)*c < ' ' || *c == 0x7f)
            *c = '?';
    }
    /* One write, so that lines of several processes do not mix. A failure cannot be reported. */
    (void)dprintf(STDERR_FILENO, "%sv6lit-llmnrd: %s\n", priority, text);
}

void log_safe(char *safe, size_t size, const char *name)
{
    size_t i = 0;
    for (; i + 1 < size && name[i] != '\0'; i++)
        safe[i] = (char)(name[i] > ' ' && name[i] < 0x7f ? name[i] : '?');
    safe[i] = '\0';
}
