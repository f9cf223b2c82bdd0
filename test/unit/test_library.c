// SPDX-License-Identifier: LGPL-2.1-or-later
/* Tests what v6lit.h says of each function beyond the results in the tables. */
#include "libv6lit/v6lit.h"

#include "test/unit/cunit.h"
#include "test/unit/poison.h"
#include "test/unit/table.h"

#include <arpa/inet.h>
#include <ctype.h>
#include <dlfcn.h>
#include <errno.h>
#include <net/if.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

enum { GUARD = 32 };

static char *poisoned(size_t size)
{
    char *memory = malloc(size > 0 ? size : 1);
    if (memory == NULL)
        abort();
    memset(memory, POISON, size);
    return memory;
}

static struct v6lit_address address_of(const char *numeric, uint32_t index, const char *name)
{
    struct v6lit_address address = {.zone_index = index};
    if (inet_pton(AF_INET6, numeric, &address.address) != 1)
        abort();
    snprintf(address.zone_name, sizeof address.zone_name, "%s", name);
    return address;
}

static uint32_t loopback(void)
{
    uint32_t index = if_nametoindex("lo");
    if (index == 0)
        tap_fail(__FILE__, __LINE__, "there is no interface lo");
    return index;
}

/* A function with a buffer, and what it needs. */
enum writer { ENCODE, FORMAT, DECODE_TEXT, ENCODE_TEXT };

static enum v6lit_status call(enum writer writer, const char *text, char *buffer, size_t size,
                              size_t *column)
{
    size_t length = strlen(text);
    char *input = table_exact_copy(text, length);
    enum v6lit_status status;
    struct v6lit_address address;
    if (writer == DECODE_TEXT) {
        status = v6lit_decode_text(input, length, buffer, size, column);
    } else if (writer == ENCODE_TEXT) {
        status = v6lit_encode_text(input, length, V6LIT_ZONE_AS_IS, buffer, size, column);
    } else {
        status = v6lit_decode(input, length, &address, NULL);
        if (status == V6LIT_OK)
            status = (writer == ENCODE ? v6lit_encode : v6lit_format)(&address, buffer, size);
    }
    free(input);
    return status;
}

static void check_size(enum writer writer, const char *text, const char *expected, size_t size)
{
    size_t length = strlen(expected);
    char *guarded = poisoned(size + GUARD);
    char *exact = poisoned(size);
    size_t column = NO_COLUMN;
    errno = SOME_ERRNO;
    enum v6lit_status status = call(writer, text, guarded, size, &column);
    bool good = errno == SOME_ERRNO && is_poison(guarded + size, GUARD) &&
                call(writer, text, exact, size, NULL) == status;
    if (size > length) {
        good = good && status == V6LIT_OK && strcmp(guarded, expected) == 0 &&
               strcmp(exact, expected) == 0 && column == NO_COLUMN;
    } else {
        bool column_is_right =
            writer <= FORMAT ? column == NO_COLUMN : column >= 1 && column <= strlen(text) + 1;
        good = good && status == V6LIT_ERROR_BUFFER_TOO_SMALL && is_poison(guarded, size) &&
               is_poison(exact, size) && column_is_right;
    }
    if (!good)
        tap_fail(__FILE__, __LINE__, "%s into %zu bytes: %s at column %zu", text, size,
                 v6lit_status_name(status), column);
    free(guarded);
    free(exact);
}

static void check_sizes(enum writer writer, const char *text, const char *expected)
{
    for (size_t size = 0; size <= strlen(expected) + 4; size++)
        check_size(writer, text, expected, size);
    check_size(writer, text, expected, 4096);
}

static void test_encode_sizes(void)
{
    static const char *const names[] = {
        "0--0.ipv6-literal.net",
        "fe80--1s4294967295.ipv6-literal.net",
        "ab-0-0-0-0-0-0-1.ipv6-literal.net",
        "fe80-1111-2222-3333-4444-5555-6666-7777sabcdefghijklmno.ipv6-literal.net",
    };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        check_sizes(ENCODE, names[i], names[i]);
    CU_ASSERT_EQUAL(strlen(names[3]), V6LIT_NAME_MAX);
}

static void test_format_sizes(void)
{
    check_sizes(FORMAT, "0--1." V6LIT_DOMAIN, "::1");
    check_sizes(FORMAT, "0--ffff-c000-201." V6LIT_DOMAIN, "::ffff:192.0.2.1");
    check_sizes(FORMAT, "fe80--1s4." V6LIT_DOMAIN, "fe80::1%4");
    check_sizes(FORMAT, "fe80--1s0." V6LIT_DOMAIN, "fe80::1");
    check_sizes(FORMAT, "2001-db8--1seth0." V6LIT_DOMAIN, "2001:db8::1");
    check_sizes(FORMAT, "FE80-1111-2222-3333-4444-5555-6666-7777sabcdefghijklmno." V6LIT_DOMAIN,
                "fe80:1111:2222:3333:4444:5555:6666:7777%abcdefghijklmno");
}

/* What v6lit_read_text would not read back is not written. */
static void check_format(const char *name, enum v6lit_status expected)
{
    struct v6lit_address address = address_of("fe80::1", 0, name);
    char text[V6LIT_ADDRESS_MAX + 1];
    struct v6lit_text read;
    memset(text, POISON, sizeof text);
    CU_ASSERT_EQUAL(v6lit_format(&address, text, sizeof text), expected);
    if (expected != V6LIT_OK) {
        CU_ASSERT(is_poison(text, sizeof text));
        return;
    }
    CU_ASSERT_EQUAL(v6lit_read_text(text, strlen(text), &read, NULL), V6LIT_OK);
    CU_ASSERT(memcmp(&read.address, &address, sizeof address) == 0);
}

static void test_format_zones(void)
{
    check_format("Eth0.5@if2", V6LIT_OK);
    check_format("25eth0", V6LIT_OK);
    check_format("\xff", V6LIT_OK);
    check_format("4", V6LIT_ERROR_BAD_ZONE_NAME);
    check_format("a b", V6LIT_ERROR_BAD_ZONE_NAME);
    check_format("a\nb", V6LIT_ERROR_BAD_ZONE_NAME);
    check_format("..", V6LIT_ERROR_BAD_ZONE_NAME);

    struct v6lit_address address = address_of("fe80::1", 0, "");
    char text[V6LIT_ADDRESS_MAX + 1];
    memset(address.zone_name, 'a', sizeof address.zone_name);
    CU_ASSERT_EQUAL(v6lit_format(&address, text, sizeof text), V6LIT_ERROR_BAD_ZONE_NAME);
    address.address = in6addr_loopback;
    CU_ASSERT_EQUAL(v6lit_format(&address, text, sizeof text), V6LIT_OK);
    CU_ASSERT_STRING_EQUAL(text, "::1");
}

static bool is_scoped(const char *numeric)
{
    struct v6lit_address address = address_of(numeric, 0, "");
    return v6lit_is_scoped(&address.address);
}

static void test_is_scoped(void)
{
    static const char *const scoped[] = {"fe80::",  "febf:ffff::1", "ff01::1",
                                         "ff02::1", "fff1::1",      "fff2::1"};
    static const char *const others[] = {"::",      "::1",     "fe7f::1", "fec0::1",
                                         "ff00::1", "ff03::1", "ff05::1", "ff0e::1",
                                         "fd00::1", "fe00::",  "8080::1", "2001:db8::1"};
    for (size_t i = 0; i < sizeof scoped / sizeof scoped[0]; i++)
        CU_ASSERT(is_scoped(scoped[i]));
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        CU_ASSERT(!is_scoped(others[i]));
}

