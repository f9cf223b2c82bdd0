// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tools/common/output.h"

#include "tools/common/command.h"

#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <wchar.h>
#include <wctype.h>

/* More than any literal name, less than what fills a screen. */
enum { QUOTE_MAX = 400 };

/* What a message says of its subject. A longer one, of a path for example, is cut. */
enum { MESSAGE_MAX = 4096 };

const char *output_program = "v6lit";

static _Noreturn void give_up(void)
{
    output_message("standard output", "%s", strerror(errno));
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

void output_line(const char *text, size_t length)
{
    static int is_terminal = -1;
    if (is_terminal < 0)
        is_terminal = isatty(STDOUT_FILENO) == 1;
    if (is_terminal)
        output_show(stdout, text, length);
    else
        output_write(text, length);
    output_write("\n", 1);
}

static void quote(const char *text, size_t length, size_t most)
{
    show(stderr, text, length, length <= most ? length : most);
    if (length > most)
        fputs("...", stderr);
}

void output_quote(const char *text, size_t length)
{
    quote(text, length, QUOTE_MAX);
}

__attribute__((format(printf, 4, 0))) static void
message(size_t line, const char *subject, size_t length, const char *format, va_list arguments)
{
    static char text[MESSAGE_MAX + 2];
    int written = vsnprintf(text, sizeof text, format, arguments);
    fprintf(stderr, "%s: ", output_program);
    if (line > 0)
        fprintf(stderr, "line %zu: ", line);
    if (subject != NULL) {
        output_quote(subject, length);
        fputs(": ", stderr);
    }
    quote(text, written < 0 ? 0 : strlen(text), MESSAGE_MAX);
    fputc('\n', stderr);
}

void output_message(const char *subject, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    message(0, subject, subject == NULL ? 0 : strlen(subject), format, arguments);
    va_end(arguments);
}

void output_message_of(size_t line, const char *subject, size_t length, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    message(line, subject, length, format, arguments);
    va_end(arguments);
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
