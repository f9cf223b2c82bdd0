/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The links of this machine, and which hosts can be on them. */
#ifndef LLMNR_LINK_H
#define LLMNR_LINK_H

#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Further links are ignored. */
enum { LINKS_MAX = 64 };

/* Why the link of an interface cannot be queried. */
enum link_refusal {
    LINK_REFUSAL_NONE,
    LINK_REFUSAL_LOOPBACK,
    LINK_REFUSAL_POINT_TO_POINT,
    LINK_REFUSAL_NO_MULTICAST,
    LINK_REFUSAL_PORT, /* a port of a bridge or bond, whose own interface is queried */
    LINK_REFUSAL_DOWN,
    LINK_REFUSAL_NO_CARRIER,
};

struct link {
    uint32_t index;
    struct in_addr ipv4; /* the first address of this machine there; all zero if it has none */
};

/* Lists the links that can be queried. Returns 0, or the error number of what failed. */
int link_list(struct link links[LINKS_MAX], size_t *count);

/* The same, for the links that llmnr.conf(5) selects. Returns as above, and as config_read. */
int link_list_selected(struct link links[LINKS_MAX], size_t *count);

/* Reduces the list to the link of this interface, or not at all for 0; returns its length. */
size_t link_keep(struct link *links, size_t count, uint32_t index);

/* Whether the link of this interface can be queried. Returns as above; ENODEV if there is none. */
int link_refusal(uint32_t index, enum link_refusal *refusal);

/* The same, from one message RTM_NEWLINK of the kernel. */
struct ifinfomsg;
struct nlmsghdr;
enum link_refusal link_refusal_of(const struct ifinfomsg *link, const struct nlmsghdr *header);

/* Whether an address can be on every link. */
bool link_is_local(int family, const void *address);

/*
 * Finds the first of these links to which an address, of AF_INET or AF_INET6, belongs: it is
 * link-local, or in the prefix of an address that this machine has there. *at is `count` if there
 * is none. Returns as above.
 */
int link_find(const struct link *links, size_t count, int family, const void *address, size_t *at);

/* Where an address is, judged by the addresses of this machine. */
enum link_place {
    LINK_ANYWHERE,  /* in no prefix */
    LINK_ELSEWHERE, /* in a prefix of another link, and in none of this one */
    LINK_HERE,      /* link-local, or in a prefix of this link */
    LINK_RESERVED,  /* not another host's: it is this machine's, or that of a network */
};

struct link_candidate {
    unsigned char address[sizeof(struct in6_addr)]; /* its first 4 bytes for AF_INET */
    enum link_place place;
};

/*
 * Sets the place of each address, seen from the link of this interface. The first and the last
 * address of an IPv4 prefix belong to the network (not in a /31, RFC 3021), and so does the first
 * of an IPv6 prefix (not in a /127, RFC 6164). Returns as above.
 */
int link_locate(uint32_t index, int family, struct link_candidate *candidates, size_t count);

/* The addresses from which this machine can send. */
enum link_source {
    LINK_SOURCE_NONE,      /* no address */
    LINK_SOURCE_DUPLICATE, /* IPv6 addresses that another host has */
    LINK_SOURCE_TENTATIVE, /* IPv6 addresses that are still checked for that: RFC 4862, section 5.4
                            */
    LINK_SOURCE_USABLE,
};

/*
 * The best state of an address of AF_INET, AF_INET6 or either (AF_UNSPEC) on these links. Returns
 * as above.
 */
int link_find_source(const struct link *links, size_t count, int family, enum link_source *source);

/* Whether this machine has the address, on this interface, or on any (0). Returns as above. */
int link_is_own(uint32_t index, int family, const void *address, bool *is_own);

#endif
