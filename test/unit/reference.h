/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A second implementation of literal names: slow, simple, and independent of libv6lit. It tells
 * whether a name is valid, but not where an error is.
 */
#ifndef TEST_UNIT_REFERENCE_H
#define TEST_UNIT_REFERENCE_H

#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum reference_result {
    REFERENCE_OUTSIDE,
    REFERENCE_MALFORMED,
    REFERENCE_VALID,
};

struct reference_address {
    struct in6_addr address;
    uint32_t index;
    char name[16];
};

/* Reads a name byte for byte: nothing that is not ASCII is mapped. */
enum reference_result reference_decode(const char *name, size_t length,
                                       struct reference_address *result);

/*
 * What RFC 5952 section 4.2 and the rules of v6lit_encode say the address part is: drop the first
 * of the longest runs, keep the groups at the edges, and drop nothing if that would leave fewer
 * than two groups to drop or put hyphens at positions 3 and 4.
 */
void reference_spell(const struct in6_addr *address, char *text, size_t size);

/* Whether every label is an LDH label in lower case (RFC 5890 section 2.3.1). */
bool reference_is_host_name(const char *name);

/* Why a name is not canonical, as far as its looks say; NULL if it is. */
const char *reference_fault(const char *name);

#endif
