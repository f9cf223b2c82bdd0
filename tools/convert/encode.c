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
    "       v6lit encode --format=FORMAT [FILE]\n"
    "Print the canonical literal name of each ADDRESS: 2001:db8::1, fe80::1%eth0, [fe80::1%4].\n"
    "ADDRESS may also be a UNC path or URL whose host is an address; the rest stays as it is.\n"
    "Without ADDRESS, read addresses from standard input, one a line.\n"
    "\n"
    "      --format=FORMAT  read addresses from FILE or standard input, and write lines for\n"
    "                       /etc/hosts (hosts), a response policy zone (rpz) or a zone (zone)\n"
    "      --index          replace an interface name by the interface's index\n"
    "      --name           replace an index by the interface's name, if the name is safe\n"
    "  -h, --help           print this help\n"
    "\n"
    "An interface name is safe if it is not all digits, and if each label of the literal name "
    "then\n"
    "consists of a-z, 0-9 and -, has no - at either end, and no -- at its third position.\n"
    "A name that is not safe is an error, unless --index is given.\n"
    "\n"
    "For each bad ADDRESS, print an empty line, and the reason on standard error.\n"
    "With --format, one bad line suppresses all output: write to a new file, and replace the old "
    "one\n"
    "only if the exit status is 0.\n"
    "\n"
    "Exit status: 0 if every ADDRESS is good, 1 if one is bad, 2 for wrong usage or an I/O error.\n"
    "\n"
    "Examples:\n"
    "  v6lit encode fe80::1%eth0             fe80--1seth0." V6LIT_DOMAIN "\n"
    "  v6lit encode //fe80::1%4/share        //fe80--1s4." V6LIT_DOMAIN "/share\n"
    "  v6lit encode 'http://[fe80::1%254]/'  http://fe80--1s4." V6LIT_DOMAIN "/\n";

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
