// SPDX-License-Identifier: LGPL-2.1-or-later
/* A name service cache daemon: glibc queries it before any module, and its protocol has no zone. */
#include "tools/common/stream.h"
#include "tools/doctor/check.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* glibc's _PATH_NSCDSOCKET, which nsncd and unscd use as well. */
static const char socket_path[] = "/var/run/nscd/socket";
static const char configuration[] = "/etc/nscd.conf";

/* The command name of the listener, or "" if that cannot be read. */
static void read_daemon(int fd, char name[static 32])
{
    struct ucred peer;
    socklen_t length = sizeof peer;
    char path[64];
    name[0] = '\0';
    if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &length) != 0 || peer.pid <= 0)
        return;
    snprintf(path, sizeof path, "/proc/%ld/comm", (long)peer.pid);
    struct stream *file = stream_open(path);
    if (file == NULL)
        return;
    const char *line = stream_line(file);
    snprintf(name, 32, "%s", line == NULL ? "" : line);
    stream_close(file);
}

enum enabled { ENABLED_NO, ENABLED_YES, ENABLED_UNKNOWN };

/*
 * What nscd.conf says about host names; if that is unknown, errno has the reason. glibc's nscd
 * ignores a database that the file does not mention.
 */
static enum enabled read_configuration(void)
{
    struct stream *file = stream_open(configuration);
    if (file == NULL)
        return ENABLED_UNKNOWN;
    enum enabled enabled = ENABLED_NO;
    for (char *line; (line = stream_line(file)) != NULL;) {
        char key[32];
        char database[32];
        char value[32];
        line[strcspn(line, "#")] = '\0';
        if (sscanf(line, "%31s %31s %31s", key, database, value) != 3 ||
            strcmp(key, "enable-cache") != 0 || strcmp(database, "hosts") != 0)
            continue;
        /* Any other value changes nothing. */
        if (strcmp(value, "yes") == 0)
            enabled = ENABLED_YES;
        else if (strcmp(value, "no") == 0)
            enabled = ENABLED_NO;
    }
    return stream_close(file) ? enabled : ENABLED_UNKNOWN;
}

void check_name_cache(struct check_report *report)
{
    int fd = check_connect(socket_path);
    if (fd < 0 && (errno == ENOENT || errno == ENOTDIR || errno == ECONNREFUSED)) {
        check_says(report, CHECK_OK, "neither nscd nor nsncd runs");
        return;
    }
    if (fd < 0 && errno != EAGAIN) {
        check_says(report, CHECK_CANNOT_TELL, "%s: %s", socket_path, strerror(errno));
        check_advises(report, "Run 'v6lit doctor' as root.");
        return;
    }
    char name[32] = "";
    if (fd >= 0) {
        read_daemon(fd, name);
        close(fd);
    }
    if (strcmp(name, "nsncd") == 0) {
        check_says(report, CHECK_FINDING, "nsncd answers for host names: the zone is lost");
        check_advises(report, "'v6lit exec COMMAND' keeps it. On NixOS the module must also be in "
                              "system.nssModules, for nsncd.");
        return;
    }
    const char *who = name[0] == '\0' ? "a name service cache daemon" : name;
    switch (read_configuration()) {
    case ENABLED_NO:
        check_says(report, CHECK_OK, "%s runs, but does not cache host names: see %s", who,
                   configuration);
        break;
    case ENABLED_YES:
        check_says(report, CHECK_FINDING, "%s answers for host names: the zone is lost", who);
        check_advises(report,
                      "In %s set 'enable-cache hosts no', then run 'systemctl restart nscd' as "
                      "root. Until then 'v6lit exec COMMAND' keeps the zone.",
                      configuration);
        break;
    case ENABLED_UNKNOWN:
        check_says(
            report, CHECK_CANNOT_TELL,
            "%s listens at %s, but whether it answers for host names cannot be read from %s: %s",
            who, socket_path, configuration, strerror(errno));
        check_advises(report, "'v6lit resolve NAME' shows whether the zone is lost.");
        break;
    }
}
