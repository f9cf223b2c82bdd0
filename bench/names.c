// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Measures how fast names are read and written, compared with glibc's inet_pton and inet_ntop on
 * the same addresses.
 *
 *   names                     all ways on all corpora, timed
 *   names CORPUS              all ways on one
 *   names CORPUS WAY          one way with 5000 of a corpus, once, for callgrind to count
 *   names CORPUS WAY COUNT    COUNT lines of a corpus for `v6lit WAY` to read
 */
#include <stdbool.h>

#include "bench/corpus.h"
#include "bench/measure.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROUNDS = 15, PARTS = 40, PART_SIZE = CORPUS_SIZE / PARTS };

/* Makes the compiler believe that somebody looks at it. */
static void use(const void *result)
{
    __asm__ volatile("" : : "r"(result) : "memory");
}

static double run_inet_pton(const void *what, size_t part)
{
    const struct samples *samples = what;
    for (size_t i = part * PART_SIZE; i < (part + 1) * PART_SIZE; i++) {
        struct in6_addr address;
        int result = inet_pton(AF_INET6, samples->numeric_forms[i], &address);
        use(&result);
        use(&address);
    }
    return 0;
}

static double run_decode(const void *what, size_t part)
{
    const struct samples *samples = what;
    for (size_t i = part * PART_SIZE; i < (part + 1) * PART_SIZE; i++) {
        struct v6lit_address address;
        enum v6lit_status status =
            v6lit_decode(samples->names[i], samples->name_lengths[i], &address, NULL);
        use(&status);
        use(&address);
    }
    return 0;
}

/* What one writes without a library. */
static double run_replace_and_pton(const void *what, size_t part)
{
    const struct samples *samples = what;
    for (size_t i = part * PART_SIZE; i < (part + 1) * PART_SIZE; i++) {
        static const char suffix[] = "." V6LIT_DOMAIN;
        struct v6lit_address address = {0};
        char text[2 * V6LIT_NAME_MAX];
        size_t body = samples->name_lengths[i] - (sizeof suffix - 1);
        int result = 0;
        if (samples->name_lengths[i] >= sizeof suffix &&
            strncasecmp(samples->names[i] + body, suffix, sizeof suffix - 1) == 0) {
            memcpy(text, samples->names[i], body);
            text[body] = '\0';
            char *zone = strchr(text, 's');
            if (zone != NULL) {
                *zone = '\0';
                address.zone_index = (uint32_t)strtoul(zone + 1, NULL, 10);
            }
            for (char *p = text; *p != '\0'; p++) {
                if (*p == '-')
                    *p = ':';
            }
            result = inet_pton(AF_INET6, text, &address.address);
        }
        use(&result);
        use(&address);
    }
    return 0;
}

static double run_inet_ntop(const void *what, size_t part)
{
    const struct samples *samples = what;
    for (size_t i = part * PART_SIZE; i < (part + 1) * PART_SIZE; i++) {
        char text[INET6_ADDRSTRLEN];
        use(inet_ntop(AF_INET6, &samples->addresses[i].address, text, sizeof text));
    }
    return 0;
}

static double run_encode(const void *what, size_t part)
{
    const struct samples *samples = what;
    for (size_t i = part * PART_SIZE; i < (part + 1) * PART_SIZE; i++) {
        char name[V6LIT_NAME_MAX + 1];
        enum v6lit_status status = v6lit_encode(&samples->addresses[i], name, sizeof name);
        use(&status);
        use(name);
    }
    return 0;
}

static struct samples samples;

static struct way reading[] = {
    {.name = "inet_pton", .run = run_inet_pton, .what = &samples},
    {.name = "v6lit_decode", .run = run_decode, .what = &samples},
    {.name = "replace, inet_pton", .run = run_replace_and_pton, .what = &samples},
};

static struct way writing[] = {
    {.name = "inet_ntop", .run = run_inet_ntop, .what = &samples},
    {.name = "v6lit_encode", .run = run_encode, .what = &samples},
};

enum { READING = sizeof reading / sizeof reading[0], WRITING = sizeof writing / sizeof writing[0] };

/* Way `name`; NULL if there is none. */
static const struct way *find_way(const char *name)
{
    for (size_t i = 0; i < READING; i++) {
        if (strcmp(reading[i].name, name) == 0)
            return &reading[i];
    }
    for (size_t i = 0; i < WRITING; i++) {
        if (strcmp(writing[i].name, name) == 0)
            return &writing[i];
    }
    return NULL;
}

static int run_once(const char *name)
{
    const struct way *way = find_way(name);
    if (way == NULL) {
        fprintf(stderr, "names: there is no way '%s'\n", name);
        return EXIT_FAILURE;
    }
    way->run(way->what, 0);
    return EXIT_SUCCESS;
}

/* What the way reads, as text. */
static int print_lines(const char *way, const char *count)
{
    bool encode = strcmp(way, "encode") == 0;
    size_t lines = strtoul(count, NULL, 10);
    for (size_t i = 0; i < lines; i++)
        puts(encode ? samples.numeric_forms[i % CORPUS_SIZE] : samples.names[i % CORPUS_SIZE]);
    return fflush(stdout) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

static void compare(const struct corpus *corpus)
{
    measure(reading, READING, CORPUS_SIZE, PARTS, ROUNDS);
    for (size_t i = 0; i < READING; i++)
        measure_print("decode", corpus->name, &reading[i]);
    if (!corpus->is_valid)
        return;
    measure(writing, WRITING, CORPUS_SIZE, PARTS, ROUNDS);
    for (size_t i = 0; i < WRITING; i++)
        measure_print("encode", corpus->name, &writing[i]);
}

int main(int argc, char **argv)
{
    int status = argc == 1 ? EXIT_SUCCESS : EXIT_FAILURE;
    for (const struct corpus *corpus = corpora; corpus->name != NULL; corpus++) {
        if (argc > 1 && strcmp(corpus->name, argv[1]) != 0)
            continue;
        corpus_make(corpus, &samples, argc == 3 ? PART_SIZE : CORPUS_SIZE);
        status = EXIT_SUCCESS;
        if (argc == 4)
            status = print_lines(argv[2], argv[3]);
        else if (argc == 3)
            status = run_once(argv[2]);
        else
            compare(corpus);
    }
    return status;
}
