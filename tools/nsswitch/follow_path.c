// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tools/nsswitch/follow_path.h"

#include "tools/common/close.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/vfs.h>
#include <unistd.h>

/* The kernel's limit. */
enum { LINKS_MAX = 40 };

/* PROC_SUPER_MAGIC of statfs(2). Its header is the kernel's, which musl comes without. */
enum { PROC_MAGIC = 0x9fa0 };

struct walk {
    int directory;
    bool is_guarded; /* only root and the caller could have changed the path so far */
    int links;
    char *rest; /* PATH_MAX bytes: the rest of the path */
    struct followed_path *followed;
    const char *problem;
};

static bool fails(struct walk *walk, int error, const char *problem)
{
    errno = error;
    walk->problem = problem;
    return false;
}

static bool cannot_be_read(struct walk *walk)
{
    return fails(walk, errno, "cannot read");
}

static void enter(struct walk *walk, int directory)
{
    if (walk->directory >= 0)
        close(walk->directory);
    walk->directory = directory;
}

static bool enter_root(struct walk *walk)
{
    enter(walk, open("/", O_PATH | O_DIRECTORY | O_CLOEXEC));
    walk->followed->text[0] = '\0';
    return walk->directory >= 0 || cannot_be_read(walk);
}

static bool enter_working_directory(struct walk *walk)
{
    char *text = walk->followed->text;
    enter(walk, open(".", O_PATH | O_DIRECTORY | O_CLOEXEC));
    if (walk->directory < 0 || getcwd(text, sizeof walk->followed->text) == NULL)
        return cannot_be_read(walk);
    if (strcmp(text, "/") == 0)
        text[0] = '\0';
    return true;
}

static bool enter_parent(struct walk *walk)
{
    int parent = openat(walk->directory, "..", O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (parent < 0)
        return cannot_be_read(walk);
    enter(walk, parent);
    char *slash = strrchr(walk->followed->text, '/');
    if (slash != NULL)
        *slash = '\0';
    return true;
}

static bool append_text(struct walk *walk, const char *name)
{
    size_t length = strlen(walk->followed->text);
    size_t size = sizeof walk->followed->text - length;
    int added = snprintf(walk->followed->text + length, size, "/%s", name);
    return (size_t)added < size || fails(walk, ENAMETOOLONG, "cannot read");
}

static bool is_trusted(uid_t owner)
{
    return owner == 0 || owner == geteuid();
}

/* Whether another user could have put this entry into the directory, or could replace it. */
static bool is_changeable(const struct stat *directory, const struct stat *entry)
{
    bool others_write = (directory->st_mode & S_IWOTH) != 0 ||
                        ((directory->st_mode & S_IWGRP) != 0 && directory->st_gid != 0);
    if (!is_trusted(directory->st_uid))
        return true;
    return others_write && !((directory->st_mode & S_ISVTX) != 0 && is_trusted(entry->st_uid));
}

/* Puts the text of the link before the rest of the path. */
static bool follow_link(struct walk *walk, int link)
{
    static char text[PATH_MAX];
    static char rest[PATH_MAX];
    struct statfs system;
    if (fstatfs(link, &system) != 0)
        return cannot_be_read(walk);
    if (system.f_type == PROC_MAGIC)
        return fails(walk, 0, "the path leads through a link in /proc; name the file itself");
    if (!walk->is_guarded)
        return fails(
            walk, 0,
            "the path leads through a symbolic link that other users can change; name its target");
    if (++walk->links > LINKS_MAX)
        return fails(walk, ELOOP, "cannot read");
    ssize_t length = readlinkat(link, "", text, sizeof text);
    if (length < 0)
        return cannot_be_read(walk);
    int needed = snprintf(rest, sizeof rest, "%.*s%s", (int)length, text, walk->rest);
    if ((size_t)length == sizeof text || (size_t)needed >= sizeof rest)
        return fails(walk, ENAMETOOLONG, "cannot read");
    memcpy(walk->rest, rest, (size_t)needed + 1);
    return rest[0] != '/' || enter_root(walk);
}

/* Takes the next name off the rest of the path; a slash after it stays. */
static bool take_name(struct walk *walk, char *name, size_t size)
{
    const char *start = walk->rest + strspn(walk->rest, "/");
    size_t length = strcspn(start, "/");
    if (length >= size)
        return fails(walk, ENAMETOOLONG, "cannot read");
    memcpy(name, start, length);
    name[length] = '\0';
    memmove(walk->rest, start + length, strlen(start + length) + 1);
    return true;
}

/* Makes one step. Sets *is_done once the name is that of the file. */
static bool step(struct walk *walk, bool *is_done)
{
    char *name = walk->followed->name;
    if (!take_name(walk, name, sizeof walk->followed->name))
        return false;
    if (name[0] == '\0')
        return fails(walk, 0, "not a regular file");
    if (strcmp(name, ".") == 0)
        return true;
    if (strcmp(name, "..") == 0)
        return enter_parent(walk);

    struct stat *status = &walk->followed->status;
    struct stat directory;
    int entry = openat(walk->directory, name, O_PATH | O_NOFOLLOW | O_CLOEXEC);
    if (entry < 0)
        return cannot_be_read(walk);
    if (fstat(walk->directory, &directory) != 0 || fstat(entry, status) != 0) {
        close_and_keep_errno(entry);
        return cannot_be_read(walk);
    }
    if (is_changeable(&directory, status))
        walk->is_guarded = false;
    if (S_ISLNK(status->st_mode)) {
        bool is_followed = follow_link(walk, entry);
        close_and_keep_errno(entry);
        return is_followed;
    }
    if (!append_text(walk, name)) {
        close_and_keep_errno(entry);
        return false;
    }
    *is_done = walk->rest[0] == '\0' && !S_ISDIR(status->st_mode);
    if (*is_done)
        close(entry);
    else
        enter(walk, entry);
    return true;
}

bool follow_path(const char *path, struct followed_path *followed, const char **problem)
{
    static char rest[PATH_MAX];
    struct walk walk = {.directory = -1, .is_guarded = true, .rest = rest, .followed = followed};
    bool is_done = false;
    bool is_fine;
    if (path[0] == '\0')
        is_fine = fails(&walk, ENOENT, "cannot read");
    else if ((size_t)snprintf(rest, sizeof rest, "%s", path) >= sizeof rest)
        is_fine = fails(&walk, ENAMETOOLONG, "cannot read");
    else
        is_fine = path[0] == '/' ? enter_root(&walk) : enter_working_directory(&walk);
    while (is_fine && !is_done)
        is_fine = step(&walk, &is_done);
    if (!is_fine && walk.directory >= 0) {
        close_and_keep_errno(walk.directory);
        walk.directory = -1;
    }
    followed->directory = walk.directory;
    *problem = walk.problem;
    return is_fine;
}
