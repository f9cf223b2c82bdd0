// SPDX-License-Identifier: LGPL-2.1-or-later
#include "bench/measure.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { WAYS_MAX = 16, PARTS_MAX = 64 };

double measure_now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return 1e9 * (double)time.tv_sec + (double)time.tv_nsec;
}

void measure(struct way *ways, size_t count, size_t things, size_t parts, unsigned rounds)
{
    static double best[WAYS_MAX][PARTS_MAX];
    if (count > WAYS_MAX || parts > PARTS_MAX)
        abort();
    for (unsigned round = 0; round < rounds; round++) {
        for (size_t part = 0; part < parts; part++) {
            for (size_t turn = 0; turn < count; turn++) {
                size_t i = (turn + round) % count;
                double start = measure_now();
                double time = ways[i].run(ways[i].what, part);
                if (time <= 0)
                    time = measure_now() - start;
                if (round == 0 || time < best[i][part])
                    best[i][part] = time;
            }
        }
    }
    for (size_t i = 0; i < count; i++) {
        ways[i].nanoseconds = 0;
        for (size_t part = 0; part < parts; part++)
            ways[i].nanoseconds += best[i][part] / (double)things;
    }
}

void measure_print(const char *group, const char *item, const struct way *way)
{
    printf("%s\t%s\t%s\t%.2f\tns\n", group, item, way->name, way->nanoseconds);
}
