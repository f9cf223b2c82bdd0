// SPDX-License-Identifier: LGPL-2.1-or-later
/* v6lit explain: one input in all its forms, or what is wrong with it. */
#include "tools/explain/explain.h"

#include "tools/common/arguments.h"
#include "tools/common/exit_status.h"
#include "tools/common/json.h"
#include "tools/common/message.h"
#include "tools/common/output.h"
#include "tools/common/terminal.h"
#include "tools/explain/explanation.h"

#include <string.h>

static const char help[] =
    "Usage: v6lit explain [OPTION]... INPUT...\n"
    "Print what each INPUT is, and how to write it in all other forms. INPUT is an address, a\n"
    "literal name with or without its domain, or a UNC path or URL whose host is one of these.\n"
    "\n"
    "      --json   print one JSON array with an object for each INPUT\n"
    "  -h, --help   print this help\n"
    "\n"
    "For each bad INPUT, print the reason, the position and, if possible, a correction.\n"
    "\n"
    "Exit status: 0 if every INPUT is good, 1 if one is bad, 2 for wrong usage or an output "
    "error.\n"
    "\n"
    "Examples:\n"
    "  v6lit explain fe80--1seth0\n"
    "  v6lit explain 'http://[fe80::1%25eth0]/' '\\\\fe80--1s4." V6LIT_DOMAIN "\\share'\n";

enum { LABEL_WIDTH = 14 };

/* A longer input would not fit on the screen together with the position of its error. */
enum { CARET_INPUT_MAX = 400 };

static void show_label(const char *label)
{
    printf("%-*s", LABEL_WIDTH, label);
}

static void show_row(const char *label, const char *text)
{
    show_label(label);
    terminal_show(stdout, text, strlen(text));
    putchar('\n');
}

static void show_zone(const struct explanation *e)
{
    show_label("zone");
    switch (e->zone) {
    case EXPLANATION_ZONE_NEEDLESS:
        fputs("none, and none is needed", stdout);
        break;
    case EXPLANATION_ZONE_NONE:
        fputs("none", stdout);
        break;
    case EXPLANATION_ZONE_HERE:
        terminal_show(stdout, e->zone_interface, strlen(e->zone_interface));
        printf(", index %u", e->zone_index);
        break;
    case EXPLANATION_ZONE_UNKNOWN:
    case EXPLANATION_ZONE_UNASKED:
        if (e->zone_interface[0] == '\0')
            printf("index %u", e->zone_index);
        else
            terminal_show(stdout, e->zone_interface, strlen(e->zone_interface));
        terminal_style(stdout, TERMINAL_BAD);
        fputs(e->zone == EXPLANATION_ZONE_UNKNOWN ? ": no such interface here"
                                                  : ": cannot query the interface",
              stdout);
        terminal_style(stdout, TERMINAL_PLAIN);
        break;
    }
    putchar('\n');
}

static void show_kind(const struct kind *kind)
{
    show_label("kind");
    printf("%s", kind->name);
    if (kind->scope != NULL)
        printf(", %s scope", kind->scope);
    printf(" (%s, %s)\n", kind->prefix, kind->source);
    if (kind->ipv4[0] != '\0')
        show_row("IPv4", kind->ipv4);
}

/* One of the two names by zone is often the name itself. */
static bool is_name_again(const struct explanation *e, size_t form)
{
    const char *name = e->form[EXPLANATION_NAME];
    return (form == EXPLANATION_BY_INDEX || form == EXPLANATION_BY_INTERFACE) && name != NULL &&
           strcmp(e->form[form], name) == 0;
}

static void show(const struct explanation *e)
{
#define LABEL(id, key, label) [id] = label,
    static const char *const labels[] = {EXPLANATION_MAP(LABEL)};
#undef LABEL
    show_row("input", e->input);
    show_row("form", explanation_form_name(e));
    show_row("address", e->address);
    show_zone(e);
    show_kind(&e->kind);
    for (size_t i = 0; i < EXPLANATION_FORMS; i++) {
        if (e->form[i] != NULL && !is_name_again(e, i))
            show_row(labels[i], e->form[i]);
    }
    for (size_t i = 0; i < e->notes; i++)
        show_row("note", e->note[i]);
}

static void show_bad(const struct explanation *e)
{
    message_write_at(0, e->input, e->length, "%s at column %zu", v6lit_strerror(e->status),
                     e->column);
    if (e->length <= CARET_INPUT_MAX) {
        fputs("    ", stderr);
        terminal_show(stderr, e->input, e->length);
        fprintf(stderr, "\n    %*s", (int)terminal_columns(e->input, e->length, e->column - 1), "");
        terminal_style(stderr, TERMINAL_BAD);
        fputc('^', stderr);
        terminal_style(stderr, TERMINAL_PLAIN);
        fputc('\n', stderr);
    }
    if (!e->has_correction)
        return;
    fputs("    perhaps: ", stderr);
    terminal_style(stderr, TERMINAL_GOOD);
    terminal_show(stderr, e->suggest.correction.text, e->suggest.correction.length);
    terminal_style(stderr, TERMINAL_PLAIN);
    if (e->suggest.why != NULL)
        fprintf(stderr, " (%s)", e->suggest.why);
    fputc('\n', stderr);
}

static bool explain(const char *input, bool as_json)
{
    static struct explanation explanation;
    static bool is_next;
    size_t length = strlen(input);
    if (length > BUFFER_INPUT_MAX) {
        if (as_json) {
            json_add_bad_input(input, "INPUT_TOO_LONG", "longer than 4096 bytes");
        } else {
            message_write(input, "longer than %d bytes", BUFFER_INPUT_MAX);
        }
        return false;
    }
    explanation_of(input, length, &explanation);
    bool good = explanation.status == V6LIT_OK;
    if (as_json) {
        explanation_add_json(&explanation);
    } else if (good) {
        if (is_next)
            putchar('\n');
        is_next = true;
        show(&explanation);
    } else {
        /* On a terminal both streams appear in the order of the inputs. */
        output_flush();
        show_bad(&explanation);
    }
    explanation_free(&explanation);
    return good;
}

int command_explain(int argc, char **argv)
{
    struct arguments arguments = {.command = "explain", .argc = argc, .argv = argv};
    bool as_json;
    int exit_status;
    if (!arguments_read_json(&arguments, help, &as_json, &exit_status))
        return exit_status;
    if (arguments.operands == 0)
        return message_usage_error("explain", "missing input");

    exit_status = EXIT_DONE;
    for (int i = 0; i < arguments.operands; i++) {
        if (!explain(argv[i], as_json))
            exit_status = EXIT_BAD_INPUT;
    }
    if (as_json)
        json_print();
    return output_finish(exit_status);
}
