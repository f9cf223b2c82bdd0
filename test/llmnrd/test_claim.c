// SPDX-License-Identifier: LGPL-2.1-or-later
/* Tests the state machine of RFC 4795, sections 4.1 and 4.2 (llmnr/claim.h). */
#include "llmnr/claim.h"
#include "llmnr/clock.h"
#include "llmnr/message.h"

#include "test/unit/cunit.h"

#include <string.h>

enum { MILLISECOND = 1000, SECOND = 1000000, START = 5 * SECOND, RANDOM = 0x80001234 };

static struct claim claim;
static int64_t now;

static void start(void)
{
    now = START;
    claim_start(&claim, now, (uint32_t)RANDOM);
}

/* Goes to what is due next; whether a query is sent then. */
static bool step(void)
{
    CU_ASSERT_FALSE(claim_step(&claim, claim.due - 1, 0));
    now = claim.due;
    return claim_step(&claim, now, 0);
}

static void become_owner(void)
{
    start();
    for (int i = 0; i < 4; i++)
        (void)step();
    CU_ASSERT_EQUAL(claim.state, CLAIM_OWN);
}

/* Three queries for any type with 100 ms for replies each, after a delay of up to 100 ms. */
static void test_probe(void)
{
    start();
    CU_ASSERT_EQUAL(claim_standing(&claim), CLAIM_TENTATIVE);
    CU_ASSERT_EQUAL(claim.due, START + 50 * MILLISECOND);
    CU_ASSERT_EQUAL(claim_delay(0), 0);
    CU_ASSERT_EQUAL(claim_delay(UINT32_MAX), 100 * MILLISECOND - 2);
    CU_ASSERT_EQUAL(claim.id, 0x1234);
    CU_ASSERT_EQUAL(claim.type, ns_t_any);
    CU_ASSERT_FALSE(claim_is_asking(&claim));
    for (unsigned i = 0; i < 3; i++) {
        CU_ASSERT_TRUE(step());
        CU_ASSERT_EQUAL(now, START + (50 + 100 * i) * MILLISECOND);
        CU_ASSERT_TRUE(claim_is_asking(&claim));
        CU_ASSERT_EQUAL(claim_standing(&claim), CLAIM_TENTATIVE);
    }
    CU_ASSERT_FALSE(step());
    CU_ASSERT_EQUAL(now, START + 350 * MILLISECOND);
    CU_ASSERT_EQUAL(claim_standing(&claim), CLAIM_FIRM);
    CU_ASSERT_TRUE(claim.due == CLOCK_NEVER);
    CU_ASSERT_FALSE(claim_is_asking(&claim));
}

/* Ten to twenty minutes later the watch asks for AAAA; whoever replies, and is certain, is one. */
static void test_watch(void)
{
    static const uint32_t seeds[] = {0, 0x80001234, UINT32_MAX};
    const struct claim_reply reply = {.is_tentative = false};
    for (size_t i = 0; i < 3; i++) {
        now = START;
        claim_watch(&claim, now, seeds[i]);
        CU_ASSERT_TRUE(claim.due >= START + (int64_t)600 * SECOND);
        CU_ASSERT_TRUE(claim.due < START + (int64_t)1201 * SECOND);
        CU_ASSERT_FALSE(claim_hear(&claim, &reply, false, now));
        for (int sent = 0; sent < 3; sent++)
            CU_ASSERT_TRUE(step());
        CU_ASSERT_EQUAL(claim.type, ns_t_aaaa);
        CU_ASSERT_EQUAL(claim.id, seeds[i] & 0xffff);
        CU_ASSERT_TRUE(claim_hear(&claim, &reply, false, now));
    }
    claim_watch(&claim, START, 0);
    const int64_t soonest = claim.due;
    claim_watch(&claim, START, 0x80000000);
    CU_ASSERT_TRUE(claim.due - soonest >= (int64_t)300 * SECOND);
}

/* By state, T and whether the sender's address is smaller: who has the name. */
static void test_duel(void)
{
    static const struct {
        bool in_check;
        bool is_tentative;
        bool is_smaller;
        bool is_lost;
    } cases[] = {
        {false, false, false, true}, {false, false, true, true},  {false, true, false, false},
        {false, true, true, true},   {true, false, false, false}, {true, false, true, true},
        {true, true, false, false},  {true, true, true, true},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        if (cases[i].in_check) {
            become_owner();
            claim_check(&claim, ns_t_aaaa, now, 0);
            CU_ASSERT_EQUAL(claim.state, CLAIM_CHECK);
            CU_ASSERT_EQUAL(claim.type, ns_t_aaaa);
            CU_ASSERT_EQUAL(claim_standing(&claim), CLAIM_FIRM);
        } else {
            start();
        }
        const struct claim_reply reply = {.is_tentative = cases[i].is_tentative, .ttl = 45};
        /* Before the query nothing can be a reply to it. */
        CU_ASSERT_FALSE(claim_hear(&claim, &reply, true, now));
        CU_ASSERT_TRUE(step());
        CU_ASSERT_EQUAL(claim_hear(&claim, &reply, cases[i].is_smaller, now), cases[i].is_lost);
        CU_ASSERT_EQUAL(claim.state == CLAIM_LOST, cases[i].is_lost);
        if (!cases[i].is_lost)
            continue;
        CU_ASSERT_EQUAL(claim_standing(&claim), CLAIM_SILENT);
        CU_ASSERT_EQUAL(claim.due, now + 45 * (int64_t)SECOND);
        CU_ASSERT_FALSE(claim_hear(&claim, &reply, true, now));
    }
}

