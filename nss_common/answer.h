/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* An address into the result and the buffer that glibc hands to a name service module. */
#ifndef NSS_COMMON_ANSWER_H
#define NSS_COMMON_ANSWER_H

#include "base/answer_address.h"

#include <netdb.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* <nss.h> has it, where there is one: with glibc. */
struct gaih_addrtuple;

/*
 * What both functions keep to: the buffer may have any alignment and any length; nothing is written
 * past it, nor anywhere outside of it if the answer does not fit; the name is copied, since results
 * may not point outside the buffer. They return false if the answer does not fit.
 */

/*
 * One address or more for gethostbyname4_r. The first tuple goes to **result if *result is not NULL
 * (getaddrinfo before glibc 2.36 and nscd before 2.37 bring it along), all others into the buffer.
 */
bool answer_tuples(const char *name, const struct answer_address *addresses, size_t count,
                   struct gaih_addrtuple **result, char *buffer, size_t size);

/* For the others: those of the addresses that are of this family, and there must be one; or for a
 * reverse lookup the address that was asked for. */
bool answer_hostent(const char *name, int family, const struct answer_address *addresses,
                    size_t count, struct hostent *result, char *buffer, size_t size);

#endif
