/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which zero groups an address text leaves out: for both functions that write one. */
#ifndef LIBV6LIT_ZERO_RUN_H
#define LIBV6LIT_ZERO_RUN_H

#include <netinet/in.h>
#include <stdbool.h>

/* Where the double separator goes: groups `start` to before `end` of eight, none if both are 0. */
struct zero_run {
    int start;
    int end;
};

/*
 * RFC 5952 section 4.2: the longest run of two zero groups or more, the first of equal ones. Bit i
 * of `zeros` is set if group i is zero.
 */
static inline struct zero_run zero_run_longest(unsigned zeros)
{
    unsigned starts = zeros & zeros >> 1; /* of the runs of two or more */
    if (starts == 0)
        return (struct zero_run){0, 0};
    int length = 2;
    while ((starts & starts >> 1) != 0) {
        starts &= starts >> 1; /* of those that are longer by one */
        length++;
    }
    int start = __builtin_ctz(starts);
    return (struct zero_run){start, start + length};
}

/* The run that can go so that the text is a host name: see v6lit_encode for the rules. */
static inline struct zero_run zero_run_of_name(unsigned zeros, const struct in6_addr *address)
{
    struct zero_run run = zero_run_longest(zeros);
    if (run.end == 0)
        return run;
    if (run.start == 0)
        run.start++;
    if (run.end == 8)
        run.end--;
    bool reserved_hyphens = run.start == 1 && address->s6_addr[0] == 0 && address->s6_addr[1] > 0xf;
    if (run.end - run.start < 2 || reserved_hyphens)
        return (struct zero_run){0, 0};
    return run;
}

/* As glibc's inet_ntop: ::ffff:192.0.2.1, and ::192.0.2.1 if its first two bytes are not both 0. */
static inline bool zero_run_has_ipv4_tail(struct zero_run run, const struct in6_addr *address)
{
    return run.start == 0 && (run.end == 6 || (run.end == 5 && address->s6_addr[10] == 0xff &&
                                               address->s6_addr[11] == 0xff));
}

#endif
