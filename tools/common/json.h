/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The output of --json: one array with an object for each input. The manual page of each verb lists
 * the keys. JSON is built where the data is known. All of these functions end the program with a
 * message if there is no memory.
 */
#ifndef TOOLS_COMMON_JSON_H
#define TOOLS_COMMON_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* An object or an array. It is owned by the value that contains it. */
struct json;

/* Whether this build has jansson; without it the other functions must not be called. */
bool json_is_available(void);

/* Adds an object to the array, with the input that it is about. */
struct json *json_add(void);
struct json *json_add_input(const char *input, size_t length, bool valid);

/* Adds an input that could not be read. */
void json_add_bad_input(const char *input, const char *error, const char *reason);

/*
 * JSON is UTF-8, while a text may have any bytes. A byte that is not part of a UTF-8 character
 * becomes \xNN, as on stderr.
 */
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
