// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * The proofs that script/prove runs with cbmc, one per function. Uninitialized variables and memory
 * have any value. Each allocation is a separate block, so that cbmc detects every access outside
 * it.
 */
#include "libv6lit/name.h"
#include "libv6lit/text.h"
#include "libv6lit/zone.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* As malloc, but there always is memory. */
static char *block(size_t size)
{
    char *bytes = malloc(size);
    __CPROVER_assume(bytes != NULL);
    return bytes;
}

/* A text of LENGTH bytes and what stands after it: nothing else is read, and the cursor stays
 * there. */
static void read_text(char separator, const char *after, size_t length_after)
{
    char *text = block(LENGTH + length_after);
    memcpy(text + LENGTH, after, length_after);
    const char *cursor = text;
    struct in6_addr address;
    enum v6lit_status status = text_read(&cursor, text + LENGTH, separator, &address);
    assert(cursor >= text && cursor <= text + LENGTH);
    if (status == V6LIT_OK)
        assert(cursor == text + LENGTH || text_is_zone_mark(*cursor, separator));
}

/* The body of a name, before the domain. */
void text_read_stays_inside_a_name(void)
{
    read_text('-', ".i", 2);
}

/* An address as RFC 4291 has it. */
void text_read_stays_inside_a_numeric_form(void)
{
    read_text(':', "", 1);
}

/* A zone of LENGTH bytes, after any address. */
void zone_read_stays_inside(void)
{
    char *text = block(LENGTH);
    const char *cursor = text;
    struct v6lit_address address;
    enum v6lit_status status = zone_read(&cursor, text + LENGTH, &address);
    assert(cursor >= text && cursor <= text + LENGTH);
    if (status == V6LIT_OK) {
        assert(memchr(address.zone_name, '\0', sizeof address.zone_name) != NULL);
        assert(address.zone_index == 0 || address.zone_name[0] == '\0');
    }
}

/* A name of LENGTH bytes; contract.c stands for the readers. */
void name_decode_stays_inside(void)
{
    char *name = block(LENGTH);
    struct v6lit_address address;
    size_t column;
    name_decode(name, LENGTH, NAME_ANY, &address, &column);
    assert(column >= 1 && column <= (size_t)LENGTH + 1);
}

/* Any address with any zone: its name fits into V6LIT_NAME_MAX bytes, and nothing else is written.
 */
void name_encode_stays_inside(void)
{
    struct v6lit_address address;
    char *name = block(V6LIT_NAME_MAX);
    char *end;
    if (name_encode(&address, name, &end) == V6LIT_OK)
        assert(end > name && end <= name + V6LIT_NAME_MAX);
}
