/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The hosts: line of nsswitch.conf, read as glibc reads it.
 *
 * The rules are those of glibc's nss/nss_database.c and nss/nss_action_parse.c from 2.33 on, not
 * those of nsswitch.conf(5), which differ:
 * - a line is a database name, white space or colons or both, and services; the last line counts;
 * - a '#' begins a comment only at the start of a line; elsewhere it is part of a service's name;
 * - there are no continuation lines, and a NUL byte ends a line early;
 * - one syntax error in the line of any database makes glibc refuse the whole file;
 * - a last line without a newline is not read at all.
 *
 * Everything here works on memory and takes any bytes. Nothing is allocated; safe in threads.
 */
#ifndef TOOLS_NSSWITCH_NSSWITCH_H
#define TOOLS_NSSWITCH_NSSWITCH_H

#include <stdbool.h>
#include <stddef.h>

#define NSSWITCH_PATH "/etc/nsswitch.conf"
#define NSSWITCH_SERVICE "ipv6literal"
#define NSSWITCH_ENTRY NSSWITCH_SERVICE " [NOTFOUND=return]"

/* The statuses of a service. RETURN is internal to glibc; only '!' reaches it. */
enum nsswitch_status {
    NSSWITCH_TRYAGAIN,
    NSSWITCH_UNAVAIL,
    NSSWITCH_NOTFOUND,
    NSSWITCH_SUCCESS,
    NSSWITCH_INTERNAL_RETURN,
    NSSWITCH_STATUSES
};

enum nsswitch_action { NSSWITCH_CONTINUE, NSSWITCH_RETURN, NSSWITCH_MERGE };

struct nsswitch_service {
    size_t start; /* offset of its name in the text */
    size_t length;
    size_t end; /* offset after its action list, or after its name if it has none */
    bool has_list;
    enum nsswitch_action actions[NSSWITCH_STATUSES]; /* the defaults, changed by the list */
};

enum nsswitch_fault_kind {
    NSSWITCH_NO_FAULT,
    NSSWITCH_SYNTAX,       /* glibc refuses the file: every lookup of a name fails */
    NSSWITCH_REST_IGNORED, /* a '[' without a service: glibc ignores the line from there on */
    NSSWITCH_NO_NEWLINE, /* the hosts: line is not read, or none can be added after the last line */
};

struct nsswitch_fault {
    enum nsswitch_fault_kind kind;
    const char *reason; /* NULL if there is no fault */
    size_t line;        /* from 1 */
    size_t column;      /* in bytes, from 1 */
    size_t start;       /* the offset of the wrong word */
    size_t length;      /* the length of that word; may be 0 */
    bool after_hash;    /* it is in text that was meant as a comment */
};

/* The state of our service in the line. */
enum nsswitch_entry {
    NSSWITCH_MISSING,
    NSSWITCH_RIGHT,
    NSSWITCH_WRONG_ACTIONS, /* NOTFOUND does not end the lookup, or UNAVAIL does */
    NSSWITCH_TOO_LATE,      /* after a service that queries the network or ends the lookup */
    NSSWITCH_TOO_EARLY,     /* before "files" */
    NSSWITCH_TWICE,
};

struct nsswitch {
    size_t lines;    /* how many hosts: lines there are; if 0, glibc uses "files dns" */
    size_t number;   /* line number of the one that counts, the last; from 1 */
    size_t start;    /* its offset */
    size_t end;      /* the offset of its newline, or of the text's end */
    size_t services; /* the offset where its services begin */
    size_t stop;     /* the offset where glibc stops to read it */
    enum nsswitch_entry entry;

    struct nsswitch_fault
        fault; /* the first; after a syntax error the members above are undefined */
};

/* Reads the text of an nsswitch.conf. A file that does not exist counts as an empty one. */
void nsswitch_read(const char *text, size_t length, struct nsswitch *hosts);

/*
 * Returns the next service of the hosts: line in a text without a syntax error; false at the end.
 * *at is hosts->services at first.
 */
bool nsswitch_next(const char *text, const struct nsswitch *hosts, size_t *at,
                   struct nsswitch_service *service);

/* Whether a service has this name. */
bool nsswitch_is(const char *text, const struct nsswitch_service *service, const char *name);

/* Whether the hosts: line has a service of this name. */
bool nsswitch_has(const char *text, const struct nsswitch *hosts, const char *name);

/* Whether a service sends nothing to the network when it is queried for a literal name. */
bool nsswitch_is_local(const char *text, const struct nsswitch_service *service);

/* Whether this service passes a literal name on, and sends nothing of it to the network. */
bool nsswitch_is_harmless(const char *text, const struct nsswitch_service *service);

/* What is wrong with our entry, to follow "ipv6literal is" or "was"; NULL if nothing is. */
const char *nsswitch_entry_fault(enum nsswitch_entry entry);

/* The hint for a fault that lies after a '#'. */
#define NSSWITCH_COMMENT_HINT "A '#' begins a comment only at the start of a line."

#endif
