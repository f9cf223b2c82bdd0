// SPDX-License-Identifier: LGPL-2.1-or-later
/* v6lit resolve --json. */
#include "tools/common/json.h"
#include "tools/resolve/resolution.h"

#include <netdb.h>
#include <string.h>

static void append_string(struct json *array, const char *text)
{
    json_append_text(array, text, strlen(text));
}

static void put_answers(struct json *object, const char *key,
                        const struct resolution_answers *answers)
{
    struct json *array = json_put_array(object, key);
    for (size_t i = 0; i < answers->count; i++)
        append_string(array, answers->text[i]);
}

void resolution_add_json(const struct resolution *resolution)
{
    struct json *object = json_add_input(resolution->name, strlen(resolution->name), true);
    json_put_truth(object, "right", resolution_is_right(resolution));
    json_put_truth(object, "interface_exists", resolution->reach != RESOLUTION_NO_INTERFACE);
    json_put_truth(object, "reached", resolution->reach == RESOLUTION_REACHED);
    struct json *notes = json_put_array(object, "notes");
    append_string(notes, resolution_reach_text(resolution->reach));
    for (size_t i = 0; i < resolution->notes; i++)
        append_string(notes, resolution->note[i]);
    struct json *rows = json_put_array(object, "questions");
    for (size_t i = 0; i < resolution->rows; i++) {
        const struct resolution_row *row = &resolution->row[i];
        struct json *question = json_append_object(rows);
        json_put_string(question, "asked_with", row->question);
        put_answers(question, "answers", &row->got);
        put_answers(question, "expected", &row->wanted);
        json_put_optional(question, "error",
                          row->got.error == 0 ? NULL : gai_strerror(row->got.error));
        json_put_truth(question, "right", row->verdict == RESOLUTION_RIGHT);
        json_put_string(question, "verdict", resolution_verdict_text(row));
    }
}
