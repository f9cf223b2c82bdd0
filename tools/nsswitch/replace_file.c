// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tools/nsswitch/replace_file.h"

#include "tools/common/close.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/xattr.h>
#include <unistd.h>

/* Linux's limits for the value of an attribute and for the list of names; musl has no macros. */
enum { ATTRIBUTE_MAX = 65536, ATTRIBUTE_LIST_MAX = 65536 };

static bool fails(struct replace_file *file, const char *problem)
{
    file->problem = problem;
    return false;
}

/* For what is not a failed system call. */
static bool fails_without_errno(struct replace_file *file, const char *problem)
{
    errno = 0;
    return fails(file, problem);
}

static bool read_all(struct replace_file *file, int fd)
{
    if (fstat(fd, &file->before) != 0)
        return fails(file, "cannot be looked at");
    if (!S_ISREG(file->before.st_mode))
        return fails_without_errno(file, "not a regular file");
    if (file->before.st_size > (off_t)REPLACE_FILE_MAX)
        return fails_without_errno(file, "longer than 16 MiB");
    /* One byte more, so that malloc never gets 0 and a file that grows is noticed. */
    size_t size = (size_t)file->before.st_size + 1;
    file->text = malloc(size);
    if (file->text == NULL)
        return fails(file, "cannot be read");
    while (file->length < size) {
        ssize_t count = read(fd, file->text + file->length, size - file->length);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return fails(file, "cannot be read");
        if (count == 0)
            break;
        file->length += (size_t)count;
    }
    if (file->length + 1 != size)
        return fails_without_errno(file, "changed while it was read; try again");
    return true;
}

bool replace_file_read(struct replace_file *file, const char *path)
{
    *file = (struct replace_file){.path = path};
    if (realpath(path, file->target) == NULL)
        return fails(file, "cannot be read");
    /* O_NONBLOCK: a FIFO must not keep us waiting. */
    int fd = open(file->target, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0)
        return fails(file, "cannot be read");
    bool done = read_all(file, fd);
    close_and_keep_errno(fd);
    return done;
}

void replace_file_say(const struct replace_file *file, char *text, size_t size)
{
    int error = errno;
    snprintf(text, size, "%s: %s%s%s", file->path, file->problem, error == 0 ? "" : ": ",
             error == 0 ? "" : strerror(error));
}

void replace_file_free(struct replace_file *file)
{
    free(file->text);
    file->text = NULL;
}

static bool write_all(int fd, const char *text, size_t length)
{
    while (length > 0) {
        ssize_t count = write(fd, text, length);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return false;
        text += count;
        length -= (size_t)count;
    }
    return true;
}

/*
 * The kernel keeps these two itself, and an old hash on new content would make the file
 * unreadable.
 */
static bool belongs_to_content(const char *attribute)
{
    return strcmp(attribute, "security.ima") == 0 || strcmp(attribute, "security.evm") == 0;
}

/* Whether the attribute has been copied; it may be there already, as SELinux labels are. */
static bool copy_attribute(int from, int to, const char *name)
{
    static char value[ATTRIBUTE_MAX];
    static char present[ATTRIBUTE_MAX];
    ssize_t length = fgetxattr(from, name, value, sizeof value);
    if (length < 0)
        return false;
    if (fgetxattr(to, name, present, sizeof present) == length &&
        memcmp(value, present, (size_t)length) == 0)
        return true;
    return fsetxattr(to, name, value, (size_t)length, 0) == 0;
}

static bool copy_attributes(int from, int to)
{
    static char names[ATTRIBUTE_LIST_MAX];
    ssize_t length = flistxattr(from, names, sizeof names);
    if (length < 0)
        return errno == ENOTSUP;
    for (ssize_t at = 0; at < length; at += (ssize_t)strlen(names + at) + 1) {
        if (!belongs_to_content(names + at) && !copy_attribute(from, to, names + at))
            return false;
    }
    return true;
}

