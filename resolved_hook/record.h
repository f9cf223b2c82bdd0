/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What DNS would answer for a literal name, if the domain were a zone that holds all of them. */
#ifndef RESOLVED_HOOK_RECORD_H
#define RESOLVED_HOOK_RECORD_H

#include <arpa/nameser.h>
#include <stddef.h>
#include <stdint.h>

enum record_result {
    RECORD_OUTSIDE,   /* a name of another domain: somebody else answers */
    RECORD_MALFORMED, /* no such name (NXDOMAIN); includes the domain itself */
    RECORD_NONE,      /* the name exists, but has no record of this type (NODATA) */
    RECORD_FOUND,
};

/* A resource record (RFC 1035, section 4.1.3) without compression. */
struct record {
    size_t length;
    unsigned char bytes[NS_MAXCDNAME + NS_RRFIXEDSZ + NS_IN6ADDRSZ];
};

/*
 * The record of a type (RFC 1035, section 3.2.2) in the class IN for a name in presentation format:
 * labels separated by dots, other bytes possibly written as "\." or "\046". ANY gets the AAAA
 * record. A name whose address needs a zone has no record: a record cannot carry one.
 */
enum record_result record_find(const char *name, uint16_t type, struct record *record);

#endif
