/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What --json prints: one array with an object for each input. See the page of each verb for the keys. Who knows
 * the data puts it in. Without memory all of these end the program with a message.
 */
#ifndef TOOLS_COMMON_JSON_H
#define TOOLS_COMMON_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* An object or an array. It belongs to what it was put into. */
struct json;

/* Whether this build has it; the other functions are not to be called in one that has not. */
bool json_is_available(void);

/* The next object of the array, empty, and with the input that it is about. */
struct json *json_add(void);
struct json *json_add_input(const char *input, size_t length, bool valid);

/* Adds an input that could not be taken at all. */
void json_add_bad_input(const char *input, const char *error, const char *reason);

/* JSON is UTF-8, and a text may be anything: a byte that is not becomes \xNN, as on stderr. */
void json_put_text(struct json *object, const char *key, const char *text, size_t length);
void json_put_string(struct json *object, const char *key, const char *text);
/* "" and NULL become null. */
void json_put_optional(struct json *object, const char *key, const char *text);
void json_put_number(struct json *object, const char *key, uint64_t number);
void json_put_truth(struct json *object, const char *key, bool truth);
void json_put_null(struct json *object, const char *key);
struct json *json_put_object(struct json *object, const char *key);
struct json *json_put_array(struct json *object, const char *key);

void json_append_text(struct json *array, const char *text, size_t length);
struct json *json_append_object(struct json *array);

/* Prints the array to standard output. */
void json_print(void);

#endif
