// SPDX-License-Identifier: LGPL-2.1-or-later
/* Numbers for tests: the same in every run and on every machine (splitmix64). */
#ifndef TEST_ENV_RANDOM_H
#define TEST_ENV_RANDOM_H

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

static uint64_t random_state;

static inline uint64_t next_random(void)
{
    uint64_t z = random_state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

/* A number below `limit`, which is not more than 2^32. */
static inline unsigned below(size_t limit)
{
    return (unsigned)(next_random() % limit);
}

/* How many things a test makes: V6LIT_ROUNDS in the environment, one at least, or else `usual`. */
static inline unsigned wanted_rounds(unsigned usual)
{
    const char *wanted = getenv("V6LIT_ROUNDS");
    unsigned rounds = wanted != NULL ? (unsigned)strtoul(wanted, NULL, 0) : usual;
    return rounds > 0 ? rounds : 1;
}

#endif
