// SPDX-License-Identifier: LGPL-2.1-or-later
#include "llmnr/link.h"

#include "base/prefix.h"
#include "libv6lit/netlink.h"
#include "llmnr/config.h"

#include <errno.h>
#include <linux/if_addr.h>
#include <linux/if_link.h>
#include <net/if.h>
#include <string.h>
#include <sys/mman.h>

struct list {
    const struct config *config; /* or NULL: all */
    struct link *links;
    size_t count;
};

/*
 * A port passes what it receives to the interface above it. A port of a VRF does not: a VRF routes.
 */
static bool is_port(const struct nlmsghdr *header)
{
    static const char vrf[] = "vrf";
    if (netlink_find(header, sizeof(struct ifinfomsg), IFLA_MASTER, sizeof(uint32_t)) == NULL)
        return false;
    const struct rtattr *info =
        netlink_find(header, sizeof(struct ifinfomsg), IFLA_LINKINFO, sizeof(struct rtattr));
    const struct rtattr *kind =
        info == NULL ? NULL : netlink_find_inside(info, IFLA_INFO_SLAVE_KIND, sizeof vrf - 1);
    return kind == NULL || memcmp(RTA_DATA(kind), vrf, sizeof vrf - 1) != 0;
}

enum link_refusal link_refusal_of(const struct ifinfomsg *link, const struct nlmsghdr *header)
{
    if ((link->ifi_flags & IFF_LOOPBACK) != 0)
        return LINK_REFUSAL_LOOPBACK;
    if ((link->ifi_flags & IFF_POINTOPOINT) != 0)
        return LINK_REFUSAL_POINT_TO_POINT;
    if ((link->ifi_flags & IFF_MULTICAST) == 0)
        return LINK_REFUSAL_NO_MULTICAST;
    if (is_port(header))
        return LINK_REFUSAL_PORT;
    if ((link->ifi_flags & IFF_UP) == 0)
        return LINK_REFUSAL_DOWN;
    return (link->ifi_flags & IFF_RUNNING) == 0 ? LINK_REFUSAL_NO_CARRIER : LINK_REFUSAL_NONE;
}

static bool is_selected(const struct config *config, const struct nlmsghdr *header)
{
    if (config == NULL)
        return true;
    const struct rtattr *name = netlink_find(header, sizeof(struct ifinfomsg), IFLA_IFNAME, 1);
    return name != NULL && config_selects(config, RTA_DATA(name));
}

static void add_link(void *context, const struct nlmsghdr *header)
{
    struct list *list = context;
    if (header == NULL) {
        list->count = 0;
        return;
    }
    const struct ifinfomsg *link = netlink_body(header, sizeof *link);
    if (link != NULL && list->count < LINKS_MAX &&
        link_refusal_of(link, header) == LINK_REFUSAL_NONE && is_selected(list->config, header))
        list->links[list->count++] = (struct link){.index = (uint32_t)link->ifi_index};
}

static void add_address(void *context, const struct nlmsghdr *header)
{
    struct list *list = context;
    if (header == NULL) {
        for (size_t i = 0; i < list->count; i++)
            list->links[i].ipv4.s_addr = 0;
        return;
    }
    const struct ifaddrmsg *address = netlink_body(header, sizeof *address);
    const struct rtattr *local =
        netlink_find(header, sizeof *address, IFA_LOCAL, sizeof(struct in_addr));
    if (address == NULL || local == NULL)
        return;
    for (size_t i = 0; i < list->count; i++) {
        struct link *link = &list->links[i];
        if (link->index == address->ifa_index && link->ipv4.s_addr == 0)
            memcpy(&link->ipv4, RTA_DATA(local), sizeof link->ipv4);
    }
}

static int list_links(const struct config *config, struct link *links, size_t *count)
{
    struct list list = {.config = config, .links = links};
    int error = netlink_list_links(add_link, &list);
    if (error == 0)
        error = netlink_list_addresses(AF_INET, add_address, &list);
    *count = list.count;
    return error;
}

int link_list(struct link links[LINKS_MAX], size_t *count)
{
    return list_links(NULL, links, count);
}

