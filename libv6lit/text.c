// SPDX-License-Identifier: LGPL-2.1-or-later
#include "libv6lit/text.h"

#include "libv6lit/zero_run.h"

#include <arpa/inet.h>
#include <endian.h>
#include <stdbool.h>
#include <string.h>

enum { GROUPS = 8 };

/*
 * An address being read. Its groups, in network byte order, are put one after the other into the
 * first eight places; those after a gap, which two separators in a row are, into the last eight.
 * The eight between stay zero.
 */
struct reader {
    const char *p;
    const char *end;
    char separator;
    uint16_t *groups;
    uint16_t *next; /* where the next group goes */
    uint16_t *last; /* where none goes any more */
};

/* The value of a hexadecimal digit plus 1, so that every other byte has 0. */
static const unsigned char digit_plus_1[256] = {
    ['0'] = 1,  ['1'] = 2,  ['2'] = 3,  ['3'] = 4,  ['4'] = 5,  ['5'] = 6,  ['6'] = 7,  ['7'] = 8,
    ['8'] = 9,  ['9'] = 10, ['a'] = 11, ['b'] = 12, ['c'] = 13, ['d'] = 14, ['e'] = 15, ['f'] = 16,
    ['A'] = 11, ['B'] = 12, ['C'] = 13, ['D'] = 14, ['E'] = 15, ['F'] = 16,
};

static inline unsigned plus_1(char c)
{
    return digit_plus_1[(unsigned char)c];
}

static inline bool is_digit(char c)
{
    return plus_1(c) != 0;
}

static inline bool at_end(const struct reader *r)
{
    return r->p == r->end || text_is_zone_mark(*r->p, r->separator);
}

static inline bool has_gap(const struct reader *r)
{
    return r->next > r->groups + GROUPS;
}

static inline void push_group(struct reader *r, unsigned group)
{
    *r->next++ = htobe16((uint16_t)group);
}

/* A number of an IPv4 address: 0 to 255 without leading zeros. Returns its end, or NULL. */
static const char *read_octet(const char *p, unsigned *octet)
{
    const char *start = p;
    unsigned value = 0;
    for (; *p >= '0' && *p <= '9'; p++) {
        value = 10 * value + (unsigned)(*p - '0');
        if (value > 255 || (*start == '0' && p > start))
            return NULL;
    }
    *octet = value;
    return p > start ? p : NULL;
}

/* The last two groups in the form of an IPv4 address. */
static inline enum v6lit_status take_ipv4(struct reader *r)
{
    if (r->last - r->next < 2)
        return V6LIT_ERROR_TOO_MANY_GROUPS;
    uint32_t bits = 0;
    const char *p = r->p;
    for (int i = 0; i < 4; i++) {
        if (i > 0 && *p++ != '.')
            return V6LIT_ERROR_BAD_IPV4_TAIL;
        unsigned octet;
        p = read_octet(p, &octet);
        if (p == NULL)
            return V6LIT_ERROR_BAD_IPV4_TAIL;
        bits = bits << 8 | octet;
    }
    if (*p == '.' && p < r->end)
        return V6LIT_ERROR_BAD_IPV4_TAIL;
    push_group(r, bits >> 16);
    push_group(r, bits & 0xffff);
    r->p = p;
    return at_end(r) ? V6LIT_OK : V6LIT_ERROR_BAD_IPV4_TAIL;
}

/* Reads one to four digits, the first of which has been seen, and returns their end. Written out,
 * since this is where the time of a lookup goes. */
static inline const char *read_group(const char *p, unsigned *group)
{
    unsigned sum = plus_1(p[0]);
    unsigned digit = plus_1(p[1]);
    if (digit == 0) {
        *group = sum - 0x1;
        return p + 1;
    }
    sum = 16 * sum + digit;
    digit = plus_1(p[2]);
    if (digit == 0) {
        *group = sum - 0x11;
        return p + 2;
    }
    sum = 16 * sum + digit;
    digit = plus_1(p[3]);
    if (digit == 0) {
        *group = sum - 0x111;
        return p + 3;
    }
    *group = 16 * sum + digit - 0x1111;
    return p + 4;
}

/* A group that no separator follows; its digits end at `end`. */
static inline enum v6lit_status take_last_group(struct reader *r, const char *end, unsigned group)
{
    if (*end == '.' && end < r->end)
        return take_ipv4(r);
    if (r->next == r->last)
        return V6LIT_ERROR_TOO_MANY_GROUPS;
    r->p = end;
    if (is_digit(*end))
        return V6LIT_ERROR_GROUP_TOO_LONG;
    push_group(r, group);
    return at_end(r) ? V6LIT_OK : V6LIT_ERROR_BAD_CHARACTER;
}

/* Two separators in a row, which have been seen. */
static inline enum v6lit_status take_gap(struct reader *r)
{
    if (has_gap(r))
        return r->separator == '-' ? V6LIT_ERROR_SECOND_DOUBLE_HYPHEN
                                   : V6LIT_ERROR_SECOND_DOUBLE_COLON;
    if (r->next == r->last)
        return V6LIT_ERROR_TOO_MANY_GROUPS;
    /* It stands for one group at least. */
    r->last = r->groups + 2 * GROUPS + (r->last - r->next) - 1;
    r->next = r->groups + 2 * GROUPS;
    r->p += 2;
    return *r->p == r->separator ? V6LIT_ERROR_THREE_SEPARATORS : V6LIT_OK;
}

