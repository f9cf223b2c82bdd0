// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tools/common/json.h"

#include "tools/common/message.h"
#include "tools/common/output.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef WITH_JANSSON
#include <jansson.h>
#else
/* A build without jansson calls none of these. */
typedef struct json json_t;
typedef int json_int_t;
#define json_object() ((json_t *)NULL)
#define json_array() ((json_t *)NULL)
#define json_null() ((json_t *)NULL)
#define json_boolean(value) ((void)(value), (json_t *)NULL)
#define json_integer(value) ((void)(value), (json_t *)NULL)
#define json_stringn(bytes, length) ((void)(bytes), (void)(length), (json_t *)NULL)
#define json_decref(value) ((void)(value))
#define json_object_set_new(object, key, value) ((void)(object), (void)(key), (void)(value), -1)
#define json_array_append_new(array, value) ((void)(array), (void)(value), -1)
#define json_dump_callback(value, write, context, flags) ((void)(value), (void)(write), -1)
#endif

static json_t *all;

/* Every value passes through this function: jansson returns NULL if it cannot allocate one. */
static json_t *made(json_t *value)
{
    if (value == NULL)
        message_no_memory();
    return value;
}

static void put(struct json *object, const char *key, json_t *value)
{
    if (json_object_set_new((json_t *)object, key, made(value)) != 0)
        message_no_memory();
}

static void append(struct json *array, json_t *value)
{
    if (json_array_append_new((json_t *)array, made(value)) != 0)
        message_no_memory();
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

static json_t *make_text(const char *bytes, size_t length)
{
    json_t *value = json_stringn(bytes, length);
    if (value != NULL)
        return value;
    char *escaped = malloc(4 * length + 1);
    if (escaped == NULL)
        message_no_memory();
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

bool json_is_available(void)
{
#ifdef WITH_JANSSON
    return true;
#else
    return false;
#endif
}

struct json *json_add(void)
{
    if (all == NULL)
        all = made(json_array());
    return json_append_object((struct json *)all);
}

struct json *json_add_input(const char *input, size_t length, bool valid)
{
    struct json *object = json_add();
    json_put_text(object, "input", input, length);
    json_put_truth(object, "valid", valid);
    return object;
}

void json_add_bad_input(const char *input, const char *error, const char *reason)
{
    struct json *object = json_add_input(input, strlen(input), false);
    json_put_string(object, "error", error);
    json_put_string(object, "reason", reason);
}

void json_put_text(struct json *object, const char *key, const char *text, size_t length)
{
    put(object, key, make_text(text, length));
}

void json_put_string(struct json *object, const char *key, const char *text)
{
    json_put_text(object, key, text, strlen(text));
}

void json_put_optional(struct json *object, const char *key, const char *text)
{
    if (text == NULL || text[0] == '\0')
        json_put_null(object, key);
    else
        json_put_string(object, key, text);
}

void json_put_number(struct json *object, const char *key, uint64_t number)
{
    put(object, key, json_integer((json_int_t)number));
}

void json_put_truth(struct json *object, const char *key, bool truth)
{
    put(object, key, json_boolean(truth));
}

void json_put_null(struct json *object, const char *key)
{
    put(object, key, json_null());
}

struct json *json_put_object(struct json *object, const char *key)
{
    json_t *child = made(json_object());
    put(object, key, child);
    return (struct json *)child;
}

struct json *json_put_array(struct json *object, const char *key)
{
    json_t *child = made(json_array());
    put(object, key, child);
    return (struct json *)child;
}

void json_append_text(struct json *array, const char *text, size_t length)
{
    append(array, make_text(text, length));
}

struct json *json_append_object(struct json *array)
{
    json_t *child = made(json_object());
    append(array, child);
    return (struct json *)child;
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
        message_no_memory();
    output_write("\n", 1);
    json_decref(all);
    all = NULL;
}
