// SPDX-License-Identifier: LGPL-2.1-or-later
/* Tests every body of up to seven relevant characters against the second implementation. */
#include "libv6lit/v6lit.h"

#include "test/unit/cunit.h"
#include "test/unit/reference.h"

#include <string.h>

static const char alphabet[] = "0f-s.g";
static const char domain[] = ".ipv6-literal.net";
enum { ALPHABET_SIZE = sizeof alphabet - 1, LONGEST = 7 };

struct tally {
    unsigned names;
    unsigned valid;
    unsigned differences;
};

static int is_same(const struct v6lit_address *address, const struct reference_address *reference)
{
    return memcmp(&address->address, &reference->address, sizeof address->address) == 0 &&
           address->zone_index == reference->index &&
           strcmp(address->zone_name, reference->name) == 0;
}

static void compare(const char *name, size_t length, struct tally *tally)
{
    struct v6lit_address address;
    struct reference_address reference;
    size_t column = 0;
    enum v6lit_status status = v6lit_decode(name, length, &address, &column);
    enum reference_result expected = reference_decode(name, length, &reference);

    int same = 0;
    if (expected == REFERENCE_VALID)
        same = status == V6LIT_OK && is_same(&address, &reference);
    else if (expected == REFERENCE_MALFORMED)
        same = status != V6LIT_OK && status != V6LIT_ERROR_NOT_A_LITERAL_NAME && column >= 1 &&
               column <= length - strlen(domain) + 1;
    tally->names++;
    tally->valid += expected == REFERENCE_VALID;
    if (!same && tally->differences++ < 20)
        tap_fail(__FILE__, __LINE__, "%.*s: status %d at column %zu, the reference %d", (int)length,
                 name, status, column, expected);
}

/* The number-th body of this length, in base ALPHABET_SIZE. */
static void spell(unsigned number, size_t length, char *body)
{
    for (size_t i = length; i > 0; i--) {
        body[i - 1] = alphabet[number % ALPHABET_SIZE];
        number /= ALPHABET_SIZE;
    }
}

static void try_length(size_t length, unsigned names, unsigned valid)
{
    struct tally tally = {0};
    char name[LONGEST + sizeof domain];
    memcpy(name + length, domain, sizeof domain);
    for (unsigned number = 0; number < names; number++) {
        spell(number, length, name);
        compare(name, length + sizeof domain - 1, &tally);
    }
    CU_ASSERT_EQUAL(tally.names, names);
    CU_ASSERT_EQUAL(tally.differences, 0);
    if (tally.valid != valid)
        tap_fail(__FILE__, __LINE__, "%u valid names of length %zu, not %u", tally.valid, length,
                 valid);
}

/*
 * How many are valid was counted with the ipaddress module of Python: a third opinion. Up to three
 * bytes they are "--", "--0", "--f", "0--" and "f--".
 */
static void test_0_to_3(void)
{
    try_length(0, 1, 0);
    try_length(1, 6, 0);
    try_length(2, 36, 1);
    try_length(3, 216, 4);
}

static void test_4(void)
{
    try_length(4, 1296, 17);
}

static void test_5(void)
{
    try_length(5, 7776, 95);
}

static void test_6(void)
{
    try_length(6, 46656, 544);
}

static void test_7(void)
{
    try_length(7, 279936, 3116);
}

int main(void)
{
    CU_TestInfo tests[] = {
        {"bodies of 0 to 3 bytes", test_0_to_3}, {"bodies of 4 bytes", test_4},
        {"bodies of 5 bytes", test_5},           {"bodies of 6 bytes", test_6},
        {"bodies of 7 bytes", test_7},           CU_TEST_INFO_NULL,
    };
    return tap_run("exhaustive", tests);
}
