// SPDX-License-Identifier: LGPL-2.1-or-later
/* Tests names, addresses and texts against the tables in test/data. */
#include "libv6lit/v6lit.h"

#include "test/unit/cunit.h"
#include "test/unit/poison.h"
#include "test/unit/reference.h"
#include "test/unit/table.h"

#include <arpa/inet.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static size_t first_non_ascii(const char *text, size_t length)
{
    size_t i = 0;
    while (i < length && (unsigned char)text[i] < 0x80)
        i++;
    return i;
}

static void write_address(const struct v6lit_address *address, char *text, size_t size)
{
    char numeric[INET6_ADDRSTRLEN];
    inet_ntop(AF_INET6, &address->address, numeric, sizeof numeric);
    if (address->zone_index != 0)
        snprintf(text, size, "%s%%%u", numeric, address->zone_index);
    else if (address->zone_name[0] != '\0')
        snprintf(text, size, "%s%%%s", numeric, address->zone_name);
    else
        snprintf(text, size, "%s", numeric);
}

/* The reference must agree with the table, too, or comparing with it would show nothing. */
static void check_reference(const struct table_row *row)
{
    const struct table_field *name = &row->fields[0];
    const char *expected = row->fields[1].text;
    if (first_non_ascii(name->bytes, name->length) < name->length)
        return;
    struct reference_address address;
    enum reference_result result = reference_decode(name->bytes, name->length, &address);
    enum reference_result wanted =
        strncmp(expected, "V6LIT_ERROR_NOT_A_LITERAL_NAME@", 20) == 0 ? REFERENCE_OUTSIDE
        : strncmp(expected, "V6LIT_ERROR_", 12) == 0                  ? REFERENCE_MALFORMED
                                                                      : REFERENCE_VALID;
    if (result != wanted)
        tap_fail(row->file, row->line, "the reference gives %d, not %d", result, wanted);
    if (result != REFERENCE_VALID)
        return;
    struct v6lit_address same = {.address = address.address, .zone_index = address.index};
    memcpy(same.zone_name, address.name, sizeof same.zone_name);
    char text[200];
    write_address(&same, text, sizeof text);
    table_compare(row, "the reference", expected, text);
}

static void check_name(const struct table_row *row)
{
    const struct table_field *name = &row->fields[0];
    struct v6lit_address address;
    size_t column = NO_COLUMN;
    memset(&address, POISON, sizeof address);
    errno = SOME_ERRNO;
    enum v6lit_status status = v6lit_decode(name->bytes, name->length, &address, &column);
    int error = errno;

    char result[200];
    const char *expected = row->fields[1].text;
    char without_idn[100];
    if (WITH_LIBIDN2 == 0 && first_non_ascii(name->bytes, name->length) < name->length) {
        table_error(V6LIT_ERROR_NO_LIBIDN2, first_non_ascii(name->bytes, name->length) + 1,
                    without_idn, sizeof without_idn);
        expected = without_idn;
    }
    if (status == V6LIT_OK) {
        write_address(&address, result, sizeof result);
        if (column != NO_COLUMN)
            tap_fail(row->file, row->line, "a column is set without an error");
        if (address.zone_index != 0 && address.zone_name[0] != '\0')
            tap_fail(row->file, row->line, "two zones");
    } else {
        table_error(status, column, result, sizeof result);
        if (!is_poison(&address, sizeof address))
            tap_fail(row->file, row->line, "the address is touched on an error");
        if (error != SOME_ERRNO)
            tap_fail(row->file, row->line, "errno is %d", error);
    }
    table_compare(row, name->text, expected, result);

    if (v6lit_decode(name->bytes, name->length, &address, NULL) != status)
        tap_fail(row->file, row->line, "another result without a column");
    check_reference(row);
}

static void test_names(void)
{
    table_each("names.tsv", 3, check_name);
}

/* address, address%INDEX, address%NAME, or address%'NAME' for a name that is all digits. */
static bool read_address(const char *text, struct v6lit_address *address)
{
    char copy[200];
    snprintf(copy, sizeof copy, "%s", text);
    memset(address, 0, sizeof *address);
    char *zone = strchr(copy, '%');
    if (zone != NULL)
        *zone++ = '\0';
    if (zone != NULL && zone[0] == '\'')
        snprintf(address->zone_name, sizeof address->zone_name, "%.*s", (int)strlen(zone) - 2,
                 zone + 1);
    else if (zone != NULL && zone[strspn(zone, "0123456789")] == '\0')
        address->zone_index = (uint32_t)strtoul(zone, NULL, 10);
    else if (zone != NULL)
        snprintf(address->zone_name, sizeof address->zone_name, "%.15s", zone);
    return inet_pton(AF_INET6, copy, &address->address) == 1;
}

