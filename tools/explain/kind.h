/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The purpose of an IPv6 address: the IANA registries as a table. */
#ifndef TOOLS_EXPLAIN_KIND_H
#define TOOLS_EXPLAIN_KIND_H

#include <netinet/in.h>

struct kind {
    const char *name;
    const char *prefix;         /* "fe80::/10" */
    const char *source;         /* "RFC 4291" */
    const char *scope;          /* of a multicast address, "link-local" for example; else NULL */
    char ipv4[INET_ADDRSTRLEN]; /* the IPv4 address that it contains; else "" */
};

/* Always finds a kind. Thread-safe; makes no query. */
struct kind kind_of(const struct in6_addr *address);

#endif
