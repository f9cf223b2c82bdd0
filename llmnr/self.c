// SPDX-License-Identifier: LGPL-2.1-or-later
#include "llmnr/self.h"

#include "base/ascii.h"
#include "base/prefix.h"
#include "libv6lit/netlink.h"
#include "llmnr/host.h"

#include <linux/if_addr.h>
#include <linux/if_link.h>
#include <netinet/in.h>
#include <string.h>

size_t self_find_name(const struct self_names *names, const unsigned char *name, size_t length)
{
    size_t at = 0;
    for (; at < names->count; at++) {
        const char *own = names->names[at];
        size_t i = 0;
        while (i < length && own[i] != '\0' && ascii_lower(own[i]) == ascii_lower((char)name[i]))
            i++;
        if (i == length && own[i] == '\0')
            break;
    }
    return at;
}

enum self_refusal self_add_name(struct self_names *names, const char *name)
{
    char label[SELF_LABEL_MAX + 1];
    const size_t length = strcspn(name, ".");
    if (length > SELF_LABEL_MAX)
        return SELF_UNFIT;
    memcpy(label, name, length);
    label[length] = '\0';
    const enum host_refusal refusal = host_refusal(label);
    if (refusal != HOST_REFUSAL_NONE && refusal != HOST_REFUSAL_OWN)
        return SELF_UNFIT;
    if (self_find_name(names, (const unsigned char *)label, length) < names->count)
        return SELF_DUPLICATE;
    if (names->count == SELF_NAMES_MAX)
        return SELF_TOO_MANY;
    memcpy(names->names[names->count++], label, length + 1);
    return SELF_TAKEN;
}

bool self_same_names(const struct self_names *a, const struct self_names *b)
{
    bool same = a->count == b->count;
    for (size_t i = 0; same && i < a->count; i++)
        same = strcmp(a->names[i], b->names[i]) == 0;
    return same;
}

struct reading {
    struct self *self;
    const struct config *config;
};

static void add_interface(void *context, const struct nlmsghdr *header)
{
    const struct reading *reading = context;
    struct self *self = reading->self;
    if (header == NULL) {
        self->interface_count = 0;
        self->is_cut_off = false;
        return;
    }
    const size_t body = sizeof(struct ifinfomsg);
    const struct ifinfomsg *link = netlink_body(header, body);
    const struct rtattr *name = netlink_find(header, body, IFLA_IFNAME, 1);
    const struct rtattr *mtu = netlink_find(header, body, IFLA_MTU, sizeof(uint32_t));
    if (link == NULL || name == NULL)
        return;
    if (self->interface_count == SELF_INTERFACES_MAX) {
        self->is_cut_off = true;
        return;
    }
    struct self_interface *interface = &self->interfaces[self->interface_count++];
    *interface = (struct self_interface){.index = (uint32_t)link->ifi_index,
                                         .refusal = link_refusal_of(link, header)};
    memcpy(interface->name, RTA_DATA(name),
           strnlen(RTA_DATA(name),
                   RTA_PAYLOAD(name) < IF_NAMESIZE - 1U ? RTA_PAYLOAD(name) : IF_NAMESIZE - 1U));
    if (mtu != NULL)
        memcpy(&interface->mtu, RTA_DATA(mtu), sizeof interface->mtu);
    interface->is_selected = config_selects(reading->config, interface->name);
}

