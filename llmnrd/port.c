// SPDX-License-Identifier: LGPL-2.1-or-later
#include "llmnrd/port.h"

#include "llmnr/udp.h"

#include <ctype.h>
#include <dirent.h>
#include <fcntl.h>
#include <pwd.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The kernel's names of processes have at most 15 bytes. */
static const struct program {
    const char *process;
    const char *advice;
} programs[] = {
    {"systemd-resolve", "systemd-resolved: set LLMNR=no in /etc/systemd/resolved.conf and restart "
                        "it, or let it answer and do without v6lit-llmnrd"},
    {"wsdd2", "wsdd2: start it with -w, so that it does no more than Web Services Discovery"},
    {"llmnrd", "llmnrd: stop it"},
    {"v6lit-llmnrd", "another v6lit-llmnrd"},
};

/* The user that has bound the port, as a table of the kernel has it; false if nobody there has. */
static bool find_user(const char *path, uid_t *user)
{
    char line[512];
    bool is_found = false;
    FILE *table = fopen(path, "re");
    if (table == NULL)
        return false;
    while (!is_found && fgets(line, sizeof line, table) != NULL) {
        unsigned port;
        unsigned id;
        if (sscanf(line, " %*u: %*[0-9A-Fa-f]:%4x %*[0-9A-Fa-f]:%*x %*x %*x:%*x %*x:%*x %*x %u",
                   &port, &id) == 2 &&
            port == UDP_PORT) {
            *user = id;
            is_found = true;
        }
    }
    fclose(table);
    return is_found;
}

/* Which of the programs this process of that user is; NULL if none. */
static const struct program *find_program(int proc, const char *process, uid_t user)
{
    char path[sizeof((struct dirent *)NULL)->d_name + sizeof "/comm"];
    char name[32] = "";
    struct stat status;
    snprintf(path, sizeof path, "%s/comm", process);
    const int fd = openat(proc, path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return NULL;
    const ssize_t length =
        fstat(fd, &status) == 0 && status.st_uid == user ? read(fd, name, sizeof name - 1) : 0;
    close(fd);
    if (length <= 0)
        return NULL;
    name[strcspn(name, "\n")] = '\0';
    for (size_t i = 0; i < sizeof programs / sizeof programs[0]; i++) {
        if (strcmp(name, programs[i].process) == 0)
            return &programs[i];
    }
    return NULL;
}

static const struct program *find_owner(uid_t user)
{
    const struct program *program = NULL;
    DIR *proc = opendir("/proc");
    if (proc == NULL)
        return NULL;
    const struct dirent *entry;
    while (program == NULL && (entry = readdir(proc)) != NULL) {
        if (isdigit((unsigned char)entry->d_name[0]) &&
            strtol(entry->d_name, NULL, 10) != (long)getpid())
            program = find_program(dirfd(proc), entry->d_name, user);
    }
    closedir(proc);
    return program;
}

void port_describe_owner(char *text, size_t size)
{
    uid_t user;
    const struct passwd *entry = NULL;
    if (!find_user("/proc/self/net/udp6", &user) && !find_user("/proc/self/net/udp", &user)) {
        snprintf(text, size, "another program has port %d", UDP_PORT);
        return;
    }
    const struct program *program = find_owner(user);
    entry = getpwuid(user);
    /* A service that may not see other processes still sees whose the socket is. */
    if (program == NULL && entry != NULL && strcmp(entry->pw_name, "systemd-resolve") == 0)
        program = &programs[0];
    if (program != NULL)
        snprintf(text, size, "port %d is taken by %s", UDP_PORT, program->advice);
    else
        snprintf(text, size,
                 "port %d is taken by a program of user %u, which ss -lunp 'sport = %d' shows "
                 "(wsdd2 needs -w)",
                 UDP_PORT, (unsigned)user, UDP_PORT);
}
