// SPDX-License-Identifier: LGPL-2.1-or-later
/* Tests the replies of the responder (llmnr/answer.h) in test/data/llmnr-answer.tsv, its names and
 * its limits. */
#include "llmnr/answer.h"
#include "llmnr/clock.h"
#include "llmnr/limit.h"

#include "test/unit/cunit.h"
#include "test/unit/table.h"

#include <arpa/inet.h>
#include <resolv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ETH0 = 7, ETH1 = 8 };

static struct self self;
static struct self_names names;
static struct claim claims[SELF_NAMES_MAX];

static void add_address(uint32_t interface, const char *text, unsigned prefix, bool is_published)
{
    struct self_address *address = &self.addresses[self.address_count++];
    *address = (struct self_address){.interface = interface,
                                     .family = strchr(text, ':') != NULL ? AF_INET6 : AF_INET,
                                     .prefix = (unsigned char)prefix,
                                     .is_usable = true,
                                     .is_published = is_published};
    CU_ASSERT_EQUAL(inet_pton(address->family, text, address->bytes), 1);
}

/* Named "sambabox" and "nas" on eth0 and eth1. */
static void make_host(void)
{
    memset(&self, 0, sizeof self);
    memset(&names, 0, sizeof names);
    add_address(ETH0, "2001:db8::1", 64, true);
    add_address(ETH0, "2001:db8::aaaa", 64, false);
    add_address(ETH0, "192.0.2.1", 24, true);
    add_address(ETH0, "fe80::1", 64, true);
    add_address(ETH0, "169.254.3.1", 16, true);
    add_address(ETH1, "fe80::2", 64, true);
    add_address(ETH1, "198.51.100.1", 24, true);
    CU_ASSERT_EQUAL(self_add_name(&names, "sambabox.example"), SELF_TAKEN);
    CU_ASSERT_EQUAL(self_add_name(&names, "nas"), SELF_TAKEN);
    for (size_t i = 0; i < SELF_NAMES_MAX; i++)
        claims[i] = (struct claim){.state = CLAIM_OWN, .due = CLOCK_NEVER};
}

static enum claim_state state_of(const char *text)
{
    static const char *const texts[] = {"probe", "own", "check", "lost"};
    for (unsigned i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        if (strcmp(text, texts[i]) == 0)
            return (enum claim_state)i;
    }
    tap_fail(__FILE__, __LINE__, "no such state: %s", text);
    return CLAIM_OWN;
}

static void describe_record(ns_msg *message, const ns_rr *record, char *text, size_t size)
{
    char data[NS_MAXDNAME] = "";
    switch (ns_rr_type(*record)) {
    case ns_t_a:
        inet_ntop(AF_INET, ns_rr_rdata(*record), data, sizeof data);
        break;
    case ns_t_aaaa:
        inet_ntop(AF_INET6, ns_rr_rdata(*record), data, sizeof data);
        break;
    case ns_t_ptr:
        dn_expand(ns_msg_base(*message), ns_msg_end(*message), ns_rr_rdata(*record), data,
                  sizeof data);
        break;
    case ns_t_soa:
        snprintf(data, sizeof data, "SOA");
        break;
    case ns_t_opt:
        snprintf(text, size, " OPT %u/%08x", (unsigned)ns_rr_class(*record), ns_rr_ttl(*record));
        return;
    default:
        snprintf(data, sizeof data, "type %u", (unsigned)ns_rr_type(*record));
    }
    /* Each has the name that was asked for, and the same TTL. */
    if (ns_rr_ttl(*record) != ANSWER_TTL)
        snprintf(data, sizeof data, "TTL %u", ns_rr_ttl(*record));
    snprintf(text, size, " %s", data);
}

