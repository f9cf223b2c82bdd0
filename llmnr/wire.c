// SPDX-License-Identifier: LGPL-2.1-or-later
#include "llmnr/wire.h"

#include "base/ascii.h"

enum { LABEL_MAX = 63, POINTER = 0xc0 };

uint16_t wire_get16(const unsigned char *at)
{
    return (uint16_t)(at[0] << 8 | at[1]);
}

uint32_t wire_get32(const unsigned char *at)
{
    return (uint32_t)wire_get16(at) << 16 | wire_get16(at + 2);
}

void wire_put16(unsigned char *at, uint16_t value)
{
    at[0] = (unsigned char)(value >> 8);
    at[1] = (unsigned char)value;
}

bool wire_is_same_name(const unsigned char *a, const unsigned char *b, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (ascii_lower((char)a[i]) != ascii_lower((char)b[i]))
            return false;
    }
    return true;
}

/* The length of an uncompressed name; 0 if it is malformed. */
static size_t name_length(const unsigned char *name, size_t left)
{
    size_t at = 0;
    while (at < left && at < NS_MAXCDNAME) {
        const unsigned label = name[at++];
        if (label == 0)
            return at;
        if (label > LABEL_MAX)
            return 0;
        at += label;
    }
    return 0;
}

bool wire_skip_name(const unsigned char *bytes, size_t length, size_t *at)
{
    while (*at < length) {
        const unsigned label = bytes[*at];
        if (label >= POINTER) {
            *at += 2;
            return *at <= length;
        }
        if (label > LABEL_MAX)
            return false;
        *at += 1 + label;
        if (label == 0)
            return true;
    }
    return false;
}

bool wire_read_head(const unsigned char *bytes, size_t length, struct wire_head *head)
{
    if (length < NS_HFIXEDSZ)
        return false;
    *head = (struct wire_head){
        .id = wire_get16(bytes),
        .flags = wire_get16(bytes + 2),
        .questions = wire_get16(bytes + 4),
        .answers = wire_get16(bytes + 6),
        .authorities = wire_get16(bytes + 8),
        .additionals = wire_get16(bytes + 10),
        .name = bytes + NS_HFIXEDSZ,
        .name_length = name_length(bytes + NS_HFIXEDSZ, length - NS_HFIXEDSZ),
    };
    const size_t end = NS_HFIXEDSZ + head->name_length + NS_QFIXEDSZ;
    if (head->name_length == 0 || end > length)
        return false;
    head->type = wire_get16(bytes + end - 4);
    head->class = wire_get16(bytes + end - 2);
    head->end = end;
    return true;
}
