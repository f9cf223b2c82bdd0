// SPDX-License-Identifier: LGPL-2.1-or-later
/* v6lit encode: addresses to literal names. */
#include "tools/common/lines.h"
#include "tools/common/reading.h"
#include "tools/convert/convert.h"
#include "tools/convert/records.h"

#include <getopt.h>
#include <string.h>

static const char help[] =
    "Usage: v6lit encode [OPTION]... [ADDRESS]...\n"
    "       v6lit encode --format=hosts|rpz|zone [FILE]\n"
    "Print the canonical literal name of each ADDRESS: 2001:db8::1, fe80::1%eth0, [fe80::1%4],\n"
    "or a UNC path or URL with an address as its host: all but the host stays as it is.\n"
    "Without ADDRESS, read one a line from standard input.\n"
    "\n"
    "      --format=FORMAT  read addresses from the file that follows, or from standard input, "
    "and\n"
    "                       write lines for /etc/hosts, a policy zone (rpz) or a zone\n"
    "      --index          write the interface's index for an interface name\n"
    "      --name           write the interface's name for an index, where it is safe in a name\n"
    "  -h, --help           print this help\n"
    "\n"
    "An interface name is safe if it is not all digits and each label of the name is made of\n"
    "a-z 0-9 - alone, with no - at an edge and not two as its third and fourth characters.\n"
    "One that is not is an error without --index.\n"
    "\n"
    "Bad input gives an empty line, a reason on stderr, and exit status 1 at the end;\n"
    "wrong usage, and input or output that fails, exit status 2.\n"
    "With --format, one bad line means that nothing is written: write into a new file, and let\n"
    "it replace the old one only if the exit status is 0.\n"
    "\n"
    "Examples:\n"
    "  v6lit encode fe80::1%eth0             fe80--1seth0." V6LIT_DOMAIN "\n"
    "  v6lit encode //fe80::1%4/share        //fe80--1s4." V6LIT_DOMAIN "/share\n"
    "  v6lit encode 'http://[fe80::1%254]/'  http://fe80--1s4." V6LIT_DOMAIN "/\n"
    "  v6lit encode --format=rpz list > new && mv new literal.rpz\n";

static const struct option options[] = {
    {"format", required_argument, NULL, CONVERT_FORMAT},
    {"help", no_argument, NULL, 'h'},
    {"index", no_argument, NULL, V6LIT_ZONE_AS_INDEX},
    {"name", no_argument, NULL, V6LIT_ZONE_AS_NAME},
    {0},
};

/* [fe80::1%25eth0] is taken for [fe80::1%eth0] unless there is a 25eth0. */
static enum v6lit_status encode(const char *text, size_t length, enum v6lit_zone_form form,
                                char *buffer, size_t size, size_t *column)
{
    static char copy[LINES_MAX];
    size_t at;
    if (length > sizeof copy || !reading_has_encoded_percent(text, length, &at))
        return v6lit_encode_text(text, length, form, buffer, size, column);
    memcpy(copy, text, at);
    memcpy(copy + at, text + at + 2, length - at - 2);
    enum v6lit_status status = v6lit_encode_text(copy, length - 2, form, buffer, size, column);
    if (status != V6LIT_OK && column != NULL && *column > at)
        *column += 2;
    return status;
}

int command_encode(int argc, char **argv)
{
    static const struct conversion conversion = {"encode",        help,   options,
                                                 READING_ADDRESS, encode, records_run};
    return convert_run(&conversion, argc, argv);
}
