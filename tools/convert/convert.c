// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tools/convert/convert.h"

#include "tools/common/arguments.h"
#include "tools/common/exit_status.h"
#include "tools/common/lines.h"
#include "tools/common/message.h"
#include "tools/common/output.h"
#include "tools/common/suggest.h"
#include "tools/common/terminal.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { ANSWER_SIZE = LINES_MAX + V6LIT_TEXT_GROWTH + 1 };

/* Ends the line of output that stands in the room for it; what a terminal gets is escaped. */
static void write_line(char *line, size_t length)
{
    if (output_is_terminal()) {
        terminal_show(stdout, line, length);
        putchar('\n');
        return;
    }
    line[length] = '\n';
    output_advance(length + 1);
}

/* An empty line and a message for input that is too long. */
static bool refuse_length(size_t line_number)
{
    message_too_long(line_number, LINES_MAX);
    write_line(output_room(1), 0);
    return false;
}

/* How the text is to be converted, for suggest(). */
struct wish {
    const struct conversion *conversion;
    enum v6lit_zone_form form;
};

static bool is_converted(const struct suggest *suggest, const char *text, size_t length)
{
    static char answer[ANSWER_SIZE];
    const struct wish *wish = suggest->context;
    return wish->conversion->convert(text, length, wish->form, answer, sizeof answer, NULL) ==
           V6LIT_OK;
}

static bool is_read(const struct suggest *suggest, const char *text, size_t length)
{
    struct reading reading;
    size_t column;
    (void)suggest;
    return reading_of(text, length, &reading, &column) == V6LIT_OK && reading_is_whole(&reading);
}

/* What this command takes, or else what any takes. */
static bool find_correction(struct suggest *suggestion, const struct wish *wish,
                            enum v6lit_status status, const char *text, size_t length)
{
    /* The text is well-formed: what could be wrong is what others print after a zone. */
    bool is_well_formed =
        status == V6LIT_ERROR_UNSAFE_ZONE_NAME || status == V6LIT_ERROR_NO_SUCH_INTERFACE;
    if (is_well_formed && !reading_has_more(text, length))
        return false;
    suggestion->context = wish;
    suggestion->takes = is_converted;
    if (suggest(suggestion, text, length))
        return true;
    suggestion->takes = is_read;
    return suggest(suggestion, text, length);
}

/* Whether the other command takes the text. */
static bool is_for_other(const struct conversion *conversion, const char *text, size_t length)
{
    struct reading reading;
    size_t column;
    return length <= BUFFER_INPUT_MAX && memchr(text, '\0', length) == NULL &&
           reading_of(text, length, &reading, &column) == V6LIT_OK &&
           (reading.host == READING_ADDRESS) != (conversion->reads == READING_ADDRESS);
}

static void complain(const struct wish *wish, size_t line_number, const char *text, size_t length,
                     enum v6lit_status status, size_t column)
{
    static struct suggest suggestion;
    const char *reason = v6lit_strerror(status);
    if (status == V6LIT_ERROR_SYSTEM)
        message_reason(line_number, text, length, reason, column, ": %s", strerror(errno));
    else if (is_for_other(wish->conversion, text, length))
        message_reason(line_number, text, length, reason, column, "; %s",
                       wish->conversion->reads == READING_ADDRESS
                           ? "use 'v6lit decode' to convert a name"
                           : "use 'v6lit encode' to convert an address");
    else if (find_correction(&suggestion, wish, status, text, length))
        message_reason(line_number, text, length, reason, column, "; perhaps %s%s%s%s",
                       suggestion.correction.text, suggestion.why == NULL ? "" : " (",
                       suggestion.why == NULL ? "" : suggestion.why,
                       suggestion.why == NULL ? "" : ")");
    else if (status == V6LIT_ERROR_UNSAFE_ZONE_NAME && wish->conversion->reads == READING_ADDRESS)
        message_reason(line_number, text, length, reason, column,
                       "; use --index to write the interface's index");
    else
        message_reason(line_number, text, length, reason, column, "%s", "");
}

/* Writes the answer to one input, an empty line if it has none, and says whether it has. */
static bool convert_one(const struct conversion *conversion, enum v6lit_zone_form form,
                        size_t line_number, const char *text, size_t length)
{
    const struct wish wish = {conversion, form};
    if (length > LINES_MAX)
        return refuse_length(line_number);
    size_t column;
    char *answer = output_room(ANSWER_SIZE);
    enum v6lit_status status =
        conversion->convert(text, length, form, answer, ANSWER_SIZE, &column);
    if (status != V6LIT_OK)
        complain(&wish, line_number, text, length, status, column);
    write_line(answer, status == V6LIT_OK ? strlen(answer) : 0);
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
            message_write("standard input", "%s", strerror(errno));
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
            return output_help(conversion->command, conversion->help);
        if (option == '?')
            return EXIT_TROUBLE;
        if (option == CONVERT_FORMAT)
            format = optarg;
        else
            form = (enum v6lit_zone_form)option;
    }
    if (format != NULL && form != V6LIT_ZONE_AS_IS)
        return message_usage_error(conversion->command,
                                   "--format cannot be combined with --index or --name");
    if (format != NULL && arguments.operands > 1)
        return message_usage_error(conversion->command, "--format takes at most one file");
    if (format != NULL)
        return conversion->write_format(format, arguments.operands == 0 ? NULL : argv[0]);
    if (arguments.operands == 0)
        return output_finish(convert_lines(conversion, form));

    int exit_status = EXIT_DONE;
    for (int i = 0; i < arguments.operands; i++) {
        if (!convert_one(conversion, form, 0, argv[i], strlen(argv[i])))
            exit_status = EXIT_BAD_INPUT;
    }
    return output_finish(exit_status);
}
