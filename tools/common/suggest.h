/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Suggests what an invalid input was likely meant to be. */
#ifndef TOOLS_COMMON_SUGGEST_H
#define TOOLS_COMMON_SUGGEST_H

#include "tools/common/buffer.h"

#include <stdbool.h>

struct suggest {
    /* Whether a text is valid. */
    bool (*takes)(const struct suggest *suggest, const char *text, size_t length);
    const void *context; /* for `takes` */

    struct buffer correction;
    const char *why; /* one line, or NULL if more than one thing is wrong */
};

/*
 * Looks for a correction of an invalid input. What it writes to suggest->correction has been tried
 * and is valid. Returns false if there is none, and for more than BUFFER_INPUT_MAX bytes.
 */
bool suggest(struct suggest *suggest, const char *text, size_t length);

#endif