static void describe_reply(const unsigned char *bytes, size_t length, char *text, size_t size)
{
    static const ns_sect sections[] = {ns_s_an, ns_s_ns, ns_s_ar};
    static const char *const marks[] = {"", " |", " +"};
    ns_msg message;
    ns_rr record;
    if (ns_initparse(bytes, (int)length, &message) != 0) {
        snprintf(text, size, "malformed");
        return;
    }
    snprintf(text, size, "%04x", (unsigned)(bytes[2] << 8 | bytes[3]));
    for (size_t i = 0; i < 3; i++) {
        for (int j = 0; j < ns_msg_count(message, sections[i]); j++) {
            size_t used = strlen(text);
            if (j == 0) {
                snprintf(text + used, size - used, "%s", marks[i]);
                used = strlen(text);
            }
            if (ns_parserr(&message, sections[i], j, &record) != 0)
                snprintf(text + used, size - used, " malformed");
            else
                describe_record(&message, &record, text + used, size - used);
        }
    }
}

/* A query: flags and counts, a name with dots between the labels, a type, and what follows. */
static size_t write_query(unsigned char *bytes, const struct table_field *fields)
{
    static const unsigned char id[] = {0x12, 0x34};
    unsigned head[5];
    size_t length = NS_HFIXEDSZ;
    memcpy(bytes, id, sizeof id);
    CU_ASSERT_EQUAL(
        sscanf(fields[0].text, "%x %u %u %u %u", &head[0], &head[1], &head[2], &head[3], &head[4]),
        5);
    for (size_t i = 0; i < 5; i++) {
        bytes[2 + 2 * i] = (unsigned char)(head[i] >> 8);
        bytes[3 + 2 * i] = (unsigned char)head[i];
    }
    for (const char *label = fields[1].text; *label != '\0'; label += strspn(label, ".")) {
        const size_t label_length = strcspn(label, ".");
        bytes[length++] = (unsigned char)label_length;
        memcpy(bytes + length, label, label_length);
        length += label_length;
        label += label_length;
    }
    bytes[length++] = 0;
    const unsigned long type = strtoul(fields[2].text, NULL, 10);
    bytes[length++] = (unsigned char)(type >> 8);
    bytes[length++] = (unsigned char)type;
    bytes[length++] = 0;
    bytes[length++] = ns_c_in;
    memcpy(bytes + length, fields[3].bytes, fields[3].length);
    return length + fields[3].length;
}

/* over, source, state, flags and counts, name, type, more, expected */
static void check_answer(const struct table_row *row)
{
    static unsigned char bytes[1024];
    unsigned char source[16];
    static unsigned char reply[MESSAGE_MAX];
    static char text[1024];
    make_host();
    claims[0].state = state_of(row->fields[2].text);
    const size_t length = write_query(bytes, row->fields + 3);
    char *exact = table_exact_copy((const char *)bytes, length);
    const struct answer_host host = {&self, &names, claims, ETH0, false};
    const struct answer_query query = {
        .bytes = (const unsigned char *)exact,
        .length = length,
        .family = strchr(row->fields[1].text, ':') != NULL ? AF_INET6 : AF_INET,
        .source = source,
        .over_tcp = strcmp(row->fields[0].text, "tcp") == 0,
    };
    CU_ASSERT_EQUAL(inet_pton(query.family, row->fields[1].text, source), 1);
    const struct answer answer = answer_make(&host, &query, reply);
    switch (answer.kind) {
    case ANSWER_SILENT:
        snprintf(text, sizeof text, "silent");
        break;
    case ANSWER_CHECK:
        snprintf(text, sizeof text, "check %s %u", names.names[answer.name], answer.type);
        break;
    case ANSWER_REPLY:
        CU_ASSERT_TRUE(memcmp(reply, bytes, 2) == 0);
        describe_reply(reply, answer.length, text, sizeof text);
    }
    free(exact);
    table_compare(row, row->fields[4].text, row->fields[7].text, text);
}

static void test_answers(void)
{
    table_each("llmnr-answer.tsv", 8, check_answer);
}

