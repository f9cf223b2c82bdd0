/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Compares how long several ways take to do the same things. They take turns, a short while each,
 * since a shared machine is faster in one second than in the next: what counts is the ratio.
 */
#ifndef MEASURE_H
#define MEASURE_H

#include <stddef.h>

struct way {
    const char *name;
    void (*run)(const void *what, size_t part); /* does one part of the things */
    double nanoseconds;                         /* of one thing: the result of measure() */
};

/*
 * Measures `count` ways to do `things` things in `parts` parts, all of it `rounds` times: what
 * counts is the fastest time of each part. There should be many different things, or the processor
 * learns them by heart.
 */
void measure(struct way *ways, size_t count, const void *what, size_t things, size_t parts,
             unsigned rounds);

/*
 * Prints a line for each: group, case, way, nanoseconds, and how many times as fast as the first
 * way it is, with tabs between.
 */
void measure_print(const char *group, const char *item, const struct way *ways, size_t count);

#endif
