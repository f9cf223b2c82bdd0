/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The links that this machine is on, and who is on them, too. */
#ifndef LLMNR_LINK_H
#define LLMNR_LINK_H

#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Those beyond are left out. */
enum { LINKS_MAX = 64 };

/* Why the link of an interface cannot be asked. */
enum link_refusal {
    LINK_REFUSAL_NONE,
    LINK_REFUSAL_LOOPBACK,
    LINK_REFUSAL_POINT_TO_POINT,
    LINK_REFUSAL_NO_MULTICAST,
    LINK_REFUSAL_PORT, /* of a bridge or bond, whose own interface can be asked */
    LINK_REFUSAL_DOWN,
    LINK_REFUSAL_NO_CARRIER,
};

struct link {
    uint32_t index;
    struct in_addr ipv4; /* the first address of this machine there; all zero if it has none */
};

/* The links that can be asked. Returns 0, or the error number of what failed. */
int link_list(struct link links[LINKS_MAX], size_t *count);

/* Those of them that llmnr.conf(5) selects. Returns as above, and as config_read. */
int link_list_selected(struct link links[LINKS_MAX], size_t *count);

/* Leaves in the list the link of this interface alone, or all for 0; returns how many there are. */
size_t link_keep(struct link *links, size_t count, uint32_t index);

/* Whether the link of this interface can be asked. Returns as above; ENODEV if there is none. */
int link_refusal(uint32_t index, enum link_refusal *refusal);

/* The same, as one of the kernel's messages RTM_NEWLINK says it. */
struct ifinfomsg;
struct nlmsghdr;
enum link_refusal link_refusal_of(const struct ifinfomsg *link, const struct nlmsghdr *header);

/* Whether an address can be on each link, on one as well as on another. */
bool link_is_local(int family, const void *address);

/*
 * The first of these links that an address, of AF_INET or AF_INET6, belongs to: it is link-local,
 * or in the prefix of an address that this machine has there. *at is `count` if it is on none.
 * Returns as above.
 */
int link_find(const struct link *links, size_t count, int family, const void *address, size_t *at);

/* Where an address is, as the addresses of this machine show. */
enum link_place {
    LINK_ANYWHERE,  /* in no prefix */
    LINK_ELSEWHERE, /* in a prefix of another link, and in none of this one */
    LINK_HERE,      /* link-local, or in a prefix of this link */
    LINK_RESERVED,  /* no other host's: of this machine, or of a network as a whole */
};

struct link_candidate {
    unsigned char address[sizeof(struct in6_addr)]; /* its first 4 bytes for AF_INET */
    enum link_place place;
};

/*
 * Sets the place of each address, seen from the link of this interface. The first and the last
 * address of an IPv4 prefix are those of a network (not of a /31, RFC 3021), and so is the first of
 * an IPv6 prefix (not of a /127, RFC 6164). Returns as above.
 */
int link_locate(uint32_t index, int family, struct link_candidate *candidates, size_t count);

/* What this machine can send from. */
enum link_source {
    LINK_SOURCE_NONE,      /* no address */
    LINK_SOURCE_DUPLICATE, /* IPv6 addresses that another host has */
    LINK_SOURCE_TENTATIVE, /* IPv6 addresses that are still checked for that: RFC 4862, section 5.4
                            */
    LINK_SOURCE_USABLE,
};

/* The best that an address of AF_INET, AF_INET6 or either (AF_UNSPEC) on these links is. Returns as
 * above. */
int link_find_source(const struct link *links, size_t count, int family, enum link_source *source);

/* Whether this machine itself has the address, on this interface, or on any (0). Returns as above.
 */
int link_is_own(uint32_t index, int family, const void *address, bool *is_own);

#endif
