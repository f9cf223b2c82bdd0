// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Both functions that write an address write the same: for each set of zero groups there is, random
 * groups of one to four digits in the others, in a buffer with nothing after it.
 */
#include "libv6lit/text.h"

#include "test/env/random.h"
#include "test/tap.h"

#include <string.h>

enum { SETS = 256 };

/* Of each set of zero groups. */
static unsigned addresses;

static void make_address(unsigned zeros, struct in6_addr *address)
{
    for (int i = 0; i < 8; i++) {
        unsigned group = (unsigned)next_random() & (0xffffU >> (4 * below(4)));
        if (group == 0)
            group = 0xffff;
        if ((zeros >> i & 1) != 0)
            group = 0;
        address->s6_addr[2 * i] = (unsigned char)(group >> 8);
        address->s6_addr[2 * i + 1] = (unsigned char)group;
    }
    /* What an address that is mapped from IPv4 has before its tail. */
    if ((zeros >> 5 & 1) == 0 && below(8) == 0)
        memset(address->s6_addr + 10, 0xff, 2);
}

static void compare(char separator, const struct in6_addr *address, unsigned long *failures)
{
    char *text = malloc(TEXT_BUFFER);
    char *scalar = malloc(TEXT_BUFFER);
    if (text == NULL || scalar == NULL)
        bail_out("no memory");
    int length = (int)(text_write(address, separator, text) - text);
    int scalar_length = (int)(text_write_scalar(address, separator, scalar) - scalar);
    if (length != scalar_length || memcmp(text, scalar, (size_t)length) != 0)
        wrong(failures, "%.*s, not %.*s", length, text, scalar_length, scalar);
    free(text);
    free(scalar);
}

int main(void)
{
    addresses = wanted_rounds(4000 * SETS - 1) / SETS + 1;
    for (size_t i = 0; i < 2; i++) {
        char separator = "-:"[i];
        unsigned long failures = 0;
        for (unsigned zeros = 0; zeros < SETS; zeros++) {
            for (unsigned count = 0; count < addresses; count++) {
                struct in6_addr address;
                make_address(zeros, &address);
                compare(separator, &address, &failures);
            }
        }
        report(failures == 0,
               "with '%c' all %u addresses of each of %d sets of zero groups are written alike",
               separator, addresses, SETS);
    }
    return end_of_report();
}
