/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What --json prints: one array with an object for each input. See v6lit(1) for the keys. */
#ifndef TOOLS_COMMON_JSON_H
#define TOOLS_COMMON_JSON_H

#include <stdbool.h>
#include <stdint.h>

struct explanation;
struct llmnr_reply;
struct resolution;

/* Whether this build has it; the other functions do nothing in one that has not. */
bool json_is_available(void);

void json_add_explanation(const struct explanation *explanation);
void json_add_resolution(const struct resolution *resolution);

/* Adds an input that could not be taken at all. */
void json_add_bad_input(const char *input, const char *error, const char *reason);

/* Adds what a check of `v6lit doctor` found; `advice` is lines, each ended by a newline. */
void json_add_check(const char *name, const char *result, const char *seen, const char *advice);

/*
 * Adds what `v6lit llmnr` was asked, and what it asked for; behind it its replies, one by one, each
 * with its answers behind it; and whether there was one that counts.
 */
void json_add_question(const char *input, const char *asked);
void json_add_reply(const struct llmnr_reply *reply);
void json_add_answer(const char *answer, uint32_t ttl, bool usable);
void json_end_question(bool found);

/* Prints the array to standard output. */
void json_print(void);

#endif
