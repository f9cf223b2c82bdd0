// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tools/convert/convert.h"

#include "tools/common/arguments.h"
#include "tools/common/command.h"
#include "tools/common/lines.h"
#include "tools/common/output.h"
#include "tools/convert/records.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

void convert_complain(size_t line_number, const char *text, size_t length, const char *reason,
                      size_t column, int error)
{
    output_message_of(line_number, text, length, "%s at column %zu%s%s", reason, column,
                      error == 0 ? "" : ": ", error == 0 ? "" : strerror(error));
}

void convert_complain_length(size_t line_number)
{
    output_message_of(line_number, NULL, 0, "%slonger than %d bytes",
                      line_number > 0 ? "" : "an argument is ", LINES_MAX);
}

/* An empty line and a message for input that is too long. */
static bool refuse_length(size_t line_number)
{
    convert_complain_length(line_number);
    output_line("", 0);
    return false;
}

/* Writes the answer to one input, an empty line if it has none, and says whether it has. */
static bool convert_one(const struct conversion *conversion, enum v6lit_zone_form form,
                        size_t line_number, const char *text, size_t length)
{
    if (length > LINES_MAX)
        return refuse_length(line_number);
    static char answer[LINES_MAX + V6LIT_TEXT_GROWTH + 1];
    size_t column;
    enum v6lit_status status =
        conversion->convert(text, length, form, answer, sizeof answer, &column);
    if (status != V6LIT_OK) {
        answer[0] = '\0';
        convert_complain(line_number, text, length, v6lit_strerror(status), column,
                         status == V6LIT_ERROR_SYSTEM ? errno : 0);
    }
    output_line(answer, strlen(answer));
    return status == V6LIT_OK;
}

static int convert_lines(const struct conversion *conversion, enum v6lit_zone_form form)
{
    static struct lines lines = {.fd = STDIN_FILENO};
    int exit_status = EXIT_DONE;
    const char *line;
    size_t length;
    for (size_t number = 1;; number++) {
        switch (lines_next(&lines, &line, &length)) {
        case LINES_LINE:
            if (!convert_one(conversion, form, number, line, length))
                exit_status = EXIT_BAD_INPUT;
            break;
        case LINES_TOO_LONG:
            refuse_length(number);
            exit_status = EXIT_BAD_INPUT;
            break;
        case LINES_END:
            return exit_status;
        case LINES_ERROR:
            output_message("standard input", "%s", strerror(errno));
            return EXIT_TROUBLE;
        }
    }
}

int convert_run(const struct conversion *conversion, int argc, char **argv)
{
    struct arguments arguments = {
        .command = conversion->command, .argc = argc, .argv = argv, .options = conversion->options};
    enum v6lit_zone_form form = V6LIT_ZONE_AS_IS;
    const char *format = NULL;
    for (int option; (option = arguments_next(&arguments)) != -1;) {
        if (option == 'h')
            return command_help(conversion->help);
        if (option == '?')
            return EXIT_TROUBLE;
        if (option == CONVERT_FORMAT)
            format = optarg;
        else
            form = (enum v6lit_zone_form)option;
    }
    if (format != NULL && form != V6LIT_ZONE_AS_IS)
        return command_usage_error(conversion->command,
                                   "--format has no zones, so neither --index nor --name");
    if (format != NULL && arguments.operands > 1)
        return command_usage_error(conversion->command, "--format reads one file");
    if (format != NULL)
        return records_run(format, arguments.operands == 0 ? NULL : argv[0]);
    if (arguments.operands == 0)
        return output_finish(convert_lines(conversion, form));

    int exit_status = EXIT_DONE;
    for (int i = 0; i < arguments.operands; i++) {
        if (!convert_one(conversion, form, 0, argv[i], strlen(argv[i])))
            exit_status = EXIT_BAD_INPUT;
    }
    return output_finish(exit_status);
}
