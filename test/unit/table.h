/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Reads the data files in test/data: one row per line, with one tab between fields. A line that
 * begins with "#" is a comment. In a field, \xNN is a byte and \\ a backslash.
 */
#ifndef TEST_UNIT_TABLE_H
#define TEST_UNIT_TABLE_H

#include "libv6lit/v6lit.h"

struct table_field {
    char *bytes; /* exactly `length` of them: memory checkers see who reads one more */
    char *text;  /* the same, NUL-terminated */
    size_t length;
};

struct table_row {
    const char *file;
    unsigned line;
    struct table_field *fields;
};

/* Calls `check` for each row; fails if there is none, or one with another number of fields. */
void table_each(const char *file, size_t fields, void (*check)(const struct table_row *row));

/* Fails unless the result is what the row expects, and says what both are. */
void table_compare(const struct table_row *row, const char *input, const char *expected,
                   const char *result);

/* "V6LIT_ERROR_TOO_MANY_GROUPS@8". */
void table_error(enum v6lit_status status, size_t column, char *text, size_t size);

/* A heap copy of exactly these bytes. */
char *table_exact_copy(const char *bytes, size_t length);

#endif
