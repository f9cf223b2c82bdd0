// SPDX-License-Identifier: LGPL-2.1-or-later
#include "llmnr/describe.h"

#include "libv6lit/netlink.h"

#include <linux/if_link.h>
#include <string.h>

struct list {
    struct link_description *links;
    size_t count;
};

static void copy_string(const struct rtattr *attribute, char *text, size_t size)
{
    size_t length = 0;
    if (attribute != NULL)
        length = strnlen(RTA_DATA(attribute), RTA_PAYLOAD(attribute));
    if (length >= size)
        length = size - 1;
    if (length > 0)
        memcpy(text, RTA_DATA(attribute), length);
    text[length] = '\0';
}

static void read_kind(const struct nlmsghdr *header, char *kind, size_t size)
{
    const struct rtattr *info =
        netlink_find(header, sizeof(struct ifinfomsg), IFLA_LINKINFO, sizeof(struct rtattr));
    copy_string(info == NULL ? NULL : netlink_find_inside(info, IFLA_INFO_KIND, 1), kind, size);
}

static void describe_link(void *context, const struct nlmsghdr *header)
{
    const struct list *list = context;
    if (header == NULL)
        return;
    const struct ifinfomsg *link = netlink_body(header, sizeof *link);
    const struct rtattr *master = netlink_find(header, sizeof *link, IFLA_MASTER, sizeof(uint32_t));
    uint32_t bridge = 0;
    if (link == NULL)
        return;
    if (master != NULL)
        memcpy(&bridge, RTA_DATA(master), sizeof bridge);
    for (size_t i = 0; i < list->count; i++) {
        struct link_description *description = &list->links[i];
        char kind[sizeof description->kind];
        read_kind(header, kind, sizeof kind);
        if (description->link.index == (uint32_t)link->ifi_index) {
            copy_string(netlink_find(header, sizeof *link, IFLA_IFNAME, 1), description->name,
                        sizeof description->name);
            memcpy(description->kind, kind, sizeof kind);
        } else if (description->link.index == bridge && strcmp(kind, "veth") != 0 &&
                   strcmp(kind, "tun") != 0) {
            description->has_device = true;
        }
    }
}

int describe_links(struct link_description descriptions[LINKS_MAX], size_t *count)
{
    struct link links[LINKS_MAX];
    int error = link_list_selected(links, count);
    if (error != 0)
        return error;
    for (size_t i = 0; i < *count; i++)
        descriptions[i] = (struct link_description){.link = links[i]};
    struct list list = {descriptions, *count};
    return netlink_list_links(describe_link, &list);
}

static void add_family(void *context, const struct nlmsghdr *header)
{
    struct families *families = context;
    if (header == NULL) {
        *families = (struct families){false, false};
        return;
    }
    const struct ifaddrmsg *message = netlink_body(header, sizeof *message);
    if (message == NULL || (message->ifa_family != AF_INET && message->ifa_family != AF_INET6))
        return;
    const in_addr_t loopback = htonl(INADDR_LOOPBACK);
    const bool is_ipv4 = message->ifa_family == AF_INET;
    const size_t size = is_ipv4 ? sizeof loopback : sizeof in6addr_loopback;
    const struct rtattr *own = netlink_own_address(header, size);
    if (own == NULL)
        return;
    if (is_ipv4)
        families->ipv4 = families->ipv4 || memcmp(RTA_DATA(own), &loopback, size) != 0;
    else
        families->ipv6 = families->ipv6 || memcmp(RTA_DATA(own), &in6addr_loopback, size) != 0;
}

int describe_families(struct families *families)
{
    return netlink_list_addresses(AF_UNSPEC, add_family, families);
}
