/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Everything that `v6lit explain` knows about one input. */
#ifndef TOOLS_EXPLAIN_EXPLANATION_H
#define TOOLS_EXPLAIN_EXPLANATION_H

#include "libv6lit/v6lit.h"
#include "tools/common/buffer.h"
#include "tools/common/reading.h"
#include "tools/common/suggest.h"
#include "tools/explain/kind.h"

#include <net/if.h>
#include <stdbool.h>

/*
 * A text for each way to write the address, NULL if there is none: its key in JSON, and its label.
 */
#define EXPLANATION_MAP(X)                                                                         \
    X(EXPLANATION_NAME, "name", "name")                                                            \
    X(EXPLANATION_BY_INDEX, "name_by_index", "by index")                                           \
    X(EXPLANATION_BY_INTERFACE, "name_by_interface", "by interface")                               \
    X(EXPLANATION_REVERSE, "reverse", "reverse")                                                   \
    X(EXPLANATION_UNC, "unc", "Windows")                                                           \
    X(EXPLANATION_TEXT, "text", "by name")                                                         \
    X(EXPLANATION_TEXT_ADDRESS, "text_address", "by address")                                      \
    X(EXPLANATION_CIFS, "cifs", "mount.v6lit")                                                     \
    X(EXPLANATION_URL, "url", "URL")                                                               \
    X(EXPLANATION_URL_ADDRESS, "url_address", "URL, address")                                      \
    X(EXPLANATION_FSTAB, "fstab", "fstab")

#define EXPLANATION_ENUM(id, key, label) id,
enum explanation_form { EXPLANATION_MAP(EXPLANATION_ENUM) EXPLANATION_FORMS };
#undef EXPLANATION_ENUM

enum { EXPLANATION_NOTES = 4 };

enum explanation_zone {
    EXPLANATION_ZONE_NEEDLESS, /* the address has no link or interface scope */
    EXPLANATION_ZONE_NONE,
    EXPLANATION_ZONE_HERE,    /* an interface of this machine */
    EXPLANATION_ZONE_UNKNOWN, /* no such interface here */
    EXPLANATION_ZONE_UNASKED, /* the interfaces could not be queried; a note has the reason */
};

struct explanation {
    const char *input;
    size_t length;
    enum v6lit_status status;

    /* If the status is not V6LIT_OK: */
    size_t column;
    bool has_correction;
    struct suggest suggest;

    /* If it is: */
    struct reading reading;
    struct kind kind;
    enum explanation_zone zone;
    uint32_t zone_index;                     /* 0 if it is not known */
    char zone_interface[V6LIT_ZONE_MAX + 1]; /* "" if it is not known */
    char *address;
    char *form[EXPLANATION_FORMS];
    char *note[EXPLANATION_NOTES];
    size_t notes;
};

/*
 * Explains an input of at most BUFFER_INPUT_MAX bytes. Queries the kernel for interfaces. Ends the
 * program with a message if there is no memory. explanation_free frees the texts.
 */
void explanation_of(const char *input, size_t length, struct explanation *explanation);
void explanation_free(struct explanation *explanation);

/* Adds an object for an explained input to the output of --json. */
void explanation_add_json(const struct explanation *explanation);

/* What the input is, in words. */
const char *explanation_form_name(const struct explanation *explanation);

#endif
