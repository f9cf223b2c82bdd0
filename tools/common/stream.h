/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What this machine says of itself, line by line: a file, a file in /proc, or what a program
 * prints. */
#ifndef TOOLS_COMMON_STREAM_H
#define TOOLS_COMMON_STREAM_H

#include "tools/common/presence.h"

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct stream;

/*
 * Opens a file for reading. NULL with errno if that fails, EINVAL if it is not a regular file: a
 * FIFO would be waited for, and a device read for ever.
 */
struct stream *stream_open(const char *path);

/* Runs a command of the shell, whose standard output is read. NULL with errno. */
struct stream *stream_run(const char *command);

/*
 * The next line, without its newline; the caller may change it until the next call. NULL at the end
 * and after an error. A part of a line is never returned: who searches text for a word would take a
 * part for the whole. An interrupted call is repeated, and a line over LINES_MAX is an error
 * (EFBIG).
 */
char *stream_line(struct stream *stream);

/* Part of the rest, as read(2); not to be mixed with lines. -1 is an error for stream_close, too.
 */
ssize_t stream_read(struct stream *stream, void *buffer, size_t size);

/*
 * Closes it and waits for the program. False, with errno, if something could not be read, or if the
 * program did not end with status 0 (ENODATA): then what was read is not all that there is.
 */
bool stream_close(struct stream *stream);

/*
 * Whether a file has a line that is wanted; `context` is handed to each call. A file that does not
 * exist has none. PRESENCE_UNKNOWN, with errno, if none was found and something could not be read.
 */
enum presence stream_find(const char *path, bool is_wanted(const char *line, void *context),
                          void *context);

/* pread(2) that is repeated until all is read or the file ends. -1 with errno. */
ssize_t stream_read_at(int fd, void *buffer, size_t size, off_t offset);

#endif
