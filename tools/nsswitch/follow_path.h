/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Where a path leads: an open directory, which cannot be swapped, and a name in it. */
#ifndef TOOLS_NSSWITCH_FOLLOW_PATH_H
#define TOOLS_NSSWITCH_FOLLOW_PATH_H

#include <limits.h>
#include <stdbool.h>
#include <sys/stat.h>

struct followed_path {
    int directory; /* opened with O_PATH; the caller closes it */
    char name[NAME_MAX + 1];
    struct stat status;  /* the name of the file: never a symbolic link */
    char text[PATH_MAX]; /* the absolute path, for messages and comparison */
};

/*
 * Follows a path, relative to the working directory if it does not begin with a slash. Each step
 * starts at the open directory before it, so nobody can swap a directory meanwhile.
 *
 * A symbolic link is followed only if nobody but root and the caller could have put it there: every
 * directory up to it belongs to one of them, and others can neither write to it nor, if it is
 * sticky, replace what is followed. Links in /proc are not followed, since their text is not where
 * they lead.
 *
 * On failure `directory` is -1, *problem says what failed, and errno has the reason unless it is 0.
 */
bool follow_path(const char *path, struct followed_path *followed, const char **problem);

#endif
