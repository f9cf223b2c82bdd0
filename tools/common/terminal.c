// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tools/common/terminal.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <wchar.h>
#include <wctype.h>

/* Characters that are invisible or change the direction of others: U+061C, U+202E and the like. */
static bool is_invisible(wchar_t c)
{
    static const struct {
        wchar_t first, last;
    } ranges[] = {
        {0xad, 0xad},     {0x61c, 0x61c},   {0x180e, 0x180e}, {0x200b, 0x200f},   {0x2028, 0x202e},
        {0x2060, 0x206f}, {0xfeff, 0xfeff}, {0xfff9, 0xfffb}, {0xe0000, 0xe0fff},
    };
    for (size_t i = 0; i < sizeof ranges / sizeof ranges[0]; i++) {
        if (c >= ranges[i].first && c <= ranges[i].last)
            return true;
    }
    return false;
}

/*
 * Writes the characters of a text that begin before the byte `stop`, and returns how many columns
 * they take. Without a stream it only counts.
 */
static size_t show(FILE *stream, const char *text, size_t length, size_t stop)
{
    mbstate_t state = {0};
    size_t columns = 0;
    size_t step;
    for (size_t at = 0; at < stop; at += step) {
        wchar_t character;
        step = mbrtowc(&character, text + at, length - at, &state);
        if (step >= (size_t)-2 || step == 0 || !iswprint((wint_t)character) ||
            is_invisible(character)) {
            if (stream != NULL)
                fprintf(stream, "\\x%02x", (unsigned char)text[at]);
            memset(&state, 0, sizeof state);
            columns += sizeof "\\xNN" - 1;
            step = 1;
        } else {
            if (stream != NULL)
                fwrite(text + at, 1, step, stream);
            int width = wcwidth(character);
            columns += width > 0 ? (size_t)width : 0;
        }
    }
    return columns;
}

void terminal_show(FILE *stream, const char *text, size_t length)
{
    show(stream, text, length, length);
}

void terminal_show_start(FILE *stream, const char *text, size_t length, size_t most)
{
    show(stream, text, length, length <= most ? length : most);
    if (length > most)
        fputs("...", stream);
}

size_t terminal_columns(const char *text, size_t length, size_t at)
{
    return show(NULL, text, length, at);
}

static bool is_coloured(FILE *stream)
{
    const char *no_color = getenv("NO_COLOR");
    const char *term = getenv("TERM");
    return (no_color == NULL || no_color[0] == '\0') && term != NULL && strcmp(term, "dumb") != 0 &&
           isatty(fileno(stream)) == 1;
}

void terminal_style(FILE *stream, enum terminal_style style)
{
    static const char *const sequences[] = {
        [TERMINAL_PLAIN] = "\33[0m", [TERMINAL_GOOD] = "\33[32m", [TERMINAL_BAD] = "\33[1;31m"};
    if (is_coloured(stream))
        fputs(sequences[style], stream);
}
