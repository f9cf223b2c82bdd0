/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The addresses and names that the benchmarks read and write: always the same ones. */
#ifndef BENCH_CORPUS_H
#define BENCH_CORPUS_H

#include "libv6lit/v6lit.h"

#include <stddef.h>

enum { CORPUS_SIZE = 200000 };

/* The same addresses in all their forms, each form by itself: reading one does not load the others.
 */
struct samples {
    char numeric_forms[CORPUS_SIZE][INET6_ADDRSTRLEN]; /* as inet_pton reads them */
    char names[CORPUS_SIZE][V6LIT_NAME_MAX + 1];
    size_t name_lengths[CORPUS_SIZE];
    struct v6lit_address addresses[CORPUS_SIZE];
};

struct sample;

struct corpus {
    const char *name;
    const char *what;
    bool is_valid; /* the names are literal names, and the numeric forms addresses */
    void (*make)(struct sample *sample); /* one */
};

/* Ends with an entry without a name. The first is a mixture of those that are valid. */
extern const struct corpus corpora[];

/* Makes the first `count` ones, CORPUS_SIZE at most. */
void corpus_make(const struct corpus *corpus, struct samples *samples, size_t count);

#endif
