// SPDX-License-Identifier: LGPL-2.1-or-later
/* Tests LLMNR messages: the queries that are sent, and which messages are accepted as replies. */
#include "llmnr/message.h"

#include "test/unit/cunit.h"
#include "test/unit/table.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ID = 0x1234 };

static const struct {
    const char *word;
    uint16_t type;
} types[] = {{"A", ns_t_a}, {"AAAA", ns_t_aaaa}, {"PTR", ns_t_ptr}};

static struct message_query ask(const char *name, uint16_t type)
{
    struct message_query query;
    memset(&query, 0xa5, sizeof query);
    if (!message_ask(&query, ID, name, type))
        tap_fail(__FILE__, __LINE__, "\"%s\" cannot be asked for", name);
    return query;
}

/* " ADDRESS/TTL" for each answer. */
static void write_answers(struct message_reply *reply, char *text, size_t size)
{
    struct message_answer answer;
    while (message_next(reply, &answer)) {
        char address[INET6_ADDRSTRLEN];
        const char *value = answer.name;
        if (reply->query->type != ns_t_ptr)
            value = inet_ntop(reply->query->type == ns_t_a ? AF_INET : AF_INET6, &answer.ipv6,
                              address, sizeof address);
        size_t length = strlen(text);
        snprintf(text + length, size - length, " %s/%u", value, answer.ttl);
    }
}

/* What a message is, as the table says it. */
static void describe(const struct message_query *query, const char *bytes, size_t length,
                     char *text, size_t size)
{
    struct message_reply reply;
    switch (message_read(query, (const unsigned char *)bytes, length, &reply)) {
    case MESSAGE_NONE:
        snprintf(text, size, "none");
        break;
    case MESSAGE_TRUNCATED:
        snprintf(text, size, "truncated");
        break;
    case MESSAGE_REPLY:
        snprintf(text, size, "reply%s", reply.conflict ? " C" : "");
        write_answers(&reply, text, size);
        break;
    }
}

static void check_row(const struct table_row *row)
{
    uint16_t type = 0;
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
        if (strcmp(row->fields[1].text, types[i].word) == 0)
            type = types[i].type;
    }
    if (type == 0) {
        tap_fail(row->file, row->line, "no type \"%s\"", row->fields[1].text);
        return;
    }
    struct message_query query = ask(row->fields[0].text, type);
    const struct table_field *message = &row->fields[2];
    char text[1024];
    describe(&query, message->bytes, message->length, text, sizeof text);
    table_compare(row, row->fields[0].text, row->fields[3].text, text);
}

static void test_table(void)
{
    table_each("llmnr.tsv", 4, check_row);
}

/* Byte for byte: no flag is set, and there is nothing beside the question. */
static void test_query(void)
{
    static const char wanted[] = "\x12\x34\0\0\0\1\0\0\0\0\0\0\4peer\0\0\x1c\0\1";
    struct message_query query = ask("peer", ns_t_aaaa);
    CU_ASSERT_EQUAL(query.length, sizeof wanted - 1);
    CU_ASSERT(memcmp(query.bytes, wanted, sizeof wanted - 1) == 0);
    CU_ASSERT_EQUAL(query.id, ID);
    CU_ASSERT_STRING_EQUAL(query.name, "peer");

    static const char reverse[] = "\x12\x34\0\0\0\1\0\0\0\0\0\0\1"
                                  "1\1"
                                  "2\1"
                                  "0\3"
                                  "192\7in-addr\4arpa\0\0\x0c\0\1";
    query = ask("1.2.0.192.in-addr.arpa", ns_t_ptr);
    CU_ASSERT_EQUAL(query.length, sizeof reverse - 1);
    CU_ASSERT(memcmp(query.bytes, reverse, sizeof reverse - 1) == 0);
}

/* A query is no reply, not even to itself; with QR it is one that has no record. */
static void test_own_query(void)
{
    struct message_query query = ask("peer", ns_t_a);
    struct message_reply reply;
    CU_ASSERT_EQUAL(message_read(&query, query.bytes, query.length, &reply), MESSAGE_NONE);
    query.bytes[2] = 0x80;
    CU_ASSERT_EQUAL(message_read(&query, query.bytes, query.length, &reply), MESSAGE_REPLY);
    struct message_answer answer;
    CU_ASSERT_FALSE(message_next(&reply, &answer));
}

static void test_names_to_ask_for(void)
{
    char name[300];
    memset(name, 'x', sizeof name);
    struct message_query query;
    name[63] = '\0';
    query = ask(name, ns_t_a);
    CU_ASSERT_EQUAL(query.length, NS_HFIXEDSZ + 65 + NS_QFIXEDSZ);
    name[63] = 'x';
    name[64] = '\0';
    CU_ASSERT_FALSE(message_ask(&query, ID, name, ns_t_a));

    /* 255 bytes with their lengths and the end, and one more. */
    memset(name, 'x', sizeof name);
    name[63] = name[127] = name[191] = '.';
    name[253] = '\0';
    query = ask(name, ns_t_a);
    CU_ASSERT_EQUAL(query.length, MESSAGE_QUERY_MAX);
    name[253] = 'x';
    name[254] = '\0';
    CU_ASSERT_FALSE(message_ask(&query, ID, name, ns_t_a));

    CU_ASSERT_FALSE(message_ask(&query, ID, "", ns_t_a));
    CU_ASSERT_FALSE(message_ask(&query, ID, ".", ns_t_a));
    CU_ASSERT_FALSE(message_ask(&query, ID, "..", ns_t_a));
    CU_ASSERT_FALSE(message_ask(&query, ID, "a..b", ns_t_a));
    CU_ASSERT_FALSE(message_ask(&query, ID, ".a", ns_t_a));
}