/* Reads a zone into an address that has another one, from memory that ends with it. */
static void check_read_zone(const char *numeric, const char *zone, size_t length,
                            enum v6lit_status expected, size_t expected_column, uint32_t index,
                            const char *name)
{
    struct v6lit_address address = address_of(numeric, 7, "");
    struct v6lit_address before = address;
    struct v6lit_address wanted = address_of(numeric, index, name);
    char *input = table_exact_copy(zone, length);
    size_t column = NO_COLUMN;
    errno = SOME_ERRNO;
    enum v6lit_status status = v6lit_read_zone(input, length, &address, &column);
    if (status != expected || column != expected_column || errno != SOME_ERRNO ||
        memcmp(&address, status == V6LIT_OK ? &wanted : &before, sizeof address) != 0)
        tap_fail(__FILE__, __LINE__, "%s with zone %s: %s at column %zu", numeric, zone,
                 v6lit_status_name(status), column);
    CU_ASSERT_EQUAL(v6lit_read_zone(input, length, &address, NULL), expected);
    free(input);
}

static void test_read_zone(void)
{
    static const char *const scoped[] = {"fe80::1", "ff02::1"};
    for (size_t i = 0; i < sizeof scoped / sizeof scoped[0]; i++) {
        check_read_zone(scoped[i], "eth0", 4, V6LIT_OK, NO_COLUMN, 0, "eth0");
        check_read_zone(scoped[i], "Eth0.5@if2", 10, V6LIT_OK, NO_COLUMN, 0, "Eth0.5@if2");
        check_read_zone(scoped[i], "4", 1, V6LIT_OK, NO_COLUMN, 4, "");
        check_read_zone(scoped[i], "0000000000000000004", 19, V6LIT_OK, NO_COLUMN, 4, "");
        check_read_zone(scoped[i], "4294967295", 10, V6LIT_OK, NO_COLUMN, 4294967295, "");
        check_read_zone(scoped[i], "0", 1, V6LIT_OK, NO_COLUMN, 0, "");
        check_read_zone(scoped[i], "eth0 trailing", 4, V6LIT_OK, NO_COLUMN, 0, "eth0");
    }
    /* One that needs no zone gets none, but the text must be one. */
    check_read_zone("2001:db8::1", "eth0", 4, V6LIT_OK, NO_COLUMN, 0, "");
    check_read_zone("2001:db8::1", "4", 1, V6LIT_OK, NO_COLUMN, 0, "");
    check_read_zone("2001:db8::1", "a/b", 3, V6LIT_ERROR_BAD_ZONE_NAME, 2, 0, "");

    check_read_zone("fe80::1", "", 0, V6LIT_ERROR_ZONE_MISSING, 1, 0, "");
    check_read_zone("fe80::1", "4294967296", 10, V6LIT_ERROR_ZONE_INDEX_TOO_LARGE, 1, 0, "");
    check_read_zone("fe80::1", "abcdefghijklmnop", 16, V6LIT_ERROR_ZONE_NAME_TOO_LONG, 16, 0, "");
    check_read_zone("fe80::1", "a b", 3, V6LIT_ERROR_BAD_ZONE_NAME, 2, 0, "");
    check_read_zone("fe80::1", "a\0b", 3, V6LIT_ERROR_BAD_ZONE_NAME, 2, 0, "");
    check_read_zone("fe80::1", "..", 2, V6LIT_ERROR_BAD_ZONE_NAME, 1, 0, "");
    check_read_zone("fe80::1", "%eth0:", 6, V6LIT_ERROR_BAD_ZONE_NAME, 6, 0, "");
}

