// SPDX-License-Identifier: LGPL-2.1-or-later
/* v6lit llmnr --json. */
#include "tools/llmnr/llmnr_json.h"

#include "tools/common/json.h"

#include <string.h>

/* What is added to. */
static struct {
    struct json *question;
    struct json *replies;
    struct json *answers;
} last;

void llmnr_json_begin(const char *input, const char *asked)
{
    last.question = json_add_input(input, strlen(input), true);
    json_put_truth(last.question, "found", false);
    json_put_string(last.question, "asked", asked);
    last.replies = json_put_array(last.question, "replies");
}

void llmnr_json_add_reply(const struct llmnr_reply *reply)
{
    struct json *object = json_append_object(last.replies);
    json_put_string(object, "type", reply->type);
    json_put_string(object, "interface", reply->interface);
    json_put_string(object, "sender", reply->sender);
    json_put_number(object, "microseconds", reply->time_taken);
    json_put_truth(object, "tcp", reply->over_tcp);
    json_put_truth(object, "conflict", reply->conflict);
    last.answers = json_put_array(object, "answers");
}

void llmnr_json_add_answer(const char *answer, uint32_t ttl, bool usable)
{
    struct json *object = json_append_object(last.answers);
    json_put_string(object, "answer", answer);
    json_put_number(object, "ttl", ttl);
    json_put_truth(object, "usable", usable);
}

void llmnr_json_end(bool found)
{
    json_put_truth(last.question, "found", found);
}
