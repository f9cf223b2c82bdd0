// SPDX-License-Identifier: LGPL-2.1-or-later
/* v6lit llmnr: which hosts on the links of this machine answer to a name, by RFC 4795. */
#include "tools/llmnr/llmnr.h"

#include "llmnr/config.h"
#include "tools/common/arguments.h"
#include "tools/common/exit_status.h"
#include "tools/common/json.h"
#include "tools/common/message.h"
#include "tools/common/output.h"
#include "tools/llmnr/links.h"
#include "tools/llmnr/question.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static const char help[] =
    "Usage: v6lit llmnr [OPTION]... [-x ADDRESS]... [NAME]...\n"
    "       v6lit llmnr [OPTION]... --detect-spoof\n"
    "Query the hosts on the local links for each NAME by link-local multicast name resolution\n"
    "(LLMNR). Print the first reply with an IPv6 address and the first with an IPv4 address.\n"
    "\n"
    "  -4, --ipv4             use IPv4 only: query over IPv4, for IPv4 addresses\n"
    "  -6, --ipv6             use IPv6 only: query over IPv6, for IPv6 addresses\n"
    "  -i, --interface IFACE  query on the link of this interface only, given by name or index;\n"
    "                         ignore " CONFIG_FILE "\n"
    "  -x, --reverse ADDRESS  query for the name of an on-link address\n"
    "      --all              print every reply, and wait for late ones: 0.4 seconds\n"
    "      --tcp              repeat the query to every responder over TCP\n"
    "      --detect-spoof     query a random name: every host that replies is a spoofer\n"
    "      --json             print one JSON array with an object for each NAME and ADDRESS\n"
    "  -h, --help             print this help\n"
    "\n"
    "Names with a dot, the names of this machine and 'localhost' are not queried.\n"
    "\n"
    "Exit status: 0 if every NAME and ADDRESS has an answer, 1 if one has none, 2 if no query "
    "could\n"
    "be sent, and for wrong usage or an output error. With --detect-spoof: 0 if no host replies, "
    "1\n"
    "if one does.\n"
    "\n"
    "Examples:\n"
    "  v6lit llmnr sambabox\n"
    "  v6lit llmnr --all -i eth0 -x fe80::1 sambabox\n";

enum { OPTION_ALL = 1, OPTION_TCP, OPTION_DETECT, OPTION_JSON };

static const struct option long_options[] = {
    {"all", no_argument, NULL, OPTION_ALL},   {"detect-spoof", no_argument, NULL, OPTION_DETECT},
    {"help", no_argument, NULL, 'h'},         {"interface", required_argument, NULL, 'i'},
    {"ipv4", no_argument, NULL, '4'},         {"ipv6", no_argument, NULL, '6'},
    {"json", no_argument, NULL, OPTION_JSON}, {"reverse", required_argument, NULL, 'x'},
    {"tcp", no_argument, NULL, OPTION_TCP},   {0},
};

/* The command line, apart from the options. */
struct command_line {
    const char *interface; /* or NULL */
    bool detects;
    bool *is_address; /* for each operand */
};

/* Returns false if the caller is to return *exit_status at once. */
static bool read_arguments(struct arguments *arguments, struct llmnr_options *options,
                           struct command_line *command_line, int *exit_status)
{
    for (int option; (option = arguments_next(arguments)) != -1;) {
        switch (option) {
        case '4':
            options->family = AF_INET;
            break;
        case '6':
            options->family = AF_INET6;
            break;
        case 'i':
            command_line->interface = optarg;
            break;
        case 'x':
            /* Among the names, in the order of the command line. */
            command_line->is_address[arguments->operands] = true;
            arguments->argv[arguments->operands++] = optarg;
            break;
        case OPTION_ALL:
            options->all = true;
            break;
        case OPTION_TCP:
            options->over_tcp = true;
            break;
        case OPTION_DETECT:
            command_line->detects = true;
            break;
        case OPTION_JSON:
            options->as_json = true;
            break;
        default:
            *exit_status = option == 'h' ? output_help("llmnr", help) : EXIT_TROUBLE;
            return false;
        }
    }
    if (command_line->detects != (arguments->operands == 0)) {
        *exit_status = command_line->detects
                           ? message_usage_error(
                                 "llmnr", "unexpected argument '%s': --detect-spoof takes no name",
                                 arguments->argv[0])
                           : message_usage_error("llmnr", "missing name");
        return false;
    }
    return !options->as_json || arguments_allow_json(arguments, exit_status);
}

static int run(struct arguments *arguments, bool *is_address)
{
    static struct llmnr_options options = {.family = AF_UNSPEC};
    struct command_line command_line = {.is_address = is_address};
    int exit_status;
    if (!read_arguments(arguments, &options, &command_line, &exit_status))
        return exit_status;
    exit_status = links_choose(&options, command_line.interface);
    if (exit_status != EXIT_DONE)
        return exit_status;
    if (command_line.detects)
        exit_status = question_detect(&options);
    for (int i = 0; i < arguments->operands; i++) {
        const char *operand = arguments->argv[i];
        int status = is_address[i] ? question_ask_address(&options, operand)
                                   : question_ask_name(&options, operand);
        if (status > exit_status)
            exit_status = status;
    }
    if (options.as_json)
        json_print();
    return output_finish(exit_status);
}

int command_llmnr(int argc, char **argv)
{
    struct arguments arguments = {
        .command = "llmnr", .argc = argc, .argv = argv, .options = long_options};
    bool *is_address = calloc((size_t)argc, sizeof *is_address);
    if (is_address == NULL)
        return message_status(EXIT_TROUBLE, "the command line", "%s", strerror(errno));
    int exit_status = run(&arguments, is_address);
    free(is_address);
    return exit_status;
}