static void test_text_sizes(void)
{
    static const char *const pairs[][2] = {
        {"--.ipv6-literal.net", "::"},
        {"fe80--1seth0.ipv6-literal.net", "fe80::1%eth0"},
        {"\\\\fe80--1s4.ipv6-literal.net@SSL\\share", "\\\\fe80::1%4@SSL\\share"},
        {"http://u@fe80--1s4.ipv6-literal.net:80/x?y#z", "http://u@[fe80::1%254]:80/x?y#z"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++)
        check_sizes(DECODE_TEXT, pairs[i][0], pairs[i][1]);

    static const char *const backwards[][2] = {
        {"::", "0--0.ipv6-literal.net"},
        {"[fe80::1%eth0]", "fe80--1seth0.ipv6-literal.net"},
        {"\\\\fe80::1%4@SSL\\share", "\\\\fe80--1s4.ipv6-literal.net@SSL\\share"},
        {"http://u@[fe80::1%254]:80/x", "http://u@fe80--1s4.ipv6-literal.net:80/x"},
    };
    for (size_t i = 0; i < sizeof backwards / sizeof backwards[0]; i++)
        check_sizes(ENCODE_TEXT, backwards[i][0], backwards[i][1]);
}

/* The constants for buffers are no smaller than what the grammar can give. */
static void test_constants(void)
{
    char text[V6LIT_ADDRESS_MAX + 1];
    const char *longest = "0-0-0-0-0-ffff-255.255.255.255.ipv6-literal.net";
    CU_ASSERT_EQUAL(v6lit_decode_text(longest, strlen(longest), text, sizeof text, NULL), V6LIT_OK);
    CU_ASSERT_STRING_EQUAL(text, "::ffff:255.255.255.255");
    CU_ASSERT_EQUAL(V6LIT_ZONE_MAX + 1, IF_NAMESIZE);
    CU_ASSERT(V6LIT_ADDRESS_MAX >= INET6_ADDRSTRLEN - 1 + 1 + V6LIT_ZONE_MAX);
    CU_ASSERT_EQUAL(V6LIT_OK, 0);
    CU_ASSERT_STRING_EQUAL(V6LIT_DOMAIN, "ipv6-literal.net");
}

/* What is cut out of a longer text is read as if nothing stood after it. */
static void test_no_terminator(void)
{
    static const char text[] = "fe80--1s4.ipv6-literal.net.example";
    struct v6lit_address address;
    CU_ASSERT_EQUAL(v6lit_decode(text, 26, &address, NULL), V6LIT_OK);
    CU_ASSERT_EQUAL(address.zone_index, 4);
    CU_ASSERT_EQUAL(v6lit_decode(text, 27, &address, NULL), V6LIT_OK);
    CU_ASSERT_EQUAL(v6lit_decode(text, 28, &address, NULL), V6LIT_ERROR_NOT_A_LITERAL_NAME);
    for (size_t length = 0; length < 26; length++) {
        char *copy = table_exact_copy(text, length);
        size_t column = NO_COLUMN;
        if (v6lit_decode(copy, length, &address, &column) != V6LIT_ERROR_NOT_A_LITERAL_NAME ||
            column != 1)
            tap_fail(__FILE__, __LINE__, "the first %zu bytes are no name", length);
        free(copy);
    }

    static const char numeric[] = "fe80::1%45";
    char name[V6LIT_NAME_MAX + 1];
    for (size_t length = 0; length < sizeof numeric; length++) {
        char *copy = table_exact_copy(numeric, length);
        bool valid = length == 6 || length == 7 || length >= 9;
        if ((v6lit_encode_text(copy, length, V6LIT_ZONE_AS_IS, name, sizeof name, NULL) ==
             V6LIT_OK) != valid)
            tap_fail(__FILE__, __LINE__, "the first %zu bytes of %s", length, numeric);
        free(copy);
    }
}

static void test_column_only_on_error(void)
{
    struct v6lit_address address;
    size_t column = NO_COLUMN;
    CU_ASSERT_EQUAL(v6lit_decode("0--1.ipv6-literal.net", 21, &address, &column), V6LIT_OK);
    CU_ASSERT_EQUAL(column, NO_COLUMN);
    CU_ASSERT_EQUAL(v6lit_decode("0--g.ipv6-literal.net", 21, &address, &column),
                    V6LIT_ERROR_BAD_CHARACTER);
    CU_ASSERT_EQUAL(column, 4);
}

static void check_encode_error(const struct v6lit_address *address, enum v6lit_status expected)
{
    char name[V6LIT_NAME_MAX + 1];
    memset(name, POISON, sizeof name);
    errno = SOME_ERRNO;
    CU_ASSERT_EQUAL(v6lit_encode(address, name, sizeof name), expected);
    CU_ASSERT(is_poison(name, sizeof name));
    CU_ASSERT_EQUAL(errno, SOME_ERRNO);
}

static void test_encode_errors(void)
{
    struct v6lit_address address = address_of("fe80::1", 0, "Eth0");
    check_encode_error(&address, V6LIT_ERROR_UNSAFE_ZONE_NAME);
    address = address_of("fe80::1", 0, "4");
    check_encode_error(&address, V6LIT_ERROR_UNSAFE_ZONE_NAME);
    memset(address.zone_name, 'a', sizeof address.zone_name);
    check_encode_error(&address, V6LIT_ERROR_UNSAFE_ZONE_NAME);
}

static void check_zone_index(const char *numeric, uint32_t index, const char *name,
                             enum v6lit_status expected, uint32_t expected_index)
{
    struct v6lit_address address = address_of(numeric, index, name);
    uint32_t found = NO_COLUMN;
    errno = SOME_ERRNO;
    enum v6lit_status status = v6lit_zone_index(&address, &found);
    if (status != expected || found != (status == V6LIT_OK ? expected_index : NO_COLUMN) ||
        errno != SOME_ERRNO)
        tap_fail(__FILE__, __LINE__, "%s%%%u%s: %s, index %u, errno %d", numeric, index, name,
                 v6lit_status_name(status), found, errno);
}

static void test_zone_index(void)
{
    uint32_t lo = loopback();
    check_zone_index("fe80::1", 0, "", V6LIT_OK, 0);
    check_zone_index("2001:db8::1", 0, "", V6LIT_OK, 0);
    check_zone_index("fe80::1", 4, "", V6LIT_OK, 4);
    check_zone_index("fe80::1", 4294967295, "", V6LIT_OK, 4294967295);
    check_zone_index("fe80::1", 0, "lo", V6LIT_OK, lo);
    check_zone_index("ff02::1", 0, "lo", V6LIT_OK, lo);
    check_zone_index("ff01::1", 0, "lo", V6LIT_OK, lo);
    check_zone_index("fe80::1", 0, "no.such.if", V6LIT_ERROR_NO_SUCH_INTERFACE, 0);
    check_zone_index("fe80::1", 0, "l", V6LIT_ERROR_NO_SUCH_INTERFACE, 0);
    check_zone_index("fe80::1", 0, "lo.no.such.if", V6LIT_ERROR_NO_SUCH_INTERFACE, 0);
    check_zone_index("fe80::1", 0, "no.such.if.1234", V6LIT_ERROR_NO_SUCH_INTERFACE, 0);
    check_zone_index("fe80::1", 0, "\xff\xfe", V6LIT_ERROR_NO_SUCH_INTERFACE, 0);
}

static void test_zone_index_in_another_case(void)
{
    static const char *const spellings[] = {"LO", "Lo", "lO"};
    uint32_t lo = loopback();
    unsigned tried = 0;
    for (size_t i = 0; i < sizeof spellings / sizeof spellings[0]; i++) {
        if (if_nametoindex(spellings[i]) == 0) {
            check_zone_index("fe80::1", 0, spellings[i], V6LIT_OK, lo);
            tried++;
        }
    }
    if (tried < sizeof spellings / sizeof spellings[0])
        tap_skip("there are interfaces called lo in another case");
}

/* With no descriptor left the interfaces cannot be asked for. */
static void test_zone_index_without_descriptors(void)
{
    struct rlimit before;
    struct v6lit_address address = address_of("fe80::1", 0, "no.such.if");
    uint32_t index = NO_COLUMN;
    char buffer[200];
    memset(buffer, POISON, sizeof buffer);
    struct sockaddr_in6 sockaddr;
    memset(&sockaddr, POISON, sizeof sockaddr);
    struct addrinfo *result = NULL;
    size_t column = NO_COLUMN;

    CU_ASSERT_EQUAL(getrlimit(RLIMIT_NOFILE, &before), 0);
    struct rlimit none = {.rlim_cur = 0, .rlim_max = before.rlim_max};
    CU_ASSERT_EQUAL(setrlimit(RLIMIT_NOFILE, &none), 0);
    errno = 0;
    enum v6lit_status status = v6lit_zone_index(&address, &index);
    int error = errno;
    errno = 0;
    enum v6lit_status to_sockaddr = v6lit_to_sockaddr(&address, 80, &sockaddr);
    int to_sockaddr_error = errno;
    errno = 0;
    enum v6lit_status encode = v6lit_encode_text("fe80::1%no.such.if", 18, V6LIT_ZONE_AS_INDEX,
                                                 buffer, sizeof buffer, &column);
    int encode_error = errno;
    errno = 0;
    int gai = v6lit_getaddrinfo("fe80--1sno.such.if.ipv6-literal.net", NULL, NULL, &result);
    int gai_error = errno;
    CU_ASSERT_EQUAL(setrlimit(RLIMIT_NOFILE, &before), 0);

    CU_ASSERT_EQUAL(status, V6LIT_ERROR_SYSTEM);
    CU_ASSERT_EQUAL(error, EMFILE);
    CU_ASSERT_EQUAL(index, NO_COLUMN);
    CU_ASSERT_EQUAL(to_sockaddr, V6LIT_ERROR_SYSTEM);
    CU_ASSERT_EQUAL(to_sockaddr_error, EMFILE);
    CU_ASSERT(is_poison(&sockaddr, sizeof sockaddr));
    CU_ASSERT_EQUAL(encode, V6LIT_ERROR_SYSTEM);
    CU_ASSERT_EQUAL(encode_error, EMFILE);
    CU_ASSERT_EQUAL(column, 9);
    CU_ASSERT(is_poison(buffer, sizeof buffer));
    CU_ASSERT_EQUAL(gai, EAI_SYSTEM);
    CU_ASSERT_EQUAL(gai_error, EMFILE);
}

static void check_to_sockaddr(const char *numeric, uint32_t index, const char *name, uint16_t port,
                              uint32_t scope_id)
{
    struct v6lit_address address = address_of(numeric, index, name);
    struct sockaddr_in6 sockaddr;
    memset(&sockaddr, POISON, sizeof sockaddr);
    CU_ASSERT_EQUAL(v6lit_to_sockaddr(&address, port, &sockaddr), V6LIT_OK);
    CU_ASSERT_EQUAL(sockaddr.sin6_family, AF_INET6);
    CU_ASSERT_EQUAL(ntohs(sockaddr.sin6_port), port);
    CU_ASSERT_EQUAL(sockaddr.sin6_flowinfo, 0);
    CU_ASSERT_EQUAL(sockaddr.sin6_scope_id, scope_id);
    CU_ASSERT_EQUAL(memcmp(&sockaddr.sin6_addr, &address.address, 16), 0);
}

static void test_to_sockaddr(void)
{
    uint32_t lo = loopback();
    check_to_sockaddr("2001:db8::1", 0, "", 443, 0);
    check_to_sockaddr("::", 0, "", 0, 0);
    check_to_sockaddr("fe80::1", 0, "", 65535, 0);
    check_to_sockaddr("fe80::1", 4, "", 80, 4);
    check_to_sockaddr("ff02::1:3", 4294967295, "", 80, 4294967295);
    check_to_sockaddr("fe80::1", 0, "lo", 80, lo);

    struct v6lit_address address = address_of("fe80::1", 0, "no.such.if");
    struct sockaddr_in6 sockaddr;
    memset(&sockaddr, POISON, sizeof sockaddr);
    errno = SOME_ERRNO;
    CU_ASSERT_EQUAL(v6lit_to_sockaddr(&address, 80, &sockaddr), V6LIT_ERROR_NO_SUCH_INTERFACE);
    CU_ASSERT(is_poison(&sockaddr, sizeof sockaddr));
    CU_ASSERT_EQUAL(errno, SOME_ERRNO);
}

static void check_from_sockaddr(const char *numeric, uint32_t scope_id, enum v6lit_zone_form form,
                                uint32_t index, const char *name)
{
    struct sockaddr_in6 sockaddr = {.sin6_family = AF_INET6,
                                    .sin6_port = htons(80),
                                    .sin6_flowinfo = htonl(0x12345),
                                    .sin6_scope_id = scope_id};
    if (inet_pton(AF_INET6, numeric, &sockaddr.sin6_addr) != 1)
        abort();
    struct v6lit_address address;
    memset(&address, POISON, sizeof address);
    errno = SOME_ERRNO;
    enum v6lit_status status = v6lit_from_sockaddr(&sockaddr, form, &address);
    if (status != V6LIT_OK || memcmp(&address.address, &sockaddr.sin6_addr, 16) != 0 ||
        address.zone_index != index || strcmp(address.zone_name, name) != 0 || errno != SOME_ERRNO)
        tap_fail(__FILE__, __LINE__, "%s, scope id %u, form %d: %s, zone %u \"%.15s\"", numeric,
                 scope_id, form, v6lit_status_name(status), address.zone_index, address.zone_name);
}

static void test_from_sockaddr(void)
{
    uint32_t lo = loopback();
    for (enum v6lit_zone_form form = V6LIT_ZONE_AS_IS; form <= V6LIT_ZONE_AS_NAME; form++) {
        bool named = form == V6LIT_ZONE_AS_NAME;
        check_from_sockaddr("2001:db8::1", 0, form, 0, "");
        check_from_sockaddr("2001:db8::1", lo, form, 0, "");
        check_from_sockaddr("ff05::2", lo, form, 0, "");
        check_from_sockaddr("fe80::1", 0, form, 0, "");
        check_from_sockaddr("fe80::1", lo, form, named ? 0 : lo, named ? "lo" : "");
        check_from_sockaddr("ff02::1", lo, form, named ? 0 : lo, named ? "lo" : "");
        check_from_sockaddr("fe80::1", 4294967295, form, 4294967295, "");
    }
}

static void test_from_sockaddr_errors(void)
{
    static const sa_family_t families[] = {AF_INET, AF_UNSPEC, AF_UNIX, 0xffff};
    for (size_t i = 0; i < sizeof families / sizeof families[0]; i++) {
        struct sockaddr_in6 sockaddr = {.sin6_family = families[i]};
        struct v6lit_address address;
        memset(&address, POISON, sizeof address);
        errno = SOME_ERRNO;
        CU_ASSERT_EQUAL(v6lit_from_sockaddr(&sockaddr, V6LIT_ZONE_AS_IS, &address),
                        V6LIT_ERROR_WRONG_FAMILY);
        CU_ASSERT(is_poison(&address, sizeof address));
        CU_ASSERT_EQUAL(errno, SOME_ERRNO);
    }

    struct rlimit before;
    struct sockaddr_in6 sockaddr = {.sin6_family = AF_INET6, .sin6_scope_id = 1};
    sockaddr.sin6_addr.s6_addr[0] = 0xfe;
    sockaddr.sin6_addr.s6_addr[1] = 0x80;
    struct v6lit_address address;
    memset(&address, POISON, sizeof address);
    CU_ASSERT_EQUAL(getrlimit(RLIMIT_NOFILE, &before), 0);
    struct rlimit none = {.rlim_cur = 0, .rlim_max = before.rlim_max};
    CU_ASSERT_EQUAL(setrlimit(RLIMIT_NOFILE, &none), 0);
    errno = 0;
    enum v6lit_status status = v6lit_from_sockaddr(&sockaddr, V6LIT_ZONE_AS_NAME, &address);
    int error = errno;
    CU_ASSERT_EQUAL(setrlimit(RLIMIT_NOFILE, &before), 0);
    CU_ASSERT_EQUAL(status, V6LIT_ERROR_SYSTEM);
    CU_ASSERT_EQUAL(error, EMFILE);
    CU_ASSERT(is_poison(&address, sizeof address));
}

static void check_form(const char *text, enum v6lit_zone_form form, const char *expected)
{
    char name[200];
    enum v6lit_status status = v6lit_encode_text(text, strlen(text), form, name, sizeof name, NULL);
    if (status != V6LIT_OK || strcmp(name, expected) != 0)
        tap_fail(__FILE__, __LINE__, "%s in form %d: %s, not %s", text, form,
                 status == V6LIT_OK ? name : v6lit_status_name(status), expected);
}

static void test_zone_forms(void)
{
    uint32_t lo = loopback();
    char with_index[100], by_index[100], url_with_index[100], url_by_index[100];
    snprintf(with_index, sizeof with_index, "fe80::1%%%u", lo);
    snprintf(by_index, sizeof by_index, "fe80--1s%u.ipv6-literal.net", lo);
    snprintf(url_with_index, sizeof url_with_index, "http://[fe80::1%%25%u]:80/", lo);
    snprintf(url_by_index, sizeof url_by_index, "http://fe80--1s%u.ipv6-literal.net:80/", lo);
    const char *by_name = "fe80--1slo.ipv6-literal.net";

    check_form("fe80::1%lo", V6LIT_ZONE_AS_IS, by_name);
    check_form("fe80::1%lo", V6LIT_ZONE_AS_NAME, by_name);
    check_form("fe80::1%lo", V6LIT_ZONE_AS_INDEX, by_index);
    check_form(with_index, V6LIT_ZONE_AS_IS, by_index);
    check_form(with_index, V6LIT_ZONE_AS_INDEX, by_index);
    check_form(with_index, V6LIT_ZONE_AS_NAME, by_name);
    check_form("http://[fe80::1%25lo]:80/", V6LIT_ZONE_AS_INDEX, url_by_index);
    check_form(url_with_index, V6LIT_ZONE_AS_NAME, "http://fe80--1slo.ipv6-literal.net:80/");
    if (if_nametoindex("LO") == 0)
        check_form("fe80::1%LO", V6LIT_ZONE_AS_INDEX, by_index);
}

/* Mapping can make a name longer than what fits, and no error may disturb errno. */
static void test_mapping(void)
{
    static const char *const names[] = {
        "fe80--1s4\xef\xbc\x8fipv6-literal.net", "\xff\xff.ipv6-literal.net",
        "\xc0\xad\xc0\xad.ipv6-literal.net",     "\xed\xa0\x80.ipv6-literal.net",
        "\xf4\x90\x80\x80.ipv6-literal.net",     "fe80--\xc3\xa9.ipv6-literal.net",
        "\xe2\x80\x8d.ipv6-literal.net",
    };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        struct v6lit_address address;
        char *name = table_exact_copy(names[i], strlen(names[i]));
        memset(&address, POISON, sizeof address);
        errno = SOME_ERRNO;
        enum v6lit_status status = v6lit_decode(name, strlen(names[i]), &address, NULL);
        if (errno != SOME_ERRNO || status == V6LIT_OK || !is_poison(&address, sizeof address))
            tap_fail(__FILE__, __LINE__, "name %zu: %s, errno %d", i, v6lit_status_name(status),
                     errno);
        if (WITH_LIBIDN2 == 0)
            CU_ASSERT_EQUAL(status, V6LIT_ERROR_NO_LIBIDN2);
        free(name);
    }
}

