// SPDX-License-Identifier: LGPL-2.1-or-later
#include "resolved_hook/record.h"

#include "libv6lit/v6lit.h"

#include <resolv.h>
#include <string.h>

/*
 * The answer follows from the name alone and is never outdated, but a cache gains nothing by
 * keeping it: asking again costs microseconds and no packet. Long enough that the queries of one
 * connection attempt agree; short enough that names invented to fill a cache in front of the stub
 * are gone soon, and that nothing remains after the hook is removed.
 */
enum { TTL_SECONDS = 10 };

/* Where the address begins in its v4-mapped form. */
enum { AT_MAPPED = NS_IN6ADDRSZ - NS_INADDRSZ };

/*
 * Writes the labels of a name as text without escapes. A dot inside a label is no separator, and
 * becomes a NUL: a byte that no literal name holds. Returns the length.
 */
static size_t write_text(const unsigned char *wire, char text[NS_MAXCDNAME])
{
    size_t length = 0;
    while (*wire != 0) {
        size_t label = *wire++;
        if (length > 0)
            text[length++] = '.';
        for (; label > 0; label--, wire++)
            text[length++] = *wire == '.' ? '\0' : (char)*wire;
    }
    return length;
}

static unsigned char *put16(unsigned char *at, unsigned value)
{
    at[0] = (unsigned char)(value >> 8);
    at[1] = (unsigned char)value;
    return at + 2;
}

/* Appends everything that follows the owner, which is there already. */
static void finish_record(struct record *record, uint16_t type, const void *data, size_t size)
{
    unsigned char *end = record->bytes + record->length;
    end = put16(end, type);
    end = put16(end, ns_c_in);
    end = put16(end, 0);
    end = put16(end, TTL_SECONDS);
    end = put16(end, (unsigned)size);
    memcpy(end, data, size);
    record->length = (size_t)(end - record->bytes) + size;
}

/* What v6lit_decode says about a name that it does not read. */
static enum record_result refusal(enum v6lit_status status)
{
    switch (status) {
    case V6LIT_ERROR_NOT_A_LITERAL_NAME:
    /* Nobody knows whether it is inside. resolved asks for the ASCII form as well. */
    case V6LIT_ERROR_NO_LIBIDN2:
    case V6LIT_ERROR_TOO_LONG_TO_MAP:
        return RECORD_OUTSIDE;
    default:
        return RECORD_MALFORMED;
    }
}

enum record_result record_find(const char *name, uint16_t type, struct record *record)
{
    struct v6lit_address address;
    char text[NS_MAXCDNAME];
    int owner = dn_comp(name, record->bytes, NS_MAXCDNAME, NULL, NULL);
    /* Not a name of DNS: a label too long, for example. Inside the domain it is malformed. */
    if (owner < 0) {
        enum v6lit_status status = v6lit_decode(name, strlen(name), &address, NULL);
        return status == V6LIT_OK ? RECORD_MALFORMED : refusal(status);
    }
    size_t length = write_text(record->bytes, text);
    enum v6lit_status status = v6lit_decode(text, length, &address, NULL);
    if (status != V6LIT_OK)
        return refusal(status);
    if (address.zone_index != 0 || address.zone_name[0] != '\0')
        return RECORD_NONE;
    record->length = (size_t)owner;
    if (type == ns_t_aaaa || type == ns_t_any) {
        finish_record(record, ns_t_aaaa, &address.address, NS_IN6ADDRSZ);
        return RECORD_FOUND;
    }
    if (type == ns_t_a && IN6_IS_ADDR_V4MAPPED(&address.address)) {
        finish_record(record, ns_t_a, address.address.s6_addr + AT_MAPPED, NS_INADDRSZ);
        return RECORD_FOUND;
    }
    return RECORD_NONE;
}
