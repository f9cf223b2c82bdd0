// SPDX-License-Identifier: LGPL-2.1-or-later
/* Tests the answers to systemd-resolved for each name and type in test/data/records.tsv. */
#include "resolved_hook/record.h"

#include "test/unit/cunit.h"
#include "test/unit/table.h"

#include <arpa/inet.h>
#include <resolv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *word;
    uint16_t type;
} types[] = {
    {"A", ns_t_a},    {"AAAA", ns_t_aaaa}, {"ANY", ns_t_any}, {"DS", 43},        {"HTTPS", 65},
    {"NS", ns_t_ns},  {"PTR", ns_t_ptr},   {"SOA", ns_t_soa}, {"TXT", ns_t_txt}, {"0", 0},
    {"65535", 65535},
};

static uint16_t read_type(const struct table_row *row)
{
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
        if (strcmp(row->fields[1].text, types[i].word) == 0)
            return types[i].type;
    }
    tap_fail(row->file, row->line, "unknown type");
    return 0;
}

/* "AAAA 2001:db8::1", if the record is whole, and its owner is the name. */
static void describe_record(const struct record *record, const char *name, char *text, size_t size)
{
    unsigned char owner[NS_MAXCDNAME];
    int length = dn_comp(name, owner, sizeof owner, NULL, NULL);
    if (length < 0 || record->length < (size_t)length + NS_RRFIXEDSZ ||
        memcmp(record->bytes, owner, (size_t)length) != 0) {
        snprintf(text, size, "another owner");
        return;
    }
    const unsigned char *at = record->bytes + length;
    unsigned type = ns_get16(at);
    unsigned class = ns_get16(at + 2);
    unsigned long ttl = ns_get32(at + 4);
    size_t data = ns_get16(at + 8);
    if ((type != ns_t_a && type != ns_t_aaaa) || class != ns_c_in || ttl == 0 || ttl > 60 ||
        data != (type == ns_t_a ? NS_INADDRSZ : NS_IN6ADDRSZ) ||
        record->length != (size_t)length + NS_RRFIXEDSZ + data) {
        snprintf(text, size, "type %u, class %u, TTL %lu, %zu bytes", type, class, ttl, data);
        return;
    }
    char address[INET6_ADDRSTRLEN];
    inet_ntop(type == ns_t_a ? AF_INET : AF_INET6, at + NS_RRFIXEDSZ, address, sizeof address);
    snprintf(text, size, "%s %s", type == ns_t_a ? "A" : "AAAA", address);
}

static void check_row(const struct table_row *row)
{
    char text[128];
    struct record *record = malloc(sizeof *record);
    if (record == NULL)
        abort();
    switch (record_find(row->fields[0].text, read_type(row), record)) {
    case RECORD_OUTSIDE:
        snprintf(text, sizeof text, "outside");
        break;
    case RECORD_MALFORMED:
        snprintf(text, sizeof text, "malformed");
        break;
    case RECORD_NONE:
        snprintf(text, sizeof text, "none");
        break;
    case RECORD_FOUND:
        describe_record(record, row->fields[0].text, text, sizeof text);
        break;
    }
    table_compare(row, row->fields[0].text, row->fields[2].text, text);
    free(record);
}

static void test_table(void)
{
    table_each("records.tsv", 4, check_row);
}

int main(void)
{
    CU_TestInfo tests[] = {
        {"each name of records.tsv has its record", test_table},
        CU_TEST_INFO_NULL,
    };
    return tap_run("record", tests);
}
