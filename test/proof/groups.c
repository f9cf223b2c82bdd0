// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Replaces put_group and read_group of text.c in address_comes_back: a group is written as one
 * digit instead of one to four, and read back where it was written. group_comes_back proves this
 * for the real functions.
 */
#include "test/proof/identity.h"

#include <assert.h>

char text[TEXT_BUFFER];
static unsigned char groups[TEXT_BUFFER][2];

char *text_put_group(char *p, const unsigned char *group)
{
    char any_bytes[3];
    size_t at = (size_t)(p - text);
    assert(at + 4 <= sizeof text);
    groups[at][0] = group[0];
    groups[at][1] = group[1];
    p[0] = '0';
    p[1] = any_bytes[0];
    p[2] = any_bytes[1];
    p[3] = any_bytes[2];
    return p + 1;
}

const char *text_read_group(const char *p, unsigned *group)
{
    size_t at = (size_t)(p - text);
    assert(at < sizeof text && *p == '0');
    *group = (unsigned)groups[at][0] << 8 | groups[at][1];
    return p + 1;
}
