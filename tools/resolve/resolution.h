/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What getaddrinfo of this machine makes of a literal name, and what it should. */
#ifndef TOOLS_RESOLVE_RESOLUTION_H
#define TOOLS_RESOLVE_RESOLUTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define RESOLUTION_VERDICT_MAP(X)                                                                  \
    X(RESOLUTION_RIGHT, "as it should be")                                                         \
    X(RESOLUTION_ZONE_LOST, "zone lost")                                                           \
    X(RESOLUTION_OTHER_ZONE, "another zone")                                                       \
    X(RESOLUTION_OTHER_ADDRESS, "another address")                                                 \
    X(RESOLUTION_NOT_FOUND, "not found")                                                           \
    X(RESOLUTION_ERROR, "error")                                                                   \
    X(RESOLUTION_UNKNOWN, "not known")

#define RESOLUTION_ENUM(id, text) id,
enum resolution_verdict { RESOLUTION_VERDICT_MAP(RESOLUTION_ENUM) };
#undef RESOLUTION_ENUM

enum { RESOLUTION_NOTES = 3 };
enum { RESOLUTION_ROWS = 5, RESOLUTION_ANSWERS = 8, RESOLUTION_ANSWER_SIZE = 64 };

struct resolution_address {
    int family;
    unsigned char bytes[16]; /* zeros after an IPv4 address */
    uint32_t scope_id;
};

struct resolution_answers {
    int error; /* of getaddrinfo; 0 if there are answers */
    int system_error;
    size_t count; /* of those that are kept */
    struct resolution_address address[RESOLUTION_ANSWERS];
    char text[RESOLUTION_ANSWERS][RESOLUTION_ANSWER_SIZE];
};

/* Whether a typical program reaches what the name stands for, and if not, why. */
enum resolution_reach {
    RESOLUTION_REACHED,
    RESOLUTION_NO_INTERFACE, /* the zone of the name is no interface here */
    RESOLUTION_NO_ZONE,      /* the address is of a link, and the name does not say of which */
    RESOLUTION_WRONG_ANSWER, /* an answer is not as it should be */
};

struct resolution_row {
    const char *question; /* "AF_UNSPEC, AI_ADDRCONFIG" */
    struct resolution_answers got;
    struct resolution_answers wanted;
    enum resolution_verdict verdict;
    bool is_limit; /* of glibc, which a note explains: most programs are not concerned */
};

struct resolution {
    const char *name;
    enum resolution_reach reach;
    size_t rows;
    struct resolution_row row[RESOLUTION_ROWS];
    size_t notes;
    const char *note[RESOLUTION_NOTES]; /* what to do about a row that is not right */
};

/*
 * Asks getaddrinfo in all ways. The name is a literal name that v6lit_decode takes, and
 * resolve_is_safe() has been asked.
 */
void resolution_of(const char *name, struct resolution *resolution);

/* Adds it to what --json prints. */
void resolution_add_json(const struct resolution *resolution);

/* Whether every answer is as it should be. */
bool resolution_is_right(const struct resolution *resolution);

/* Why the name is not reached, in words; for RESOLUTION_REACHED that it is. */
const char *resolution_reach_text(enum resolution_reach reach);

/*
 * "zone lost". For RESOLUTION_ERROR the reason; for RESOLUTION_UNKNOWN the reason why it is not
 * known what the answer should be.
 */
const char *resolution_verdict_text(const struct resolution_row *row);

#endif
