// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Tests that every zone index is read back as written. It is a program, since trying four billion
 * numbers is faster than a proof about ten divisions.
 */
#include "libv6lit/zone.h"

#include <stdio.h>

int main(void)
{
    struct v6lit_address address = {.address.s6_addr = {0xfe, 0x80}}, again = address;
    do {
        char text[V6LIT_ZONE_MAX];
        const char *end = zone_write(&address, text);
        const char *cursor = text;
        if (zone_read(&cursor, end, &again) != V6LIT_OK || again.zone_index != address.zone_index ||
            again.zone_name[0] != '\0') {
            printf("%u\n", address.zone_index);
            return 1;
        }
    } while (++address.zone_index != 0);
    return 0;
}
