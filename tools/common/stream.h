/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Information about this machine, line by line: a file, a file in /proc, or the output of a
 * program.
 */
#ifndef TOOLS_COMMON_STREAM_H
#define TOOLS_COMMON_STREAM_H

#include "tools/common/presence.h"

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct stream;

/*
 * Opens a file for reading. Returns NULL with errno if that fails, EINVAL if it is not a regular
 * file: reading could wait for a FIFO, or never end with a device.
 */
struct stream *stream_open(const char *path);

/* Runs a shell command and reads its standard output. Returns NULL with errno on failure. */
struct stream *stream_run(const char *command);

/*
 * Returns the next line, without its newline; the caller may change it until the next call. Returns
 * NULL at the end and after an error. Part of a line is never returned, since a caller that
 * searches for a word would take the part for the whole. An interrupted call is repeated, and a
 * line over LINES_MAX is an error (EFBIG).
 */
char *stream_line(struct stream *stream);

/* Reads as read(2) does; not to be mixed with lines. -1 is an error for stream_close, too. */
ssize_t stream_read(struct stream *stream, void *buffer, size_t size);

/*
 * Closes the stream and waits for the program. Returns false with errno if something could not be
 * read, or if the program did not exit with status 0 (ENODATA): then the output is incomplete.
 */
bool stream_close(struct stream *stream);

/*
 * Whether a file has a matching line; `context` is passed to each call. A file that does not exist
 * has none. Returns PRESENCE_UNKNOWN with errno if none was found and something could not be read.
 */
enum presence stream_find(const char *path, bool is_wanted(const char *line, void *context),
                          void *context);

/* Repeats pread(2) until all has been read or the file ends. Returns -1 with errno on failure. */
ssize_t stream_read_at(int fd, void *buffer, size_t size, off_t offset);

#endif
