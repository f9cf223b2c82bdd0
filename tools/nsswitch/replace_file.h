/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Replaces what a file holds: whoever looks sees the old file or the new one, whole. */
#ifndef TOOLS_NSSWITCH_REPLACE_FILE_H
#define TOOLS_NSSWITCH_REPLACE_FILE_H

#include "tools/nsswitch/follow_path.h"

#include <stdbool.h>
#include <stddef.h>
#include <sys/stat.h>

/* A longer file is none that this command is for. */
#define REPLACE_FILE_MAX ((size_t)16 << 20)

struct replace_file {
    const char *path; /* as it was given */
    struct followed_path place;
    int fd; /* of the file that was read */
    struct stat before;
    char *text; /* not terminated; may hold any bytes */
    size_t length;
    const char *problem; /* what failed, for a message; errno says why, unless it is 0 */
};

/*
 * Reads a regular file, through symbolic links that follow_path takes. False if that fails: see
 * `problem`. In any case replace_file_free is due.
 */
bool replace_file_read(struct replace_file *file, const char *path);

/*
 * Puts a new file with this text in the place of the one that was read, with the same mode, owner
 * and extended attributes (access control lists and the SELinux label are such), and sees to it
 * that both are on disk. A symbolic link stays; another hard link keeps the old text. False if any
 * of that fails, or if the file has changed since it was read: then the file is as it was, with
 * the change, and nothing is left beside it. Only after a failure to sync the directory the new
 * one is there, and `problem` says so.
 *
 * Signals wait until it is done. One that cannot wait, SIGKILL, may leave a file
 * ".NAME.v6lit-XXXXXXXXXXXX" in the directory.
 */
bool replace_file_write(struct replace_file *file, const char *text, size_t length);

/* "PATH: PROBLEM: WHY", cut to the size, of what has failed; errno still is what it was then. */
void replace_file_say(const struct replace_file *file, char *text, size_t size);

void replace_file_free(struct replace_file *file);

#endif
