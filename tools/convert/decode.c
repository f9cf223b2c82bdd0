// SPDX-License-Identifier: LGPL-2.1-or-later
/* v6lit decode: literal names to addresses. */
#include "tools/convert/convert.h"

#include <getopt.h>

static const char help[] =
    "Usage: v6lit decode [NAME]...\n"
    "Print the address that each literal NAME stands for, with the zone as it is written.\n"
    "NAME is a name, or a UNC path or URL that holds one: all but the host stays as it is.\n"
    "Without NAME, read one a line from standard input.\n"
    "\n"
    "  -h, --help   print this help\n"
    "\n"
    "Bad input gives an empty line, a reason on stderr, and exit status 1 at the end;\n"
    "wrong usage, and input or output that fails, exit status 2.\n"
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
