// SPDX-License-Identifier: LGPL-2.1-or-later
#include "libv6lit/literal.h"

#include "base/ascii.h"
#include "libv6lit/idn.h"
#include "libv6lit/name.h"
#include "libv6lit/zone.h"

#include <string.h>

/* The first byte that is not ASCII, counted from 1. */
static size_t first_non_ascii(const char *text)
{
    size_t i = 0;
    while ((unsigned char)text[i] < 0x80)
        i++;
    return i + 1;
}

/*
 * Reads a name with its characters that are not ASCII mapped. A function of its own, since its
 * buffers would cost other names time.
 */
__attribute__((noinline)) static enum v6lit_status
decode_mapped(const char *name, size_t length, struct v6lit_address *address, size_t *column)
{
    struct idn_text mapped;
    enum v6lit_status status = idn_map(name, length, &mapped);
    if (status != V6LIT_OK) {
        *column = first_non_ascii(name);
        return status;
    }
    size_t at;
    status = name_decode(mapped.bytes, mapped.length, NAME_ANY, address, &at);
    *column = mapped.origin[at - 1] + 1U;
    return status;
}

enum v6lit_status literal_decode(const char *name, size_t length, struct v6lit_address *address,
                                 size_t *column)
{
    enum v6lit_status status = name_decode(name, length, NAME_ASCII, address, column);
    if (status == V6LIT_OK || ascii_is_all(name, length))
        return status;
    return decode_mapped(name, length, address, column);
}

/*
 * Reads a name inside the domain that is in error once more, for the column. A function of its own,
 * since a variable for the column would cost good names time.
 */
__attribute__((noinline)) static enum v6lit_status decode_again(enum v6lit_status status,
                                                                const char *name, size_t length,
                                                                struct v6lit_address *address,
                                                                size_t *column)
{
    size_t at = 1;
    if (status != V6LIT_ERROR_NOT_A_LITERAL_NAME || !ascii_is_all(name, length))
        status = literal_decode(name, length, address, &at);
    if (status != V6LIT_OK && column != NULL)
        *column = at;
    return status;
}

enum v6lit_status v6lit_decode(const char *name, size_t length, struct v6lit_address *address,
                               size_t *column)
{
    enum v6lit_status status = name_decode(name, length, NAME_ASCII, address, NULL);
    return status == V6LIT_OK ? status : decode_again(status, name, length, address, column);
}

/* Copies what is from `start` to `end`, and a NUL, to a buffer. */
static enum v6lit_status deliver(const char *start, const char *end, char *buffer, size_t size)
{
    size_t length = (size_t)(end - start);
    if (length >= size)
        return V6LIT_ERROR_BUFFER_TOO_SMALL;
    memcpy(buffer, start, length);
    buffer[length] = '\0';
    return V6LIT_OK;
}

/* For a buffer that a name may not fit into: it is written elsewhere first. A function of its own,
 * since its buffer would cost the others time. */
__attribute__((noinline)) static enum v6lit_status
encode_into_small(const struct v6lit_address *address, char *name, size_t size)
{
    char text[V6LIT_NAME_MAX + 1];
    char *end;
    enum v6lit_status status = name_encode(address, text, &end);
    return status == V6LIT_OK ? deliver(text, end, name, size) : status;
}

enum v6lit_status v6lit_encode(const struct v6lit_address *address, char *name, size_t size)
{
    if (size <= V6LIT_NAME_MAX)
        return encode_into_small(address, name, size);
    char *end;
    enum v6lit_status status = name_encode(address, name, &end);
    if (status == V6LIT_OK)
        *end = '\0';
    return status;
}

enum v6lit_status v6lit_format(const struct v6lit_address *address, char *text, size_t size)
{
    char numeric[V6LIT_ADDRESS_MAX + 1];
    if (!zone_can_be_read(address))
        return V6LIT_ERROR_BAD_ZONE_NAME;
    const char *end = numeric_encode(address, numeric);
    return deliver(numeric, end, text, size);
}