static struct answer ask(const struct answer_host *host, unsigned char reply[MESSAGE_MAX],
                         bool over_tcp)
{
    static const unsigned char query[] = "\0\1\0\0\0\1\0\0\0\0\0\0\3NAS\0\0\34\0\1";
    static const unsigned char source[16] = {0xfe, 0x80, [15] = 9};
    const struct answer_query from = {query, sizeof query - 1, AF_INET6, source, over_tcp};
    return answer_make(host, &from, reply);
}

/* More addresses than fit: TC and no fragment over UDP, all that a message can have over TCP. */
static void test_many_addresses(void)
{
    static unsigned char reply[MESSAGE_MAX];
    make_host();
    for (unsigned i = 0; i < 500; i++) {
        char text[INET6_ADDRSTRLEN];
        snprintf(text, sizeof text, "2001:db8::2:%x", i);
        add_address(ETH0, text, 64, true);
    }
    const struct answer_host host = {&self, &names, claims, ETH0, false};
    struct answer answer = ask(&host, reply, false);
    CU_ASSERT_TRUE(answer.length <= ANSWER_UDP_MAX && answer.length > ANSWER_UDP_MAX - 28);
    CU_ASSERT_EQUAL(reply[2], 0x82);
    answer = ask(&host, reply, true);
    CU_ASSERT_TRUE(answer.length <= MESSAGE_MAX && answer.length > MESSAGE_MAX - 28);
    CU_ASSERT_EQUAL(reply[2], 0x80);
}

/* The length of the reply for nas on a link of this MTU, to a sender of this family. */
static size_t length_of(uint32_t mtu, int family)
{
    static unsigned char reply[MESSAGE_MAX];
    static const unsigned char query[] = "\0\1\0\0\0\1\0\0\0\0\0\0\3NAS\0\0\34\0\1";
    static const unsigned char source[16] = {169, 254, 9, 9};
    const struct answer_query from = {query, sizeof query - 1, family, source, false};
    const struct answer_host host = {&self, &names, claims, ETH0, false};
    self.interface_count = 1;
    self.interfaces[0] = (struct self_interface){.index = ETH0, .mtu = mtu};
    return answer_make(&host, &from, reply).length;
}

/* Nor is a reply longer than the link takes in one piece, as long as that is what all take. */
static void test_mtu(void)
{
    make_host();
    for (unsigned i = 0; i < 50; i++)
        add_address(ETH0, "2001:db8::2", 64, true);
    CU_ASSERT_TRUE(length_of(9000, AF_INET) > ANSWER_UDP_MAX - 28);
    CU_ASSERT_TRUE(length_of(1280, AF_INET6) > ANSWER_UDP_MAX - 28);
    for (uint32_t mtu = 1279; mtu >= 540; mtu--)
        CU_ASSERT_TRUE(length_of(mtu, AF_INET) <= mtu - 28 &&
                       length_of(mtu, AF_INET) <= ANSWER_UDP_MAX &&
                       (mtu > 1260 || length_of(mtu, AF_INET) > mtu - 56));
    CU_ASSERT_TRUE(length_of(68, AF_INET) <= 512 && length_of(68, AF_INET) > 512 - 28);
}

/* An address that another host has, too, is that host's: it is in no reply, and may be asked from.
 */
static void test_duplicate_address(void)
{
    static unsigned char reply[MESSAGE_MAX];
    static const unsigned char query[] = "\0\1\0\0\0\1\0\0\0\0\0\0\1"
                                         "1\1"
                                         "2\1"
                                         "0\3"
                                         "192\7in-addr\4arpa\0\0\14\0\1";
    static const unsigned char source[16] = {169, 254, 9, 9};
    const struct answer_query from = {query, sizeof query - 1, AF_INET, source, false};
    const struct answer_host host = {&self, &names, claims, ETH0, false};
    make_host();
    CU_ASSERT_EQUAL(answer_make(&host, &from, reply).kind, ANSWER_REPLY);
    CU_ASSERT_TRUE(self_has(&self, 0, AF_INET, self.addresses[2].bytes));
    self.addresses[2].is_usable = self.addresses[2].is_published = false;
    CU_ASSERT_EQUAL(answer_make(&host, &from, reply).kind, ANSWER_SILENT);
    CU_ASSERT_FALSE(self_has(&self, 0, AF_INET, self.addresses[2].bytes));
}

