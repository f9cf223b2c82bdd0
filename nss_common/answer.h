/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* An address into the result and the buffer that glibc hands to a name service module. */
#ifndef ANSWER_H
#define ANSWER_H

#include <netdb.h>
#include <netinet/in.h>
#include <nss.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * What both functions keep to: the buffer may have any alignment and any length; nothing is written
 * past it, nor anywhere if the answer does not fit; the name is copied, since results may not point
 * outside the buffer. They return false if the answer does not fit.
 */

/*
 * One address for gethostbyname4_r. The tuple goes to **result if *result is not NULL (getaddrinfo
 * before glibc 2.36 and nscd before 2.37 bring the first one along), else into the buffer.
 */
bool answer_tuple(const char *name, const struct in6_addr *address, uint32_t scope_id,
                  struct gaih_addrtuple **result, char *buffer, size_t size);

/* One address of `length` bytes of `family` for the other three. */
bool answer_hostent(const char *name, int family, const void *address, size_t length,
                    struct hostent *result, char *buffer, size_t size);

#endif