/* One separator, which has been seen, with no group after it. */
static inline enum v6lit_status refuse_separator(struct reader *r)
{
    r->p++;
    if (!at_end(r))
        return V6LIT_ERROR_BAD_CHARACTER;
    r->p--;
    return V6LIT_ERROR_LONE_SEPARATOR;
}

static inline enum v6lit_status take_groups(struct reader *r)
{
    if (*r->p == r->separator && r->p[1] != r->separator)
        return V6LIT_ERROR_LONE_SEPARATOR;
    for (;;) {
        if (is_digit(*r->p)) {
            unsigned group;
            const char *end = read_group(r->p, &group);
            if (*end != r->separator)
                return take_last_group(r, end, group);
            if (r->next == r->last)
                return V6LIT_ERROR_TOO_MANY_GROUPS;
            push_group(r, group);
            r->p = end + 1;
            if (is_digit(*r->p))
                continue;
            r->p = end;
            if (end[1] != r->separator)
                return refuse_separator(r);
        } else if (*r->p != r->separator) {
            return at_end(r) ? V6LIT_OK : V6LIT_ERROR_BAD_CHARACTER;
        }
        enum v6lit_status status = take_gap(r);
        if (status != V6LIT_OK)
            return status;
    }
}

enum v6lit_status text_read(const char **cursor, const char *end, char separator,
                            struct in6_addr *address)
{
    uint16_t groups[3 * GROUPS] = {0};
    struct reader r = {*cursor, end, separator, groups, groups, groups + GROUPS};
    enum v6lit_status status = take_groups(&r);
    *cursor = r.p;
    if (status != V6LIT_OK)
        return status;
    if (!has_gap(&r) && r.next < r.last)
        return r.next == r.groups ? V6LIT_ERROR_NO_ADDRESS : V6LIT_ERROR_TOO_FEW_GROUPS;
    /* What follows the gap ends with the last group; without a gap these are the zeros. */
    const uint16_t *after = has_gap(&r) ? r.next - GROUPS : r.groups + GROUPS;
    /* A vector, so that all is written at once: what is written in parts is read again slowly. */
    uint64_t __attribute__((vector_size(sizeof *address))) head, tail;
    memcpy(&head, r.groups, sizeof head);
    memcpy(&tail, after, sizeof tail);
    head |= tail;
    memcpy(address, &head, sizeof head);
    return V6LIT_OK;
}

/* Bit i is set if group i is zero. */
static inline unsigned zero_groups(const struct in6_addr *address)
{
    unsigned zeros = 0;
#pragma GCC unroll 8
    for (int i = GROUPS - 1; i >= 0; i--) {
        uint16_t group;
        memcpy(&group, address->s6_addr + 2 * i, sizeof group);
        zeros = 2 * zeros + (group == 0);
    }
    return zeros;
}

/* A group without leading zeros; scribbles over three bytes after it. */
static inline char *put_group(char *p, const unsigned char *group)
{
    /* Its four digits, one a byte, the first one in the lowest: as numbers, then as characters. */
    uint32_t digits = group[0] | (uint32_t)group[1] << 16;
    digits = (digits >> 4 | digits << 8) & 0x0f0f0f0f;
    int leading_zeros = __builtin_ctz(digits | 1U << 24) / 8;
    uint32_t letters = (digits + 0x06060606) >> 4 & 0x01010101;
    digits += 0x30303030 + letters * ('a' - '0' - 10);
    digits = htole32(digits >> 8 * leading_zeros);
    memcpy(p, &digits, sizeof digits);
    return p + 4 - leading_zeros;
}

/* Groups `start` to before `end`, with a separator before each. */
static inline char *put_groups(char *p, const struct in6_addr *address, int start, int end,
                               char separator)
{
    for (int i = start; i < end; i++) {
        *p = separator;
        p = put_group(p + 1, address->s6_addr + 2 * i);
    }
    return p;
}

char *text_write_scalar(const struct in6_addr *address, char separator, char text[TEXT_BUFFER])
{
    unsigned zeros = zero_groups(address);
    struct zero_run run =
        separator == '-' ? zero_run_of_name(zeros, address) : zero_run_longest(zeros);
    int last = separator == ':' && zero_run_has_ipv4_tail(run, address) ? GROUPS - 2 : GROUPS;

    char *p = text;
    if (run.end == 0) {
        p = put_group(p, address->s6_addr);
        return put_groups(p, address, 1, GROUPS, separator);
    }
    if (run.start > 0) {
        p = put_group(p, address->s6_addr);
        p = put_groups(p, address, 1, run.start, separator);
    }
    *p++ = separator;
    if (run.end == GROUPS)
        *p++ = separator;
    p = put_groups(p, address, run.end, last, separator);
    if (last < GROUPS) {
        *p++ = separator;
        inet_ntop(AF_INET, address->s6_addr + 12, p, INET_ADDRSTRLEN);
        p += strlen(p);
    }
    return p;
}

#ifndef __SSE2__
char *text_write(const struct in6_addr *address, char separator, char text[TEXT_BUFFER])
{
    return text_write_scalar(address, separator, text);
}
#endif
