// SPDX-License-Identifier: LGPL-2.1-or-later
/* --json in a build without jansson. */
#include "json.h"

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

void json_print(void)
{
}
