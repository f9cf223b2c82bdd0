/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Names that are not ASCII: mapped with libidn2, which is loaded for that name and stays loaded. */
#ifndef LIBV6LIT_IDN_H
#define LIBV6LIT_IDN_H

#include "libv6lit/v6lit.h"

/* The longest text that is mapped, before and after. */
#define IDN_MAX 255

/*
 * Mapped text. For each of its bytes and for its end, the offset in the input from which it comes.
 */
struct idn_text {
    size_t length;
    char bytes[IDN_MAX];
    unsigned char origin[IDN_MAX + 1];
};

/*
 * Maps UTF-8 as UTS #46 does, each character by itself. A character that maps to ASCII is replaced,
 * and any other stays, since an interface may be called so. Labels are not validated, because good
 * literal names break the rules for them: a hyphen at an edge, two at the third position, a low
 * line.
 *
 * Errors: V6LIT_ERROR_NO_LIBIDN2 and V6LIT_ERROR_TOO_LONG_TO_MAP.
 */
enum v6lit_status idn_map(const char *text, size_t length, struct idn_text *mapped);

#endif