static void test_flags(void)
{
    static unsigned char reply[MESSAGE_MAX];
    make_host();
    struct answer_host host = {&self, &names, claims, ETH0, true};
    CU_ASSERT_EQUAL(ask(&host, reply, false).kind, ANSWER_REPLY);
    CU_ASSERT_EQUAL(reply[2], 0x84);
    claims[1].state = CLAIM_PROBE;
    CU_ASSERT_EQUAL(ask(&host, reply, false).kind, ANSWER_REPLY);
    CU_ASSERT_EQUAL(reply[2], 0x85);
    claims[1].state = CLAIM_LOST;
    CU_ASSERT_EQUAL(ask(&host, reply, false).kind, ANSWER_SILENT);
}

static void test_names(void)
{
    memset(&names, 0, sizeof names);
    CU_ASSERT_EQUAL(self_add_name(&names, "localhost"), SELF_UNFIT);
    CU_ASSERT_EQUAL(self_add_name(&names, ""), SELF_UNFIT);
    CU_ASSERT_EQUAL(self_add_name(&names, "(none)"), SELF_UNFIT);
    CU_ASSERT_EQUAL(self_add_name(&names, "a\033b"), SELF_UNFIT);
    CU_ASSERT_EQUAL(
        self_add_name(&names, "n234567890123456789012345678901234567890123456789012345678901234"),
        SELF_UNFIT);
    CU_ASSERT_EQUAL(self_add_name(&names, "b\xc3\xbc"
                                          "cher"),
                    SELF_TAKEN);
    CU_ASSERT_EQUAL(self_add_name(&names, "NAS.example"), SELF_TAKEN);
    CU_ASSERT_EQUAL(self_add_name(&names, "nas"), SELF_DUPLICATE);
    CU_ASSERT_EQUAL(self_find_name(&names, (const unsigned char *)"nAs", 3), 1);
    CU_ASSERT_EQUAL(self_find_name(&names, (const unsigned char *)"na", 2), 2);
    CU_ASSERT_EQUAL(self_find_name(&names, (const unsigned char *)"nas\0", 4), 2);
    CU_ASSERT_EQUAL(self_find_name(&names,
                                   (const unsigned char *)"B\xc3\x9c"
                                                          "CHER",
                                   7),
                    2);
    for (unsigned i = 2; i < SELF_NAMES_MAX; i++) {
        const char name[] = {(char)('a' + i), '\0'};
        CU_ASSERT_EQUAL(self_add_name(&names, name), SELF_TAKEN);
    }
    CU_ASSERT_EQUAL(self_add_name(&names, "z"), SELF_TOO_MANY);
}

static bool is_on_link(const char *text)
{
    unsigned char address[16];
    const int family = strchr(text, ':') != NULL ? AF_INET6 : AF_INET;
    CU_ASSERT_EQUAL(inet_pton(family, text, address), 1);
    return self_is_on_link(&self, ETH0, family, address);
}

static bool has_source(const char *text, const char *wanted)
{
    unsigned char address[16];
    char source[INET6_ADDRSTRLEN] = "";
    const int family = strchr(text, ':') != NULL ? AF_INET6 : AF_INET;
    CU_ASSERT_EQUAL(inet_pton(family, text, address), 1);
    const struct self_address *own = self_source(&self, ETH0, family, address);
    if (own != NULL)
        inet_ntop(family, own->bytes, source, sizeof source);
    return strcmp(source, wanted) == 0;
}

