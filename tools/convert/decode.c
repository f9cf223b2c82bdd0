// SPDX-License-Identifier: LGPL-2.1-or-later
/* v6lit decode: literal names to addresses. */
#include "tools/convert/convert.h"

#include <getopt.h>

static const char help[] =
    "Usage: v6lit decode [NAME]...\n"
    "Print the address of each literal NAME, with its zone.\n"
    "NAME is a literal name, or a UNC path or URL whose host is one; the rest stays as it is.\n"
    "Without NAME, read names from standard input, one a line.\n"
    "\n"
    "  -h, --help   print this help\n"
    "\n"
    "For each bad NAME, print an empty line, and the reason on standard error.\n"
    "\n"
    "Exit status: 0 if every NAME is good, 1 if one is bad, 2 for wrong usage or an I/O error.\n"
    "\n"
    "Examples:\n"
    "  v6lit decode fe80--1seth0." V6LIT_DOMAIN "            fe80::1%eth0\n"
    "  v6lit decode //fe80--1s4." V6LIT_DOMAIN "/share       //fe80::1%4/share\n"
    "  v6lit decode http://2001-db8--1." V6LIT_DOMAIN ":80/  http://[2001:db8::1]:80/\n";

static const struct option options[] = {
    {"help", no_argument, NULL, 'h'},
    {0},
};

static enum v6lit_status decode(const char *text, size_t length, enum v6lit_zone_form form,
                                char *buffer, size_t size, size_t *column)
{
    (void)form;
    return v6lit_decode_text(text, length, buffer, size, column);
}

int command_decode(int argc, char **argv)
{
    static const struct conversion conversion = {"decode",     help,   options,
                                                 READING_NAME, decode, NULL};
    return convert_run(&conversion, argc, argv);
}
