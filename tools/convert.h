/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What decode and encode have in common: options, operands or lines in, a line out for each. */
#ifndef CONVERT_H
#define CONVERT_H

#include "v6lit.h"

struct option;

struct conversion {
    const char *command;
    const char *help;
    /* For getopt_long: --help as 'h', and options whose value is a form of the zone. */
    const struct option *options;
    enum v6lit_status (*convert)(const char *text, size_t length, enum v6lit_zone_form form,
                                 char *buffer, size_t size, size_t *column);
};

/* Runs a subcommand and returns its exit status. */
int convert_run(const struct conversion *conversion, int argc, char **argv);

#endif
