// SPDX-License-Identifier: LGPL-2.1-or-later
/* The libc functions that the sources call and for which cbmc has no model. */
#include <stdbool.h>
#include <stddef.h>

void *memchr(const void *bytes, int c, size_t size)
{
    const char *p = bytes;
    for (size_t i = 0; i < size; i++) {
        if (p[i] == (char)c)
            return (char *)p + i;
    }
    return NULL;
}

size_t strnlen(const char *text, size_t size)
{
    size_t length = 0;
    while (length < size && text[length] != '\0')
        length++;
    return length;
}

size_t strspn(const char *text, const char *set)
{
    size_t length = 0;
    for (;; length++) {
        const char *p = set;
        while (*p != '\0' && *p != text[length])
            p++;
        if (*p == '\0')
            return length;
    }
}

/* Only for a needle of two equal characters. */
char *strstr(const char *text, const char *needle)
{
    for (; *text != '\0'; text++) {
        if (text[0] == needle[0] && text[1] == needle[1])
            return (char *)text;
    }
    return NULL;
}
