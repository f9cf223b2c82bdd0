/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What must hold for the edit of any nsswitch.conf. */
#ifndef TEST_NSSWITCH_PROPERTIES_H
#define TEST_NSSWITCH_PROPERTIES_H

#include "tools/nsswitch/edit.h"

struct text {
    char *bytes;
    size_t length;
};

/* A block of exactly this size, so that a sanitizer or valgrind sees each byte too far. */
char *exact(const char *bytes, size_t length);

struct text enable(const struct text *in);
struct text disable(const struct text *in);
struct nsswitch read_text(const struct text *text);

/*
 * Whether enable makes the entry right and changes nothing else, twice enable is enable, disable
 * takes the entry out and gives back each byte, and other services are the same afterwards. Prints
 * what does not hold, and the text.
 */
bool holds(const struct text *text);

void print_escaped(const char *what, const char *text, size_t length);

#endif
