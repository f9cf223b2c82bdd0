/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* v6lit_getaddrinfo, for who stands in the place of libc's getaddrinfo and must name the real one.
 */
#ifndef LIBV6LIT_GETADDRINFO_H
#define LIBV6LIT_GETADDRINFO_H

#include "libv6lit/v6lit.h"

typedef int getaddrinfo_function(const char *node, const char *service,
                                 const struct addrinfo *hints, struct addrinfo **result);

int getaddrinfo_by(getaddrinfo_function *real, const char *node, const char *service,
                   const struct addrinfo *hints, struct addrinfo **result);

#endif
