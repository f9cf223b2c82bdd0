// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * A process chooses its own name, and any user can have a file of any name. So who has the port is
 * decided by the user and the unit that the kernel records; a name is only shown.
 */
#include "llmnrd/port.h"

#include "llmnr/udp.h"
#include "llmnrd/log.h"

#include <ctype.h>
#include <dirent.h>
#include <fcntl.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <systemd/sd-login.h>
#include <unistd.h>

#define OWN_NAME "v6lit-llmnrd"
#define RESOLVED_USER "systemd-resolve"

enum { USER_SIZE = 33, PROGRAM_SIZE = 96 };

/* A socket on the port, from the kernel's tables. */
struct owner {
    uid_t user;
    unsigned long inode;
};

struct search {
    const struct socket_kind *wanted;
    const struct passwd *service; /* the user of the unit, or NULL */
    bool is_running;              /* this user has a socket on the port, of any kind */
    bool is_found;
    struct owner owner; /* of the first socket of the wanted kind */
};

/* A process that has the socket. */
struct holder {
    pid_t process;
    char program[PROGRAM_SIZE]; /* its file, perhaps cut off */
};

/* As the kernel writes addresses of IPv4 that a socket of IPv6 is bound to. */
static bool is_mapped(const char *address)
{
    char prefix[25];
    snprintf(prefix, sizeof prefix, "%08X%08X%08X", 0, 0, (unsigned)htonl(0xffff));
    return strncmp(address, prefix, sizeof prefix - 1) == 0;
}

/* Reads a table: any socket of UDP, a listening one of TCP. */
static void search_table(struct search *search, const char *path, int family, int type)
{
    enum { TCP_LISTENING = 0x0a };
    char line[512];
    FILE *table = fopen(path, "re");
    if (table == NULL)
        return;
    while (fgets(line, sizeof line, table) != NULL) {
        char address[33];
        unsigned port;
        unsigned state;
        struct owner owner;
        if (sscanf(line,
                   " %*u: %32[0-9A-Fa-f]:%4x %*[0-9A-Fa-f]:%*x %2x %*x:%*x %*x:%*x %*x %u %*d %lu",
                   address, &port, &state, &owner.user, &owner.inode) != 5 ||
            port != UDP_PORT || (type == SOCK_STREAM && state != TCP_LISTENING))
            continue;
        const int served = family == AF_INET6 && is_mapped(address) ? AF_INET : family;
        if (search->service != NULL && owner.user == search->service->pw_uid)
            search->is_running = true;
        if (!search->is_found && served == search->wanted->family && type == search->wanted->type) {
            search->owner = owner;
            search->is_found = true;
        }
    }
    fclose(table);
}

static void search_tables(struct search *search)
{
    search_table(search, "/proc/self/net/udp6", AF_INET6, SOCK_DGRAM);
    search_table(search, "/proc/self/net/udp", AF_INET, SOCK_DGRAM);
    search_table(search, "/proc/self/net/tcp6", AF_INET6, SOCK_STREAM);
    search_table(search, "/proc/self/net/tcp", AF_INET, SOCK_STREAM);
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

static bool read_program(int process, char program[static PROGRAM_SIZE])
{
    static const char suffix[] = " (deleted)"; /* it has been upgraded */
    char text[PROGRAM_SIZE];
    const ssize_t length = readlinkat(process, "exe", text, sizeof text - 1);
    if (length <= 0)
        return false;
    text[length] = '\0';
    if ((size_t)length >= sizeof suffix && strcmp(text + length - (sizeof suffix - 1), suffix) == 0)
        text[(size_t)length - (sizeof suffix - 1)] = '\0';
    log_safe(program, PROGRAM_SIZE, text);
    return true;
}

/* The directory of a process; -1 if this entry of /proc is something else. */
static int open_process(DIR *proc, const char *entry)
{
    const int fd = dirfd(proc);
    if (fd < 0 || !isdigit((unsigned char)entry[0]))
        return -1;
    return openat(fd, entry, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

/* Root finds the process, and any other user one of his own. */
static bool find_holder(unsigned long inode, struct holder *holder)
{
    bool is_found = false;
    unsigned left = DESCRIPTORS_MAX;
    DIR *proc = opendir("/proc");
    if (proc == NULL)
        return false;
    const struct dirent *entry;
    while (!is_found && (entry = readdir(proc)) != NULL) {
        const int process = open_process(proc, entry->d_name);
        if (process < 0)
            continue;
        is_found = has_socket(process, inode, &left) && read_program(process, holder->program);
        holder->process = (pid_t)strtol(entry->d_name, NULL, 10);
        close(process);
    }
    closedir(proc);
    return is_found;
}

static const char *base_name(const struct holder *holder)
{
    const char *slash = strrchr(holder->program, '/');
    return slash != NULL ? slash + 1 : holder->program;
}

/* Whether the process is of the unit. No user can move a process into a unit of the system. */
static bool is_of_unit(pid_t process)
{
    char *unit = NULL;
    const bool is_so =
        sd_pid_get_unit(process, &unit) >= 0 && strcmp(unit, OWN_NAME ".service") == 0;
    free(unit);
    return is_so;
}

/* Whether it is this program. Of another user's process that cannot be told. */
static bool is_own(const struct owner *owner, const struct holder *holder)
{
    return is_of_unit(holder->process) || ((owner->user == 0 || owner->user == geteuid()) &&
                                           strcmp(base_name(holder), OWN_NAME) == 0);
}

static void name_user(uid_t user, char name[static USER_SIZE])
{
    const struct passwd *entry = getpwuid(user);
    if (entry != NULL)
        log_safe(name, USER_SIZE, entry->pw_name);
    else
        snprintf(name, USER_SIZE, "%u", (unsigned)user);
}

/* Writes who has the socket of the search. */
static void describe(const struct search *search, const struct holder *holder, char *text,
                     size_t size)
{
    char user[USER_SIZE];
    name_user(search->owner.user, user);
    if (strcmp(user, RESOLVED_USER) == 0)
        snprintf(text, size,
                 "systemd-resolved: set LLMNR=no in /etc/systemd/resolved.conf and restart it, or "
                 "let it answer, and do not run " OWN_NAME);
    else if (holder != NULL)
        snprintf(text, size, "%s (process %ld of user %s)%s", holder->program,
                 (long)holder->process, user,
                 strcmp(base_name(holder), "wsdd2") == 0
                     ? ": start it with -w, which limits it to Web Services Discovery"
                     : "");
    else
        snprintf(text, size,
                 "a program of user %s, which ss -lntup 'sport = %d' shows to root (wsdd2 needs "
                 "-w)",
                 user, UDP_PORT);
}

bool port_describe_owner(const struct socket_kind *kind, char *text, size_t size)
{
    struct search search = {.wanted = kind, .service = getpwnam(OWN_NAME)};
    struct holder holder;
    const int used = snprintf(text, size, "port %d is in use by ", UDP_PORT);
    text += used;
    size -= (size_t)used;
    search_tables(&search);
    const bool has_holder =
        !search.is_running && search.is_found && find_holder(search.owner.inode, &holder);
    if (search.is_running || (has_holder && is_own(&search.owner, &holder))) {
        snprintf(text, size, "another " OWN_NAME);
        return true;
    }
    if (search.is_found)
        describe(&search, has_holder ? &holder : NULL, text, size);
    else
        snprintf(text, size, "another program");
    return false;
}