int link_list_selected(struct link links[LINKS_MAX], size_t *count)
{
    *count = 0;
    struct config *config =
        mmap(NULL, sizeof *config, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (config == MAP_FAILED)
        return errno;
    int error = config_read(config, CONFIG_FILE);
    if (error == 0)
        error = list_links(config, links, count);
    munmap(config, sizeof *config);
    return error;
}

size_t link_keep(struct link *links, size_t count, uint32_t index)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (index == 0 || links[i].index == index)
            links[kept++] = links[i];
    }
    return kept;
}

struct one {
    uint32_t index;
    enum link_refusal *refusal;
    bool found;
};

static void find_bar(void *context, const struct nlmsghdr *header)
{
    struct one *one = context;
    if (header == NULL) {
        one->found = false;
        return;
    }
    const struct ifinfomsg *link = netlink_body(header, sizeof *link);
    if (link == NULL || (uint32_t)link->ifi_index != one->index)
        return;
    *one->refusal = link_refusal_of(link, header);
    one->found = true;
}

int link_refusal(uint32_t index, enum link_refusal *refusal)
{
    struct one one = {.index = index, .refusal = refusal};
    int error = netlink_list_links(find_bar, &one);
    return error == 0 && !one.found ? ENODEV : error;
}

static size_t address_size(int family)
{
    return family == AF_INET ? sizeof(struct in_addr) : sizeof(struct in6_addr);
}

struct search {
    const struct link *links;
    size_t count;
    size_t at; /* index of the first match; else count */
    const unsigned char *address;
    size_t size;
};

static void compare(void *context, const struct nlmsghdr *header)
{
    struct search *search = context;
    if (header == NULL) {
        search->at = search->count;
        return;
    }
    const struct ifaddrmsg *address = netlink_body(header, sizeof *address);
    const struct rtattr *prefix = netlink_find(header, sizeof *address, IFA_ADDRESS, search->size);
    if (address == NULL || prefix == NULL || address->ifa_prefixlen > 8 * search->size ||
        !prefix_contains(RTA_DATA(prefix), address->ifa_prefixlen, search->address))
        return;
    for (size_t i = 0; i < search->at; i++) {
        if (search->links[i].index == address->ifa_index)
            search->at = i;
    }
}

bool link_is_local(int family, const void *address)
{
    const unsigned char *bytes = address;
    return family == AF_INET ? bytes[0] == 169 && bytes[1] == 254
                             : bytes[0] == 0xfe && (bytes[1] & 0xc0) == 0x80;
}

int link_find(const struct link *links, size_t count, int family, const void *address, size_t *at)
{
    struct search search = {
        .links = links,
        .count = count,
        .at = link_is_local(family, address) ? 0 : count,
        .address = address,
        .size = address_size(family),
    };
    int error = 0;
    if (!link_is_local(family, address))
        error = netlink_list_addresses((unsigned char)family, compare, &search);
    *at = error == 0 ? search.at : count;
    return error;
}

/* Whether the message is about this address of this machine. */
static bool is_own(const struct nlmsghdr *header, const unsigned char *address, size_t size)
{
    const struct rtattr *own = netlink_own_address(header, size);
    return own != NULL && memcmp(RTA_DATA(own), address, size) == 0;
}

struct own {
    uint32_t index;
    const unsigned char *address;
    size_t size;
    bool found;
};

static void compare_own(void *context, const struct nlmsghdr *header)
{
    struct own *search = context;
    if (header == NULL) {
        search->found = false;
        return;
    }
    const size_t body = sizeof(struct ifaddrmsg);
    const struct ifaddrmsg *address = netlink_body(header, body);
    if (address == NULL || (search->index != 0 && address->ifa_index != search->index))
        return;
    if (is_own(header, search->address, search->size))
        search->found = true;
}

int link_is_own(uint32_t index, int family, const void *address, bool *is_own)
{
    struct own search = {.index = index, .address = address, .size = address_size(family)};
    int error = netlink_list_addresses((unsigned char)family, compare_own, &search);
    *is_own = error == 0 && search.found;
    return error;
}

struct location {
    uint32_t index;
    int family;
    struct link_candidate *candidates;
    size_t count;
};