/* v6lit_read_text and v6lit_find_host: every form in every place; the column only on an error. */
static void test_read_text(void)
{
    static const struct {
        const char *text;
        enum v6lit_status status;
        size_t column; /* or 77, which must be left alone */
        enum v6lit_place place;
        size_t start, length;
        enum v6lit_form form; /* if it is read */
    } cases[] = {
        {"fe80--1s4." V6LIT_DOMAIN, V6LIT_OK, 77, V6LIT_PLACE_ALONE, 0, 26, V6LIT_FORM_NAME},
        {"fe80::1%4", V6LIT_OK, 77, V6LIT_PLACE_ALONE, 0, 9, V6LIT_FORM_ADDRESS},
        {"[fe80::1%4]", V6LIT_OK, 77, V6LIT_PLACE_ALONE, 0, 11, V6LIT_FORM_ADDRESS},
        {"//fe80::1%4/x", V6LIT_OK, 77, V6LIT_PLACE_UNC, 2, 9, V6LIT_FORM_ADDRESS},
        {"//fe80--1s4." V6LIT_DOMAIN "@SSL/x", V6LIT_OK, 77, V6LIT_PLACE_UNC, 2, 26,
         V6LIT_FORM_NAME},
        {"http://u@[fe80::1%254]:80/", V6LIT_OK, 77, V6LIT_PLACE_URL, 9, 13, V6LIT_FORM_ADDRESS},
        {"http://fe80--1s4." V6LIT_DOMAIN ":80", V6LIT_OK, 77, V6LIT_PLACE_URL, 7, 26,
         V6LIT_FORM_NAME},
        {"//fe80--1--2." V6LIT_DOMAIN "/x", V6LIT_ERROR_SECOND_DOUBLE_HYPHEN, 10, V6LIT_PLACE_UNC,
         2, 27, V6LIT_FORM_NAME},
        {"http://fe80:80/", V6LIT_ERROR_MISSING_BRACKET, 8, V6LIT_PLACE_URL, 7, 4, V6LIT_FORM_NAME},
        {"http://fe80::1/", V6LIT_ERROR_MISSING_BRACKET, 8, V6LIT_PLACE_URL, 7, 4, V6LIT_FORM_NAME},
        {"http://::1/", V6LIT_ERROR_MISSING_BRACKET, 8, V6LIT_PLACE_URL, 7, 0, V6LIT_FORM_NAME},
        {"http://[fe80::g]/", V6LIT_ERROR_BAD_CHARACTER, 15, V6LIT_PLACE_URL, 7, 9,
         V6LIT_FORM_NAME},
        {"", V6LIT_ERROR_NO_ADDRESS, 1, V6LIT_PLACE_ALONE, 0, 0, V6LIT_FORM_NAME},
        {"[fe80::1%4]:80", V6LIT_OK, 77, V6LIT_PLACE_COLON, 0, 11, V6LIT_FORM_ADDRESS},
        {"u@fe80--1s4." V6LIT_DOMAIN ":/x", V6LIT_OK, 77, V6LIT_PLACE_COLON, 2, 26,
         V6LIT_FORM_NAME},
        {"\\\\?\\UNC\\fe80::1%4\\x", V6LIT_OK, 77, V6LIT_PLACE_UNC, 8, 9, V6LIT_FORM_ADDRESS},
        {"fe80:1", V6LIT_ERROR_TOO_FEW_GROUPS, 7, V6LIT_PLACE_ALONE, 0, 6, V6LIT_FORM_NAME},
        {"fe8g::1", V6LIT_ERROR_BAD_CHARACTER, 4, V6LIT_PLACE_ALONE, 0, 7, V6LIT_FORM_NAME},
        {"[localhost]", V6LIT_ERROR_BAD_CHARACTER, 2, V6LIT_PLACE_ALONE, 0, 11, V6LIT_FORM_NAME},
#define NEITHER(text, place, start, length)                                                        \
    {text, V6LIT_ERROR_NEITHER_NAME_NOR_ADDRESS, (start) + 1, place, start, length, V6LIT_FORM_NAME}
        NEITHER("localhost", V6LIT_PLACE_ALONE, 0, 9),
        NEITHER("192.0.2.1", V6LIT_PLACE_ALONE, 0, 9),
        NEITHER("fe80", V6LIT_PLACE_ALONE, 0, 4),
        NEITHER("fe80--1s4", V6LIT_PLACE_ALONE, 0, 9),
        NEITHER("localhost:80", V6LIT_PLACE_ALONE, 0, 12),
        NEITHER("192.0.2.1:80", V6LIT_PLACE_ALONE, 0, 12),
        NEITHER("host:/export", V6LIT_PLACE_ALONE, 0, 12),
        NEITHER("//server/share", V6LIT_PLACE_UNC, 2, 6),
        NEITHER("http://localhost:80/", V6LIT_PLACE_URL, 7, 9),
        NEITHER("http://u:p@192.0.2.1/", V6LIT_PLACE_URL, 11, 9),
        NEITHER("http://fe80/a::b", V6LIT_PLACE_URL, 7, 4),
#undef NEITHER
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct v6lit_text read = {.address.zone_index = 7};
        size_t column = 77;
        const char *text = cases[i].text;
        size_t length = strlen(text);
        if (v6lit_read_text(text, length, &read, &column) != cases[i].status ||
            column != cases[i].column)
            tap_fail(__FILE__, __LINE__, "\"%s\" gives %s at %zu", text,
                     v6lit_status_name(v6lit_read_text(text, length, &read, NULL)), column);
        CU_ASSERT(read.address.zone_index == (cases[i].status == V6LIT_OK ? 4 : 7));
        CU_ASSERT(v6lit_read_text(text, length, &read, NULL) == cases[i].status);
        struct v6lit_host host = v6lit_find_host(text, length);
        CU_ASSERT(host.place == cases[i].place);
        CU_ASSERT(host.start == cases[i].start && host.length == cases[i].length);
        if (cases[i].status != V6LIT_OK)
            continue;
        CU_ASSERT(read.form == cases[i].form);
        CU_ASSERT(read.host.place == host.place && read.host.start == host.start &&
                  read.host.length == host.length);
    }
    struct v6lit_text read;
    size_t column;
    CU_ASSERT(v6lit_read_text("::\0", 3, &read, &column) == V6LIT_ERROR_BAD_CHARACTER &&
              column == 3);
    CU_ASSERT(v6lit_find_host("a\0b", 3).length == 1);
}

