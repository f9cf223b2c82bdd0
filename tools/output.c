// SPDX-License-Identifier: LGPL-2.1-or-later
#include "output.h"

#include "command.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>
#include <wctype.h>

/* More than any literal name, less than what fills a screen. */
enum { QUOTE_MAX = 400 };

static void complain(void)
{
    fprintf(stderr, "v6lit: standard output: %s\n", strerror(errno));
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

/* Characters that show nothing, or turn the direction of what follows: U+061C, U+202E and the like.
 */
static bool is_invisible(wchar_t c)
{
    return c == 0x61c || (c >= 0x200b && c <= 0x200f) || (c >= 0x202a && c <= 0x202e) ||
           (c >= 0x2060 && c <= 0x206f) || c == 0xfeff;
}

void output_quote(const char *text, size_t length)
{
    mbstate_t state = {0};
    size_t step;
    size_t shown = length <= QUOTE_MAX ? length : QUOTE_MAX;
    for (size_t at = 0; at < shown; at += step) {
        wchar_t character;
        step = mbrtowc(&character, text + at, length - at, &state);
        if (step >= (size_t)-2 || step == 0 || !iswprint((wint_t)character) ||
            is_invisible(character)) {
            fprintf(stderr, "\\x%02x", (unsigned char)text[at]);
            memset(&state, 0, sizeof state);
            step = 1;
        } else {
            fwrite(text + at, 1, step, stderr);
        }
    }
    if (shown < length)
        fputs("...", stderr);
}
