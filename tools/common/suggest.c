// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tools/common/suggest.h"

#include "tools/common/correction.h"

#include <string.h>

static bool is_taken(const struct suggest *suggest, const struct buffer *text)
{
    return !text->overflowed && text->length > 0 && text->length <= BUFFER_INPUT_MAX &&
           suggest->takes(suggest, text->text, text->length);
}

static void copy(struct buffer *to, const char *text, size_t length)
{
    buffer_clear(to);
    buffer_bytes(to, text, length);
}

bool suggest(struct suggest *suggest, const char *text, size_t length)
{
    struct buffer *correction = &suggest->correction;
    if (length > BUFFER_INPUT_MAX || memchr(text, '\0', length) != NULL)
        return false;
    for (size_t i = 0; i < corrections_count; i++) {
        copy(correction, text, length);
        suggest->why = corrections[i].why;
        if (corrections[i].edit(correction) && is_taken(suggest, correction))
            return true;
    }
    suggest->why = NULL;
    copy(correction, text, length);
    for (size_t i = 0; i < corrections_count; i++) {
        static struct buffer before;
        before = *correction;
        if (!corrections[i].edit(correction))
            continue;
        if (is_taken(suggest, correction))
            return true;
        if (corrections[i].is_last)
            *correction = before;
    }
    return false;
}
