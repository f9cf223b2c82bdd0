/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Replaces the content of a file atomically: readers see the old file or the new one. */
#ifndef TOOLS_NSSWITCH_REPLACE_FILE_H
#define TOOLS_NSSWITCH_REPLACE_FILE_H

#include "tools/nsswitch/follow_path.h"

#include <stdbool.h>
#include <stddef.h>
#include <sys/stat.h>

/* The largest file that is edited. */
#define REPLACE_FILE_MAX ((size_t)16 << 20)

struct replace_file {
    const char *path; /* as it was given */
    struct followed_path place;
    int fd; /* status of the file that was read */
    struct stat before;
    char *text; /* not NUL-terminated; any bytes */
    size_t length;
    const char *problem; /* what failed, for a message; errno has the reason unless it is 0 */
};

/*
 * Reads a regular file, through symbolic links that follow_path follows. Returns false if that
 * fails: see `problem`. replace_file_free is necessary in any case.
 */
bool replace_file_read(struct replace_file *file, const char *path);

/*
 * Replaces the file that was read by a new one with this text and the same mode, owner and extended
 * attributes, which include access control lists and the SELinux label, and syncs both to disk. A
 * symbolic link stays; another hard link keeps the old text. Returns false if any of that fails, or
 * if the file has changed since it was read. Then the file is as it was, with that change, and
 * nothing is left beside it; only if the directory cannot be synced, the new file is in place, and
 * `problem` says so.
 *
 * Signals are blocked meanwhile. SIGKILL, which cannot be blocked, may leave a file
 * ".NAME.v6lit-XXXXXXXXXXXX" in the directory.
 */
bool replace_file_write(struct replace_file *file, const char *text, size_t length);

/* Writes "PATH: PROBLEM: REASON", cut to the size; errno is left as it was. */
void replace_file_say(const struct replace_file *file, char *text, size_t size);

void replace_file_free(struct replace_file *file);

#endif
