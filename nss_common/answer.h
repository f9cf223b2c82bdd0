/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Writes addresses into the result and the buffer that glibc passes to a name service module. */
#ifndef NSS_COMMON_ANSWER_H
#define NSS_COMMON_ANSWER_H

#include "base/answer_address.h"

#include <netdb.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* glibc declares it in <nss.h>; other C libraries have none. */
struct gaih_addrtuple;

/*
 * The contract of both functions: the buffer may have any alignment and any length. Nothing is
 * written past it, nor anywhere else if the answer does not fit. The name is copied, since the
 * result may not point outside the buffer. They return false if the answer does not fit.
 */

/*
 * For gethostbyname4_r: one or more addresses. The first tuple goes to **result if *result is not
 * NULL, which getaddrinfo before glibc 2.36 and nscd before 2.37 provide; all others go into the
 * buffer.
 */
bool answer_tuples(const char *name, const struct answer_address *addresses, size_t count,
                   struct gaih_addrtuple **result, char *buffer, size_t size);

/*
 * For the other entry points: the addresses of one family, of which there must be one; or for a
 * reverse lookup the address that was looked up.
 */
bool answer_hostent(const char *name, int family, const struct answer_address *addresses,
                    size_t count, struct hostent *result, char *buffer, size_t size);

#endif