/* The codes are 0 to that before the first value that has no name. */
static void test_status(void)
{
    static const char prefix[] = "V6LIT_ERROR_";
    const enum v6lit_status none = (enum v6lit_status)0x7fff;
    const char *unknown = v6lit_strerror(none);
    enum v6lit_status last = V6LIT_OK;
    CU_ASSERT_STRING_EQUAL(v6lit_status_name(V6LIT_OK), "V6LIT_OK");
    while (strcmp(v6lit_status_name(last + 1), v6lit_status_name(none)) != 0)
        last++;
    CU_ASSERT_EQUAL(last, V6LIT_ERROR_BUFFER_TOO_SMALL);
    CU_ASSERT_PTR_NOT_NULL_FATAL(unknown);
    CU_ASSERT_STRING_EQUAL(unknown, v6lit_strerror(last + 1));
    for (enum v6lit_status i = V6LIT_OK; i <= last; i++) {
        const char *text = v6lit_strerror(i);
        CU_ASSERT_PTR_NOT_NULL_FATAL(text);
        CU_ASSERT(islower((unsigned char)text[0]));
        CU_ASSERT(text[strlen(text) - 1] != '.');
        CU_ASSERT_PTR_NULL(strpbrk(text, "\r\n\t"));
        CU_ASSERT_STRING_NOT_EQUAL(text, unknown);
        if (i != V6LIT_OK)
            CU_ASSERT(strncmp(v6lit_status_name(i), prefix, sizeof prefix - 1) == 0);
        for (enum v6lit_status j = V6LIT_OK; j < i; j++) {
            CU_ASSERT_STRING_NOT_EQUAL(text, v6lit_strerror(j));
            CU_ASSERT_STRING_NOT_EQUAL(v6lit_status_name(i), v6lit_status_name(j));
        }
    }
    CU_ASSERT_STRING_EQUAL(v6lit_strerror(V6LIT_ERROR_SECOND_DOUBLE_HYPHEN), "second \"--\"");
    CU_ASSERT_STRING_EQUAL(v6lit_status_name(V6LIT_ERROR_SECOND_DOUBLE_HYPHEN),
                           "V6LIT_ERROR_SECOND_DOUBLE_HYPHEN");
}

