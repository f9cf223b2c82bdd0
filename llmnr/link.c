// SPDX-License-Identifier: LGPL-2.1-or-later
#include "llmnr/link.h"

#include "libv6lit/netlink.h"

#include <errno.h>
#include <linux/if_addr.h>
#include <linux/if_link.h>
#include <net/if.h>
#include <string.h>

struct list {
    struct link *links;
    size_t count;
};

/* A port hands what it receives to the interface above it. That of a VRF does not: it routes. */
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

static enum link_bar bar_of(const struct ifinfomsg *link, const struct nlmsghdr *header)
{
    if ((link->ifi_flags & IFF_LOOPBACK) != 0)
        return LINK_BAR_LOOPBACK;
    if ((link->ifi_flags & IFF_POINTOPOINT) != 0)
        return LINK_BAR_POINT_TO_POINT;
    if ((link->ifi_flags & IFF_MULTICAST) == 0)
        return LINK_BAR_NO_MULTICAST;
    if (is_port(header))
        return LINK_BAR_PORT;
    if ((link->ifi_flags & IFF_UP) == 0)
        return LINK_BAR_DOWN;
    return (link->ifi_flags & IFF_RUNNING) == 0 ? LINK_BAR_NO_CARRIER : LINK_BAR_NONE;
}

static void add_link(void *context, const struct nlmsghdr *header)
{
    struct list *list = context;
    const struct ifinfomsg *link = netlink_body(header, sizeof *link);
    if (link != NULL && list->count < LINKS_MAX && bar_of(link, header) == LINK_BAR_NONE)
        list->links[list->count++] = (struct link){.index = (uint32_t)link->ifi_index};
}

static void add_address(void *context, const struct nlmsghdr *header)
{
    struct list *list = context;
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

int link_list(struct link links[LINKS_MAX], size_t *count)
{
    struct list list = {.links = links};
    int error = netlink_list_links(add_link, &list);
    if (error == 0)
        error = netlink_list_addresses(AF_INET, add_address, &list);
    *count = list.count;
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
    enum link_bar *bar;
    bool found;
};

static void find_bar(void *context, const struct nlmsghdr *header)
{
    struct one *one = context;
    const struct ifinfomsg *link = netlink_body(header, sizeof *link);
    if (link == NULL || (uint32_t)link->ifi_index != one->index)
        return;
    *one->bar = bar_of(link, header);
    one->found = true;
}

int link_bar(uint32_t index, enum link_bar *bar)
{
    struct one one = {.index = index, .bar = bar};
    int error = netlink_list_links(find_bar, &one);
    return error == 0 && !one.found ? ENODEV : error;
}

static size_t address_size(int family)
{
    return family == AF_INET ? sizeof(struct in_addr) : sizeof(struct in6_addr);
}

struct search {
    const struct link *links;
    size_t count; /* of those that come before what has been found */
    const unsigned char *address;
    size_t size;
};

static bool is_in_prefix(const unsigned char *address, const unsigned char *prefix, size_t bits)
{
    size_t whole = bits / 8;
    unsigned rest = 0xff00U >> bits % 8 & 0xff;
    return memcmp(address, prefix, whole) == 0 &&
           (rest == 0 || ((address[whole] ^ prefix[whole]) & rest) == 0);
}

static void compare(void *context, const struct nlmsghdr *header)
{
    struct search *search = context;
    const struct ifaddrmsg *address = netlink_body(header, sizeof *address);
    const struct rtattr *prefix = netlink_find(header, sizeof *address, IFA_ADDRESS, search->size);
    if (address == NULL || prefix == NULL || address->ifa_prefixlen > 8 * search->size ||
        !is_in_prefix(search->address, RTA_DATA(prefix), address->ifa_prefixlen))
        return;
    for (size_t i = 0; i < search->count; i++) {
        if (search->links[i].index == address->ifa_index)
            search->count = i;
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
        .address = address,
        .size = address_size(family),
    };
    int error = 0;
    if (!link_is_local(family, address))
        error = netlink_list_addresses((unsigned char)family, compare, &search);
    else
        search.count = 0;
    *at = error == 0 ? search.count : count;
    return error;
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
    const size_t body = sizeof(struct ifaddrmsg);
    const struct ifaddrmsg *address = netlink_body(header, body);
    if (address == NULL || (search->index != 0 && address->ifa_index != search->index))
        return;
    /* IFA_ADDRESS is the other end's on a point-to-point interface, and else the same. */
    const struct rtattr *own = netlink_find(header, body, IFA_LOCAL, search->size);
    if (own == NULL)
        own = netlink_find(header, body, IFA_ADDRESS, search->size);
    if (own != NULL && memcmp(RTA_DATA(own), search->address, search->size) == 0)
        search->found = true;
}

int link_is_own(uint32_t index, int family, const void *address, bool *is_own)
{
    struct own search = {.index = index, .address = address, .size = address_size(family)};
    int error = netlink_list_addresses((unsigned char)family, compare_own, &search);
    *is_own = error == 0 && search.found;
    return error;
}
