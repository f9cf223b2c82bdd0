// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tools/nsswitch/replace_file.h"

#include "tools/common/close.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/syscall.h>
#include <sys/xattr.h>
#include <unistd.h>

/* glibc has it in stdio.h since 2.28, musl in no header. */
#ifndef RENAME_EXCHANGE
#define RENAME_EXCHANGE (1 << 1)
#endif

/*
 * Linux's limits for the value of an attribute and for the list of names; musl does not define
 * them.
 */
enum { ATTRIBUTE_MAX = 65536, ATTRIBUTE_LIST_MAX = 65536 };

static bool fails(struct replace_file *file, const char *problem)
{
    file->problem = problem;
    return false;
}

/* For a failure that is not that of a system call. */
static bool fails_without_errno(struct replace_file *file, const char *problem)
{
    errno = 0;
    return fails(file, problem);
}

static bool read_all(struct replace_file *file)
{
    if (fstat(file->fd, &file->before) != 0)
        return fails(file, "cannot access");
    if (!S_ISREG(file->before.st_mode))
        return fails_without_errno(file, "not a regular file");
    if (file->before.st_size > (off_t)REPLACE_FILE_MAX)
        return fails_without_errno(file, "longer than 16 MiB");
    /* One more byte, so that malloc never gets 0 and a file that grows is noticed. */
    size_t size = (size_t)file->before.st_size + 1;
    file->text = malloc(size);
    if (file->text == NULL)
        return fails(file, "cannot read");
    while (file->length < size) {
        ssize_t count = read(file->fd, file->text + file->length, size - file->length);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return fails(file, "cannot read");
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
    *file = (struct replace_file){.path = path, .fd = -1};
    if (!follow_path(path, &file->place, &file->problem))
        return false;
    /* Opening a device could have an effect. */
    if (!S_ISREG(file->place.status.st_mode))
        return fails_without_errno(file, "not a regular file");
    /* O_NONBLOCK: nobody can keep us waiting with a FIFO or a lease. */
    file->fd = openat(file->place.directory, file->place.name,
                      O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    if (file->fd < 0)
        return fails(file, "cannot read");
    return read_all(file);
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
    if (file->fd >= 0)
        close(file->fd);
    if (file->place.directory >= 0)
        close(file->place.directory);
    file->fd = file->place.directory = -1;
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
 * The kernel maintains these two itself, and an old hash on new content would make the file
 * unreadable.
 */
static bool belongs_to_content(const char *attribute)
{
    return strcmp(attribute, "security.ima") == 0 || strcmp(attribute, "security.evm") == 0;
}

/* Copies an attribute. It may be there already, as SELinux labels are. */
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

/* Gives the new file the metadata of the old one. */
static bool copy_metadata(struct replace_file *file, int fd)
{
    struct stat new;
    if (fstat(fd, &new) != 0 ||
        ((new.st_uid != file->before.st_uid || new.st_gid != file->before.st_gid) &&
         fchown(fd, file->before.st_uid, file->before.st_gid) != 0))
        return fails(file, "cannot preserve its owner");
    /* The directory may have a default list that the old file does not have. */
    if (fremovexattr(fd, "system.posix_acl_access") != 0 && errno != ENODATA && errno != ENOTSUP)
        return fails(file, "cannot preserve its access control list");
    /*
     * The owner comes before the mode, whose group bits are the mask of the list: nobody may open
     * the file in between.
     */
    if (!copy_attributes(file->fd, fd))
        return fails(file, "cannot preserve its extended attributes");
    if (fchmod(fd, file->before.st_mode & 07777) != 0)
        return fails(file, "cannot preserve its mode");
    return true;
}

static bool is_same_file(const struct stat *a, const struct stat *b)
{
    return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

/* Whether the content, mode and owner of the file are unchanged. */
static bool is_same_content(const struct stat *before, const struct stat *now)
{
    return now->st_size == before->st_size && now->st_mtim.tv_sec == before->st_mtim.tv_sec &&
           now->st_mtim.tv_nsec == before->st_mtim.tv_nsec && now->st_mode == before->st_mode &&
           now->st_uid == before->st_uid && now->st_gid == before->st_gid;
}

static bool has_changed(struct replace_file *file)
{
    return fails_without_errno(file, "changed while it was edited; try again");
}

/* Whether the path is gone, or this process cannot tell (ENOMEM, EMFILE). */
static bool leads_nowhere(int error)
{
    return error == 0 || error == ENOENT || error == ENOTDIR || error == ELOOP;
}

/* Whether the path still leads to the file that was read, and that is unchanged. */
static bool check_unchanged(struct replace_file *file)
{
    static struct followed_path now;
    struct stat status;
    const char *problem;
    errno = 0;
    if (!follow_path(file->path, &now, &problem))
        return leads_nowhere(errno) ? has_changed(file) : fails(file, "cannot access");
    close(now.directory);
    if (fstat(file->fd, &status) != 0)
        return fails(file, "cannot access");
    if (!is_same_file(&status, &now.status) || !is_same_content(&file->before, &status) ||
        status.st_ctim.tv_sec != file->before.st_ctim.tv_sec ||
        status.st_ctim.tv_nsec != file->before.st_ctim.tv_nsec)
        return has_changed(file);
    return true;
}

/* Whether a name in the directory is that of an open file; *status is then that of the file. */
static bool is_name_of(struct replace_file *file, const char *name, int fd, struct stat *status)
{
    struct stat there;
    return fstat(fd, status) == 0 &&
           fstatat(file->place.directory, name, &there, AT_SYMLINK_NOFOLLOW) == 0 &&
           is_same_file(status, &there);
}

static bool fill(struct replace_file *file, int fd, const char *text, size_t length)
{
    if (!write_all(fd, text, length))
        return fails(file, "cannot write the replacement");
    if (!copy_metadata(file, fd))
        return false;
    if (fsync(fd) != 0)
        return fails(file, "cannot write the replacement");
    return true;
}

static bool cannot_be_replaced(struct replace_file *file)
{
    if (errno == EBUSY)
        return fails_without_errno(
            file,
            "it is a mount point, as in some containers; edit the file that is mounted there");
    return fails(file, "cannot replace");
}

static bool exchange(struct replace_file *file, const char *new_name)
{
    return syscall(SYS_renameat2, file->place.directory, new_name, file->place.directory,
                   file->place.name, RENAME_EXCHANGE) == 0;
}

/*
 * Puts the complete new file in the place of the old one. The two are exchanged, so that a file
 * which another editor put there meanwhile is not lost: it is then under the other name, and is put
 * back. *is_left says whether that name must still be removed.
 */
static bool swap(struct replace_file *file, int fd, const char *new_name, bool *is_left)
{
    struct stat status;
    *is_left = true;
    if (!check_unchanged(file))
        return false;
    if (exchange(file, new_name)) {
        errno = 0;
        /* The time of the inode's last change does not tell: the exchange sets it. */
        if (is_name_of(file, new_name, file->fd, &status) &&
            is_same_content(&file->before, &status))
            return true;
        int error = errno;
        /* A file that is not ours must stay. */
        *is_left = exchange(file, new_name) && is_name_of(file, new_name, fd, &status);
        errno = error;
        return error == 0 ? has_changed(file) : fails(file, "cannot access");
    }
    if (errno != EINVAL && errno != ENOSYS)
        return cannot_be_replaced(file);
    /* The file system cannot exchange files, such as NFS. */
    *is_left =
        renameat(file->place.directory, new_name, file->place.directory, file->place.name) != 0;
    return !*is_left || cannot_be_replaced(file);
}

/* Creates a file that only this user can read, with a name that nobody can predict. */
static int create(struct replace_file *file, char *name, size_t size)
{
    enum { ATTEMPTS = 100 };
    int fd = -1;
    for (int i = 0; i < ATTEMPTS && fd < 0; i++) {
        unsigned char random[6];
        if (getrandom(random, sizeof random, 0) != sizeof random)
            return -1;
        int length = snprintf(name, size, ".%s.v6lit-%02x%02x%02x%02x%02x%02x", file->place.name,
                              random[0], random[1], random[2], random[3], random[4], random[5]);
        if ((size_t)length >= size) {
            errno = ENAMETOOLONG;
            return -1;
        }
        fd = openat(file->place.directory, name, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
                    0600);
        if (fd < 0 && errno != EEXIST)
            return -1;
    }
    return fd;
}

static bool replace(struct replace_file *file, int directory, const char *text, size_t length)
{
    char new_name[NAME_MAX + 1];
    int fd = create(file, new_name, sizeof new_name);
    if (fd < 0)
        return fails(file, "cannot replace");
    bool is_left = true;
    bool done = fill(file, fd, text, length) && swap(file, fd, new_name, &is_left);
    int error = errno;
    close(fd);
    if (is_left && unlinkat(file->place.directory, new_name, 0) != 0 && done) {
        /* The old file cannot be removed, so it is put back. */
        error = errno;
        done = false;
        fails(file, "cannot replace");
        if (exchange(file, new_name))
            unlinkat(file->place.directory, new_name, 0);
    }
    errno = error;
    if (!done)
        return false;
    /* EINVAL: a file system without directories that can be synced. */
    if (fsync(directory) != 0 && errno != EINVAL)
        return fails(file, "replaced, but possibly not yet on disk");
    return true;
}

bool replace_file_write(struct replace_file *file, const char *text, size_t length)
{
    int directory = openat(file->place.directory, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (directory < 0)
        return fails(file, "cannot read its directory");

    sigset_t all;
    sigset_t before;
    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, &before);
    bool done = replace(file, directory, text, length);
    sigprocmask(SIG_SETMASK, &before, NULL);
    close_and_keep_errno(directory);
    return done;
}