static void test_version(void)
{
    CU_ASSERT_STRING_EQUAL(v6lit_version(), V6LIT_VERSION);
    CU_ASSERT_STRING_EQUAL(v6lit_version(), PACKAGE_VERSION);
    char numbers[sizeof V6LIT_VERSION + 16];
    snprintf(numbers, sizeof numbers, "%d.%d.%d", V6LIT_VERSION_MAJOR, V6LIT_VERSION_MINOR,
             V6LIT_VERSION_PATCH);
    CU_ASSERT_STRING_EQUAL(numbers, PACKAGE_VERSION);
}

static bool is_same_string(const char *a, const char *b)
{
    return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

/* Two answers are the same but for the scope id, which is to be `scope_id` in the first. */
static bool is_same_answer(const struct addrinfo *a, const struct addrinfo *b, uint32_t scope_id)
{
    for (; a != NULL && b != NULL; a = a->ai_next, b = b->ai_next) {
        struct sockaddr_storage first = {0}, second = {0};
        if (a->ai_flags != b->ai_flags || a->ai_family != b->ai_family ||
            a->ai_socktype != b->ai_socktype || a->ai_protocol != b->ai_protocol ||
            a->ai_addrlen != b->ai_addrlen || a->ai_addrlen > sizeof first ||
            !is_same_string(a->ai_canonname, b->ai_canonname))
            return false;
        memcpy(&first, a->ai_addr, a->ai_addrlen);
        memcpy(&second, b->ai_addr, b->ai_addrlen);
        if (a->ai_family == AF_INET6)
            ((struct sockaddr_in6 *)&second)->sin6_scope_id = scope_id;
        if (memcmp(&first, &second, sizeof first) != 0)
            return false;
    }
    return a == b;
}

/*
 * A literal name gives what getaddrinfo gives for its numeric form, but that it is a name: refused
 * under AI_NUMERICHOST, and the canonical name. test/module/same.c compares it with the module.
 */
static void check_numeric_form(const char *name, const char *numeric_form, uint32_t scope_id,
                               const char *service, const struct addrinfo *hints)
{
    struct addrinfo numeric = {.ai_flags = AI_V4MAPPED};
    if (hints != NULL)
        numeric = *hints;
    int flags = hints == NULL ? AI_V4MAPPED | AI_ADDRCONFIG : hints->ai_flags;
    bool is_refused = (flags & AI_NUMERICHOST) != 0;
    numeric.ai_flags = (flags & ~AI_ADDRCONFIG) | AI_NUMERICHOST;
    struct addrinfo *expected = NULL, *result = NULL;
    int expected_error =
        getaddrinfo(is_refused ? "a name" : numeric_form, service, &numeric, &expected);
    if (expected_error == EAI_ADDRFAMILY)
        expected_error = EAI_NODATA;
    for (struct addrinfo *ai = expected; ai != NULL; ai = ai->ai_next)
        ai->ai_flags = flags;
    if (expected != NULL && expected->ai_canonname != NULL) {
        free(expected->ai_canonname);
        expected->ai_canonname = strdup(name);
    }
    int error = v6lit_getaddrinfo(name, service, hints, &result);
    if (error != expected_error || (error == 0 && !is_same_answer(result, expected, scope_id)))
        tap_fail(__FILE__, __LINE__, "%s, service %s, family %d, flags %#x: %d; %s: %d", name,
                 service == NULL ? "none" : service, hints == NULL ? -1 : hints->ai_family,
                 hints == NULL ? 0 : (unsigned)hints->ai_flags, error, numeric_form,
                 expected_error);
    if (error == 0)
        freeaddrinfo(result);
    if (expected_error == 0)
        freeaddrinfo(expected);
}

static void check_numeric_form_in_all_ways(const char *name, const char *numeric_form,
                                           uint32_t scope_id)
{
    static const int families[] = {AF_UNSPEC, AF_INET6, AF_INET, AF_UNIX};
    static const int flags[] = {0,
                                AI_NUMERICHOST,
                                AI_CANONNAME,
                                AI_PASSIVE,
                                AI_V4MAPPED,
                                AI_V4MAPPED | AI_ALL,
                                AI_ADDRCONFIG,
                                AI_NUMERICSERV,
                                AI_NUMERICHOST | AI_NUMERICSERV | AI_ADDRCONFIG,
                                AI_PASSIVE | AI_CANONNAME | AI_V4MAPPED | AI_ALL | AI_ADDRCONFIG,
                                1 << 30};
    static const int socktypes[] = {0, SOCK_STREAM, SOCK_DGRAM, SOCK_RAW, 77};
    static const char *const services[] = {NULL, "80", "65535", "not a service"};
    for (size_t f = 0; f < sizeof families / sizeof families[0]; f++) {
        for (size_t g = 0; g < sizeof flags / sizeof flags[0]; g++) {
            for (size_t t = 0; t < sizeof socktypes / sizeof socktypes[0]; t++) {
                /* A service by name is looked up: only with the flag that forbids it. */
                size_t count = (flags[g] & AI_NUMERICSERV) != 0 ? 4 : 3;
                for (size_t s = 0; s < count; s++) {
                    struct addrinfo hints = {.ai_family = families[f],
                                             .ai_flags = flags[g],
                                             .ai_socktype = socktypes[t]};
                    check_numeric_form(name, numeric_form, scope_id, services[s], &hints);
                }
            }
        }
    }
    check_numeric_form(name, numeric_form, scope_id, NULL, NULL);
    check_numeric_form(name, numeric_form, scope_id, "80", NULL);
}

static void test_getaddrinfo_numeric_forms(void)
{
    check_numeric_form_in_all_ways("2001-db8--1.ipv6-literal.net", "2001:db8::1", 0);
    check_numeric_form_in_all_ways("0--1.ipv6-literal.net", "::1", 0);
    check_numeric_form_in_all_ways("--1.ipv6-literal.net.", "::1", 0);
    check_numeric_form_in_all_ways("--.IPV6-LITERAL.NET", "::", 0);
    check_numeric_form_in_all_ways("--ffff-192.0.2.1.ipv6-literal.net", "::ffff:192.0.2.1", 0);
    check_numeric_form_in_all_ways("0--ffff-c000-201.ipv6-literal.net", "::ffff:192.0.2.1", 0);
    check_numeric_form_in_all_ways("2001-db8--1s4.ipv6-literal.net", "2001:db8::1", 0);
    check_numeric_form_in_all_ways("0--1sno.such.if.ipv6-literal.net", "::1", 0);
}

static void test_getaddrinfo_zones(void)
{
    uint32_t lo = loopback();
    char by_index[100];
    snprintf(by_index, sizeof by_index, "fe80--1s%u.ipv6-literal.net", lo);
    check_numeric_form_in_all_ways("fe80--1.ipv6-literal.net", "fe80::1", 0);
    check_numeric_form_in_all_ways("fe80--1s0.ipv6-literal.net", "fe80::1", 0);
    check_numeric_form_in_all_ways("fe80--1slo.ipv6-literal.net", "fe80::1", lo);
    check_numeric_form_in_all_ways(by_index, "fe80::1", lo);
    check_numeric_form_in_all_ways("ff02--1-3slo.ipv6-literal.net", "ff02::1:3", lo);
    check_numeric_form_in_all_ways("ff01--1slo.ipv6-literal.net", "ff01::1", lo);
    check_numeric_form_in_all_ways("fe80--1s4294967295.ipv6-literal.net", "fe80::1", 4294967295);
    if (if_nametoindex("LO") == 0)
        check_numeric_form_in_all_ways("FE80--1SLO.IPV6-LITERAL.NET", "fe80::1", lo);
}

static void check_canonical_name(const char *name, const char *expected)
{
    struct addrinfo hints = {.ai_flags = AI_CANONNAME};
    struct addrinfo *result = NULL;
    CU_ASSERT_EQUAL_FATAL(v6lit_getaddrinfo(name, NULL, &hints, &result), 0);
    CU_ASSERT_PTR_NOT_NULL_FATAL(result->ai_canonname);
    CU_ASSERT_STRING_EQUAL(result->ai_canonname, expected);
    freeaddrinfo(result);
}

static void test_getaddrinfo_canonical_name(void)
{
    check_canonical_name("2001-DB8-0--1.IPv6-literal.net.", "2001-DB8-0--1.IPv6-literal.net.");
    if (WITH_LIBIDN2 != 0)
        check_canonical_name("fe80-\xef\xbc\x8d"
                             "1.ipv6-literal\xe3\x80\x82net",
                             "fe80--1.ipv6-literal.net");
}

static void test_getaddrinfo_refuses(void)
{
    static const char *const names[] = {
        "ipv6-literal.net",
        "www.ipv6-literal.net",
        "IPV6-LITERAL.NET.",
        "fe80--1--2.ipv6-literal.net",
        "fe80--1s.ipv6-literal.net",
        "1-2-3.ipv6-literal.net",
        "0--1.ipv6-literal.net..",
        "--256.0.0.1.ipv6-literal.net",
        "fe80--1sno.such.if.ipv6-literal.net",
        "fe80--1s4294967296.ipv6-literal.net",
    };
    static const int families[] = {AF_UNSPEC, AF_INET6, AF_INET};
    static const int flags[] = {0, AI_NUMERICHOST, AI_CANONNAME, AI_V4MAPPED | AI_ALL,
                                AI_ADDRCONFIG};
    for (size_t n = 0; n < sizeof names / sizeof names[0]; n++) {
        struct addrinfo *result = NULL;
        CU_ASSERT_EQUAL(v6lit_getaddrinfo(names[n], "80", NULL, &result), EAI_NONAME);
        for (size_t f = 0; f < sizeof families / sizeof families[0]; f++) {
            for (size_t g = 0; g < sizeof flags / sizeof flags[0]; g++) {
                struct addrinfo hints = {.ai_family = families[f], .ai_flags = flags[g]};
                int error = v6lit_getaddrinfo(names[n], NULL, &hints, &result);
                if (error != EAI_NONAME)
                    tap_fail(__FILE__, __LINE__, "%s, family %d, flags %#x: %d", names[n],
                             families[f], (unsigned)flags[g], error);
            }
        }
    }
}

/* A name that is too long to be mapped is still not asked of DNS if it ends with the domain. */
static void test_too_long_to_map(void)
{
    char name[300];
    struct v6lit_text read;
    struct addrinfo *result = NULL;
    size_t column = 0;
    memset(name, '\xe4', sizeof name);
    memcpy(name + sizeof name - sizeof "." V6LIT_DOMAIN, "." V6LIT_DOMAIN, sizeof "." V6LIT_DOMAIN);
    CU_ASSERT_EQUAL(v6lit_getaddrinfo(name, NULL, NULL, &result), EAI_NONAME);
    CU_ASSERT_PTR_NULL(result);
    enum v6lit_status status = v6lit_read_text(name, strlen(name), &read, &column);
    CU_ASSERT_EQUAL(status,
                    WITH_LIBIDN2 != 0 ? V6LIT_ERROR_TOO_LONG_TO_MAP : V6LIT_ERROR_NO_LIBIDN2);
    CU_ASSERT_EQUAL(column, 1);
}

/* What is loaded when the library asks for libidn2; NULL for itself. */
static const char *instead_of_libidn2;

/* The library's calls come here. */
__attribute__((visibility("default"))) void *dlopen(const char *file, int mode)
{
    void *(*real)(const char *, int);
    *(void **)&real = dlsym(RTLD_NEXT, "dlopen");
    bool is_libidn2 = file != NULL && strcmp(file, "libidn2.so.0") == 0;
    return real(is_libidn2 && instead_of_libidn2 != NULL ? instead_of_libidn2 : file, mode);
}

static int ask_with_bad_flags(const char *name)
{
    const struct addrinfo hints = {.ai_flags = 1 << 30};
    struct addrinfo *result = NULL;
    return v6lit_getaddrinfo(name, NULL, &hints, &result);
}

/* Where libidn2 is missing, or is not what it should be, names that are not ASCII cannot be read.
 */
static void test_without_libidn2(void)
{
    static const char *const others[] = {"libidn2.no-such-file", "libc.so.6"};
    static const char name[] = "fe80-\xef\xbc\x8d"
                               "1." V6LIT_DOMAIN;
    static const char numeric[] = "fe80::1%\xc3\xa9";
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        struct v6lit_address address;
        size_t column = NO_COLUMN;
        memset(&address, POISON, sizeof address);
        instead_of_libidn2 = others[i];
        errno = SOME_ERRNO;
        CU_ASSERT_EQUAL(v6lit_decode(name, strlen(name), &address, &column),
                        V6LIT_ERROR_NO_LIBIDN2);
        CU_ASSERT_EQUAL(errno, SOME_ERRNO);
        CU_ASSERT_EQUAL(column, 6);
        CU_ASSERT(is_poison(&address, sizeof address));
        /* A message would be taken for that of the program's own next call. */
        CU_ASSERT_PTR_NULL(dlerror());

        /* A name of ours is still refused, and another one is getaddrinfo's to judge. */
        struct addrinfo *result = NULL;
        CU_ASSERT_EQUAL(v6lit_getaddrinfo(name, NULL, NULL, &result), EAI_NONAME);
        CU_ASSERT_EQUAL(ask_with_bad_flags("\xc3\xa9.example"), EAI_BADFLAGS);

        struct v6lit_text read;
        CU_ASSERT_EQUAL(v6lit_read_text(name, strlen(name), &read, &column),
                        V6LIT_ERROR_NO_LIBIDN2);
        CU_ASSERT_EQUAL(v6lit_read_text(numeric, strlen(numeric), &read, NULL), V6LIT_OK);
        CU_ASSERT_EQUAL(read.form, V6LIT_FORM_ADDRESS);
        CU_ASSERT_STRING_EQUAL(read.address.zone_name, "\xc3\xa9");
        instead_of_libidn2 = NULL;
        CU_ASSERT_EQUAL(v6lit_decode(name, strlen(name), &address, NULL),
                        WITH_LIBIDN2 != 0 ? V6LIT_OK : V6LIT_ERROR_NO_LIBIDN2);
    }
}

