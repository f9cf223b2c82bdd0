// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Measures how long dlopen takes to load each module, compared with an empty shared object. The
 * modules are linked like ours, except that they can be unloaded, and so loaded again.
 */
#include "bench/measure.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>

enum { LOADS = 50, PARTS = 4, ROUNDS = 15 };

static double run_load(const void *what, size_t part)
{
    (void)part;
    double time = 0;
    for (int i = 0; i < LOADS; i++) {
        double start = measure_now();
        void *handle = dlopen(what, RTLD_NOW | RTLD_LOCAL);
        time += measure_now() - start;
        if (handle == NULL || dlclose(handle) != 0 ||
            dlopen(what, RTLD_NOW | RTLD_NOLOAD) != NULL) {
            fprintf(stderr, "load: %s: not loaded and unloaded\n", (const char *)what);
            exit(EXIT_FAILURE);
        }
    }
    return time;
}

int main(void)
{
    static struct way ways[] = {
        {.name = "an empty object", .run = run_load, .what = "bench/empty.so"},
        {.name = "libnss_ipv6literal",
         .run = run_load,
         .what = "bench/.libs/libload_ipv6literal.so.2"},
        {.name = "libnss_llmnr", .run = run_load, .what = "bench/.libs/libload_llmnr.so.2"},
    };
    const size_t count = sizeof ways / sizeof ways[0];
    measure(ways, count, LOADS * PARTS, PARTS, ROUNDS);
    for (size_t i = 0; i < count; i++)
        measure_print("loading", "dlopen", &ways[i]);
    return EXIT_SUCCESS;
}
