// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tools/common/json.h"

#include "tools/common/command.h"
#include "tools/common/output.h"
#include "tools/explain/explanation.h"
#include "tools/llmnr/llmnr.h"
#include "tools/resolve/resolution.h"

#include <jansson.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static json_t *all;

/* What is added to, in `all`. */
static struct {
    json_t *question;
    json_t *replies;
    json_t *answers;
} last;

static _Noreturn void no_memory(void)
{
    output_message(NULL, "no memory is left");
    exit(EXIT_TROUBLE);
}

/* Every value passes here: jansson says NULL for what could not be made. */
static json_t *made(json_t *value)
{
    if (value == NULL)
        no_memory();
    return value;
}

static void put(json_t *object, const char *key, json_t *value)
{
    if (json_object_set_new(object, key, made(value)) != 0)
        no_memory();
}

static void append(json_t *array, json_t *value)
{
    if (json_array_append_new(array, made(value)) != 0)
        no_memory();
}

/* The length of the UTF-8 character at p, as jansson takes it; 0 if there is none. */
static size_t character(const char *p, size_t length)
{
    for (size_t i = 1; i <= 4 && i <= length; i++) {
        json_t *probe = json_stringn(p, i);
        json_decref(probe);
        if (probe != NULL)
            return i;
    }
    return 0;
}

/* JSON is UTF-8, and an input may be anything: a byte that is not becomes \xNN, as on stderr. */
static json_t *text(const char *bytes, size_t length)
{
    json_t *value = json_stringn(bytes, length);
    if (value != NULL)
        return value;
    char *escaped = malloc(4 * length + 1);
    if (escaped == NULL)
        no_memory();
    size_t end = 0;
    for (size_t at = 0; at < length;) {
        size_t step = character(bytes + at, length - at);
        if (step > 0) {
            memcpy(escaped + end, bytes + at, step);
            end += step;
            at += step;
        } else {
            end += (size_t)snprintf(escaped + end, 5, "\\x%02x", (unsigned char)bytes[at]);
            at++;
        }
    }
    value = json_stringn(escaped, end);
    free(escaped);
    return value;
}

static json_t *string(const char *bytes)
{
    return text(bytes, strlen(bytes));
}

static json_t *string_or_null(const char *bytes)
{
    return bytes == NULL || bytes[0] == '\0' ? json_null() : string(bytes);
}

/* The next object of the array. */
static json_t *add_object(void)
{
    json_t *object = made(json_object());
    if (all == NULL)
        all = made(json_array());
    append(all, object);
    return object;
}

static json_t *add_input(const char *input, size_t length, bool valid)
{
    json_t *object = add_object();
    put(object, "input", text(input, length));
    put(object, "valid", json_boolean(valid));
    return object;
}

static const char *identifier(enum v6lit_status status)
{
#define IDENTIFIER(code, text) [code] = #code,
    static const char *const identifiers[] = {V6LIT_STATUS_MAP(IDENTIFIER)};
#undef IDENTIFIER
    return identifiers[status];
}

static json_t *zone(const struct explanation *e)
{
    if (e->zone == EXPLANATION_ZONE_NEEDLESS || e->zone == EXPLANATION_ZONE_NONE)
        return json_null();
    json_t *object = made(json_object());
    put(object, "index", e->zone_index == 0 ? json_null() : json_integer(e->zone_index));
    put(object, "interface", string_or_null(e->zone_interface));
    put(object, "exists",
        e->zone == EXPLANATION_ZONE_UNASKED ? json_null()
                                            : json_boolean(e->zone == EXPLANATION_ZONE_HERE));
    return object;
}

static json_t *kind(const struct kind *kind)
{
    json_t *object = made(json_object());
    put(object, "name", string(kind->name));
    put(object, "prefix", string(kind->prefix));
    put(object, "source", string(kind->source));
    put(object, "scope", string_or_null(kind->scope));
    put(object, "ipv4", string_or_null(kind->ipv4));
    return object;
}

static void add_bad(json_t *object, const struct explanation *e)
{
    put(object, "error", string(identifier(e->status)));
    put(object, "reason", string(v6lit_strerror(e->status)));
    put(object, "column", json_integer((json_int_t)e->column));
    put(object, "correction",
        e->has_correction ? text(e->suggest.correction.text, e->suggest.correction.length)
                          : json_null());
    put(object, "correction_reason",
        e->has_correction ? string_or_null(e->suggest.why) : json_null());
}

