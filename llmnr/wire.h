/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The beginning of a message, for the responder: the header and the only question, which is never
 * compressed. Names stay as they are on the wire.
 */
#ifndef LLMNR_WIRE_H
#define LLMNR_WIRE_H

#include <arpa/nameser.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The flags of the header: RFC 4795, section 2.1.1. C and T are at the bits of AA and RD in DNS. */
enum {
    WIRE_QR = 0x8000,
    WIRE_OPCODE = 0x7800,
    WIRE_C = 0x0400,
    WIRE_TC = 0x0200,
    WIRE_T = 0x0100,
    WIRE_RCODE = 0x000f,
};

struct wire_head {
    uint16_t id;
    uint16_t flags;
    uint16_t questions;
    uint16_t answers;
    uint16_t authorities;
    uint16_t additionals;
    const unsigned char *name; /* of the question, up to and with the root's label */
    size_t name_length;
    uint16_t type;
    uint16_t class;
    size_t end; /* of the question, from the start of the message */
};

/* False if the message has no header and complete question. */
bool wire_read_head(const unsigned char *bytes, size_t length, struct wire_head *head);

/* Moves *at past a name, compressed or not; false if it does not end within the message. */
bool wire_skip_name(const unsigned char *bytes, size_t length, size_t *at);

/*
 * Whether two names of this length are equal in any ASCII case. The length octets are below all
 * letters.
 */
bool wire_is_same_name(const unsigned char *a, const unsigned char *b, size_t length);

uint16_t wire_get16(const unsigned char *at);
uint32_t wire_get32(const unsigned char *at);
void wire_put16(unsigned char *at, uint16_t value);

#endif