/* Whatever is no literal name goes to getaddrinfo as it is. All of these are numeric, or refused.
 */
static void test_getaddrinfo_passes_on(void)
{
    static const char *const nodes[] = {NULL,
                                        "127.0.0.1",
                                        "::1",
                                        "fe80::1%lo",
                                        "::ffff:192.0.2.1",
                                        "not a number",
                                        "",
                                        "fe80--1.ipv6literal.net"};
    static const int families[] = {AF_UNSPEC, AF_INET6, AF_INET, AF_UNIX};
    static const int flags[] = {0, AI_PASSIVE, AI_CANONNAME, AI_V4MAPPED, AI_NUMERICSERV, 1 << 30};
    static const char *const services[] = {NULL, "80"};
    for (size_t n = 0; n < sizeof nodes / sizeof nodes[0]; n++) {
        for (size_t f = 0; f < sizeof families / sizeof families[0]; f++) {
            for (size_t g = 0; g < sizeof flags / sizeof flags[0]; g++) {
                for (size_t s = 0; s < 2; s++) {
                    struct addrinfo hints = {.ai_family = families[f], .ai_flags = flags[g]};
                    if (nodes[n] != NULL)
                        hints.ai_flags |= AI_NUMERICHOST;
                    struct addrinfo *expected = NULL, *result = NULL;
                    int expected_error = getaddrinfo(nodes[n], services[s], &hints, &expected);
                    int error = v6lit_getaddrinfo(nodes[n], services[s], &hints, &result);
                    uint32_t scope_id =
                        nodes[n] != NULL && strchr(nodes[n], '%') != NULL ? loopback() : 0;
                    if (error != expected_error ||
                        (error == 0 && !is_same_answer(result, expected, scope_id)))
                        tap_fail(__FILE__, __LINE__, "%s, family %d, flags %#x: %d, not %d",
                                 nodes[n] == NULL ? "no node" : nodes[n], families[f],
                                 (unsigned)hints.ai_flags, error, expected_error);
                    if (error == 0)
                        freeaddrinfo(result);
                    if (expected_error == 0)
                        freeaddrinfo(expected);
                }
            }
        }
    }
}