/* The time until a lost name is probed again: the TTL within bounds, and twice as long each time.
 */
static void test_lost(void)
{
    static const struct {
        uint32_t ttl;
        int seconds;
    } cases[] = {{0, 30}, {0, 60}, {500, 500}, {0, 1000}, {0, 2000}, {UINT32_MAX, 3600}, {0, 3600}};
    start();
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const struct claim_reply reply = {.ttl = cases[i].ttl};
        CU_ASSERT_TRUE(step());
        CU_ASSERT_TRUE(claim_hear(&claim, &reply, false, now));
        CU_ASSERT_EQUAL(claim.due - now, cases[i].seconds * (int64_t)SECOND);
        CU_ASSERT_FALSE(step());
        CU_ASSERT_EQUAL(claim.state, CLAIM_PROBE);
    }
    for (int i = 0; i < 4; i++)
        (void)step();
    CU_ASSERT_EQUAL(claim.state, CLAIM_OWN);
    CU_ASSERT_EQUAL(claim.lost_for, 0);
    claim_restart(&claim, now, 0);
    CU_ASSERT_EQUAL(claim.state, CLAIM_PROBE);
}

/* However many queries with C come, there is one check in ten seconds, and none of a name that is
 * not owned. */
static void test_check(void)
{
    unsigned checks = 0;
    start();
    claim_check(&claim, ns_t_a, now, 0);
    CU_ASSERT_EQUAL(claim.state, CLAIM_PROBE);
    become_owner();
    const int64_t until = now + 60 * (int64_t)SECOND;
    for (; now < until; now += MILLISECOND) {
        const bool was_owner = claim.state == CLAIM_OWN;
        claim_check(&claim, ns_t_a, now, 0);
        checks += was_owner && claim.state == CLAIM_CHECK;
        if (claim.due <= now)
            (void)claim_step(&claim, now, 0);
    }
    CU_ASSERT_EQUAL(checks, 6);
}

struct parts {
    uint16_t flags;
    uint16_t questions;
    uint16_t answers;
    const char *name;
    uint16_t type;
    bool is_cut;
};

static bool is_reply(const struct parts *parts, struct claim_reply *reply)
{
    static const unsigned char answer[] = "\xc0\x0c\0\x1c\0\1\0\0\1\2\0\1x";
    struct message_query query;
    struct message_query own;
    unsigned char bytes[512];
    CU_ASSERT_TRUE(message_ask(&query, 0x1234, parts->name, parts->type));
    CU_ASSERT_TRUE(message_ask(&own, 0x1234, "sambabox", ns_t_any));
    memcpy(bytes, query.bytes, query.length);
    bytes[2] = (unsigned char)(parts->flags >> 8);
    bytes[3] = (unsigned char)parts->flags;
    bytes[5] = (unsigned char)parts->questions;
    bytes[7] = (unsigned char)parts->answers;
    memcpy(bytes + query.length, answer, sizeof answer - 1);
    const size_t length = query.length + (parts->is_cut ? 3 : sizeof answer - 1);
    return claim_read(bytes, length, 0x1234, own.bytes + NS_HFIXEDSZ, own.length - NS_HFIXEDSZ,
                      reply);
}

/* Contents do not matter: RCODE, records, TC. The question does. */
static void test_replies(void)
{
    static const struct {
        struct parts parts;
        bool is_reply;
        struct claim_reply reply;
    } cases[] = {
        {{0x8000, 1, 1, "sambabox", ns_t_any, false}, true, {false, 258}},
        {{0x8000, 1, 0, "SambaBox", ns_t_any, false}, true, {false, 0}},
        {{0x8100, 1, 1, "sambabox", ns_t_any, false}, true, {true, 258}},
        {{0x8700, 1, 1, "sambabox", ns_t_any, true}, true, {true, 0}},
        {{0x8003, 1, 0, "sambabox", ns_t_any, false}, true, {false, 0}},
        {{0x0000, 1, 1, "sambabox", ns_t_any, false}, false, {0}},
        {{0xa800, 1, 1, "sambabox", ns_t_any, false}, false, {0}},
        {{0x8000, 2, 1, "sambabox", ns_t_any, false}, false, {0}},
        {{0x8000, 1, 1, "sambabox", ns_t_a, false}, false, {0}},
        {{0x8000, 1, 1, "sambabo", ns_t_any, false}, false, {0}},
        {{0x8000, 1, 1, "sambabox.a", ns_t_any, false}, false, {0}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct claim_reply reply = {0};
        CU_ASSERT_EQUAL(is_reply(&cases[i].parts, &reply), cases[i].is_reply);
        CU_ASSERT_EQUAL(reply.is_tentative, cases[i].reply.is_tentative);
        CU_ASSERT_EQUAL(reply.ttl, cases[i].reply.ttl);
    }
}

int main(void)
{
    CU_TestInfo tests[] = {
        {"a name is probed three times", test_probe},
        {"who has a name: T, and the smaller address", test_duel},
        {"a lost name is probed again, but not all the time", test_lost},
        {"queries with C are checked, but not all the time", test_check},
        {"what is a reply to a query of a claim", test_replies},
        {"when the spoofing watch asks", test_watch},
        CU_TEST_INFO_NULL,
    };
    return tap_run("claim", tests);
}
