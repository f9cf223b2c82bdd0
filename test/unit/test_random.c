// SPDX-License-Identifier: LGPL-2.1-or-later
/* Tests random addresses there and back, and damaged names against the second implementation. */
#include "libv6lit/v6lit.h"

#include "test/env/random.h"
#include "test/unit/cunit.h"
#include "test/unit/reference.h"
#include "test/unit/table.h"

#include <arpa/inet.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { GROUPS = 8, DIFFERENCES_SHOWN = 20 };

static const char domain[] = ".ipv6-literal.net";
static uint64_t seed;
static unsigned rounds;

/* Half of the groups are zero, so that runs of them are common; many addresses have a scope. */
static void random_address(struct v6lit_address *address)
{
    static const unsigned first[] = {0xfe80, 0xfebf, 0xfec0, 0xff01, 0xff02, 0xff12,
                                     0xff05, 0xab,   0xfd,   0x10,   0x2001};
    memset(address, 0, sizeof *address);
    for (int i = 0; i < GROUPS; i++) {
        unsigned group = (unsigned)next_random() & (0xffffU >> (4 * below(4)));
        if (below(2) == 0)
            group = 0;
        if (i == 0 && below(2) == 0)
            group = first[below(sizeof first / sizeof first[0])];
        if (i == 5 && below(8) == 0)
            group = 0xffff;
        address->address.s6_addr[2 * i] = (unsigned char)(group >> 8);
        address->address.s6_addr[2 * i + 1] = (unsigned char)group;
    }
}

static bool is_scoped(const struct in6_addr *address)
{
    return IN6_IS_ADDR_LINKLOCAL(address) || IN6_IS_ADDR_MC_NODELOCAL(address) ||
           IN6_IS_ADDR_MC_LINKLOCAL(address);
}

/* A name that may stand in a canonical name: every label is an LDH label, and not all is digits. */
static void random_zone_name(char name[V6LIT_ZONE_MAX + 1])
{
    static const char bytes[] = "abcdefghijklmnopqrstuvwxyz0123456789---..s";
    char whole[sizeof "fe80--1s" + V6LIT_ZONE_MAX];
    do {
        unsigned length = 1 + below(V6LIT_ZONE_MAX);
        for (unsigned i = 0; i < length; i++)
            name[i] = bytes[below(sizeof bytes - 1)];
        name[length] = '\0';
        snprintf(whole, sizeof whole, "fe80--1s%s", name);
    } while (!reference_is_host_name(whole) || name[strspn(name, "0123456789")] == '\0');
}

static void random_zone(struct v6lit_address *address)
{
    switch (below(3)) {
    case 0:
        address->zone_index = (uint32_t)next_random() >> below(32);
        break;
    case 1:
        random_zone_name(address->zone_name);
        break;
    default:
        break;
    }
}

static bool is_same(const struct v6lit_address *a, const struct v6lit_address *b)
{
    return memcmp(&a->address, &b->address, sizeof a->address) == 0 &&
           a->zone_index == b->zone_index && strcmp(a->zone_name, b->zone_name) == 0;
}

/* A name is as long as RFC 5952 makes it where that is a host name already. */
static bool agrees_with_rfc_5952(const struct v6lit_address *address, const char *name)
{
    char text[INET6_ADDRSTRLEN];
    inet_ntop(AF_INET6, &address->address, text, sizeof text);
    size_t length = strlen(text);
    if (strchr(text, '.') != NULL || text[0] == ':' || text[length - 1] == ':' ||
        (text[2] == ':' && text[3] == ':'))
        return true;
    for (size_t i = 0; i < length; i++) {
        if (text[i] == ':')
            text[i] = '-';
    }
    return strncmp(name, text, length) == 0 && (name[length] == 's' || name[length] == '.');
}

