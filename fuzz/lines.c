// SPDX-License-Identifier: LGPL-2.1-or-later
/* Fuzzes reading lines from a pipe, in pieces of any size: compares with memchr on the whole text.
 */
#include "tools/common/lines.h"

#include "fuzz/fuzz.h"
#include "tools/common/output.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

enum { TEXT_MAX = 4 * (LINES_MAX + 1) };

/* What goes into the pipe. */
static struct {
    char text[TEXT_MAX];
    size_t length;
    size_t written;
    unsigned piece; /* how much of it at once: 2 to the power of this */
    int fd;
} feed;

/* The reader calls this before it reads: whoever sits at the other end can write one piece more. */
void output_flush(void)
{
    size_t piece = (size_t)1 << feed.piece;
    size_t left = feed.length - feed.written;
    if (left == 0 && feed.fd >= 0) {
        close(feed.fd);
        feed.fd = -1;
    }
    if (left == 0)
        return;
    ssize_t count = write(feed.fd, feed.text + feed.written, left < piece ? left : piece);
    DEMAND(count > 0 || errno == EAGAIN);
    if (count > 0)
        feed.written += (size_t)count;
}

/* A byte from 0xf0 on stands for many of the byte before it: lines are long here. */
static void expand(const struct input *input)
{
    feed.length = 0;
    for (size_t i = 0; i < input->size; i++) {
        unsigned byte = input->data[i];
        size_t count = byte < 0xf0 || feed.length == 0 ? 1 : ((size_t)1 << (byte - 0xee)) - 1;
        char c = count == 1 ? (char)byte : feed.text[feed.length - 1];
        if (count > TEXT_MAX - feed.length)
            break;
        memset(feed.text + feed.length, c, count);
        feed.length += count;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct lines lines;
    struct input input = {data, size};
    feed.piece = take(&input) % 18;
    feed.written = 0;
    expand(&input);
    /* Few reads for much text. */
    while (feed.length >> feed.piece > 64)
        feed.piece++;
    int ends[2];
    DEMAND(pipe2(ends, O_NONBLOCK) == 0);
    feed.fd = ends[1];
    lines.fd = ends[0];
    lines.start = 0;
    lines.end = 0;
    lines.skipping = false;

    const char *line;
    size_t length;
    size_t at = 0;
    while (at < feed.length) {
        const char *newline = memchr(feed.text + at, '\n', feed.length - at);
        size_t end = newline == NULL ? feed.length : (size_t)(newline - feed.text);
        enum lines_result result = lines_next(&lines, &line, &length);
        DEMAND(result == (end - at > LINES_MAX ? LINES_TOO_LONG : LINES_LINE));
        DEMAND(result == LINES_TOO_LONG ||
               (length == end - at && memcmp(line, feed.text + at, length) == 0));
        at = newline == NULL ? end : end + 1;
    }
    DEMAND(lines_next(&lines, &line, &length) == LINES_END);
    DEMAND(lines_next(&lines, &line, &length) == LINES_END);
    if (feed.fd >= 0)
        close(feed.fd);
    /* Another error than the end. */
    close(ends[0]);
    errno = 0;
    DEMAND(lines_next(&lines, &line, &length) == LINES_ERROR && errno == EBADF);
    return 0;
}
