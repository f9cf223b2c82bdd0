// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * How fast names are read and written, compared with glibc's inet_pton and inet_ntop on the same
 * addresses.
 *
 *   names                  all ways on all corpora, timed
 *   names CORPUS WAY       one way once over a corpus, for callgrind to count
 */
#include <stdbool.h>

#include "corpus.h"
#include "measure.h"

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

static void run_inet_pton(const void *what, size_t part)
{
    const struct samples *samples = what;
    for (size_t i = part * PART_SIZE; i < (part + 1) * PART_SIZE; i++) {
        struct in6_addr address;
        int result = inet_pton(AF_INET6, samples->twins[i], &address);
        use(&result);
        use(&address);
    }
}

static void run_decode(const void *what, size_t part)
{
    const struct samples *samples = what;
    for (size_t i = part * PART_SIZE; i < (part + 1) * PART_SIZE; i++) {
        struct v6lit_address address;
        enum v6lit_status status =
            v6lit_decode(samples->names[i], samples->name_lengths[i], &address, NULL);
        use(&status);
        use(&address);
    }
}

/* What one writes without a library. */
static void run_replace_and_pton(const void *what, size_t part)
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
}

static void run_inet_ntop(const void *what, size_t part)
{
    const struct samples *samples = what;
    for (size_t i = part * PART_SIZE; i < (part + 1) * PART_SIZE; i++) {
        char text[INET6_ADDRSTRLEN];
        use(inet_ntop(AF_INET6, &samples->addresses[i].address, text, sizeof text));
    }
}

static void run_encode(const void *what, size_t part)
{
    const struct samples *samples = what;
    for (size_t i = part * PART_SIZE; i < (part + 1) * PART_SIZE; i++) {
        char name[V6LIT_NAME_MAX + 1];
        enum v6lit_status status = v6lit_encode(&samples->addresses[i], name, sizeof name);
        use(&status);
        use(name);
    }
}

static struct way reading[] = {
    {.name = "inet_pton", .run = run_inet_pton},
    {.name = "v6lit_decode", .run = run_decode},
    {.name = "replace, inet_pton", .run = run_replace_and_pton},
};

static struct way writing[] = {
    {.name = "inet_ntop", .run = run_inet_ntop},
    {.name = "v6lit_encode", .run = run_encode},
};

static struct samples samples;

static void run_named(const struct way *ways, size_t count, const char *name, size_t part)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(ways[i].name, name) == 0)
            ways[i].run(&samples, part);
    }
}

static int run_once(const char *corpus_name, const char *way_name)
{
    for (const struct corpus *corpus = corpora; corpus->name != NULL; corpus++) {
        if (strcmp(corpus->name, corpus_name) != 0)
            continue;
        corpus_make(corpus, &samples);
        for (size_t part = 0; part < PARTS; part++) {
            run_named(reading, sizeof reading / sizeof reading[0], way_name, part);
            run_named(writing, sizeof writing / sizeof writing[0], way_name, part);
        }
        return EXIT_SUCCESS;
    }
    fprintf(stderr, "names: there is no corpus '%s'\n", corpus_name);
    return EXIT_FAILURE;
}

int main(int argc, char **argv)
{
    if (argc == 3)
        return run_once(argv[1], argv[2]);
    for (const struct corpus *corpus = corpora; corpus->name != NULL; corpus++) {
        corpus_make(corpus, &samples);
        size_t ways = sizeof reading / sizeof reading[0];
        measure(reading, ways, &samples, CORPUS_SIZE, PARTS, ROUNDS);
        measure_print("decode", corpus->name, reading, ways);
        if (!corpus->is_valid)
            continue;
        ways = sizeof writing / sizeof writing[0];
        measure(writing, ways, &samples, CORPUS_SIZE, PARTS, ROUNDS);
        measure_print("encode", corpus->name, writing, ways);
    }
    return EXIT_SUCCESS;
}
