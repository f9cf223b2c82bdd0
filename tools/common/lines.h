/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Lines from a file descriptor in constant memory. */
#ifndef TOOLS_COMMON_LINES_H
#define TOOLS_COMMON_LINES_H

#include <stdbool.h>
#include <stddef.h>

/* The longest line, without its newline. A longer one is passed over. */
#define LINES_MAX 65535

struct lines {
    int fd;
    size_t start; /* of what has not been handed out */
    size_t end;
    bool skipping; /* in a line that is too long */
    char buffer[LINES_MAX + 1];
};

enum lines_result {
    LINES_LINE,
    LINES_TOO_LONG,
    LINES_END,
    LINES_ERROR, /* reading failed; errno says why */
};

/*
 * The next line: *line is good until the next call, is not NUL-terminated and may have NUL in it.
 * The last line may lack its newline. Whoever feeds line by line gets each answer before the next
 * line is waited for: standard output is flushed before every read.
 */
enum lines_result lines_next(struct lines *lines, const char **line, size_t *length);

#endif
