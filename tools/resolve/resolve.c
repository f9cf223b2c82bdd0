// SPDX-License-Identifier: LGPL-2.1-or-later
/* v6lit resolve: what getaddrinfo of this machine returns for literal names. */
#include "tools/resolve/resolve.h"

#include "libv6lit/v6lit.h"
#include "tools/common/arguments.h"
#include "tools/common/exit_status.h"
#include "tools/common/json.h"
#include "tools/common/message.h"
#include "tools/common/output.h"
#include "tools/common/terminal.h"
#include "tools/resolve/resolution.h"
#include "tools/resolve/resolve_safe.h"

#include <stdio.h>
#include <string.h>

static const char help[] =
    "Usage: v6lit resolve [OPTION]... NAME...\n"
    "Call getaddrinfo for each literal NAME in each way that programs do, and compare the answers\n"
    "with the expected ones. This shows where the zone is lost, for example.\n"
    "No packet is sent. Names outside " V6LIT_DOMAIN " are refused, and so is every name if the\n"
    "hosts: line of this machine would send it to DNS.\n"
    "\n"
    "      --json   print one JSON array with an object for each NAME\n"
    "  -h, --help   print this help\n"
    "\n"
    "Exit status: 0 if programs that ask for any family (AF_UNSPEC) reach every NAME, 1 if they "
    "do\n"
    "not or a NAME is bad, 2 if getaddrinfo might query DNS, and for wrong usage or an output\n"
    "error. Limits of glibc for other programs are notes and do not change the status.\n"
    "\n"
    "Example:\n"
    "  v6lit resolve fe80--1seth0." V6LIT_DOMAIN "\n";

enum { QUESTION_WIDTH = 26, ANSWER_WIDTH_MIN = 18 };

/* Returns how many columns the answers take, and shows them if `shown`. */
static size_t answers(const struct resolution_answers *answers, bool shown)
{
    size_t taken = 0;
    for (size_t i = 0; i < answers->count; i++) {
        size_t length = strlen(answers->text[i]);
        if (shown) {
            fputs(i > 0 ? ", " : "", stdout);
            terminal_show(stdout, answers->text[i], length);
        }
        taken += (i > 0 ? 2 : 0) + terminal_columns(answers->text[i], length, length);
    }
    if (taken == 0 && shown)
        putchar('-');
    return taken == 0 ? 1 : taken;
}

static size_t greater(size_t a, size_t b)
{
    return a > b ? a : b;
}

static void show_rows(const struct resolution *resolution)
{
    size_t got = ANSWER_WIDTH_MIN;
    size_t wanted = ANSWER_WIDTH_MIN;
    for (size_t i = 0; i < resolution->rows; i++) {
        got = greater(got, answers(&resolution->row[i].got, false) + 2);
        wanted = greater(wanted, answers(&resolution->row[i].wanted, false) + 2);
    }
    printf("  %-*s%-*s%-*s%s\n", QUESTION_WIDTH, "query", (int)got, "answer", (int)wanted,
           "expected", "verdict");
    for (size_t i = 0; i < resolution->rows; i++) {
        const struct resolution_row *row = &resolution->row[i];
        printf("  %-*s", QUESTION_WIDTH, row->question);
        output_fill(answers(&row->got, true), got);
        output_fill(answers(&row->wanted, true), wanted);
        if (!row->is_limit)
            terminal_style(stdout, row->verdict == RESOLUTION_RIGHT ? TERMINAL_GOOD : TERMINAL_BAD);
        fputs(resolution_verdict_text(row), stdout);
        terminal_style(stdout, TERMINAL_PLAIN);
        putchar('\n');
    }
}

static void show(const struct resolution *resolution)
{
    terminal_show(stdout, resolution->name, strlen(resolution->name));
    putchar('\n');
    show_rows(resolution);
    printf("  %s\n", resolution_reach_text(resolution->reach));
    for (size_t i = 0; i < resolution->notes; i++)
        printf("  %s\n", resolution->note[i]);
}

/* glibc passes a name on unchanged, and our module does not recognise one that is not ASCII. */
static bool is_ascii(const char *name)
{
    while (*name != '\0' && (unsigned char)*name < 0x80)
        name++;
    return *name == '\0';
}

static const char *error_of(const char *name, size_t *column)
{
    struct v6lit_address address;
    struct v6lit_text read;
    *column = 0;
    if (v6lit_read_text(name, strlen(name), &read, NULL) == V6LIT_OK &&
        (read.form != V6LIT_FORM_NAME || read.host.place != V6LIT_PLACE_ALONE))
        return read.host.place == V6LIT_PLACE_ALONE
                   ? "not a name but an address; use the name that 'v6lit encode' prints"
                   : "not a name but a path or URL; use the name that 'v6lit explain' prints";
    if (!is_ascii(name))
        return "not ASCII: getaddrinfo would send it to DNS";
    enum v6lit_status status = v6lit_decode(name, strlen(name), &address, column);
    return status == V6LIT_OK ? NULL : v6lit_strerror(status);
}

static void complain(const char *name, const char *error, size_t column)
{
    output_flush();
    if (column > 0)
        message_write(name, "%s at column %zu", error, column);
    else
        message_write(name, "%s", error);
}

static bool is_good(const char *name)
{
    size_t column;
    return error_of(name, &column) == NULL;
}

static bool resolve(const char *name, bool as_json)
{
    static struct resolution resolution;
    static bool is_next;
    size_t column;
    const char *error = error_of(name, &column);
    if (error != NULL) {
        if (as_json)
            json_add_bad_input(name, "NOT_A_LITERAL_NAME", error);
        else
            complain(name, error, column);
        return false;
    }
    resolution_of(name, &resolution);
    if (as_json) {
        resolution_add_json(&resolution);
    } else {
        if (is_next)
            putchar('\n');
        is_next = true;
        show(&resolution);
    }
    return resolution.reach == RESOLUTION_REACHED;
}

int command_resolve(int argc, char **argv)
{
    struct arguments arguments = {.command = "resolve", .argc = argc, .argv = argv};
    bool as_json;
    int exit_status;
    if (!arguments_read_json(&arguments, help, &as_json, &exit_status))
        return exit_status;
    if (arguments.operands == 0)
        return message_usage_error("resolve", "missing name");

    bool asks = false;
    for (int i = 0; i < arguments.operands; i++)
        asks = asks || is_good(argv[i]);
    const char *why;
    const char *advice;
    if (asks && !resolve_is_safe(&why, &advice)) {
        message_write(NULL, "%s, so getaddrinfo might send the name to DNS", why);
        fprintf(stderr, "%s\n", advice);
        return EXIT_TROUBLE;
    }
    exit_status = EXIT_DONE;
    for (int i = 0; i < arguments.operands; i++) {
        if (!resolve(argv[i], as_json))
            exit_status = EXIT_BAD_INPUT;
    }
    if (as_json)
        json_print();
    return output_finish(exit_status);
}
