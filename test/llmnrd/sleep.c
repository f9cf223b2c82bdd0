// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Simulates a machine that sleeps, for the responder in tests. The FIFO /mnt/wake replaces the
 * timer that the kernel cancels when the clock is set. If /mnt/slept exists, the machine has slept
 * for an hour. Linked with --wrap.
 */
#include <fcntl.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

int __real_timerfd_create(int clock, int flags);
int __real_timerfd_settime(int fd, int flags, const struct itimerspec *value,
                           struct itimerspec *old);
int __real_clock_gettime(clockid_t clock, struct timespec *time);
int __wrap_timerfd_create(int clock, int flags);
int __wrap_timerfd_settime(int fd, int flags, const struct itimerspec *value,
                           struct itimerspec *old);
int __wrap_clock_gettime(clockid_t clock, struct timespec *time);

static int wake = -1;

int __wrap_timerfd_create(int clock, int flags)
{
    /* For writing, too: else it is ready for good when the first writer has closed it. */
    wake = open("/mnt/wake", O_RDWR | O_NONBLOCK | O_CLOEXEC);
    return wake >= 0 ? wake : __real_timerfd_create(clock, flags);
}

int __wrap_timerfd_settime(int fd, int flags, const struct itimerspec *value,
                           struct itimerspec *old)
{
    return fd == wake ? 0 : __real_timerfd_settime(fd, flags, value, old);
}

int __wrap_clock_gettime(clockid_t clock, struct timespec *time)
{
    const int result = __real_clock_gettime(clock, time);
    if (clock == CLOCK_BOOTTIME && access("/mnt/slept", F_OK) == 0)
        time->tv_sec += 3600;
    return result;
}
