// SPDX-License-Identifier: LGPL-2.1-or-later
#include "reference.h"

#include <arpa/inet.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static const char domain[] = ".ipv6-literal.net";
enum { DOMAIN_LENGTH = sizeof domain - 1 };

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

/* The numeric twin, as inet_pton reads it. */
static bool read_address(const char *text, struct in6_addr *address)
{
    if (strpbrk(text, ":%") != NULL)
        return false;
    char *twin = copy_of(text, strlen(text));
    for (char *p = twin; *p != '\0'; p++) {
        if (*p == '-')
            *p = ':';
    }
    bool valid = inet_pton(AF_INET6, twin, address) == 1;
    free(twin);
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

/* linux/net/core/dev.c, dev_valid_name(). */
static bool is_interface_name(const char *text)
{
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
