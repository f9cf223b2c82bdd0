// SPDX-License-Identifier: LGPL-2.1-or-later
/* --json in a build without jansson. */
#include "tools/common/json.h"

bool json_is_available(void)
{
    return false;
}

void json_add_explanation(const struct explanation *explanation)
{
    (void)explanation;
}

void json_add_resolution(const struct resolution *resolution)
{
    (void)resolution;
}

void json_add_bad_input(const char *input, const char *error, const char *reason)
{
    (void)input;
    (void)error;
    (void)reason;
}

void json_add_check(const char *name, const char *result, const char *seen, const char *advice)
{
    (void)name;
    (void)result;
    (void)seen;
    (void)advice;
}

void json_add_question(const char *input, const char *asked)
{
    (void)input;
    (void)asked;
}

void json_add_reply(const struct llmnr_reply *reply)
{
    (void)reply;
}

void json_add_answer(const char *answer, uint32_t ttl, bool usable)
{
    (void)answer;
    (void)ttl;
    (void)usable;
}

void json_end_question(bool found)
{
    (void)found;
}

void json_print(void)
{
}
