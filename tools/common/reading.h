/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One input in any of the forms in which an address is written. */
#ifndef TOOLS_COMMON_READING_H
#define TOOLS_COMMON_READING_H

#include "libv6lit/v6lit.h"

#include <stdbool.h>

/* What the host of an input is. */
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
 * BUFFER_INPUT_MAX. On an error *column is where the reading that fits best stopped. Errors: those
 * of v6lit_read_text, and V6LIT_ERROR_NO_SUCH_INTERFACE for a zone such as eth0@if2 (see below)
 * that is no interface.
 */
enum v6lit_status reading_of(const char *text, size_t length, struct reading *reading,
                             size_t *column);

/* Whether there is something in the text that stands after an interface name rather than in it:
 * ip(8) prints eth0@if2, ipconfig 12(Preferred), and lists have commas. */
bool reading_has_more(const char *text, size_t length);

/*
 * Whether "%25" stands before an interface name where "%" should, out of a URL: [fe80::1%25eth0]
 * means eth0 unless an interface is called 25eth0. *at is the offset of the "25".
 */
bool reading_has_encoded_percent(const char *text, size_t length, size_t *at);

/* Whether it can be used as it is: a label is no host in a URL or UNC path. */
bool reading_is_whole(const struct reading *reading);

#endif
