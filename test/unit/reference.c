// SPDX-License-Identifier: LGPL-2.1-or-later
#include "test/unit/reference.h"

#include <arpa/inet.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char domain[] = ".ipv6-literal.net";
enum { DOMAIN_LENGTH = sizeof domain - 1, NAME_MAX_LENGTH = 72, GROUPS = 8 };

static char *copy_of(const char *text, size_t length)
{
    char *copy = malloc(length + 1);
    if (copy == NULL)
        abort();
    memcpy(copy, text, length);
    copy[length] = '\0';
    return copy;
}

static bool ends_with_domain(const char *text, size_t length)
{
    if (length < DOMAIN_LENGTH)
        return false;
    for (size_t i = 0; i < DOMAIN_LENGTH; i++) {
        char c = text[length - DOMAIN_LENGTH + i];
        if (c >= 'A' && c <= 'Z')
            c = (char)(c - 'A' + 'a');
        if (c != domain[i])
            return false;
    }
    return true;
}

/* The numeric form, as inet_pton reads it. */
static bool read_address(const char *text, struct in6_addr *address)
{
    if (strpbrk(text, ":%") != NULL)
        return false;
    char *numeric_form = copy_of(text, strlen(text));
    for (char *p = numeric_form; *p != '\0'; p++) {
        if (*p == '-')
            *p = ':';
    }
    bool valid = inet_pton(AF_INET6, numeric_form, address) == 1;
    free(numeric_form);
    return valid;
}

static bool is_all_digits(const char *text)
{
    return text[strspn(text, "0123456789")] == '\0';
}

/* The digits as they are compared on paper: first the length, then one by one. */
static bool read_index(const char *text, uint32_t *index)
{
    static const char greatest[] = "4294967295";
    text += strspn(text, "0");
    size_t length = strlen(text);
    if (length > strlen(greatest) || (length == strlen(greatest) && strcmp(text, greatest) > 0))
        return false;
    *index = (uint32_t)strtoull(text, NULL, 10);
    return true;
}

/* linux/net/core/dev.c, dev_valid_name(), without control characters. */
static bool is_interface_name(const char *text)
{
    for (const char *p = text; *p != '\0'; p++) {
        if ((*p > 0 && *p < 0x20) || *p == 0x7f)
            return false;
    }
    return text[0] != '\0' && strlen(text) < 16 && strcmp(text, ".") != 0 &&
           strcmp(text, "..") != 0 && strpbrk(text, "/: \t\n\v\f\r\xa0") == NULL;
}

static bool is_scoped(const struct in6_addr *address)
{
    return IN6_IS_ADDR_LINKLOCAL(address) || IN6_IS_ADDR_MC_NODELOCAL(address) ||
           IN6_IS_ADDR_MC_LINKLOCAL(address);
}

static bool read_body(char *body, struct reference_address *result)
{
    char *mark = strpbrk(body, "sS");
    if (mark != NULL)
        *mark = '\0';
    if (!read_address(body, &result->address))
        return false;
    if (mark == NULL)
        return true;

    const char *zone = mark + 1;
    if (zone[0] == '\0')
        return false;
    if (is_all_digits(zone) ? !read_index(zone, &result->index) : !is_interface_name(zone))
        return false;
    if (!is_scoped(&result->address))
        result->index = 0;
    else if (!is_all_digits(zone))
        memcpy(result->name, zone, strlen(zone));
    return true;
}

enum reference_result reference_decode(const char *name, size_t length,
                                       struct reference_address *result)
{
    memset(result, 0, sizeof *result);
    size_t root_dots = 0;
    while (length > 0 && name[length - 1] == '.') {
        length--;
        root_dots++;
    }

    /* With a dot in front, the domain itself is a name with nothing before the domain, too. */
    char *dotted = malloc(length + 1);
    if (dotted == NULL)
        abort();
    dotted[0] = '.';
    memcpy(dotted + 1, name, length);
    enum reference_result outcome = REFERENCE_OUTSIDE;
    if (ends_with_domain(dotted, length + 1)) {
        size_t before = length + 1 - DOMAIN_LENGTH;
        char *body = copy_of(dotted + 1, before > 0 ? before - 1 : 0);
        bool valid = before > 0 && root_dots <= 1 && memchr(body, '\0', before - 1) == NULL &&
                     read_body(body, result);
        outcome = valid ? REFERENCE_VALID : REFERENCE_MALFORMED;
        free(body);
    }
    free(dotted);
    return outcome;
}

static unsigned group_of(const struct in6_addr *address, int i)
{
    return (unsigned)address->s6_addr[2 * i] << 8 | address->s6_addr[2 * i + 1];
}

/* How many zero groups stand in a row from `start` on. */
static int zeros_at(const struct in6_addr *address, int start)
{
    int end = start;
    while (end < GROUPS && group_of(address, end) == 0)
        end++;
    return end - start;
}

/* Eight groups without leading zeros, with "--" for the groups from `start` to before `end`. */
static void spell(const struct in6_addr *address, int start, int end, char *text, size_t size)
{
    size_t at = 0;
    text[0] = '\0';
    for (int i = 0; i < GROUPS && at < size; i++) {
        if (i == start && start < end) {
            at += (size_t)snprintf(text + at, size - at, "-");
            i = end - 1;
        } else {
            at += (size_t)snprintf(text + at, size - at, "%s%x", i > 0 ? "-" : "",
                                   group_of(address, i));
        }
    }
}

void reference_spell(const struct in6_addr *address, char *text, size_t size)
{
    int start = 0;
    for (int i = 1; i < GROUPS; i++) {
        if (zeros_at(address, i) > zeros_at(address, start))
            start = i;
    }
    int end = start + zeros_at(address, start);
    start += start == 0;
    end -= end == GROUPS;
    if (end - start >= 2) {
        spell(address, start, end, text, size);
        if (strncmp(text + 2, "--", 2) != 0)
            return;
    }
    spell(address, 0, 0, text, size);
}

/* An LDH label in lower case: RFC 5890 section 2.3.1. */
static bool is_ldh_label(const char *label, size_t length)
{
    return length >= 1 && length <= 63 &&
           strspn(label, "abcdefghijklmnopqrstuvwxyz0123456789-") >= length && label[0] != '-' &&
           label[length - 1] != '-' && (length < 4 || strncmp(label + 2, "--", 2) != 0);
}

bool reference_is_host_name(const char *name)
{
    for (;;) {
        size_t length = strcspn(name, ".");
        if (!is_ldh_label(name, length))
            return false;
        if (name[length] == '\0')
            return true;
        name += length + 1;
    }
}

const char *reference_fault(const char *name)
{
    size_t length = strlen(name);
    const char *end = name + length - strlen(domain);
    const char *double_hyphen = strstr(name, "--");
    if (length > NAME_MAX_LENGTH)
        return "longer than V6LIT_NAME_MAX";
    if (!reference_is_host_name(name))
        return "a label that is not an LDH label";
    if (strcmp(end, domain) != 0)
        return "another domain";
    if (double_hyphen != NULL && strcspn(name, "s.") > (size_t)(double_hyphen - name) &&
        double_hyphen[2] == '-')
        return "three hyphens";
    return NULL;
}
