// SPDX-License-Identifier: LGPL-2.1-or-later
#include "resolved_hook/listener.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <systemd/sd-daemon.h>
#include <systemd/sd-event.h>
#include <time.h>
#include <unistd.h>

/* How many connections are accepted before others are served. Each round of the event loop takes
 * libsystemd a time that grows with the number of connections. */
enum { BATCH_MAX = 64 };

/* How long to wait after accept(2) has failed. */
enum { PAUSE_USEC = 50000 };

/* resolved runs as a user of its own. */
enum { NO_EXECUTION = 0111 };

int listener_open(const char *path)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    size_t length = strlen(path);
    if (length == 0 || length >= sizeof address.sun_path)
        return length == 0 ? -ENOENT : -ENAMETOOLONG;
    memcpy(address.sun_path, path, length);
    struct stat status;
    if (lstat(path, &status) == 0 && S_ISSOCK(status.st_mode))
        unlink(path);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    mode_t mask = umask(NO_EXECUTION);
    int error = 0;
    if (fd < 0 || bind(fd, (struct sockaddr *)&address, sizeof address) != 0 ||
        listen(fd, SOMAXCONN) != 0)
        error = -errno;
    umask(mask);
    if (error == 0)
        return fd;
    if (fd >= 0)
        close(fd);
    return error;
}

struct listener {
    sd_varlink_server *server;
    sd_event_source *accepting;
    sd_event_source *pause; /* exists from the beginning: a timer needs a descriptor, too */
};

/*
 * resolved handles 2048 queries at a time (QUERIES_MAX in resolved-dns-query.c), each on a
 * connection of its own, and keeps a few more. Some descriptors are for the rest of the program:
 * without one for sd_notify(3) the watchdog would end it.
 */
enum { CONNECTIONS_MAX = 4096, OTHER_DESCRIPTORS = 16 };

static unsigned connections_max(void)
{
    long descriptors = sysconf(_SC_OPEN_MAX);
    if (descriptors < 0 || descriptors > CONNECTIONS_MAX + OTHER_DESCRIPTORS)
        return CONNECTIONS_MAX;
    return descriptors > OTHER_DESCRIPTORS ? (unsigned)descriptors - OTHER_DESCRIPTORS : 1;
}

static void add_connection(sd_varlink_server *server, int fd)
{
    unsigned count = sd_varlink_server_current_connections(server);
    if (count >= connections_max() || sd_varlink_server_add_connection(server, fd, NULL) < 0)
        close(fd);
}

/*
 * libsystemd would accept connections itself, but stops for good as soon as accept(2) fails once,
 * as it does where descriptors or memory run out. Here it is tried again.
 */
static int accept_some(sd_event_source *source, int fd, uint32_t events, void *data)
{
    struct listener *listener = data;
    (void)events;
    for (int i = 0; i < BATCH_MAX; i++) {
        int connection = accept4(fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (connection >= 0) {
            add_connection(listener->server, connection);
            continue;
        }
        if (errno == EAGAIN)
            return 0;
        int error = sd_event_source_set_time_relative(listener->pause, PAUSE_USEC);
        if (error >= 0)
            error = sd_event_source_set_enabled(listener->pause, SD_EVENT_ONESHOT);
        return error < 0 ? error : sd_event_source_set_enabled(source, SD_EVENT_OFF);
    }
    return 0;
}

static int resume(sd_event_source *source, uint64_t now, void *data)
{
    struct listener *listener = data;
    (void)source;
    (void)now;
    return sd_event_source_set_enabled(listener->accepting, SD_EVENT_ON);
}

/* Hands an event source to its loop, which frees it. */
static void keep(sd_event_source *source)
{
    sd_event_source_set_exit_on_failure(source, true);
    sd_event_source_set_floating(source, true);
    sd_event_source_unref(source);
}

/* Frees the listener with its event loop, or on failure. Returns a negative errno value then. */
static int watch(sd_event *event, int fd, struct listener *listener)
{
    int error = sd_event_add_time(event, &listener->pause, CLOCK_MONOTONIC, 0, 0, resume, listener);
    if (error < 0) {
        free(listener);
        return error;
    }
    sd_event_source_set_destroy_callback(listener->pause, free);
    sd_event_source_set_enabled(listener->pause, SD_EVENT_OFF);
    error = sd_event_add_io(event, &listener->accepting, fd, EPOLLIN, accept_some, listener);
    if (error < 0) {
        sd_event_source_unref(listener->pause);
        return error;
    }
    sd_event_source_set_io_fd_own(listener->accepting, true);
    keep(listener->accepting);
    keep(listener->pause);
    return 0;
}

int listener_add(sd_varlink_server *server, int fd)
{
    int is_listening = sd_is_socket(fd, AF_UNIX, SOCK_STREAM, 1);
    if (is_listening <= 0)
        return is_listening < 0 ? is_listening : -ENOTSOCK;
    int flags = fcntl(fd, F_GETFL);
    if (flags < 0 || fcntl(fd, F_SETFL, flags | O_NONBLOCK) != 0)
        return -errno;
    struct listener *listener = calloc(1, sizeof *listener);
    if (listener == NULL)
        return -ENOMEM;
    listener->server = server;
    return watch(sd_varlink_server_get_event(server), fd, listener);
}
