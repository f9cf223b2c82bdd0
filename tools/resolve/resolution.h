/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What getaddrinfo of this machine returns for a literal name, and what it should return. */
#ifndef TOOLS_RESOLVE_RESOLUTION_H
#define TOOLS_RESOLVE_RESOLUTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define RESOLUTION_VERDICT_MAP(X)                                                                  \
    X(RESOLUTION_RIGHT, "correct")                                                                 \
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
    unsigned char bytes[16]; /* an IPv4 address is followed by zeros */
    uint32_t scope_id;
};

struct resolution_answers {
    int error; /* of getaddrinfo; 0 if there are answers */
    int system_error;
    size_t count; /* of the answers that are kept */
    struct resolution_address address[RESOLUTION_ANSWERS];
    char text[RESOLUTION_ANSWERS][RESOLUTION_ANSWER_SIZE];
};

/* Whether a typical program reaches the host, and if not, why. */
enum resolution_reach {
    RESOLUTION_REACHED,
    RESOLUTION_NO_INTERFACE, /* the zone is not an interface of this machine */
    RESOLUTION_NO_ZONE,      /* the address is link-local, and the name has no zone */
    RESOLUTION_WRONG_ANSWER, /* an answer is wrong */
};

struct resolution_row {
    const char *question; /* "AF_UNSPEC, AI_ADDRCONFIG" */
    struct resolution_answers got;
    struct resolution_answers wanted;
    enum resolution_verdict verdict;
    bool is_limit; /* a limit of glibc that a note explains: it does not affect most programs */
};

struct resolution {
    const char *name;
    enum resolution_reach reach;
    size_t rows;
    struct resolution_row row[RESOLUTION_ROWS];
    size_t notes;
    const char *note[RESOLUTION_NOTES]; /* what to do about a wrong row */
};

/*
 * Calls getaddrinfo with all sets of arguments. The name is a literal name that v6lit_decode reads,
 * and resolve_is_safe() has been called.
 */
void resolution_of(const char *name, struct resolution *resolution);

/* Adds the result to the output of --json. */
void resolution_add_json(const struct resolution *resolution);

/* Whether every answer is right. */
bool resolution_is_right(const struct resolution *resolution);

/* Why the host is not reached, in words; for RESOLUTION_REACHED, that it is. */
const char *resolution_reach_text(enum resolution_reach reach);

/*
 * The verdict on one row, such as "zone lost". For RESOLUTION_ERROR it is the reason; for
 * RESOLUTION_UNKNOWN, why the right answer is unknown.
 */
const char *resolution_verdict_text(const struct resolution_row *row);

#endif
