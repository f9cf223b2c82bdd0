// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tools/common/arguments.h"

#include "libv6lit/v6lit.h"
#include "tools/common/exit_status.h"
#include "tools/common/json.h"
#include "tools/common/message.h"
#include "tools/common/output.h"

#include <string.h>

static bool is_literal_name(const char *word)
{
    struct v6lit_address address;
    return v6lit_decode(word, strlen(word), &address, NULL) != V6LIT_ERROR_NOT_A_LITERAL_NAME;
}

static bool is_operand(const struct arguments *arguments, const char *word)
{
    return arguments->options_ended || word[0] != '-' || word[1] == '\0' || is_literal_name(word);
}

enum { SHORT_SIZE = 64 };

/* For getopt: what stands before, and the options with a letter. */
static void write_short_options(const struct option *options, char text[static SHORT_SIZE])
{
    size_t length = 0;
    text[length++] = '+';
    text[length++] = ':';
    for (; options->name != NULL && length < SHORT_SIZE - sizeof "x:"; options++) {
        if (options->val <= ' ')
            continue;
        text[length++] = (char)options->val;
        if (options->has_arg == required_argument)
            text[length++] = ':';
    }
    text[length] = '\0';
}

int arguments_next(struct arguments *arguments)
{
    char **argv = arguments->argv;
    char short_options[SHORT_SIZE];
    write_short_options(arguments->options, short_options);
    opterr = 0;
    while (optind < arguments->argc) {
        char *word = argv[optind];
        if (is_operand(arguments, word)) {
            arguments->options_ended = arguments->options_ended || arguments->command_follows;
            argv[arguments->operands++] = word;
            optind++;
            continue;
        }
        int option = getopt_long(arguments->argc, argv, short_options, arguments->options, NULL);
        if (option == ':') {
            message_usage_error(arguments->command, "option '%s' requires an argument", word);
            return '?';
        }
        if (option == '?')
            message_usage_error(arguments->command, "unrecognized option '%s'", word);
        if (option != -1)
            return option;
        arguments->options_ended = true;
    }
    return -1;
}

bool arguments_allow_json(const struct arguments *arguments, int *exit_status)
{
    if (json_is_available())
        return true;
    *exit_status = message_usage_error(arguments->command,
                                       "--json is not available: v6lit was built without jansson");
    return false;
}

bool arguments_read_json(struct arguments *arguments, const char *help, bool *as_json,
                         int *exit_status)
{
    enum { OPTION_JSON = 1 };
    static const struct option options[] = {
        {"help", no_argument, NULL, 'h'},
        {"json", no_argument, NULL, OPTION_JSON},
        {0},
    };
    arguments->options = options;
    *as_json = false;
    for (int option; (option = arguments_next(arguments)) != -1;) {
        if (option != OPTION_JSON) {
            *exit_status = option == 'h' ? output_help(arguments->command, help) : EXIT_TROUBLE;
            return false;
        }
        *as_json = true;
    }
    return !*as_json || arguments_allow_json(arguments, exit_status);
}
