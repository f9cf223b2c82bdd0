/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * This machine on its links, for the responder: its names, and a list of its interfaces and
 * addresses as the kernel had them when it was read.
 */
#ifndef LLMNR_SELF_H
#define LLMNR_SELF_H

#include "llmnr/config.h"
#include "llmnr/link.h"

#include <net/if.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    /* Further ones are ignored, which is logged. */
    SELF_NAMES_MAX = 16,
    SELF_INTERFACES_MAX = 512,
    SELF_ADDRESSES_MAX = 1024,
    SELF_LABEL_MAX = 63,
};

struct self_names {
    size_t count;
    char names[SELF_NAMES_MAX][SELF_LABEL_MAX + 1]; /* single labels */
};

/* Why a name is not served. */
enum self_refusal {
    SELF_TAKEN,     /* it is */
    SELF_DUPLICATE, /* already in the list */
    SELF_UNFIT,     /* no client may query it: see host_refusal */
    SELF_TOO_MANY,
};

/* Adds a name, up to its first dot. */
enum self_refusal self_add_name(struct self_names *names, const char *name);

/* Whether they are the same names in the same order. */
bool self_same_names(const struct self_names *a, const struct self_names *b);

/* The index of a name in the list, compared by bytes and ASCII case; `count` if it is not there. */
size_t self_find_name(const struct self_names *names, const unsigned char *name, size_t length);

struct self_interface {
    uint32_t index;
    uint32_t mtu;
    enum link_refusal refusal;
    bool is_selected; /* by llmnr.conf */
    char name[IF_NAMESIZE];
};

struct self_address {
    uint32_t interface;
    unsigned char family;
    unsigned char prefix;    /* bits */
    bool is_usable;          /* unique (RFC 4862, section 5.4), and not for this host alone */
    bool is_published;       /* usable, and neither deprecated nor temporary (RFC 8981) */
    unsigned char bytes[16]; /* the first 4 for AF_INET */
};

struct self {
    size_t interface_count;
    size_t address_count;
    bool is_cut_off; /* there are more of them */
    struct self_interface interfaces[SELF_INTERFACES_MAX];
    struct self_address addresses[SELF_ADDRESSES_MAX];
};

/*
 * Queries the kernel. Returns 0, or the error number of what failed: then the list must not be
 * used.
 */
int self_read(struct self *self, const struct config *config);

/* The length of an address of AF_INET or AF_INET6. */
size_t self_address_size(int family);

/* NULL if there is none. */
const struct self_interface *self_find_interface(const struct self *self, uint32_t index);

/*
 * Whether this machine uses the address, on this interface or on any (0). A duplicate address is
 * the other host's.
 */
bool self_has(const struct self *self, uint32_t interface, int family, const void *address);

/* Whether a neighbor on the link of the interface can have the address: it is link-local, or in a
 * prefix that this machine has there. */
bool self_is_on_link(const struct self *self, uint32_t interface, int family, const void *address);

/*
 * The address of this machine from which to send to the other one (a group counts as link-local) by
 * this interface; NULL if this family has none there. RFC 4795, section 2.5.
 */
const struct self_address *self_source(const struct self *self, uint32_t interface, int family,
                                       const void *destination);

/* Whether there is a published address on the interface that the older list lacks. */
bool self_has_new(const struct self *self, const struct self *older, uint32_t interface);

#endif
