// SPDX-License-Identifier: LGPL-2.1-or-later
#include "llmnr/neighbors.h"

#include "libv6lit/netlink.h"
#include "llmnr/clock.h"
#include "llmnr/self.h"

#include <linux/neighbour.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

enum {
    LIFETIME = 1000 * CLOCK_MILLISECOND,
    KNOWN = NUD_PERMANENT | NUD_NOARP | NUD_REACHABLE | NUD_PROBE | NUD_STALE | NUD_DELAY,
};

static struct neighbor make(uint32_t interface, int family, const void *address)
{
    struct neighbor neighbor = {.interface = interface, .family = (uint32_t)family};
    memcpy(neighbor.address, address, self_address_size(family));
    return neighbor;
}

static void add(void *context, const struct nlmsghdr *header)
{
    struct neighbors *neighbors = context;
    if (header == NULL) {
        neighbors->count = 0;
        return;
    }
    const struct ndmsg *info = netlink_body(header, sizeof *info);
    if (info == NULL || (info->ndm_family != AF_INET && info->ndm_family != AF_INET6) ||
        (info->ndm_state & KNOWN) == 0 || neighbors->count == NEIGHBORS_MAX)
        return;
    const struct rtattr *address =
        netlink_find(header, sizeof *info, NDA_DST, self_address_size(info->ndm_family));
    if (address != NULL)
        neighbors->list[neighbors->count++] =
            make((uint32_t)info->ndm_ifindex, info->ndm_family, RTA_DATA(address));
}

static int compare(const void *a, const void *b)
{
    return memcmp(a, b, sizeof(struct neighbor));
}

bool neighbors_know(struct neighbors *neighbors, uint32_t interface, int family,
                    const void *address, int64_t now)
{
    if (now >= neighbors->read_again_at) {
        if (netlink_list_neighbors(add, neighbors) != 0)
            neighbors->count = 0;
        qsort(neighbors->list, neighbors->count, sizeof neighbors->list[0], compare);
        neighbors->read_again_at = now + LIFETIME;
    }
    const struct neighbor key = make(interface, family, address);
    return bsearch(&key, neighbors->list, neighbors->count, sizeof key, compare) != NULL;
}
