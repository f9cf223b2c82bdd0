/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Lines from a file descriptor in constant memory. */
#ifndef TOOLS_COMMON_LINES_H
#define TOOLS_COMMON_LINES_H

#include <stdbool.h>
#include <stddef.h>

/* The longest line, without its newline. Longer lines are skipped. */
#define LINES_MAX 65535

struct lines {
    int fd;
    size_t start; /* of what has not been returned */
    size_t end;
    bool skipping; /* inside a line that is too long */
    char buffer[LINES_MAX + 1];
};

enum lines_result {
    LINES_LINE,
    LINES_TOO_LONG,
    LINES_END,
    LINES_ERROR, /* reading failed; errno says why */
};

/*
 * Returns the next line. *line is valid until the next call, is not NUL-terminated, and may contain
 * NUL bytes. The last line may lack its newline. Standard output is flushed before every read, so
 * that a program that writes one line at a time receives each answer before it must send the next.
 */
enum lines_result lines_next(struct lines *lines, const char **line, size_t *length);

#endif
