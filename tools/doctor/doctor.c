// SPDX-License-Identifier: LGPL-2.1-or-later
/* v6lit doctor: what on this machine keeps literal names from working, and what to do. */
#include "tools/doctor/doctor.h"

#include "tools/common/arguments.h"
#include "tools/common/exit_status.h"
#include "tools/common/json.h"
#include "tools/common/message.h"
#include "tools/common/output.h"
#include "tools/common/terminal.h"
#include "tools/doctor/check.h"

#include <stdio.h>
#include <string.h>

static const char help[] =
    "Usage: v6lit doctor [OPTION]...\n"
    "Find out why literal names do not work in the programs of this machine, and how to fix it.\n"
    "Nothing is changed, no file is written, and nothing is sent to another host.\n"
    "\n"
    "      --json   print one JSON array with an object for each check\n"
    "  -h, --help   print this help\n"
    "\n"
    "Each line begins with a mark:\n"
    "  ok  no problem\n"
    "  !!  a problem; the lines below tell how to fix it\n"
    "  \?\?  unknown; root may see more\n"
    "  --  does not apply to this machine\n"
    "  >>  worth knowing\n"
    "v6lit-doctor(1) lists the checks.\n"
    "\n"
    "Exit status: 0 if there is no problem, 1 if there is one, 2 if there is none but some check\n"
    "has no result, and for wrong usage or an output error.\n";

enum { MARK_WIDTH = 4, NAME_WIDTH = 13 };

static const struct {
    const char *word;
    const char *mark;
} results[] = {
#define RESULT(id, word, mark) [id] = {word, mark},
    CHECK_RESULT_MAP(RESULT)
#undef RESULT
};

static const struct {
    const char *name;
    void (*run)(struct check_report *report);
} checks[] = {
#define ENTRY(function, name) {name, function},
    CHECK_MAP(ENTRY)
#undef ENTRY
};

static void show(const char *name, const struct check_report *report)
{
    if (report->result == CHECK_OK)
        terminal_style(stdout, TERMINAL_GOOD);
    else if (report->result == CHECK_FINDING)
        terminal_style(stdout, TERMINAL_BAD);
    printf("%-*s", MARK_WIDTH, results[report->result].mark);
    terminal_style(stdout, TERMINAL_PLAIN);
    printf("%-*s", NAME_WIDTH, name);
    terminal_show(stdout, report->seen.text, report->seen.length);
    putchar('\n');
    const char *line = report->advice.text;
    for (const char *end; (end = strchr(line, '\n')) != NULL; line = end + 1) {
        printf("%*s", MARK_WIDTH + NAME_WIDTH, "");
        terminal_show(stdout, line, (size_t)(end - line));
        putchar('\n');
    }
}

static void add_json(const char *name, const struct check_report *report)
{
    struct json *object = json_add();
    json_put_string(object, "check", name);
    json_put_string(object, "result", results[report->result].word);
    json_put_text(object, "seen", report->seen.text, report->seen.length);
    struct json *lines = json_put_array(object, "advice");
    const char *line = report->advice.text;
    for (const char *end; (end = strchr(line, '\n')) != NULL; line = end + 1)
        json_append_text(lines, line, (size_t)(end - line));
}

static void summarize(size_t findings, size_t unknown)
{
    if (findings == 0 && unknown == 0) {
        puts("\nNothing is wrong: literal names work here.");
        return;
    }
    printf("\n%zu finding%s", findings, findings == 1 ? "" : "s");
    if (unknown > 0)
        printf(", %zu check%s without a result", unknown, unknown == 1 ? "" : "s");
    puts(findings > 0 ? ". Fix the findings in order, and run 'v6lit doctor' again." : ".");
}

int command_doctor(int argc, char **argv)
{
    struct arguments arguments = {.command = "doctor", .argc = argc, .argv = argv};
    bool as_json;
    int exit_status;
    if (!arguments_read_json(&arguments, help, &as_json, &exit_status))
        return exit_status;
    if (arguments.operands > 0)
        return message_usage_error("doctor", "unexpected argument '%s'", argv[0]);

    static struct check_report report;
    size_t counts[sizeof results / sizeof results[0]] = {0};
    for (size_t i = 0; i < sizeof checks / sizeof checks[0]; i++) {
        buffer_clear(&report.seen);
        buffer_clear(&report.advice);
        checks[i].run(&report);
        counts[report.result]++;
        if (as_json)
            add_json(checks[i].name, &report);
        else
            show(checks[i].name, &report);
    }
    if (as_json)
        json_print();
    else
        summarize(counts[CHECK_FINDING], counts[CHECK_CANNOT_TELL]);
    int status = counts[CHECK_FINDING] > 0       ? EXIT_BAD_INPUT
                 : counts[CHECK_CANNOT_TELL] > 0 ? EXIT_TROUBLE
                                                 : EXIT_DONE;
    return output_finish(status);
}
