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
     * For getopt_long: --help as 'h', one that hands all over to `write_format` as CONVERT_FORMAT,
     * and options whose value is a form of the zone.
     */
    const struct option *options;
    enum reading_host reads; /* READING_NAME or READING_ADDRESS */
    enum v6lit_status (*convert)(const char *text, size_t length, enum v6lit_zone_form form,
                                 char *buffer, size_t size, size_t *column);
    /* Converts a file, or standard input for NULL, to another format; returns the exit status. */
    int (*write_format)(const char *format, const char *path);
};

enum { CONVERT_FORMAT = 'f' };

/* Runs a subcommand and returns its exit status. */
int convert_run(const struct conversion *conversion, int argc, char **argv);

/* v6lit decode and v6lit encode. */
int command_decode(int argc, char **argv);
int command_encode(int argc, char **argv);

#endif
