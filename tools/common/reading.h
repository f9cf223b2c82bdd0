/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One input, in any of the forms in which an address is written. */
#ifndef TOOLS_COMMON_READING_H
#define TOOLS_COMMON_READING_H

#include "libv6lit/v6lit.h"

#include <stdbool.h>

/* The form of the host in an input. */
enum reading_host {
    READING_NAME,    /* fe80--1s4.ipv6-literal.net */
    READING_LABEL,   /* fe80--1s4: the domain is missing */
    READING_ADDRESS, /* fe80::1%4, in brackets or not */
};

struct reading {
    struct v6lit_host where;
    enum reading_host host;
    struct v6lit_address address;
};

/*
 * Reads a name, label or address, alone or in a UNC path or URL: `length` bytes, at most
 * BUFFER_INPUT_MAX. On an error *column is where the most plausible reading stopped. Errors: those
 * of v6lit_read_text, and V6LIT_ERROR_NO_SUCH_INTERFACE for a zone such as eth0@if2 (see below)
 * that is not an interface.
 */
enum v6lit_status reading_of(const char *text, size_t length, struct reading *reading,
                             size_t *column);

/*
 * Whether the text has something after an interface name that is not part of it: ip(8) prints
 * eth0@if2, ipconfig prints 12(Preferred), and lists have commas.
 */
bool reading_has_more(const char *text, size_t length);

/*
 * Whether "%25" was written for "%" before an interface name outside a URL: [fe80::1%25eth0] means
 * eth0 unless there is an interface 25eth0. *at is the offset of the "25".
 */
bool reading_has_encoded_percent(const char *text, size_t length, size_t *at);

/* Whether the input can be used as it is: a label is not a host in a URL or UNC path. */
bool reading_is_whole(const struct reading *reading);

#endif
