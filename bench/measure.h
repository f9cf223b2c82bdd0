/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Compares how long several ways take to do the same things. They take short turns, since the speed
 * of a shared machine varies: only the ratios are meaningful.
 */
#ifndef BENCH_MEASURE_H
#define BENCH_MEASURE_H

#include <stddef.h>

struct way {
    const char *name;
    /* Does one part of the things. Returns its nanoseconds if it knows them better than who waits
     * for it, else 0. */
    double (*run)(const void *what, size_t part);
    const void *what;
    double nanoseconds; /* of one thing: the result of measure() */
};

/* Nanoseconds, from whenever on. */
double measure_now(void);

/*
 * Measures `count` ways to do `things` things in `parts` parts, all of it `rounds` times: what
 * counts is the fastest time of each part. There should be many different things, or the processor
 * learns them by heart.
 */
void measure(struct way *ways, size_t count, size_t things, size_t parts, unsigned rounds);

/* Prints a line of the table: group, case, way, nanoseconds, "ns", with tabs between. */
void measure_print(const char *group, const char *item, const struct way *way);

#endif
