// SPDX-License-Identifier: LGPL-2.1-or-later
/* Fuzzes request-key.conf: v6lit doctor finds the rule that request-key(8) uses. */
#include "fuzz/fuzz.h"
#include "tools/common/stream.h"
#include "tools/doctor/check.h"

#include <errno.h>
#include <limits.h>
#include <stdarg.h>

enum { COLUMNS = 4 };

/* The file, how far it has been read, and what was said of it. */
static struct input rules;
static size_t next;
static char *last;
static enum check_result result;
static char said[4096];

/* The parts of doctor that the check calls. */
struct stream *stream_open(const char *path)
{
    next = 0;
    last = NULL;
    if (strcmp(path, "/etc/request-key.conf") == 0 && rules.size > 0)
        return (struct stream *)&rules;
    errno = ENOENT;
    return NULL;
}

char *stream_line(struct stream *stream)
{
    DEMAND(stream == (struct stream *)&rules);
    free(last);
    last = NULL;
    if (next < rules.size) {
        const uint8_t *newline = memchr(rules.data + next, '\n', rules.size - next);
        struct input line = {rules.data + next, newline == NULL
                                                    ? rules.size - next
                                                    : (size_t)(newline - rules.data) - next};
        next += line.size + 1;
        last = string_of(&line);
    }
    return last;
}

bool stream_close(struct stream *stream)
{
    DEMAND(stream == (struct stream *)&rules && last == NULL);
    return true;
}

enum presence check_program(const char *name)
{
    return strcmp(name, "mount.cifs") == 0 ? PRESENCE_YES : PRESENCE_NO;
}

void check_says(struct check_report *report, enum check_result kind, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(said, sizeof said, format, arguments);
    va_end(arguments);
    (void)report;
    result = kind;
}

void check_advises(struct check_report *report, const char *format, ...)
{
    (void)report;
    DEMAND(format[0] != '\0');
}

void check_advises_access(struct check_report *report, int error)
{
    (void)report;
    DEMAND(error != 0);
}

/* How many bytes the only "*" of a pattern stands for; -1 if it does not fit. */
static int skipped_by(const char *pattern, const char *text)
{
    char *copy = exact_copy(pattern, strlen(pattern) + 1);
    char *star = strchr(copy, '*');
    int skipped = strcmp(copy, text) == 0 ? 0 : -1;
    if (star != NULL) {
        *star = '\0';
        int rest = (int)strlen(text) - (int)strlen(copy) - (int)strlen(star + 1);
        bool fits = rest >= 0 && strncmp(text, copy, strlen(copy)) == 0 &&
                    strcmp(text + strlen(text) - strlen(star + 1), star + 1) == 0;
        skipped = fits ? rest : -1;
    }
    free(copy);
    return skipped;
}

/* The program of the best rule, as the check cuts it; "" if there is none. */
static void find_program(char *program, size_t size)
{
    static const char *const request[COLUMNS] = {"create", "dns_resolver",
                                                 "fe80--1seth0.ipv6-literal.net", ""};
    long best = LONG_MAX;
    program[0] = '\0';
    char *text = exact_copy(rules.data, rules.size);
    for (size_t at = 0, end; at < rules.size; at = end) {
        const char *newline = memchr(text + at, '\n', rules.size - at);
        end = newline == NULL ? rules.size : (size_t)(newline - text) + 1;
        struct input whole = {(const uint8_t *)text + at, end - at};
        char *line = string_of(&whole);
        static char words[COLUMNS + 1][4096];
        int count = sscanf(line,
                           "%4095[^ \t\n]%*[ \t\n]%4095[^ \t\n]%*[ \t\n]%4095[^ \t\n]"
                           "%*[ \t\n]%4095[^ \t\n]%*[ \t\n]%4095[^ \t\n]",
                           words[0], words[1], words[2], words[3], words[4]);
        bool is_rule = count == COLUMNS + 1 && strchr("\v\f\r#", line[0]) == NULL;
        /* No column skips as many as 1000: the columns together are one number. */
        long skipped = 0;
        for (int i = 0; i < COLUMNS && is_rule; i++) {
            int here = skipped_by(words[i], request[i]);
            is_rule = here >= 0;
            skipped = 1000 * skipped + here;
        }
        if (is_rule && skipped < best) {
            best = skipped;
            snprintf(program, size, "%.255s", words[COLUMNS]);
        }
        free(line);
    }
    free(text);
}

static enum check_result judge(const char *program)
{
    const char *slash = strrchr(program, '/');
    const char *name = slash == NULL ? program : slash + 1;
    if (program[0] == '\0' || strcmp(name, "key.dns_resolver") == 0)
        return CHECK_NOTE;
    if (strcmp(name, "key.v6lit") == 0)
        return CHECK_OK;
    return strcmp(name, "cifs.upcall") == 0 ? CHECK_FINDING : CHECK_CANNOT_TELL;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size > 3000)
        return -1;
    static struct check_report report;
    rules = (struct input){data, size};
    check_cifs_upcall(&report);
    char program[256];
    find_program(program, sizeof program);
    DEMAND(result == judge(program));
    size_t length = strlen(program);
    DEMAND(strncmp(said, program[0] == '\0' ? "no rule" : program, length) == 0);
    return 0;
}
