// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tools/common/buffer.h"

#include "base/ascii.h"
#include "base/reverse.h"

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

void buffer_percent_encoded(struct buffer *buffer, const char *bytes, size_t length,
                            const char *allowed)
{
    for (size_t i = 0; i < length; i++) {
        char c = bytes[i];
        if (ascii_is_unreserved(c) || (c != '\0' && strchr(allowed, c) != NULL))
            buffer_bytes(buffer, &c, 1);
        else
            buffer_format(buffer, "%%%02X", (unsigned char)c);
    }
}

void buffer_fstab_field(struct buffer *buffer, const char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)bytes[i];
        if (c <= ' ' || c == '\\' || c == 0x7f)
            buffer_format(buffer, "\\%03o", c);
        else
            buffer_bytes(buffer, bytes + i, 1);
    }
}

void buffer_reverse_name(struct buffer *buffer, const struct in6_addr *address)
{
    char name[REVERSE_SIZE];
    reverse_name(address, name);
    buffer_format(buffer, "%s", name);
}