static bool text_is_numeric_address(const struct v6lit_address *address, const char *name)
{
    char expected[INET6_ADDRSTRLEN + 1 + V6LIT_ZONE_MAX];
    char numeric[INET6_ADDRSTRLEN];
    char text[V6LIT_ADDRESS_MAX + 1];
    inet_ntop(AF_INET6, &address->address, numeric, sizeof numeric);
#ifndef __GLIBC__
    /* The library writes what glibc does; others write these addresses in hexadecimal. */
    if (IN6_IS_ADDR_V4COMPAT(&address->address))
        return true;
#endif
    snprintf(expected, sizeof expected, "%s", numeric);
    if (address->zone_name[0] != '\0')
        snprintf(expected, sizeof expected, "%s%%%s", numeric, address->zone_name);
    else if (address->zone_index != 0)
        snprintf(expected, sizeof expected, "%s%%%" PRIu32, numeric, address->zone_index);
    return v6lit_decode_text(name, strlen(name), text, sizeof text, NULL) == V6LIT_OK &&
           strcmp(text, expected) == 0;
}

static const char *try_address(const struct v6lit_address *address, char name[V6LIT_NAME_MAX + 1])
{
    if (v6lit_encode(address, name, V6LIT_NAME_MAX + 1) != V6LIT_OK)
        return "not encoded";
    const char *fault = reference_fault(name);
    if (fault != NULL)
        return fault;

    char canonical[64];
    reference_spell(&address->address, canonical, sizeof canonical);
    size_t length = strlen(canonical);
    if (strncmp(name, canonical, length) != 0 || (name[length] != 's' && name[length] != '.'))
        return "not the canonical address";
    if (!agrees_with_rfc_5952(address, name))
        return "not what RFC 5952 says";

    struct v6lit_address expected = *address;
    if (!is_scoped(&address->address)) {
        expected.zone_index = 0;
        expected.zone_name[0] = '\0';
    }
    struct v6lit_address decoded;
    if (v6lit_decode(name, strlen(name), &decoded, NULL) != V6LIT_OK)
        return "not decoded";
    if (!is_same(&decoded, &expected))
        return "decoded to something else";
    if (!text_is_numeric_address(&expected, name))
        return "another text than inet_ntop gives";

    char again[V6LIT_NAME_MAX + 1];
    if (v6lit_encode(&decoded, again, sizeof again) != V6LIT_OK || strcmp(again, name) != 0)
        return "encoded to another name";
    return NULL;
}

static void test_round_trip(void)
{
    unsigned differences = 0, scoped = 0, shortened = 0;
    for (unsigned i = 0; i < rounds && differences < DIFFERENCES_SHOWN; i++) {
        struct v6lit_address address;
        char name[V6LIT_NAME_MAX + 1] = "";
        random_address(&address);
        random_zone(&address);
        const char *fault = try_address(&address, name);
        scoped += is_scoped(&address.address);
        shortened += strstr(name, "--") != NULL;
        if (fault != NULL) {
            differences++;
            tap_fail(__FILE__, __LINE__, "round %u, \"%s\": %s", i, name, fault);
        }
    }
    CU_ASSERT_EQUAL(differences, 0);
    CU_ASSERT(scoped > rounds / 10);
    CU_ASSERT(shortened > rounds / 10);
}

/* Each group is 0 or has one to four digits: all 5^8 shapes of an address. What is written of a
 * group, and what is left out, depends on nothing else. */
