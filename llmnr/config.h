/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * llmnr.conf(5): one file for the module, the command and the daemon. Nothing is allocated, and
 * neither the locale nor the environment matters. A struct config is large: the module maps one for
 * the duration of a query, and programs have it in static storage.
 */
#ifndef LLMNR_CONFIG_H
#define LLMNR_CONFIG_H

#include <stdbool.h>
#include <stddef.h>

#define CONFIG_FILE SYSCONFDIR "/v6lit/llmnr.conf"

enum {
    CONFIG_SIZE_MAX = 16384, /* a larger file is refused */
    CONFIG_WORD_MAX = 128,   /* bytes of a word, without the "!": alternative interface names fit */
};

/* The words of a keyword in the order of the file, each with its NUL. */
struct config_words {
    size_t length;
    char bytes[CONFIG_SIZE_MAX];
};

struct config {
    struct config_words interfaces; /* patterns, some with "!" */
    struct config_words names;      /* single labels */
    bool spoofing_watch;
    const char *reason; /* what is wrong, or NULL if the error number says so */
    unsigned line;      /* from 1, or 0 for the file as a whole */
    char text[CONFIG_SIZE_MAX + 1];
};

/*
 * Reads the file, or resets to the defaults (all interfaces, no names) if there is none. Returns 0;
 * EBADMSG with `reason` if the contents are wrong; ENOTSUP or EFBIG with `reason` for what is not a
 * regular file or too large; EAGAIN with `reason` if it changed meanwhile; or the error number of
 * what failed. It never waits, not even for a FIFO. After an error the settings must not be used:
 * the module then queries nobody.
 */
int config_read(struct config *config, const char *path);

/* The same for a text in memory. Returns 0, or EBADMSG with `reason` and `line`. */
int config_parse(struct config *config, const char *text, size_t length);

/* Writes what config_read returned as text: "line 3: unknown keyword". The buffer is filled as by
 * snprintf(3). */
void config_describe(const struct config *config, int error, char *text, size_t size);

/* Returns the next word, or NULL; *at is 0 for the first. */
const char *config_next(const struct config_words *words, size_t *at);

/*
 * Whether the interface with this name is selected: it matches a pattern, or every pattern has a
 * "!"; and it matches no pattern with a "!".
 */
bool config_selects(const struct config *config, const char *interface);

/*
 * fnmatch(pattern, name, 0) of the C locale, byte by byte: *, ?, [a-z], [!a-z] and \. Unlike
 * glibc's function it allocates nothing, backtracks only to the last star, and reads no environment
 * (POSIXLY_CORRECT). The pattern must be one that config_read accepts.
 */
bool config_matches(const char *pattern, const char *name);

#endif
