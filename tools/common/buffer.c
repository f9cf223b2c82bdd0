// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tools/common/buffer.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void buffer_clear(struct buffer *buffer)
{
    buffer->length = 0;
    buffer->overflowed = false;
    buffer->text[0] = '\0';
}

void buffer_bytes(struct buffer *buffer, const char *bytes, size_t length)
{
    if (buffer->overflowed || length >= sizeof buffer->text - buffer->length) {
        buffer->overflowed = true;
        return;
    }
    memcpy(buffer->text + buffer->length, bytes, length);
    buffer->length += length;
    buffer->text[buffer->length] = '\0';
}

void buffer_format(struct buffer *buffer, const char *format, ...)
{
    if (buffer->overflowed)
        return;
    size_t room = sizeof buffer->text - buffer->length;
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(buffer->text + buffer->length, room, format, arguments);
    va_end(arguments);
    if (length < 0 || (size_t)length >= room) {
        buffer->overflowed = true;
        buffer->text[buffer->length] = '\0';
        return;
    }
    buffer->length += (size_t)length;
}
