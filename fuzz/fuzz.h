/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Functions for the fuzz targets. A target is one file with the function that libFuzzer calls,
 * which aborts if a rule is broken. Numbers that it needs in addition to a text come from the end
 * of the input, so that an input begins with readable text.
 */
#ifndef FUZZ_FUZZ_H
#define FUZZ_FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Says what does not hold, and stops. Not by stderr: a target may have it redirected. */
#define DEMAND(condition)                                                                          \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            dprintf(2, "%s:%d: does not hold: %s\n", __FILE__, __LINE__, #condition);              \
            abort();                                                                               \
        }                                                                                          \
    } while (0)

/* What is left of an input. */
struct input {
    const uint8_t *data;
    size_t size;
};

/* The last byte; 0 when there is none. */
static inline unsigned take(struct input *input)
{
    return input->size > 0 ? input->data[--input->size] : 0;
}

static inline void *allocate(size_t size)
{
    void *block = malloc(size > 0 ? size : 1);
    if (block == NULL)
        abort();
    return block;
}

/* A block of exactly this size, so that a sanitizer or valgrind sees each byte too far. */
static inline char *exact_copy(const void *bytes, size_t size)
{
    char *copy = allocate(size);
    if (size > 0)
        memcpy(copy, bytes, size);
    return copy;
}

/* What is left of an input as a string; a NUL in it ends it early. */
static inline char *string_of(const struct input *input)
{
    char *copy = allocate(input->size + 1);
    if (input->size > 0)
        memcpy(copy, input->data, input->size);
    copy[input->size] = '\0';
    char *string = exact_copy(copy, strlen(copy) + 1);
    free(copy);
    return string;
}

/* A place for output: `size` bytes, `misalignment` after a multiple of 16, guards around. */
struct room {
    char *start;
    size_t size;
    unsigned char *block;
    size_t block_size;
};

enum { ROOM_GUARD = 32, ROOM_BYTE = 0xa5 };

static inline struct room make_room(size_t size, size_t misalignment)
{
    struct room room = {.size = size, .block_size = size + 2 * ROOM_GUARD + 16};
    room.block = allocate(room.block_size);
    memset(room.block, ROOM_BYTE, room.block_size);
    size_t padding = -(uintptr_t)(room.block + ROOM_GUARD) % 16 + misalignment % 16;
    room.start = (char *)room.block + ROOM_GUARD + padding % 16;
    return room;
}

/* Whether nothing but the first `used` bytes of the room has been written to. */
static inline bool only_used(const struct room *room, size_t used)
{
    const unsigned char *start = (const unsigned char *)room->start;
    for (const unsigned char *p = room->block; p < room->block + room->block_size; p++) {
        if (*p != ROOM_BYTE && (p < start || p >= start + used))
            return false;
    }
    return true;
}

static inline void free_room(struct room *room)
{
    free(room->block);
}

/* Whether all bytes are as memset(…, ROOM_BYTE, …) has left them. */
static inline bool is_untouched(const void *bytes, size_t size)
{
    const unsigned char *p = bytes;
    for (size_t i = 0; i < size; i++) {
        if (p[i] != ROOM_BYTE)
            return false;
    }
    return true;
}

#endif
