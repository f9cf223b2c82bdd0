// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tools/common/text.h"

#include "base/ascii.h"
#include "tools/common/message.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *format_list(const char *format, va_list arguments)
{
    char *text;
    if (vasprintf(&text, format, arguments) < 0)
        message_no_memory();
    return text;
}

char *text_format(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    char *text = format_list(format, arguments);
    va_end(arguments);
    return text;
}

void text_append(char **text, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    char *more = format_list(format, arguments);
    va_end(arguments);
    char *whole = text_format("%s%s", *text, more);
    free(more);
    free(*text);
    *text = whole;
}

/* Room for a text each byte of which becomes at most `most`. */
static char *make_room(const char *text, size_t most)
{
    char *room = malloc(most * strlen(text) + 1);
    if (room == NULL)
        message_no_memory();
    return room;
}

char *text_percent_encoded(const char *text, const char *allowed)
{
    char *encoded = make_room(text, 3);
    char *end = encoded;
    for (; *text != '\0'; text++) {
        if (ascii_is_unreserved(*text) || strchr(allowed, *text) != NULL)
            *end++ = *text;
        else
            end += snprintf(end, sizeof "%XX", "%%%02X", (unsigned char)*text);
    }
    *end = '\0';
    return encoded;
}

char *text_fstab_field(const char *text)
{
    char *field = make_room(text, 4);
    char *end = field;
    for (; *text != '\0'; text++) {
        unsigned char c = (unsigned char)*text;
        if (c <= ' ' || c == '\\' || c == 0x7f)
            end += snprintf(end, sizeof "\\NNN", "\\%03o", c);
        else
            *end++ = *text;
    }
    *end = '\0';
    return field;
}