static void test_shapes(void)
{
    enum { SHAPES = 5 * 5 * 5 * 5 * 5 * 5 * 5 * 5 };
    unsigned differences = 0;
    /* Fewer for fewer rounds; no multiple of 5, so that each place has each number of digits. */
    const unsigned step = rounds < 1000000 ? 5 * (200000 / rounds) + 1 : 1;
    for (unsigned shape = 0; shape < SHAPES && differences < DIFFERENCES_SHOWN; shape += step) {
        struct v6lit_address address = {0};
        char name[V6LIT_NAME_MAX + 1] = "";
        unsigned rest = shape;
        for (unsigned i = 0; i < GROUPS; i++, rest /= 5) {
            unsigned digits = rest % 5;
            unsigned group = digits == 0 ? 0 : (1 + below(15)) << (4 * (digits - 1));
            if (digits > 1)
                group |= below(1U << (4 * (digits - 1)));
            address.address.s6_addr[2 * i] = (unsigned char)(group >> 8);
            address.address.s6_addr[2 * i + 1] = (unsigned char)group;
        }
        const char *fault = try_address(&address, name);
        if (fault != NULL) {
            differences++;
            tap_fail(__FILE__, __LINE__, "shape %u, \"%s\": %s", shape, name, fault);
        }
    }
    CU_ASSERT_EQUAL(differences, 0);
}

enum { MUTANT_MAX = 200 };

struct mutant {
    char bytes[MUTANT_MAX];
    size_t length;
};

static void insert(struct mutant *mutant, size_t at, const char *bytes, size_t length)
{
    if (mutant->length + length > MUTANT_MAX)
        return;
    memmove(mutant->bytes + at + length, mutant->bytes + at, mutant->length - at);
    memcpy(mutant->bytes + at, bytes, length);
    mutant->length += length;
}

/* Bytes that mean something in a name, near misses of them, and bytes that never begin UTF-8. */
static char random_byte(void)
{
    static const char likely[] = "0123456789abcdefABCDEF--------::ssSS....%gG_/\\@[] \t\n\v\f\r\0x";
    static const char high[] = "\x80\x85\x9f\xa0\xbf\xfe\xff";
    if (below(20) == 0)
        return high[below(sizeof high - 1)];
    if (below(20) == 0)
        return (char)below(128);
    return likely[below(sizeof likely - 1)];
}

static void mutate(struct mutant *mutant)
{
    /* Most of the damage goes to the front, where the address and the zone are. */
    size_t limit = mutant->length;
    if (limit > strlen(domain) && below(8) != 0)
        limit -= strlen(domain) - 1;
    size_t at = below((unsigned)limit + 1);
    char byte = random_byte();
    switch (below(6)) {
    case 0:
        if (at < mutant->length) {
            memmove(mutant->bytes + at, mutant->bytes + at + 1, mutant->length - at - 1);
            mutant->length--;
        }
        break;
    case 1:
        if (at < mutant->length)
            mutant->bytes[at] = byte;
        break;
    case 2:
        if (at < mutant->length)
            insert(mutant, at, mutant->bytes + at, 1);
        break;
    case 3:
        if (at + 1 < mutant->length) {
            byte = mutant->bytes[at];
            mutant->bytes[at] = mutant->bytes[at + 1];
            mutant->bytes[at + 1] = byte;
        }
        break;
    case 4:
        if (at < mutant->length)
            mutant->bytes[at] = (char)(mutant->bytes[at] ^ (1 << below(7)));
        break;
    default:
        insert(mutant, at, &byte, 1);
        break;
    }
}

static void random_mutant(struct mutant *mutant)
{
    static const char *const tails[] = {"-192.0.2.1", "-10.0.0.255", ".1.2.3", "s4", "seth0.100"};
    struct v6lit_address address;
    char name[V6LIT_NAME_MAX + 1];
    char body[64];
    random_address(&address);
    random_zone(&address);
    if (v6lit_encode(&address, name, sizeof name) != V6LIT_OK)
        abort();
    mutant->length = 0;
    insert(mutant, 0, name, strlen(name));
    if (below(8) == 0)
        insert(mutant, mutant->length, ".", 1);
    if (below(8) == 0) {
        const char *tail = tails[below(sizeof tails / sizeof tails[0])];
        reference_spell(&address.address, body, sizeof body);
        size_t end = strlen(body);
        for (unsigned drop = below(3); drop > 0; drop--) {
            const char *hyphen = memrchr(mutant->bytes, '-', end);
            if (hyphen == NULL)
                break;
            size_t cut = (size_t)(hyphen - mutant->bytes);
            memmove(mutant->bytes + cut, mutant->bytes + end, mutant->length - end);
            mutant->length -= end - cut;
            end = cut;
        }
        insert(mutant, end, tail, strlen(tail));
    }
    if (below(8) == 0) {
        for (size_t i = 0; i < mutant->length; i++) {
            char c = mutant->bytes[i];
            if (c >= 'a' && c <= 'z' && below(2) == 0)
                mutant->bytes[i] = (char)(c - 'a' + 'A');
        }
    }
    for (unsigned i = below(4); i > 0; i--)
        mutate(mutant);
}