static void check_address(const struct table_row *row)
{
    struct v6lit_address address;
    if (!read_address(row->fields[0].text, &address)) {
        tap_fail(row->file, row->line, "no address to encode");
        return;
    }
    char name[V6LIT_NAME_MAX + 1];
    memset(name, POISON, sizeof name);
    errno = SOME_ERRNO;
    enum v6lit_status status = v6lit_encode(&address, name, sizeof name);
    if (status == V6LIT_OK) {
        table_compare(row, row->fields[0].text, row->fields[1].text, name);
    } else {
        table_compare(row, row->fields[0].text, row->fields[1].text, v6lit_status_name(status));
        if (!is_poison(name, sizeof name) || errno != SOME_ERRNO)
            tap_fail(row->file, row->line, "output or errno is touched on an error");
    }
}

static void test_addresses(void)
{
    table_each("addresses.tsv", 3, check_address);
}

static enum v6lit_status convert_text(const char *how, const struct table_field *text, char *buffer,
                                      size_t size, size_t *column)
{
    if (strcmp(how, "decode") == 0)
        return v6lit_decode_text(text->bytes, text->length, buffer, size, column);
    enum v6lit_zone_form form = strcmp(how, "encode-index") == 0  ? V6LIT_ZONE_AS_INDEX
                                : strcmp(how, "encode-name") == 0 ? V6LIT_ZONE_AS_NAME
                                                                  : V6LIT_ZONE_AS_IS;
    return v6lit_encode_text(text->bytes, text->length, form, buffer, size, column);
}

/* The result for a buffer of any size. An error leaves the buffer alone. */
static void check_sizes(const struct table_row *row, enum v6lit_status status, size_t column,
                        const char *output)
{
    const char *how = row->fields[0].text;
    const struct table_field *text = &row->fields[1];
    for (size_t size = 0; size <= text->length + V6LIT_TEXT_GROWTH + 1; size++) {
        bool fits = status != V6LIT_OK || size > strlen(output);
        size_t at = NO_COLUMN;
        char *buffer = malloc(size > 0 ? size : 1);
        if (buffer == NULL)
            abort();
        memset(buffer, POISON, size);
        enum v6lit_status found = convert_text(how, text, size > 0 ? buffer : NULL, size, &at);
        if (found != (fits ? status : V6LIT_ERROR_BUFFER_TOO_SMALL) ||
            at != (fits ? column : text->length + 1))
            tap_fail(row->file, row->line, "into %zu bytes: %s at column %zu", size,
                     v6lit_status_name(found), at);
        else if (found == V6LIT_OK ? strcmp(buffer, output) != 0 : !is_poison(buffer, size))
            tap_fail(row->file, row->line, "into %zu bytes: wrong bytes", size);
        free(buffer);
    }
}

static void check_text(const struct table_row *row)
{
    const char *how = row->fields[0].text;
    const struct table_field *text = &row->fields[1];
    const char *expected = row->fields[2].text;
    if (strncmp(how, "decode", 6) != 0 && strncmp(how, "encode", 6) != 0)
        tap_fail(row->file, row->line, "neither decode nor encode: %s", how);
    if (WITH_LIBIDN2 == 0 && strncmp(how, "decode", 6) == 0 &&
        first_non_ascii(text->bytes, text->length) < text->length)
        return;

    size_t size = text->length + V6LIT_TEXT_GROWTH + 1;
    char *buffer = malloc(size);
    if (buffer == NULL)
        abort();
    memset(buffer, POISON, size);
    size_t column = NO_COLUMN;
    errno = SOME_ERRNO;
    enum v6lit_status status = convert_text(how, text, buffer, size, &column);
    if (errno != SOME_ERRNO)
        tap_fail(row->file, row->line, "errno is %d", errno);
    if (status == V6LIT_OK) {
        table_compare(row, text->text, expected, buffer);
        if (column != NO_COLUMN)
            tap_fail(row->file, row->line, "a column is set without an error");
    } else {
        char error[100];
        table_error(status, column, error, sizeof error);
        table_compare(row, text->text, expected, error);
    }
    check_sizes(row, status, column, buffer);
    if (convert_text(how, text, buffer, size, NULL) != status)
        tap_fail(row->file, row->line, "another result without a column");
    free(buffer);
}

static void test_texts(void)
{
    table_each("texts.tsv", 4, check_text);
}

int main(void)
{
    CU_TestInfo tests[] = {
        {"names.tsv: decode", test_names},
        {"addresses.tsv: encode", test_addresses},
        {"texts.tsv: UNC paths, URLs, names alone", test_texts},
        CU_TEST_INFO_NULL,
    };
    return tap_run("names", tests);
}