/* What another getaddrinfo has been called with. */
static struct {
    unsigned calls;
    char node[NI_MAXHOST];
    int flags;
} resolver;

static int resolve(const char *node, const char *service, const struct addrinfo *hints,
                   struct addrinfo **result)
{
    resolver.calls++;
    resolver.flags = hints == NULL ? 0 : hints->ai_flags;
    snprintf(resolver.node, sizeof resolver.node, "%s", node);
    return strcmp(node, "somebody.example") == 0 ? EAI_AGAIN
                                                 : getaddrinfo(node, service, hints, result);
}

/* The resolver gets numbers for literal names, and every other name as it is. */
static void test_getaddrinfo_with(void)
{
    static const struct addrinfo hints = {.ai_family = AF_INET6, .ai_flags = AI_CANONNAME};
    static const char name[] = "fe80--1s77." V6LIT_DOMAIN;
    struct addrinfo *result = NULL;
    CU_ASSERT_EQUAL(v6lit_getaddrinfo_with(resolve, name, "80", &hints, &result), 0);
    CU_ASSERT_PTR_NOT_NULL_FATAL(result);
    const struct sockaddr_in6 *sockaddr = (const void *)result->ai_addr;
    CU_ASSERT_EQUAL(sockaddr->sin6_scope_id, 77);
    CU_ASSERT_EQUAL(sockaddr->sin6_port, htons(80));
    CU_ASSERT_STRING_EQUAL(result->ai_canonname, name);
    CU_ASSERT_EQUAL(resolver.calls, 1);
    CU_ASSERT_STRING_EQUAL(resolver.node, "fe80::1");
    CU_ASSERT((resolver.flags & AI_NUMERICHOST) != 0);
    freeaddrinfo(result);

    CU_ASSERT_EQUAL(v6lit_getaddrinfo_with(resolve, "somebody.example", NULL, &hints, &result),
                    EAI_AGAIN);
    CU_ASSERT_EQUAL(resolver.calls, 2);
    CU_ASSERT_EQUAL(resolver.flags, AI_CANONNAME);
    CU_ASSERT_STRING_EQUAL(resolver.node, "somebody.example");

    CU_ASSERT_EQUAL(v6lit_getaddrinfo_with(resolve, V6LIT_DOMAIN, NULL, &hints, &result),
                    EAI_NONAME);
    CU_ASSERT_EQUAL(resolver.calls, 3);
    CU_ASSERT_STRING_EQUAL(resolver.node, ":");
}

int main(void)
{
    CU_TestInfo tests[] = {
        {"encode into every buffer size", test_encode_sizes},
        {"format into every buffer size", test_format_sizes},
        {"format: zones", test_format_zones},
        {"addresses that need a zone", test_is_scoped},
        {"zones by themselves", test_read_zone},
        {"texts into every buffer size", test_text_sizes},
        {"constants", test_constants},
        {"lengths, no terminator", test_no_terminator},
        {"a column on an error only", test_column_only_on_error},
        {"encode leaves all alone on an error", test_encode_errors},
        {"zone to index", test_zone_index},
        {"zone to index in another case", test_zone_index_in_another_case},
        {"no descriptor left", test_zone_index_without_descriptors},
        {"to a socket address", test_to_sockaddr},
        {"from a socket address", test_from_sockaddr},
        {"from a socket address: errors", test_from_sockaddr_errors},
        {"forms of the zone", test_zone_forms},
        {"mapping leaves all alone on an error", test_mapping},
        {"a text is read in every form, and its host found", test_read_text},
        {"names and texts of codes", test_status},
        {"version", test_version},
        {"getaddrinfo: as the numeric form, and a name", test_getaddrinfo_numeric_forms},
        {"getaddrinfo: zones", test_getaddrinfo_zones},
        {"getaddrinfo: canonical name", test_getaddrinfo_canonical_name},
        {"getaddrinfo: what it refuses", test_getaddrinfo_refuses},
        {"a name that is too long to be mapped", test_too_long_to_map},
        {"names beyond ASCII without libidn2", test_without_libidn2},
        {"getaddrinfo: what it passes on", test_getaddrinfo_passes_on},
        {"getaddrinfo: another one in its place", test_getaddrinfo_with},
        CU_TEST_INFO_NULL,
    };
    return tap_run("library", tests);
}