/* A reply with as many addresses as MESSAGE_MAX holds. */
struct long_reply {
    struct message_query query;
    unsigned char bytes[MESSAGE_MAX];
    size_t length;
    unsigned answers;
};

static void make_long_reply(struct long_reply *reply)
{
    static const unsigned char record[] = {0xc0, 12, 0, ns_t_aaaa, 0, ns_c_in, 0, 0, 0, 30, 0, 16};
    reply->query = ask("peer", ns_t_aaaa);
    memcpy(reply->bytes, reply->query.bytes, reply->query.length);
    reply->bytes[2] = 0x80;
    reply->length = reply->query.length;
    reply->answers = 0;
    while (reply->length + sizeof record + 16 <= MESSAGE_MAX) {
        unsigned char *at = reply->bytes + reply->length;
        memcpy(at, record, sizeof record);
        memset(at + sizeof record, 0, 16);
        at[sizeof record] = 0xfe;
        at[sizeof record + 1] = 0x80;
        at[sizeof record + 14] = (unsigned char)(reply->answers >> 8);
        at[sizeof record + 15] = (unsigned char)reply->answers;
        reply->length += sizeof record + 16;
        reply->answers++;
    }
    reply->bytes[6] = (unsigned char)(reply->answers >> 8);
    reply->bytes[7] = (unsigned char)reply->answers;
}

static void test_longest(void)
{
    static struct long_reply sent;
    make_long_reply(&sent);
    CU_ASSERT_EQUAL(sent.answers, 327);
    struct message_reply reply;
    CU_ASSERT_EQUAL(message_read(&sent.query, sent.bytes, sent.length, &reply), MESSAGE_REPLY);
    struct message_answer answer;
    unsigned found = 0;
    for (; message_next(&reply, &answer); found++) {
        unsigned number = (unsigned)(answer.ipv6.s6_addr[14] << 8 | answer.ipv6.s6_addr[15]);
        CU_ASSERT_EQUAL_FATAL(number, found);
    }
    CU_ASSERT_EQUAL(found, sent.answers);
}

/* No part of a reply is one: all of its answers count, or none. */
static void test_prefixes(void)
{
    static struct long_reply sent;
    make_long_reply(&sent);
    for (size_t length = 0; length < sent.length; length++) {
        char *part = table_exact_copy((const char *)sent.bytes, length);
        struct message_reply reply;
        enum message_kind kind =
            message_read(&sent.query, (const unsigned char *)part, length, &reply);
        free(part);
        if (kind != MESSAGE_NONE)
            tap_fail(__FILE__, __LINE__, "the first %zu bytes are a reply", length);
    }
    CU_PASS("all prefixes");
}

/* Every bit of a reply turned over: of the header and the question only some may differ. */
static void test_bits(void)
{
    static const char wanted[] = "reply fe80::1/30";
    static const unsigned char bytes[] = "\x12\x34\x80\0\0\1\0\1\0\0\0\0\4peer\0\0\x1c\0\1"
                                         "\xc0\x0c\0\x1c\0\1\0\0\0\x1e\0\x10"
                                         "\xfe\x80\0\0\0\0\0\0\0\0\0\0\0\0\0\1";
    enum { LENGTH = sizeof bytes - 1, RECORDS = 22 };
    struct message_query query = ask("peer", ns_t_aaaa);
    char text[1024];
    describe(&query, (const char *)bytes, LENGTH, text, sizeof text);
    CU_ASSERT_STRING_EQUAL(text, wanted);
    for (unsigned bit = 0; bit < 8 * RECORDS; bit++) {
        char *turned = table_exact_copy((const char *)bytes, LENGTH);
        turned[bit / 8] = (char)(turned[bit / 8] ^ 0x80 >> bit % 8);
        describe(&query, turned, LENGTH, text, sizeof text);
        free(turned);
        const char *expected = "none";
        if (bit >= 64 && bit < 96) /* the counts of the sections that are not read */
            expected = wanted;
        else if (bit >= 24 && bit < 28) /* reserved bits */
            expected = wanted;
        else if (bit == 21)
            expected = "reply C fe80::1/30";
        else if (bit == 22)
            expected = "truncated";
        else if (bit >= 48 && bit < 64) /* ANCOUNT: 0 or more than there are */
            expected = bit == 63 ? "reply" : "none";
        else if (bit >= 104 && bit < 136 && bit % 8 == 2) /* the case of a letter */
            expected = wanted;
        if (strcmp(text, expected) != 0)
            tap_fail(__FILE__, __LINE__, "bit %u turned over: %s, not %s", bit, text, expected);
    }
    CU_PASS("all bits");
}

int main(void)
{
    CU_TestInfo tests[] = {
        {"what comes as a reply, and what counts as one (llmnr.tsv)", test_table},
        {"a query, byte for byte", test_query},
        {"a query is no reply", test_own_query},
        {"which names can be asked for", test_names_to_ask_for},
        {"a reply of 9194 bytes is read to its end", test_longest},
        {"no part of a reply counts", test_prefixes},
        {"each bit of header and question matters as RFC 4795 says", test_bits},
        CU_TEST_INFO_NULL,
    };
    return tap_run("message", tests);
}
