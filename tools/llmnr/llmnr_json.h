/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* v6lit llmnr --json: a question, then its replies one by one, each with its answers. */
#ifndef TOOLS_LLMNR_LLMNR_JSON_H
#define TOOLS_LLMNR_LLMNR_JSON_H

#include "tools/llmnr/reply.h"

#include <stdbool.h>
#include <stdint.h>

/* `input` is the operand, `asked` the name in the query. */
void llmnr_json_begin(const char *input, const char *asked);
void llmnr_json_add_reply(const struct llmnr_reply *reply);
void llmnr_json_add_answer(const char *answer, uint32_t ttl, bool usable);

/* Whether there was a valid answer. */
void llmnr_json_end(bool found);

#endif
