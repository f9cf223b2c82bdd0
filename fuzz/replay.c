// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Runs a target without libFuzzer, with all inputs of its corpus, fuzz/NAME.corpus, or of the file
 * given as the argument. Each line is an input; "\xNN" is an unprintable byte or a backslash.
 */
#include "fuzz/fuzz.h"

#include <errno.h>
#include <signal.h>
#include <unistd.h>

static volatile sig_atomic_t line_number;

/* The result of the input that ends the program. It ends by the same signal, from its default. */
static void report(int signal)
{
    dprintf(STDOUT_FILENO, "not ok 1 - line %d, signal %d\n", (int)line_number, signal);
    raise(signal);
}

static unsigned hexadecimal(char c)
{
    static const char digits[] = "0123456789abcdef";
    const char *digit = memchr(digits, c, sizeof digits - 1);
    DEMAND(digit != NULL);
    return (unsigned)(digit - digits);
}

/* In place; returns the length. */
static size_t unescape(char *line)
{
    char *to = line;
    for (const char *from = line; *from != '\0' && *from != '\n'; from++) {
        if (*from == '\\') {
            DEMAND(from[1] == 'x' && from[2] != '\0');
            *to++ = (char)(hexadecimal(from[2]) << 4 | hexadecimal(from[3]));
            from += 3;
        } else {
            *to++ = *from;
        }
    }
    return (size_t)(to - line);
}

int main(int argc, char **argv)
{
    static char path[4096];
    const char *top = getenv("top_srcdir");
    snprintf(path, sizeof path, "%s/fuzz/%s.corpus", top != NULL ? top : ".",
             program_invocation_short_name);
    FILE *corpus = fopen(argc > 1 ? argv[1] : path, "r");
    if (corpus == NULL) {
        printf("Bail out! %s: %s\n", argc > 1 ? argv[1] : path, strerror(errno));
        return EXIT_FAILURE;
    }
    struct sigaction action = {.sa_handler = report, .sa_flags = (int)SA_RESETHAND};
    sigaction(SIGABRT, &action, NULL);
    sigaction(SIGSEGV, &action, NULL);
    printf("1..1\n");
    fflush(stdout);

    char *line = NULL;
    size_t size = 0;
    while (getline(&line, &size, corpus) > 0) {
        line_number++;
        size_t length = unescape(line);
        char *input = exact_copy(line, length);
        LLVMFuzzerTestOneInput((const uint8_t *)input, length);
        free(input);
    }
    free(line);
    fclose(corpus);
    printf("%sok 1 - %d inputs\n", line_number > 0 ? "" : "not ", (int)line_number);
    return line_number > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
