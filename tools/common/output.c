// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tools/common/output.h"

#include "tools/common/command.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <wchar.h>
#include <wctype.h>

/* More than any literal name, less than what fills a screen. */
enum { QUOTE_MAX = 400 };

static void complain(void)
{
    fprintf(stderr, "%s: standard output: %s\n", program_invocation_short_name, strerror(errno));
}

static _Noreturn void give_up(void)
{
    complain();
    /* exit() would try to write once more what is still in the buffer. */
    _Exit(EXIT_TROUBLE);
}

void output_write(const char *bytes, size_t length)
{
    if (fwrite_unlocked(bytes, 1, length, stdout) < length)
        give_up();
}

void output_flush(void)
{
    if (fflush_unlocked(stdout) != 0)
        give_up();
}

int output_finish(int status)
{
    /* ferror: what printf could not write before. */
    if (ferror(stdout) != 0 || fflush(stdout) != 0 || fclose(stdout) != 0)
        give_up();
    return status;
}

/* Characters that show nothing, or turn the direction of others: U+061C, U+202E and the like. */
static bool is_invisible(wchar_t c)
{
    return c == 0x61c || (c >= 0x200b && c <= 0x200f) || (c >= 0x202a && c <= 0x202e) ||
           (c >= 0x2060 && c <= 0x206f) || c == 0xfeff;
}

/*
 * Writes the characters of a text that begin before the byte `stop`, and returns how many columns
 * they take. With no stream nothing is written.
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

void output_show(FILE *stream, const char *text, size_t length)
{
    show(stream, text, length, length);
}

size_t output_columns(const char *text, size_t length, size_t at)
{
    return show(NULL, text, length, at);
}

void output_quote(const char *text, size_t length)
{
    show(stderr, text, length, length <= QUOTE_MAX ? length : QUOTE_MAX);
    if (length > QUOTE_MAX)
        fputs("...", stderr);
}

void output_fill(size_t taken, size_t width)
{
    printf("%*s", (int)(taken + 2 > width ? 2 : width - taken), "");
}

static bool is_coloured(FILE *stream)
{
    const char *no_color = getenv("NO_COLOR");
    const char *term = getenv("TERM");
    return (no_color == NULL || no_color[0] == '\0') && term != NULL && strcmp(term, "dumb") != 0 &&
           isatty(fileno(stream)) == 1;
}

void output_style(FILE *stream, enum output_style style)
{
    static const char *const sequences[] = {
        [OUTPUT_PLAIN] = "\33[0m", [OUTPUT_GOOD] = "\33[32m", [OUTPUT_BAD] = "\33[1;31m"};
    if (is_coloured(stream))
        fputs(sequences[style], stream);
}
