// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * text_write with SSE2, which every x86-64 has: all digits at once. text_write_scalar, which does
 * the same, is what the tests compare it with.
 */
#ifdef __SSE2__

#include "libv6lit/text.h"
#include "libv6lit/zero_run.h"

#include <emmintrin.h>
#include <stdint.h>
#include <string.h>

enum { GROUPS = 8, DIGITS = 4 * GROUPS };

/*
 * An address as four digits for each group, in the buffer that the text goes into. Each group moves
 * towards its front, and none is written over before it is moved: group i ends before 5 * i + 5.
 */
struct digits {
    const char *text;
    uint32_t zeros;       /* bit i is set if digit i is 0 */
    unsigned zero_groups; /* bit i is set if group i is zero */
};
enum { DIGITS_START = GROUPS };
_Static_assert(DIGITS_START + DIGITS + 3 <= TEXT_BUFFER, "put_group copies four bytes");

static inline __m128i letters(__m128i digits)
{
    __m128i above_9 = _mm_cmpgt_epi8(digits, _mm_set1_epi8(9));
    __m128i ascii = _mm_add_epi8(digits, _mm_set1_epi8('0'));
    return _mm_add_epi8(ascii, _mm_and_si128(above_9, _mm_set1_epi8('a' - '0' - 10)));
}

static inline uint32_t mask(__m128i bytes)
{
    return (uint32_t)_mm_movemask_epi8(bytes);
}

static inline struct digits split(const struct in6_addr *address, char *p)
{
    struct digits digits = {.text = p};
    const __m128i zero = _mm_setzero_si128();
    const __m128i low_bits = _mm_set1_epi8(0xf);
    __m128i bytes = _mm_loadu_si128((const void *)address);
    __m128i high = _mm_and_si128(_mm_srli_epi16(bytes, 4), low_bits);
    __m128i low = _mm_and_si128(bytes, low_bits);
    __m128i first = _mm_unpacklo_epi8(high, low);
    __m128i last = _mm_unpackhi_epi8(high, low);
    _mm_storeu_si128((void *)p, letters(first));
    _mm_storeu_si128((void *)(p + DIGITS / 2), letters(last));
    digits.zeros = mask(_mm_cmpeq_epi8(first, zero)) | mask(_mm_cmpeq_epi8(last, zero)) << 16;
    digits.zero_groups = mask(_mm_packs_epi16(_mm_cmpeq_epi16(bytes, zero), zero));
    return digits;
}

/* A group without leading zeros; scribbles over three bytes after it. */
static inline char *put_group(char *p, const struct digits *digits, int group)
{
    int leading_zeros = __builtin_ctz(~(digits->zeros >> 4 * group) | 1U << 3);
    memcpy(p, digits->text + 4 * group + leading_zeros, 4);
    return p + 4 - leading_zeros;
}

static inline char *put_next(char *p, char separator, const struct digits *digits, int group)
{
    *p = separator;
    return put_group(p + 1, digits, group);
}

static char *put_all(char *p, char separator, const struct digits *digits)
{
    p = put_group(p, digits, 0);
#pragma GCC unroll 8
    for (int i = 1; i < GROUPS; i++)
        p = put_next(p, separator, digits, i);
    return p;
}

/* The groups from `start` on. Not a loop, whose end the processor would guess wrong. */
static inline char *put_rest(char *p, char separator, const struct digits *digits, int start)
{
    switch (start) {
    case 2:
        p = put_next(p, separator, digits, 2); /* fall through */
    case 3:
        p = put_next(p, separator, digits, 3); /* fall through */
    case 4:
        p = put_next(p, separator, digits, 4); /* fall through */
    case 5:
        p = put_next(p, separator, digits, 5); /* fall through */
    case 6:
        p = put_next(p, separator, digits, 6); /* fall through */
    case 7:
        p = put_next(p, separator, digits, 7); /* fall through */
    default:
        return p;
    }
}

char *text_write(const struct in6_addr *address, char separator, char text[TEXT_BUFFER])
{
    struct digits digits = split(address, text + DIGITS_START);
    struct zero_run run = separator == '-' ? zero_run_of_name(digits.zero_groups, address)
                                           : zero_run_longest(digits.zero_groups);
    if (run.end == 0)
        return put_all(text, separator, &digits);
    if (separator == ':' && zero_run_has_ipv4_tail(run, address))
        return text_write_scalar(address, separator, text);
    char *p = text;
    if (run.start > 0)
        p = put_group(p, &digits, 0);
    for (int i = 1; i < run.start; i++)
        p = put_next(p, separator, &digits, i);
    *p++ = separator;
    if (run.end == GROUPS)
        *p++ = separator;
    return put_rest(p, separator, &digits, run.end);
}

#endif
