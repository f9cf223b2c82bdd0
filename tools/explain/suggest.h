/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What an input that cannot be read was likely meant to be. */
#ifndef TOOLS_EXPLAIN_SUGGEST_H
#define TOOLS_EXPLAIN_SUGGEST_H

#include "tools/common/buffer.h"

#include <stdbool.h>

/*
 * Looks for a correction of a bad input of at most BUFFER_INPUT_MAX bytes. What it writes to
 * *correction can be read: that has been tried. *why is one line, or NULL if more than one thing
 * is wrong.
 */
bool suggest(const char *text, size_t length, struct buffer *correction, const char **why);

#endif
