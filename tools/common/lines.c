// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tools/common/lines.h"

#include "tools/common/output.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

/* Reads more after what is there; -1 on an error, 0 at the end. */
static ssize_t refill(struct lines *lines)
{
    if (lines->start > 0) {
        memmove(lines->buffer, lines->buffer + lines->start, lines->end - lines->start);
        lines->end -= lines->start;
        lines->start = 0;
    }
    if (lines->end == sizeof lines->buffer) {
        lines->skipping = true;
        lines->end = 0;
    }
    output_flush();
    ssize_t count;
    do {
        count = read(lines->fd, lines->buffer + lines->end, sizeof lines->buffer - lines->end);
    } while (count < 0 && errno == EINTR);
    if (count > 0)
        lines->end += (size_t)count;
    return count;
}

static enum lines_result hand_out(struct lines *lines, size_t end, const char **line,
                                  size_t *length)
{
    enum lines_result result = lines->skipping ? LINES_TOO_LONG : LINES_LINE;
    *line = lines->buffer + lines->start;
    *length = end - lines->start;
    lines->start = end;
    lines->skipping = false;
    return result;
}

enum lines_result lines_next(struct lines *lines, const char **line, size_t *length)
{
    for (;;) {
        const char *start = lines->buffer + lines->start;
        const char *newline = memchr(start, '\n', lines->end - lines->start);
        if (newline != NULL) {
            enum lines_result result =
                hand_out(lines, (size_t)(newline - lines->buffer), line, length);
            lines->start++;
            return result;
        }
        ssize_t count = refill(lines);
        if (count < 0)
            return LINES_ERROR;
        if (count == 0 && lines->end == 0 && !lines->skipping)
            return LINES_END;
        if (count == 0)
            return hand_out(lines, lines->end, line, length);
    }
}
