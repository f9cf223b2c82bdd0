/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Classes of ASCII characters. Those of <ctype.h> depend on the locale, which is the caller's. */
#ifndef BASE_ASCII_H
#define BASE_ASCII_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

static inline char ascii_lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

static inline bool ascii_is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static inline bool ascii_is_letter(char c)
{
    return ascii_lower(c) >= 'a' && ascii_lower(c) <= 'z';
}

static inline bool ascii_is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* isspace() of the C locale. */
static inline bool ascii_is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Characters that a URL can contain anywhere: "unreserved" of RFC 3986 section 2.3. */
static inline bool ascii_is_unreserved(char c)
{
    return ascii_is_letter(c) || ascii_is_digit(c) || c == '-' || c == '.' || c == '_' || c == '~';
}

/* Whether no byte of a text is above 0x7f. */
static inline bool ascii_is_all(const char *text, size_t length)
{
    uint64_t all = 0;
    uint64_t word;
    if (length < sizeof word) {
        for (size_t i = 0; i < length; i++)
            all |= (unsigned char)text[i];
    } else {
        for (size_t i = 0; i < length - sizeof word; i += sizeof word) {
            memcpy(&word, text + i, sizeof word);
            all |= word;
        }
        memcpy(&word, text + length - sizeof word, sizeof word);
        all |= word;
    }
    return (all & UINT64_C(0x8080808080808080)) == 0;
}

#endif
