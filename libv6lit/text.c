// SPDX-License-Identifier: LGPL-2.1-or-later
#include "text.h"

#include <arpa/inet.h>
#include <endian.h>
#include <stdbool.h>
#include <string.h>

enum { GROUPS = 8 };

/* An address as a number, in host byte order. */
struct bits {
    uint64_t high;
    uint64_t low;
};

/* An address being read. */
struct reader {
    const char *p;
    const char *end;
    char separator;
    bool gap;           /* two separators in a row have been seen */
    int count;          /* of groups */
    struct bits head;   /* the groups before the gap, in their places */
    struct bits groups; /* those since, as if they were the last ones */
};

/* The value of a hexadecimal digit plus 1, so that every other byte has 0. */
static const unsigned char digit_plus_1[256] = {
    ['0'] = 1,  ['1'] = 2,  ['2'] = 3,  ['3'] = 4,  ['4'] = 5,  ['5'] = 6,  ['6'] = 7,  ['7'] = 8,
    ['8'] = 9,  ['9'] = 10, ['a'] = 11, ['b'] = 12, ['c'] = 13, ['d'] = 14, ['e'] = 15, ['f'] = 16,
    ['A'] = 11, ['B'] = 12, ['C'] = 13, ['D'] = 14, ['E'] = 15, ['F'] = 16,
};

/* The value of a hexadecimal digit; above 15 for any other byte. */
static inline unsigned digit_value(char c)
{
    return digit_plus_1[(unsigned char)c] - 1U;
}

static inline bool is_digit(char c)
{
    return digit_value(c) <= 15;
}

static inline bool at_end(const struct reader *r)
{
    return r->p == r->end || text_is_zone_mark(*r->p, r->separator);
}

/* How many groups there can be: a gap stands for one at least. */
static inline int limit(const struct reader *r)
{
    return r->gap ? GROUPS - 1 : GROUPS;
}

static inline void push_group(struct reader *r, unsigned group)
{
    r->groups.high = r->groups.high << 16 | r->groups.low >> 48;
    r->groups.low = r->groups.low << 16 | group;
    r->count++;
}

/* By 16 to 128 bits. */
static inline struct bits shift_left(struct bits bits, int count)
{
    if (count == 128)
        return (struct bits){0, 0};
    if (count >= 64)
        return (struct bits){bits.low << (count - 64), 0};
    return (struct bits){bits.high << count | bits.low >> (64 - count), bits.low << count};
}

static bool is_ipv4_byte(char c)
{
    return (c >= '0' && c <= '9') || c == '.';
}

/* Four decimal numbers with dots between, to four bytes; returns their end, or NULL. */
static const char *read_ipv4(const char *p, const char *end, unsigned char *bytes)
{
    char text[INET_ADDRSTRLEN] = "";
    size_t length = 0;
    while (p + length < end && is_ipv4_byte(p[length]))
        length++;
    if (length >= sizeof text)
        return NULL;
    memcpy(text, p, length);
    return inet_pton(AF_INET, text, bytes) == 1 ? p + length : NULL;
}

/* The last two groups in the form of an IPv4 address. */
static inline enum v6lit_status take_ipv4(struct reader *r)
{
    if (r->count + 2 > limit(r))
        return V6LIT_ERROR_MANY;
    unsigned char bytes[4];
    const char *end = read_ipv4(r->p, r->end, bytes);
    if (end == NULL)
        return V6LIT_ERROR_IPV4;
    push_group(r, (unsigned)bytes[0] << 8 | bytes[1]);
    push_group(r, (unsigned)bytes[2] << 8 | bytes[3]);
    r->p = end;
    return at_end(r) ? V6LIT_OK : V6LIT_ERROR_IPV4;
}

/* Reads one to four digits, the first of which has been seen, and returns their end. */
static inline const char *read_group(const char *p, unsigned *group)
{
    unsigned value = digit_value(*p++);
    unsigned digit;
    /* Written out, since this is where the time of a look-up goes. */
    if ((digit = digit_value(*p)) <= 15) {
        value = value << 4 | digit;
        if ((digit = digit_value(*++p)) <= 15) {
            value = value << 4 | digit;
            if ((digit = digit_value(*++p)) <= 15) {
                value = value << 4 | digit;
                p++;
            }
        }
    }
    *group = value;
    return p;
}

static inline enum v6lit_status take_group(struct reader *r)
{
    unsigned group;
    const char *end = read_group(r->p, &group);
    if (*end == '.' && end < r->end)
        return take_ipv4(r);
    if (r->count == limit(r))
        return V6LIT_ERROR_MANY;
    r->p = end;
    if (is_digit(*end))
        return V6LIT_ERROR_DIGITS;
    push_group(r, group);
    return V6LIT_OK;
}

