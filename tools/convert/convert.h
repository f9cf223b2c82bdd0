/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What decode and encode have in common: options, operands or lines in, a line out for each. */
#ifndef TOOLS_CONVERT_CONVERT_H
#define TOOLS_CONVERT_CONVERT_H

#include "libv6lit/v6lit.h"
#include "tools/common/reading.h"

struct option;

struct conversion {
    const char *command;
    const char *help;
    /*
     * For getopt_long: --help as 'h', one that hands all over to records_run as CONVERT_FORMAT, and
     * options whose value is a form of the zone.
     */
    const struct option *options;
    enum reading_host reads; /* READING_NAME or READING_ADDRESS */
    enum v6lit_status (*convert)(const char *text, size_t length, enum v6lit_zone_form form,
                                 char *buffer, size_t size, size_t *column);
};

enum { CONVERT_FORMAT = 'f' };

/*
 * Says "v6lit: line 3: TEXT: REASON at column 8" on stderr, with no number (0) for an operand, and
 * behind it what is printed by `format`.
 */
__attribute__((format(printf, 6, 7))) void convert_complain(size_t line_number, const char *text,
                                                            size_t length, const char *reason,
                                                            size_t column, const char *format, ...);

/* Says that a line is longer than LINES_MAX. */
void convert_complain_length(size_t line_number);

/* Runs a subcommand and returns its exit status. */
int convert_run(const struct conversion *conversion, int argc, char **argv);

#endif