static void add_address(void *context, const struct nlmsghdr *header)
{
    const struct reading *reading = context;
    struct self *self = reading->self;
    if (header == NULL) {
        self->address_count = 0;
        return;
    }
    const size_t body = sizeof(struct ifaddrmsg);
    const struct ifaddrmsg *info = netlink_body(header, body);
    if (info == NULL || (info->ifa_family != AF_INET && info->ifa_family != AF_INET6))
        return;
    const size_t size = self_address_size(info->ifa_family);
    const struct rtattr *own = netlink_own_address(header, size);
    if (own == NULL || info->ifa_prefixlen > 8 * size)
        return;
    if (self->address_count == SELF_ADDRESSES_MAX) {
        self->is_cut_off = true;
        return;
    }
    uint32_t flags = info->ifa_flags;
    const struct rtattr *more = netlink_find(header, body, IFA_FLAGS, sizeof flags);
    if (more != NULL)
        memcpy(&flags, RTA_DATA(more), sizeof flags);
    struct self_address *address = &self->addresses[self->address_count++];
    *address = (struct self_address){
        .interface = info->ifa_index,
        .family = info->ifa_family,
        .prefix = info->ifa_prefixlen,
        .is_usable = info->ifa_scope < RT_SCOPE_HOST && (flags & IFA_F_DADFAILED) == 0 &&
                     ((flags & IFA_F_TENTATIVE) == 0 || (flags & IFA_F_OPTIMISTIC) != 0),
    };
    /* For IPv4 the flag of a temporary address marks one that is not the first of its prefix. */
    const uint32_t hidden =
        IFA_F_DEPRECATED | (info->ifa_family == AF_INET6 ? (uint32_t)IFA_F_TEMPORARY : 0);
    address->is_published = address->is_usable && (flags & hidden) == 0;
    memcpy(address->bytes, RTA_DATA(own), size);
}

int self_read(struct self *self, const struct config *config)
{
    struct reading reading = {self, config};
    int error = netlink_list_links(add_interface, &reading);
    if (error == 0)
        error = netlink_list_addresses(AF_UNSPEC, add_address, &reading);
    return error;
}

size_t self_address_size(int family)
{
    return family == AF_INET ? sizeof(struct in_addr) : sizeof(struct in6_addr);
}

const struct self_interface *self_find_interface(const struct self *self, uint32_t index)
{
    for (size_t i = 0; i < self->interface_count; i++) {
        if (self->interfaces[i].index == index)
            return &self->interfaces[i];
    }
    return NULL;
}

bool self_has(const struct self *self, uint32_t interface, int family, const void *address)
{
    const size_t size = self_address_size(family);
    for (size_t i = 0; i < self->address_count; i++) {
        const struct self_address *own = &self->addresses[i];
        if (own->family == family && (interface == 0 || own->interface == interface) &&
            own->is_usable && memcmp(own->bytes, address, size) == 0)
            return true;
    }
    return false;
}

bool self_is_on_link(const struct self *self, uint32_t interface, int family, const void *address)
{
    if (link_is_local(family, address))
        return true;
    for (size_t i = 0; i < self->address_count; i++) {
        const struct self_address *own = &self->addresses[i];
        if (own->interface == interface && own->family == family && own->prefix > 0 &&
            prefix_contains(own->bytes, own->prefix, address))
            return true;
    }
    return false;
}

/*
 * How well an own address suits as the source for another one: of the same scope, then of the same
 * prefix.
 */
static int suit(const struct self_address *own, const unsigned char *destination)
{
    const bool is_group = own->family == AF_INET6 && destination[0] == 0xff;
    const bool wants_local = is_group || link_is_local(own->family, destination);
    int suits = own->is_published ? 1 : 0;
    if (link_is_local(own->family, own->bytes) == wants_local)
        suits += 2;
    if (own->prefix > 0 && prefix_contains(own->bytes, own->prefix, destination))
        suits += 4;
    return suits;
}

const struct self_address *self_source(const struct self *self, uint32_t interface, int family,
                                       const void *destination)
{
    const struct self_address *best = NULL;
    int best_suit = -1;
    for (size_t i = 0; i < self->address_count; i++) {
        const struct self_address *own = &self->addresses[i];
        if (own->interface != interface || own->family != family || !own->is_usable)
            continue;
        const int own_suit = suit(own, destination);
        if (own_suit > best_suit) {
            best = own;
            best_suit = own_suit;
        }
    }
    return best;
}

static bool is_published(const struct self *self, const struct self_address *address)
{
    for (size_t i = 0; i < self->address_count; i++) {
        const struct self_address *own = &self->addresses[i];
        if (own->is_published && own->interface == address->interface &&
            own->family == address->family &&
            memcmp(own->bytes, address->bytes, sizeof own->bytes) == 0)
            return true;
    }
    return false;
}

bool self_has_new(const struct self *self, const struct self *older, uint32_t interface)
{
    for (size_t i = 0; i < self->address_count; i++) {
        const struct self_address *own = &self->addresses[i];
        if (own->interface == interface && own->is_published && !is_published(older, own))
            return true;
    }
    return false;
}