/* Two separators in a row, which have been seen. */
static inline enum v6lit_status take_gap(struct reader *r)
{
    if (r->gap)
        return r->separator == '-' ? V6LIT_ERROR_SECOND_HYPHENS : V6LIT_ERROR_SECOND_COLONS;
    if (r->count == GROUPS)
        return V6LIT_ERROR_MANY;
    r->gap = true;
    r->head = shift_left(r->groups, 16 * (GROUPS - r->count));
    r->groups = (struct bits){0, 0};
    r->p += 2;
    return *r->p == r->separator ? V6LIT_ERROR_THIRD : V6LIT_OK;
}

/* One separator, which has been seen; there must be a group on both sides. */
static inline enum v6lit_status take_separator(struct reader *r)
{
    if (r->count == 0)
        return V6LIT_ERROR_SEPARATOR;
    r->p++;
    if (is_digit(*r->p))
        return V6LIT_OK;
    if (!at_end(r))
        return V6LIT_ERROR_CHARACTER;
    r->p--;
    return V6LIT_ERROR_SEPARATOR;
}

static inline enum v6lit_status take_groups(struct reader *r)
{
    for (;;) {
        enum v6lit_status status = V6LIT_OK;
        if (is_digit(*r->p))
            status = take_group(r);
        if (status != V6LIT_OK)
            return status;
        if (*r->p != r->separator)
            return at_end(r) ? V6LIT_OK : V6LIT_ERROR_CHARACTER;
        status = r->p[1] == r->separator ? take_gap(r) : take_separator(r);
        if (status != V6LIT_OK)
            return status;
    }
}

enum v6lit_status text_read(const char **cursor, const char *end, char separator,
                            struct in6_addr *address)
{
    struct reader r = {.p = *cursor, .end = end, .separator = separator};
    enum v6lit_status status = take_groups(&r);
    *cursor = r.p;
    if (status != V6LIT_OK)
        return status;
    if (!r.gap && r.count < GROUPS)
        return r.count == 0 ? V6LIT_ERROR_EMPTY : V6LIT_ERROR_FEW;
    uint64_t words[2] = {htobe64(r.head.high | r.groups.high), htobe64(r.head.low | r.groups.low)};
    memcpy(address, words, sizeof words);
    return V6LIT_OK;
}

/* Where the double separator goes: groups `start` to before `end`, none if they are the same. */
struct run {
    int start;
    int end;
};

/* RFC 5952 section 4.2: the longest run of two zero groups or more, the first of equal ones. */
static struct run longest_zero_run(const unsigned group[GROUPS])
{
    struct run best = {0, 0};
    for (int i = 0; i < GROUPS; i++) {
        int start = i;
        while (i < GROUPS && group[i] == 0)
            i++;
        if (i - start >= 2 && i - start > best.end - best.start)
            best = (struct run){start, i};
    }
    return best;
}

/* The run that can go so that the text is a host name: see v6lit_encode for the rules. */
static struct run name_zero_run(const unsigned group[GROUPS])
{
    static const struct run none = {0, 0};
    struct run run = longest_zero_run(group);
    if (run.start == run.end)
        return none;
    if (run.start == 0)
        run.start++;
    if (run.end == GROUPS)
        run.end--;
    bool reserved_hyphens = run.start == 1 && group[0] > 0xf && group[0] <= 0xff;
    return run.end - run.start < 2 || reserved_hyphens ? none : run;
}

/* A group without leading zeros; scribbles over three bytes behind it. */
static inline char *put_group(char *p, unsigned group)
{
    static const char digits[] = "0123456789abcdef";
    int length = 1 + (group > 0xf) + (group > 0xff) + (group > 0xfff);
    group <<= 16 - 4 * length;
    p[0] = digits[group >> 12 & 0xf];
    p[1] = digits[group >> 8 & 0xf];
    p[2] = digits[group >> 4 & 0xf];
    p[3] = digits[group & 0xf];
    return p + length;
}

/* As glibc's inet_ntop: ::ffff:192.0.2.1, and ::192.0.2.1 if its first two bytes are not both 0. */
static bool has_ipv4_tail(const unsigned group[GROUPS], struct run run)
{
    return run.start == 0 && (run.end == 6 || (run.end == 5 && group[5] == 0xffff));
}

char *text_write(const struct in6_addr *address, char separator, char text[TEXT_BUFFER])
{
    unsigned group[GROUPS];
    for (int i = 0; i < GROUPS; i++)
        group[i] = (unsigned)address->s6_addr[2 * i] << 8 | address->s6_addr[2 * i + 1];

    struct run run = separator == '-' ? name_zero_run(group) : longest_zero_run(group);
    int last = separator == ':' && has_ipv4_tail(group, run) ? GROUPS - 2 : GROUPS;
    char *p = text;
    for (int i = 0; i < last; i++) {
        if (i == run.start && run.start < run.end) {
            *p++ = separator;
            if (run.end == GROUPS)
                *p++ = separator;
            i = run.end - 1;
        } else {
            if (i > 0)
                *p++ = separator;
            p = put_group(p, group[i]);
        }
    }
    if (last < GROUPS) {
        *p++ = separator;
        inet_ntop(AF_INET, address->s6_addr + 12, p, INET_ADDRSTRLEN);
        p += strlen(p);
    }
    return p;
}
