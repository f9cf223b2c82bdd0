// SPDX-License-Identifier: LGPL-2.1-or-later
#include "llmnr/clock.h"

#include <errno.h>
#include <limits.h>
#include <time.h>

int64_t clock_now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000000 + time.tv_nsec / 1000;
}

/* The timeout for poll(2), rounded up. */
static int milliseconds(int64_t microseconds)
{
    if (microseconds <= 0)
        return 0;
    if (microseconds > (int64_t)INT_MAX * CLOCK_MILLISECOND)
        return INT_MAX;
    return (int)((microseconds + CLOCK_MILLISECOND - 1) / CLOCK_MILLISECOND);
}

int clock_wait(struct pollfd *descriptors, nfds_t count, int64_t until)
{
    for (;;) {
        int timeout = milliseconds(until - clock_now());
        int ready = poll(descriptors, count, timeout);
        if (ready > 0)
            return 0;
        if (ready < 0 && errno != EINTR)
            return errno;
        if (timeout == 0)
            return ETIMEDOUT;
    }
}
