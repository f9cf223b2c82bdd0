// SPDX-License-Identifier: LGPL-2.1-or-later
#include "llmnrd/port.h"

#include "llmnr/udp.h"
#include "llmnrd/log.h"

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

/* A process name of the kernel has at most 15 bytes. */
enum { NAME_SIZE = 16 };
#define OWN_NAME "v6lit-llmnrd"

static const struct program {
    const char *process;
    const char *advice;
} programs[] = {
    {"systemd-resolve", "systemd-resolved: set LLMNR=no in /etc/systemd/resolved.conf and restart "
                        "it, or let it answer, and do not run v6lit-llmnrd"},
    {"wsdd2", "wsdd2: start it with -w, which limits it to Web Services Discovery"},
    {"llmnrd", "llmnrd: stop it"},
    {OWN_NAME, "another " OWN_NAME},
};

/* A socket on the port, from the kernel's tables. */
struct owner {
    uid_t user;
    unsigned long inode;
};

/* Whether a table has one: any of UDP, a listening one of TCP. */
static bool find_socket(const char *path, bool is_tcp, struct owner *owner)
{
    enum { TCP_LISTENING = 0x0a };
    char line[512];
    bool is_found = false;
    FILE *table = fopen(path, "re");
    if (table == NULL)
        return false;
    while (!is_found && fgets(line, sizeof line, table) != NULL) {
        unsigned port;
        unsigned state;
        unsigned user;
        unsigned long inode;
        if (sscanf(line,
                   " %*u: %*[0-9A-Fa-f]:%4x %*[0-9A-Fa-f]:%*x %2x %*x:%*x %*x:%*x %*x %u %*d %lu",
                   &port, &state, &user, &inode) == 4 &&
            port == UDP_PORT && (!is_tcp || state == TCP_LISTENING)) {
            *owner = (struct owner){user, inode};
            is_found = true;
        }
    }
    fclose(table);
    return is_found;
}

/*
 * The name of a process, which any user may choose, with '?' for what is not shown; false if this
 * user cannot read it, or the process is another user's.
 */
static bool read_name(int process, const uid_t *user, char name[static NAME_SIZE])
{
    struct stat status;
    ssize_t length = 0;
    char text[NAME_SIZE];
    const int fd = openat(process, "comm", O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return false;
    if (user == NULL || (fstat(fd, &status) == 0 && status.st_uid == *user))
        length = read(fd, text, sizeof text - 1);
    close(fd);
    if (length <= 0)
        return false;
    text[length] = '\0';
    if (text[length - 1] == '\n')
        text[length - 1] = '\0';
    log_safe(name, NAME_SIZE, text);
    return true;
}

/*
 * How many descriptors are read in all. A user may share very many between very many processes, and
 * root would read them for hours.
 */
enum { DESCRIPTORS_MAX = 100000 };

/* Whether a process has this socket, as far as this user can see. Reads at most *left descriptors,
 * and counts them down. */
static bool has_socket(int process, unsigned long inode, unsigned *left)
{
    char wanted[32];
    char link[32];
    bool is_found = false;
    const int fd = openat(process, "fd", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *descriptors = fd >= 0 ? fdopendir(fd) : NULL;
    if (descriptors == NULL) {
        if (fd >= 0)
            close(fd);
        return false;
    }
    snprintf(wanted, sizeof wanted, "socket:[%lu]", inode);
    const struct dirent *entry;
    while (!is_found && *left > 0 && (entry = readdir(descriptors)) != NULL) {
        --*left;
        const ssize_t length = readlinkat(fd, entry->d_name, link, sizeof link);
        is_found = length == (ssize_t)strlen(wanted) && memcmp(link, wanted, (size_t)length) == 0;
    }
    closedir(descriptors);
    return is_found;
}

static const struct program *find_program(const char *process)
{
    for (size_t i = 0; i < sizeof programs / sizeof programs[0]; i++) {
        if (strcmp(process, programs[i].process) == 0)
            return &programs[i];
    }
    return NULL;
}

/*
 * The process that has the socket. If its descriptors are not read, it is the process of that user
 * with the name of one of the programs.
 */
static bool find_process(const struct owner *owner, char name[static NAME_SIZE])
{
    bool is_sure = false;
    bool is_found = false;
    unsigned left = DESCRIPTORS_MAX;
    char one[NAME_SIZE];
    DIR *proc = opendir("/proc");
    if (proc == NULL)
        return false;
    const struct dirent *entry;
    while (!is_sure && (entry = readdir(proc)) != NULL) {
        if (!isdigit((unsigned char)entry->d_name[0]) ||
            strtol(entry->d_name, NULL, 10) == (long)getpid())
            continue;
        const int process = openat(dirfd(proc), entry->d_name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (process < 0)
            continue;
        is_sure = has_socket(process, owner->inode, &left) && read_name(process, NULL, one);
        if (is_sure ||
            (!is_found && read_name(process, &owner->user, one) && find_program(one) != NULL)) {
            memcpy(name, one, sizeof one);
            is_found = true;
        }
        close(process);
    }
    closedir(proc);
    return is_found;
}

static bool find_owner(struct owner *owner)
{
    return find_socket("/proc/self/net/udp6", false, owner) ||
           find_socket("/proc/self/net/udp", false, owner) ||
           find_socket("/proc/self/net/tcp6", true, owner) ||
           find_socket("/proc/self/net/tcp", true, owner);
}

bool port_describe_owner(char *text, size_t size)
{
    struct owner owner;
    char name[NAME_SIZE] = "";
    if (!find_owner(&owner)) {
        snprintf(text, size, "another program uses port %d", UDP_PORT);
        return false;
    }
    /* A service that may not see other processes can still see the owner of the socket. */
    if (!find_process(&owner, name)) {
        const struct passwd *entry = getpwuid(owner.user);
        if (entry != NULL && strcmp(entry->pw_name, "systemd-resolve") == 0)
            snprintf(name, sizeof name, "%s", entry->pw_name);
    }
    const struct program *program = find_program(name);
    if (program != NULL)
        snprintf(text, size, "port %d is in use by %s", UDP_PORT, program->advice);
    else if (name[0] != '\0')
        snprintf(text, size, "port %d is in use by %s", UDP_PORT, name);
    else
        snprintf(text, size,
                 "port %d is in use by a program of user %u, which ss -lntup 'sport = %d' shows "
                 "(wsdd2 needs -w)",
                 UDP_PORT, (unsigned)owner.user, UDP_PORT);
    return strcmp(name, OWN_NAME) == 0;
}
