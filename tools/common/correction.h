/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What people get wrong when they write or paste a name or an address. */
#ifndef TOOLS_COMMON_CORRECTION_H
#define TOOLS_COMMON_CORRECTION_H

#include "tools/common/buffer.h"

#include <stdbool.h>
#include <stddef.h>

struct correction {
    bool (*edit)(struct buffer *text); /* false: does not apply */
    const char *why;
    bool is_last; /* can only be the last step */
};

/* The likeliest comes first. */
extern const struct correction corrections[];
extern const size_t corrections_count;

#endif
