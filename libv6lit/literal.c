// SPDX-License-Identifier: LGPL-2.1-or-later
#include "literal.h"

#include "idn.h"
#include "name.h"

#include <string.h>

/* The first byte that is not ASCII, counted from 1. */
static size_t first_non_ascii(const char *text)
{
    size_t i = 0;
    while ((unsigned char)text[i] < 0x80)
        i++;
    return i + 1;
}

enum v6lit_status literal_decode(const char *name, size_t length, struct v6lit_address *address,
                                 size_t *column)
{
    if (idn_is_ascii(name, length))
        return name_decode(name, length, address, column);

    struct idn_text mapped;
    enum v6lit_status status = idn_map(name, length, &mapped);
    if (status != V6LIT_OK) {
        *column = first_non_ascii(name);
        return status;
    }
    size_t at;
    status = name_decode(mapped.bytes, mapped.length, address, &at);
    *column = mapped.origin[at - 1] + 1U;
    return status;
}

enum v6lit_status v6lit_decode(const char *name, size_t length, struct v6lit_address *address,
                               size_t *column)
{
    size_t at;
    enum v6lit_status status = literal_decode(name, length, address, &at);
    if (status != V6LIT_OK && column != NULL)
        *column = at;
    return status;
}

enum v6lit_status v6lit_encode(const struct v6lit_address *address, char *name, size_t size)
{
    char text[V6LIT_NAME_MAX];
    char *end;
    enum v6lit_status status = name_encode(address, text, &end);
    if (status != V6LIT_OK)
        return status;
    size_t length = (size_t)(end - text);
    if (length >= size)
        return V6LIT_ERROR_BUFFER;
    memcpy(name, text, length);
    name[length] = '\0';
    return V6LIT_OK;
}