static void test_places(void)
{
    make_host();
    CU_ASSERT_TRUE(is_on_link("fe80::9"));
    CU_ASSERT_TRUE(is_on_link("2001:db8::9"));
    CU_ASSERT_FALSE(is_on_link("2001:db8:0:1::9"));
    CU_ASSERT_TRUE(is_on_link("192.0.2.9"));
    CU_ASSERT_TRUE(is_on_link("169.254.9.9"));
    CU_ASSERT_FALSE(is_on_link("198.51.100.9"));
    CU_ASSERT_FALSE(is_on_link("0.0.0.0"));
    CU_ASSERT_FALSE(is_on_link("::"));
    CU_ASSERT_TRUE(has_source("fe80::9", "fe80::1"));
    CU_ASSERT_TRUE(has_source("ff02::1:3", "fe80::1"));
    CU_ASSERT_TRUE(has_source("2001:db8::9", "2001:db8::1"));
    CU_ASSERT_TRUE(has_source("192.0.2.9", "192.0.2.1"));
    CU_ASSERT_TRUE(has_source("169.254.9.9", "169.254.3.1"));
    CU_ASSERT_TRUE(has_source("224.0.0.252", "192.0.2.1"));
    self.address_count = 0;
    CU_ASSERT_TRUE(has_source("fe80::9", ""));
    CU_ASSERT_FALSE(is_on_link("192.0.2.9"));
}

/* A source gets its burst and then its rate; another one is not held up; a link has a limit.
 */
static void test_limits(void)
{
    static struct limit limit = {.key = {1, 2}};
    const unsigned char source[4] = {192, 0, 2, 9};
    const unsigned char other[4] = {192, 0, 2, 10};
    unsigned allowed = 0;
    for (unsigned i = 0; i < 100000; i++)
        allowed += limit_hears(&limit, 1, AF_INET, source, 1000 + 10 * i);
    CU_ASSERT_TRUE(allowed >= LIMIT_SOURCE_BURST + LIMIT_SOURCE_RATE - 1 &&
                   allowed <= LIMIT_SOURCE_BURST + LIMIT_SOURCE_RATE + 1);
    CU_ASSERT_TRUE(limit_hears(&limit, 1, AF_INET, other, 1000 + 999990));
    CU_ASSERT_TRUE(limit_hears(&limit, 2, AF_INET, source, 1000 + 999990));
    /* A neighbor with the same prefix is another source. */
    unsigned char address[16] = {0x20, 1, 0xd, 0xb8};
    for (unsigned i = 0; i < 2 * LIMIT_SOURCE_BURST; i++)
        (void)limit_hears(&limit, 1, AF_INET6, address, 3000000);
    CU_ASSERT_FALSE(limit_hears(&limit, 1, AF_INET6, address, 3000000));
    address[15] = 1;
    CU_ASSERT_TRUE(limit_hears(&limit, 1, AF_INET6, address, 3000000));
    /* A link. */
    struct limit_bucket link = {0};
    allowed = 0;
    for (unsigned i = 0; i < 3 * LIMIT_LINK_BURST; i++)
        allowed += limit_replies(&link, 4000000);
    CU_ASSERT_EQUAL(allowed, LIMIT_LINK_BURST);
    CU_ASSERT_FALSE(limit_replies(&link, 4000000));
    CU_ASSERT_TRUE(limit_replies(&link, 4000000 + 200));
    struct limit_bucket strangers = {0};
    allowed = 0;
    for (unsigned i = 0; i < 100000; i++)
        allowed += limit_strangers(&strangers, 4000000 + 10 * i);
    CU_ASSERT_TRUE(allowed >= LIMIT_STRANGER_BURST + LIMIT_STRANGER_RATE - 1 &&
                   allowed <= LIMIT_STRANGER_BURST + LIMIT_STRANGER_RATE + 1);
}

int main(void)
{
    CU_TestInfo tests[] = {
        {"what is replied (llmnr-answer.tsv)", test_answers},
        {"more addresses than fit into a reply", test_many_addresses},
        {"no reply is longer than the MTU of the link", test_mtu},
        {"an address that another host has", test_duplicate_address},
        {"the bits C and T of a reply", test_flags},
        {"which names are served", test_names},
        {"who is on the link, and from where to send", test_places},
        {"how often a source is heard, and a link gets replies", test_limits},
        CU_TEST_INFO_NULL,
    };
    return tap_run("answer", tests);
}
