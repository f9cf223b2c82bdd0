// SPDX-License-Identifier: LGPL-2.1-or-later
#include "test/unit/table.h"

#include "test/unit/cunit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIELDS_MAX = 8 };

static unsigned hexadecimal(char c)
{
    const char *digits = "0123456789abcdef";
    const char *digit = c == '\0' ? NULL : strchr(digits, c);
    if (digit == NULL) {
        printf("Bail out! '%c' is no lower-case hexadecimal digit in a data file\n", c);
        exit(EXIT_FAILURE);
    }
    return (unsigned)(digit - digits);
}

char *table_exact_copy(const char *bytes, size_t length)
{
    char *copy = malloc(length);
    if (copy == NULL && length > 0)
        abort();
    if (length > 0)
        memcpy(copy, bytes, length);
    return copy;
}

static struct table_field read_field(const char *raw)
{
    struct table_field field = {.text = malloc(strlen(raw) + 1)};
    if (field.text == NULL)
        abort();
    for (const char *p = raw; *p != '\0'; p++) {
        char c = *p;
        if (c == '\\' && p[1] == 'x') {
            c = (char)(hexadecimal(p[2]) << 4 | hexadecimal(p[3]));
            p += 3;
        } else if (c == '\\') {
            p++;
        }
        field.text[field.length++] = c;
    }
    field.text[field.length] = '\0';
    field.bytes = table_exact_copy(field.text, field.length);
    return field;
}

static void check_line(const char *file, unsigned number, char *line, size_t count,
                       void (*check)(const struct table_row *row))
{
    struct table_field fields[FIELDS_MAX] = {0};
    size_t found = 0;
    char *rest = line;
    for (char *raw; found < FIELDS_MAX && (raw = strsep(&rest, "\t")) != NULL;)
        fields[found++] = read_field(raw);
    if (found == count)
        check(&(struct table_row){file, number, fields});
    else
        tap_fail(file, number, "%zu fields where %zu should be", found, count);
    for (size_t i = 0; i < found; i++) {
        free(fields[i].bytes);
        free(fields[i].text);
    }
}

void table_each(const char *file, size_t fields, void (*check)(const struct table_row *row))
{
    const char *directory = getenv("V6LIT_TEST_DATA");
    static char path[4096];
    snprintf(path, sizeof path, "%s/%s", directory != NULL ? directory : DATA_DIR, file);
    FILE *stream = fopen(path, "r");
    if (stream == NULL) {
        tap_fail(file, 0, "the data file cannot be opened");
        return;
    }
    char *line = NULL;
    size_t size = 0;
    unsigned number = 0, rows = 0;
    for (ssize_t length; (length = getline(&line, &size, stream)) >= 0;) {
        number++;
        if (length > 0 && line[length - 1] == '\n')
            line[length - 1] = '\0';
        if (line[0] == '#')
            continue;
        check_line(file, number, line, fields, check);
        rows++;
    }
    if (rows == 0)
        tap_fail(file, number, "no rows");
    free(line);
    fclose(stream);
}

void table_compare(const struct table_row *row, const char *input, const char *expected,
                   const char *result)
{
    if (strcmp(expected, result) != 0)
        tap_fail(row->file, row->line, "\"%s\" gives \"%s\", not \"%s\"", input, result, expected);
    else
        CU_PASS("as expected");
}

void table_error(enum v6lit_status status, size_t column, char *text, size_t size)
{
    snprintf(text, size, "%s@%zu", v6lit_status_name(status), column);
}
