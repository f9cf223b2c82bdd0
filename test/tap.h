/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Functions for test programs to report in the Test Anything Protocol, with one line for each rule.
 * A rule that is checked a million times is also one line; its first failures precede it as
 * comments.
 */
#ifndef TEST_TAP_H
#define TEST_TAP_H

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

static int reported;
static int reported_bad;

/* Names under test can hold any byte, and a line of output should not. */
__attribute__((format(printf, 1, 0))) static inline void print_line(const char *format,
                                                                    va_list arguments)
{
    char line[1024];
    vsnprintf(line, sizeof line, format, arguments);
    for (const char *p = line; *p != '\0'; p++)
        putchar(*p >= ' ' && *p < 0x7f ? *p : '?');
    putchar('\n');
    fflush(stdout);
}

/* One line: the rule holds, or not. */
__attribute__((format(printf, 2, 3))) static inline void report(bool good, const char *format, ...)
{
    reported++;
    reported_bad += !good;
    printf("%sok %d - ", good ? "" : "not ", reported);
    va_list arguments;
    va_start(arguments, format);
    print_line(format, arguments);
    va_end(arguments);
}

/* A rule that cannot be tested here: skipped, not passed. */
__attribute__((format(printf, 2, 3))) static inline void report_skip(const char *reason,
                                                                     const char *format, ...)
{
    char line[1024];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    printf("ok %d - %s # SKIP %s\n", ++reported, line, reason);
    fflush(stdout);
}

/* Counts a failure of a rule that is checked often, and says what failed for the first few. */
__attribute__((format(printf, 2, 3))) static inline void wrong(unsigned long *failures,
                                                               const char *format, ...)
{
    if ((*failures)++ >= 10)
        return;
    fputs("# ", stdout);
    va_list arguments;
    va_start(arguments, format);
    print_line(format, arguments);
    va_end(arguments);
}

/* The last line. What it returns is the exit status. */
static inline int end_of_report(void)
{
    printf("1..%d\n", reported);
    return reported_bad == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

/* There is nothing to test with here: skipped, not passed. */
static inline _Noreturn void skip_all(const char *reason)
{
    printf("1..0 # SKIP %s\n", reason);
    exit(EXIT_SUCCESS);
}

/* What no test is about went wrong. */
static inline _Noreturn void bail_out(const char *reason)
{
    printf("Bail out! %s\n", reason);
    exit(EXIT_FAILURE);
}

#endif