/* Gives the new file what the old one has, apart from the text. */
static bool copy_metadata(struct replace_file *file, int fd)
{
    int old = open(file->target, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (old < 0)
        return fails(file, "cannot be read");
    struct stat new;
    bool done = true;
    if (fstat(fd, &new) != 0 ||
        ((new.st_uid != file->before.st_uid || new.st_gid != file->before.st_gid) &&
         fchown(fd, file->before.st_uid, file->before.st_gid) != 0))
        done = fails(file, "its owner cannot be kept");
    /* The directory may have given it a list that the old file does not have. */
    if (done && fremovexattr(fd, "system.posix_acl_access") != 0 && errno != ENODATA &&
        errno != ENOTSUP)
        done = fails(file, "its access control list cannot be kept");
    /* Before the mode, whose group bits are the mask of the list: nobody may open it in between. */
    if (done && !copy_attributes(old, fd))
        done = fails(file, "its extended attributes cannot be kept");
    if (done && fchmod(fd, file->before.st_mode & 07777) != 0)
        done = fails(file, "its mode cannot be kept");
    close_and_keep_errno(old);
    return done;
}

static bool has_changed(const struct stat *before, const struct stat *now)
{
    return now->st_dev != before->st_dev || now->st_ino != before->st_ino ||
           now->st_size != before->st_size || now->st_mtim.tv_sec != before->st_mtim.tv_sec ||
           now->st_mtim.tv_nsec != before->st_mtim.tv_nsec ||
           now->st_ctim.tv_sec != before->st_ctim.tv_sec ||
           now->st_ctim.tv_nsec != before->st_ctim.tv_nsec;
}

static bool fill(struct replace_file *file, int fd, const char *text, size_t length)
{
    if (!write_all(fd, text, length))
        return fails(file, "its replacement cannot be written");
    if (!copy_metadata(file, fd))
        return false;
    if (fsync(fd) != 0)
        return fails(file, "its replacement cannot be written");
    return true;
}

/* Puts the full new file in the old one's place. */
static bool swap(struct replace_file *file, const char *new_path)
{
    struct stat now;
    /* Through the path that was given: a link may lead elsewhere now. */
    bool is_there = stat(file->path, &now) == 0;
    if (!is_there && errno != ENOENT && errno != ENOTDIR)
        return fails(file, "cannot be looked at");
    if (!is_there || has_changed(&file->before, &now))
        return fails_without_errno(file, "changed while it was edited; try again");
    if (rename(new_path, file->target) == 0)
        return true;
    if (errno == EBUSY)
        return fails_without_errno(file, "a mount point, as files in containers may be; edit the "
                                         "file that is mounted there");
    return fails(file, "cannot be replaced");
}

static bool replace(struct replace_file *file, int directory, const char *directory_path,
                    const char *text, size_t length)
{
    char new_path[PATH_MAX + sizeof "/..v6lit-XXXXXX"];
    snprintf(new_path, sizeof new_path, "%s/.%s.v6lit-XXXXXX",
             strcmp(directory_path, "/") == 0 ? "" : directory_path,
             strrchr(file->target, '/') + 1);
    int fd = mkostemp(new_path, O_CLOEXEC);
    if (fd < 0)
        return fails(file, "cannot be replaced");
    bool done = fill(file, fd, text, length);
    close_and_keep_errno(fd);
    if (!done || !swap(file, new_path)) {
        int saved = errno;
        unlink(new_path);
        errno = saved;
        return false;
    }
    /* EINVAL: a file system without directories that can be synced. */
    if (fsync(directory) != 0 && errno != EINVAL)
        return fails(file, "was replaced, but may not be on disk");
    return true;
}

bool replace_file_write(struct replace_file *file, const char *text, size_t length)
{
    char copy[PATH_MAX];
    memcpy(copy, file->target, sizeof copy);
    const char *directory_path = dirname(copy);
    int directory = open(directory_path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (directory < 0)
        return fails(file, "its directory cannot be read");

    sigset_t all;
    sigset_t before;
    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, &before);
    bool done = replace(file, directory, directory_path, text, length);
    sigprocmask(SIG_SETMASK, &before, NULL);
    close_and_keep_errno(directory);
    return done;
}
