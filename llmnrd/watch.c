// SPDX-License-Identifier: LGPL-2.1-or-later
#include "llmnrd/watch.h"

#include "llmnr/clock.h"
#include "llmnrd/log.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <systemd/sd-daemon.h>
#include <time.h>
#include <unistd.h>

/* They live as long as the process. */
static struct listener kernel = {.fd = -1};
static struct listener hostname = {.fd = -1};
static struct listener clock_jump = {.fd = -1};

static int64_t slept_before;

/* How long the machine has been suspended since it was started. */
static int64_t time_asleep(void)
{
    struct timespec boot;
    clock_gettime(CLOCK_BOOTTIME, &boot);
    return (int64_t)boot.tv_sec * 1000000 + boot.tv_nsec / 1000 - clock_now();
}

/*
 * The messages say only that something has changed; the new list is read separately. So it does not
 * matter if some are lost.
 */
static int on_kernel(sd_event_source *source, int fd, uint32_t events, void *context)
{
    char nothing[1];
    ssize_t received;
    (void)source;
    (void)events;
    do {
        received = recv(fd, nothing, sizeof nothing, MSG_DONTWAIT | MSG_TRUNC);
    } while (received >= 0);
    if (errno == EAGAIN || errno == ENOBUFS || errno == EINTR)
        responder_refresh_soon(context);
    return 0;
}

static int on_hostname(sd_event_source *source, int fd, uint32_t events, void *context)
{
    (void)source;
    (void)fd;
    (void)events;
    responder_rename(context);
    return 0;
}

/* A timer that never expires, but is cancelled when the clock is set: also after suspend. */
static bool arm(int fd)
{
    const struct itimerspec never = {.it_value = {.tv_sec = INT32_MAX}};
    return timerfd_settime(fd, TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET, &never, NULL) == 0;
}

static int on_clock(sd_event_source *source, int fd, uint32_t events, void *context)
{
    uint64_t count;
    (void)events;
    if (read(fd, &count, sizeof count) < 0 && errno != ECANCELED)
        return 0;
    if (!arm(fd))
        (void)sd_event_source_set_enabled(source, SD_EVENT_OFF);
    const int64_t now = time_asleep();
    if (now > slept_before + 1000 * CLOCK_MILLISECOND)
        responder_verify_all(context);
    slept_before = now;
    return 0;
}

static int watch_kernel(struct responder *responder)
{
    const struct sockaddr_nl address = {.nl_family = AF_NETLINK,
                                        .nl_groups =
                                            RTMGRP_LINK | RTMGRP_IPV4_IFADDR | RTMGRP_IPV6_IFADDR};
    const int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_ROUTE);
    if (fd >= 0 && bind(fd, (const struct sockaddr *)&address, sizeof address) != 0) {
        const int error = errno;
        close(fd);
        return error;
    }
    return listener_open(responder, &kernel, fd, on_kernel, responder);
}

/* The file in /proc has the event POLLPRI when the name has changed. */
static int watch_hostname(struct responder *responder)
{
    const int fd = open("/proc/sys/kernel/hostname", O_RDONLY | O_CLOEXEC | O_NOCTTY);
    int error = listener_open(responder, &hostname, fd, on_hostname, responder);
    if (error == 0)
        error = -sd_event_source_set_io_events(hostname.source, EPOLLPRI);
    return error > 0 ? error : 0;
}

static int watch_sleep(struct responder *responder)
{
    const int fd = timerfd_create(CLOCK_REALTIME, TFD_NONBLOCK | TFD_CLOEXEC);
    slept_before = time_asleep();
    if (fd >= 0 && !arm(fd)) {
        const int error = errno;
        close(fd);
        return error;
    }
    return listener_open(responder, &clock_jump, fd, on_clock, responder);
}

int watch_start(struct responder *responder)
{
    int error = watch_kernel(responder);
    if (error == 0)
        error = watch_sleep(responder);
    if (error != 0)
        return error;
    error = watch_hostname(responder);
    if (error != 0)
        log_line(SD_WARNING, "cannot watch the host name for changes: %s", strerror(error));
    return 0;
}