static bool is_non_ascii(const struct mutant *mutant)
{
    for (size_t i = 0; i < mutant->length; i++) {
        if ((unsigned char)mutant->bytes[i] >= 0x80)
            return true;
    }
    return false;
}

static bool agrees(enum v6lit_status status, const struct v6lit_address *address,
                   enum reference_result expected, const struct reference_address *reference)
{
    struct v6lit_address same = {.address = reference->address, .zone_index = reference->index};
    memcpy(same.zone_name, reference->name, sizeof same.zone_name);
    switch (expected) {
    case REFERENCE_OUTSIDE:
        return status == V6LIT_ERROR_NOT_A_LITERAL_NAME;
    case REFERENCE_VALID:
        return status == V6LIT_OK && is_same(address, &same);
    default:
        return status != V6LIT_OK && status != V6LIT_ERROR_NOT_A_LITERAL_NAME &&
               status < V6LIT_ERROR_NO_LIBIDN2;
    }
}

static void test_mutants(void)
{
    unsigned differences = 0;
    unsigned seen[3] = {0};
    for (unsigned i = 0; i < rounds && differences < DIFFERENCES_SHOWN; i++) {
        struct mutant mutant;
        random_mutant(&mutant);
        if (WITH_LIBIDN2 == 0 && is_non_ascii(&mutant))
            continue;
        /* In memory of its own, so that a checker sees a byte too many being read. */
        char *name = table_exact_copy(mutant.bytes, mutant.length);
        struct v6lit_address address;
        struct reference_address reference;
        size_t column = 0;
        enum v6lit_status status = v6lit_decode(name, mutant.length, &address, &column);
        enum reference_result expected = reference_decode(name, mutant.length, &reference);
        seen[expected]++;
        bool column_is_inside =
            status == V6LIT_OK ? column == 0 : column >= 1 && column <= mutant.length + 1;
        if (!agrees(status, &address, expected, &reference) || !column_is_inside) {
            differences++;
            tap_fail(__FILE__, __LINE__, "round %u, \"%.*s\": %s at column %zu, the reference %d",
                     i, (int)mutant.length, name, v6lit_status_name(status), column, expected);
        }
        free(name);
    }
    CU_ASSERT_EQUAL(differences, 0);
    CU_ASSERT(seen[REFERENCE_OUTSIDE] > rounds / 100);
    CU_ASSERT(seen[REFERENCE_MALFORMED] > rounds / 10);
    CU_ASSERT(seen[REFERENCE_VALID] > rounds / 10);
}

int main(void)
{
    const char *wanted = getenv("V6LIT_SEED");
    seed = wanted != NULL ? strtoull(wanted, NULL, 0) : 20100915;
    random_state = seed;
    rounds = wanted_rounds(1000000);
    printf("# V6LIT_SEED=%" PRIu64 " V6LIT_ROUNDS=%u\n", seed, rounds);
    CU_TestInfo tests[] = {
        {"random addresses there and back", test_round_trip},
        {"shapes of addresses there and back", test_shapes},
        {"damaged names", test_mutants},
        CU_TEST_INFO_NULL,
    };
    return tap_run("random", tests);
}
