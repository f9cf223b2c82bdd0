/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Literal names, in ASCII or not. */
#ifndef LIBV6LIT_LITERAL_H
#define LIBV6LIT_LITERAL_H

#include "libv6lit/v6lit.h"

/* v6lit_decode, but *column is set on success, too, as name_decode does. */
enum v6lit_status literal_decode(const char *name, size_t length, struct v6lit_address *address,
                                 size_t *column);

#endif
