/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Points in time, in microseconds of CLOCK_MONOTONIC, and waiting until one. */
#ifndef LLMNR_CLOCK_H
#define LLMNR_CLOCK_H

#include <poll.h>
#include <stdint.h>

enum { CLOCK_MILLISECOND = 1000 };
#define CLOCK_NEVER INT64_MAX

int64_t clock_now(void);

static inline int64_t clock_sooner(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

/*
 * Waits for one of the descriptors until `deadline`, across signals. Returns 0, ETIMEDOUT, or the
 * error number of what failed.
 */
int clock_wait(struct pollfd *descriptors, nfds_t count, int64_t until);

#endif