void json_add_explanation(const struct explanation *e)
{
#define KEY(id, key, label) [id] = key,
    static const char *const keys[] = {EXPLANATION_MAP(KEY)};
#undef KEY
    json_t *object = add_input(e->input, e->length, e->status == V6LIT_OK);
    if (e->status != V6LIT_OK) {
        add_bad(object, e);
        return;
    }
    put(object, "form", string(explanation_form_name(e)));
    put(object, "address", text(e->address.text, e->address.length));
    put(object, "zone", zone(e));
    put(object, "kind", kind(&e->kind));
    for (size_t i = 0; i < EXPLANATION_FORMS; i++)
        put(object, keys[i], string_or_null(e->form[i].text));
    json_t *notes = made(json_array());
    for (size_t i = 0; i < e->notes; i++)
        append(notes, text(e->note[i].text, e->note[i].length));
    put(object, "notes", notes);
}

static json_t *answers(const struct resolution_answers *answers)
{
    json_t *array = made(json_array());
    for (size_t i = 0; i < answers->count; i++)
        append(array, string(answers->text[i]));
    return array;
}

void json_add_resolution(const struct resolution *resolution)
{
    json_t *object = add_input(resolution->name, strlen(resolution->name), true);
    put(object, "right", json_boolean(resolution_is_right(resolution)));
    put(object, "interface_exists", json_boolean(resolution->reach != RESOLUTION_NO_INTERFACE));
    put(object, "reached", json_boolean(resolution->reach == RESOLUTION_REACHED));
    json_t *notes = made(json_array());
    put(object, "notes", notes);
    append(notes, string(resolution_reach_text(resolution->reach)));
    for (size_t i = 0; i < resolution->notes; i++)
        append(notes, string(resolution->note[i]));
    json_t *rows = made(json_array());
    put(object, "questions", rows);
    for (size_t i = 0; i < resolution->rows; i++) {
        const struct resolution_row *row = &resolution->row[i];
        json_t *question = made(json_object());
        put(question, "asked_with", string(row->question));
        put(question, "answers", answers(&row->got));
        put(question, "expected", answers(&row->wanted));
        put(question, "error",
            row->got.error == 0 ? json_null() : string(gai_strerror(row->got.error)));
        put(question, "right", json_boolean(row->verdict == RESOLUTION_RIGHT));
        put(question, "verdict", string(resolution_verdict_text(row)));
        append(rows, question);
    }
}

void json_add_bad_input(const char *input, const char *error, const char *reason)
{
    json_t *object = add_input(input, strlen(input), false);
    put(object, "error", string(error));
    put(object, "reason", string(reason));
}

void json_add_check(const char *name, const char *result, const char *seen, const char *advice)
{
    json_t *object = add_object();
    put(object, "check", string(name));
    put(object, "result", string(result));
    put(object, "seen", string(seen));
    json_t *lines = made(json_array());
    for (const char *end; (end = strchr(advice, '\n')) != NULL; advice = end + 1)
        append(lines, text(advice, (size_t)(end - advice)));
    put(object, "advice", lines);
}

void json_add_question(const char *input, const char *asked)
{
    last.question = add_input(input, strlen(input), true);
    put(last.question, "found", json_false());
    put(last.question, "asked", string(asked));
    last.replies = made(json_array());
    put(last.question, "replies", last.replies);
}

void json_add_reply(const struct llmnr_reply *reply)
{
    json_t *object = made(json_object());
    append(last.replies, object);
    put(object, "type", string(reply->type));
    put(object, "interface", string(reply->interface));
    put(object, "sender", string(reply->sender));
    put(object, "microseconds", json_integer(reply->time_taken));
    put(object, "tcp", json_boolean(reply->by_stream));
    put(object, "conflict", json_boolean(reply->conflict));
    last.answers = made(json_array());
    put(object, "answers", last.answers);
}

void json_add_answer(const char *answer, uint32_t ttl, bool usable)
{
    json_t *object = made(json_object());
    append(last.answers, object);
    put(object, "answer", string(answer));
    put(object, "ttl", json_integer(ttl));
    put(object, "usable", json_boolean(usable));
}

void json_end_question(bool found)
{
    put(last.question, "found", json_boolean(found));
}

/* jansson escapes all control characters but DEL, which can only stand in a string. */
static int write_bytes(const char *bytes, size_t length, void *unused)
{
    (void)unused;
    for (const char *del; (del = memchr(bytes, 0x7f, length)) != NULL;) {
        output_write(bytes, (size_t)(del - bytes));
        output_write("\\u007f", strlen("\\u007f"));
        length -= (size_t)(del + 1 - bytes);
        bytes = del + 1;
    }
    output_write(bytes, length);
    return 0;
}

void json_print(void)
{
    if (json_dump_callback(all, write_bytes, NULL, JSON_INDENT(2) | JSON_ENSURE_ASCII) != 0)
        no_memory();
    output_write("\n", 1);
    json_decref(all);
    all = NULL;
}

bool json_is_available(void)
{
    return true;
}
