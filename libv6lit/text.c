// SPDX-License-Identifier: LGPL-2.1-or-later
#include "text.h"

#include <arpa/inet.h>
#include <stdbool.h>
#include <string.h>

enum { GROUPS = 8, NO_GAP = -1 };

/* An address being read. The groups are in network byte order and stand without the gap. */
struct reader {
    const char *p;
    const char *end;
    char separator;
    int count;
    int gap; /* how many groups stand before the double separator, or NO_GAP */
    unsigned char groups[2 * GROUPS];
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
    return r->gap == NO_GAP ? GROUPS : GROUPS - 1;
}

static bool is_ipv4_byte(char c)
{
    return (c >= '0' && c <= '9') || c == '.';
}

/* Four decimal numbers with dots between, the last thing in an address. */
static enum v6lit_status take_ipv4(struct reader *r)
{
    char text[INET_ADDRSTRLEN] = "";
    size_t length = 0;
    while (r->p + length < r->end && is_ipv4_byte(r->p[length]))
        length++;
    if (length >= sizeof text)
        return V6LIT_ERROR_IPV4;
    memcpy(text, r->p, length);

    struct in_addr ipv4;
    if (inet_pton(AF_INET, text, &ipv4) != 1)
        return V6LIT_ERROR_IPV4;
    if (r->count + 2 > limit(r))
        return V6LIT_ERROR_MANY;
    memcpy(r->groups + 2 * r->count, &ipv4, sizeof ipv4);
    r->count += 2;
    r->p += length;
    return at_end(r) ? V6LIT_OK : V6LIT_ERROR_IPV4;
}

/* One to four digits, the first of which has been seen. */
static inline enum v6lit_status take_group(struct reader *r)
{
    const char *first = r->p;
    unsigned group = digit_value(*first);
    const char *p = first + 1;
    for (unsigned digit; p < first + 4 && (digit = digit_value(*p)) <= 15; p++)
        group = group << 4 | digit;

    if (*p == '.' && p < r->end)
        return take_ipv4(r);
    if (r->count == limit(r))
        return V6LIT_ERROR_MANY;
    r->p = p;
    if (is_digit(*p))
        return V6LIT_ERROR_DIGITS;
    r->groups[2 * r->count] = (unsigned char)(group >> 8);
    r->groups[2 * r->count + 1] = (unsigned char)group;
    r->count++;
    return V6LIT_OK;
}

/* Two separators in a row, which have been seen. */
static inline enum v6lit_status take_gap(struct reader *r)
{
    if (r->gap != NO_GAP)
        return r->separator == '-' ? V6LIT_ERROR_SECOND_HYPHENS : V6LIT_ERROR_SECOND_COLONS;
    if (r->count == GROUPS)
        return V6LIT_ERROR_MANY;
    r->gap = r->count;
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
        if (status != V6LIT_OK || at_end(r))
            return status;
        if (*r->p != r->separator)
            return V6LIT_ERROR_CHARACTER;
        status = r->p[1] == r->separator ? take_gap(r) : take_separator(r);
        if (status != V6LIT_OK)
            return status;
    }
}

enum v6lit_status text_read(const char **cursor, const char *end, char separator,
                            struct in6_addr *address)
{
    struct reader r = {.p = *cursor, .end = end, .separator = separator, .gap = NO_GAP};
    enum v6lit_status status = take_groups(&r);
    *cursor = r.p;
    if (status != V6LIT_OK)
        return status;
    if (r.gap == NO_GAP && r.count < GROUPS)
        return r.count == 0 ? V6LIT_ERROR_EMPTY : V6LIT_ERROR_FEW;

    int head = r.gap == NO_GAP ? GROUPS : r.gap;
    int tail = r.count - head;
    memset(address, 0, sizeof *address);
    for (int i = 0; i < 2 * head; i++)
        address->s6_addr[i] = r.groups[i];
    for (int i = 0; i < 2 * tail; i++)
        address->s6_addr[2 * (GROUPS - tail) + i] = r.groups[2 * head + i];
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