/* Whether all bits after the prefix are 0, or all are 1. */
static bool is_edge(const unsigned char *address, size_t size, size_t bits, bool ones)
{
    const unsigned char fill = ones ? 0xff : 0;
    const unsigned char mask = (unsigned char)(0xff >> bits % 8);
    size_t at = bits / 8;
    if (((address[at] ^ fill) & mask) != 0)
        return false;
    for (at++; at < size; at++) {
        if (address[at] != fill)
            return false;
    }
    return true;
}

static bool is_of_network(const unsigned char *address, size_t size, size_t bits)
{
    if (bits > 8 * size - 2)
        return false;
    return is_edge(address, size, bits, false) ||
           (size == sizeof(struct in_addr) && is_edge(address, size, bits, true));
}

/* What one address of this machine implies for the place of another address. */
static enum link_place place_of(const struct nlmsghdr *header, const struct location *location,
                                const unsigned char *address)
{
    const size_t size = address_size(location->family);
    const struct ifaddrmsg *info = netlink_body(header, sizeof *info);
    const struct rtattr *prefix = netlink_find(header, sizeof *info, IFA_ADDRESS, size);
    const struct rtattr *broadcast = netlink_find(header, sizeof *info, IFA_BROADCAST, size);
    if (info == NULL || prefix == NULL)
        return LINK_ANYWHERE;
    const bool is_here = info->ifa_index == location->index;
    /* Of any interface, since two of this machine may be on one link. */
    if (is_own(header, address, size) ||
        (broadcast != NULL && memcmp(RTA_DATA(broadcast), address, size) == 0))
        return LINK_RESERVED;
    const size_t bits = info->ifa_prefixlen;
    if (bits == 0 || bits > 8 * size || !prefix_contains(RTA_DATA(prefix), bits, address))
        return LINK_ANYWHERE;
    if (is_of_network(address, size, bits))
        return LINK_RESERVED;
    return is_here ? LINK_HERE : LINK_ELSEWHERE;
}

static void locate(void *context, const struct nlmsghdr *header)
{
    const struct location *location = context;
    for (size_t i = 0; i < location->count; i++) {
        struct link_candidate *candidate = &location->candidates[i];
        enum link_place place;
        if (header != NULL)
            place = place_of(header, location, candidate->address);
        else
            place = link_is_local(location->family, candidate->address) ? LINK_HERE : LINK_ANYWHERE;
        if (header == NULL || place > candidate->place)
            candidate->place = place;
    }
}

int link_locate(uint32_t index, int family, struct link_candidate *candidates, size_t count)
{
    struct location location = {index, family, candidates, count};
    locate(&location, NULL);
    return netlink_list_addresses((unsigned char)family, locate, &location);
}

struct sources {
    const struct link *links;
    size_t count;
    enum link_source *best;
};

static enum link_source source_of(const struct nlmsghdr *header, const struct ifaddrmsg *address)
{
    uint32_t flags = address->ifa_flags;
    const struct rtattr *more = netlink_find(header, sizeof *address, IFA_FLAGS, sizeof flags);
    if (more != NULL)
        memcpy(&flags, RTA_DATA(more), sizeof flags);
    if ((flags & IFA_F_DADFAILED) != 0)
        return LINK_SOURCE_DUPLICATE;
    return (flags & IFA_F_TENTATIVE) != 0 && (flags & IFA_F_OPTIMISTIC) == 0 ? LINK_SOURCE_TENTATIVE
                                                                             : LINK_SOURCE_USABLE;
}

static void find_source(void *context, const struct nlmsghdr *header)
{
    const struct sources *sources = context;
    if (header == NULL) {
        *sources->best = LINK_SOURCE_NONE;
        return;
    }
    const struct ifaddrmsg *address = netlink_body(header, sizeof *address);
    for (size_t i = 0; i < sources->count && address != NULL; i++) {
        enum link_source source = source_of(header, address);
        if (sources->links[i].index == address->ifa_index && source > *sources->best)
            *sources->best = source;
    }
}

int link_find_source(const struct link *links, size_t count, int family, enum link_source *source)
{
    struct sources sources = {links, count, source};
    find_source(&sources, NULL);
    return netlink_list_addresses((unsigned char)family, find_source, &sources);
}
