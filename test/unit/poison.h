/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Fills memory and variables that a call must not change, and checks them. */
#ifndef TEST_UNIT_POISON_H
#define TEST_UNIT_POISON_H

#include <stdbool.h>
#include <stddef.h>

enum { POISON = 0xa5, SOME_ERRNO = 4711, NO_COLUMN = 99999 };

static inline bool is_poison(const void *memory, size_t size)
{
    const unsigned char *bytes = memory;
    for (size_t i = 0; i < size; i++) {
        if (bytes[i] != POISON)
            return false;
    }
    return true;
}

#endif
