// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * getline(3) does not suffice: when a read fails or is interrupted in the middle of a line, it
 * returns the part that it has as if that were the line.
 */
#include "tools/common/stream.h"

#include "tools/common/close.h"
#include "tools/common/lines.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

struct stream {
    FILE *program; /* NULL for a file */
    int error;     /* of the first read that failed */
    struct lines lines;
};

static struct stream *new_stream(void)
{
    struct stream *stream = malloc(sizeof *stream);
    if (stream != NULL) {
        stream->program = NULL;
        stream->error = 0;
        stream->lines.start = stream->lines.end = 0;
        stream->lines.skipping = false;
    }
    return stream;
}

static int open_regular(const char *path)
{
    int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    struct stat status;
    if (fd < 0)
        return -1;
    bool is_known = fstat(fd, &status) == 0;
    if (is_known && S_ISREG(status.st_mode))
        return fd;
    if (is_known)
        errno = EINVAL;
    close_and_keep_errno(fd);
    return -1;
}

struct stream *stream_open(const char *path)
{
    int fd = open_regular(path);
    if (fd < 0)
        return NULL;
    struct stream *stream = new_stream();
    if (stream == NULL)
        close_and_keep_errno(fd);
    else
        stream->lines.fd = fd;
    return stream;
}

struct stream *stream_run(const char *command)
{
    struct stream *stream = new_stream();
    if (stream == NULL)
        return NULL;
    stream->program = popen(command, "re");
    if (stream->program == NULL) {
        int error = errno;
        free(stream);
        errno = error;
        return NULL;
    }
    stream->lines.fd = fileno(stream->program);
    return stream;
}

char *stream_line(struct stream *stream)
{
    const char *line;
    size_t length;
    if (stream->error != 0)
        return NULL;
    switch (lines_next(&stream->lines, &line, &length)) {
    case LINES_LINE: {
        char *text = stream->lines.buffer + (line - stream->lines.buffer);
        text[length] = '\0'; /* the newline, or the first byte after the last line */
        return text;
    }
    case LINES_TOO_LONG:
        stream->error = EFBIG;
        return NULL;
    case LINES_ERROR:
        stream->error = errno;
        return NULL;
    case LINES_END:
        break;
    }
    return NULL;
}

ssize_t stream_read(struct stream *stream, void *buffer, size_t size)
{
    ssize_t count;
    do {
        count = read(stream->lines.fd, buffer, size);
    } while (count < 0 && errno == EINTR);
    if (count < 0)
        stream->error = errno;
    return count;
}

bool stream_close(struct stream *stream)
{
    int error = stream->error;
    if (stream->program == NULL)
        close(stream->lines.fd);
    else if (pclose(stream->program) != 0 && error == 0)
        error = ENODATA;
    free(stream);
    errno = error;
    return error == 0;
}

enum presence stream_find(const char *path, bool is_wanted(const char *line, void *context),
                          void *context)
{
    struct stream *file = stream_open(path);
    if (file == NULL)
        return errno == ENOENT ? PRESENCE_NO : PRESENCE_UNKNOWN;
    bool found = false;
    for (const char *line; !found && (line = stream_line(file)) != NULL;)
        found = is_wanted(line, context);
    bool is_whole = stream_close(file);
    if (found)
        return PRESENCE_YES;
    return is_whole ? PRESENCE_NO : PRESENCE_UNKNOWN;
}

ssize_t stream_read_at(int fd, void *buffer, size_t size, off_t offset)
{
    size_t length = 0;
    while (length < size) {
        ssize_t count = pread(fd, (char *)buffer + length, size - length, offset + (off_t)length);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return -1;
        if (count == 0)
            break;
        length += (size_t)count;
    }
    return (ssize_t)length;
}
