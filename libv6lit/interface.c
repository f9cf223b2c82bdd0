// SPDX-License-Identifier: LGPL-2.1-or-later
#include "libv6lit/interface.h"

#include "base/ascii.h"
#include "libv6lit/guard.h"
#include "libv6lit/v6lit.h"

#include <errno.h>
#include <stdbool.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

/* A search for the interface that is called `name`. */
struct search {
    const char *name;
    enum interface_case match;
    uint32_t exact; /* 0 if there is none */
    uint32_t folded;
    unsigned folded_count;
};

static void begin_search(struct search *search)
{
    search->exact = 0;
    search->folded_count = 0;
}

static void consider(struct search *search, const char *name, uint32_t index)
{
    bool is_exact = true;
    for (size_t i = 0; ascii_lower(name[i]) == ascii_lower(search->name[i]); i++) {
        is_exact = is_exact && name[i] == search->name[i];
        if (name[i] != '\0')
            continue;
        search->folded = index;
        search->folded_count++;
        if (is_exact)
            search->exact = index;
        return;
    }
}

static int end_search(const struct search *search, uint32_t *index)
{
    if (search->exact != 0)
        *index = search->exact;
    else if (search->match == INTERFACE_ANY_CASE && search->folded_count == 1)
        *index = search->folded;
    else
        return ENODEV;
    return 0;
}

/*
 * Calls an ioctl for network devices. Any socket serves, and a sandbox may refuse some families or
 * their ioctls (RestrictAddressFamilies= of systemd, SELinux), with whatever errno. The first
 * families are part of every kernel: a socket of a family that is not makes the kernel load it.
 */
static int call_ioctl(unsigned short call, struct ifreq *request)
{
    static const int families[] = {AF_NETLINK, AF_UNIX, AF_INET, AF_INET6};
    int error = 0;
    for (size_t i = 0; i < sizeof families / sizeof families[0]; i++) {
        int fd = socket(families[i], SOCK_DGRAM | SOCK_CLOEXEC, 0);
        error = fd < 0 || ioctl(fd, call, request) < 0 ? errno : 0;
        if (fd >= 0)
            close(fd);
        if (error == 0 || error == ENODEV)
            break;
    }
    return error;
}

/* Up to `size` interfaces, of `count` that there are. */
struct list {
    struct v6lit_interface *interfaces;
    size_t size;
    size_t count;
};

#if __has_include(<linux/rtnetlink.h>)

#include "libv6lit/netlink.h"

#include <linux/capability.h>
#include <sys/syscall.h>

static void consider_link(void *context, const struct nlmsghdr *header)
{
    if (header == NULL) {
        begin_search(context);
        return;
    }
    const struct ifinfomsg *link = netlink_body(header, sizeof *link);
    const struct rtattr *name = netlink_find(header, sizeof *link, IFLA_IFNAME, 1);
    if (link != NULL && name != NULL)
        consider(context, RTA_DATA(name), (uint32_t)link->ifi_index);
}

static int search_interfaces(const char *name, enum interface_case match, uint32_t *index)
{
    struct search search = {.name = name, .match = match};
    int error = netlink_list_links(consider_link, &search);
    return error != 0 ? error : end_search(&search, index);
}

/*
 * Whether the kernel can load a module for this thread by an ioctl that takes an interface name:
 * dev_load() does, with CAP_NET_ADMIN "netdev-NAME" and with CAP_SYS_MODULE NAME itself. The kernel
 * looks at the effective set; a seteuid(2) in another thread can make that the permitted one at any
 * time. Capabilities in a user namespace load nothing, but cannot be told from others.
 */
static bool can_load_modules(void)
{
    struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct sets[_LINUX_CAPABILITY_U32S_3] = {0};
    const uint32_t loading = 1U << CAP_NET_ADMIN | 1U << CAP_SYS_MODULE;
    return syscall(SYS_capget, &header, sets) != 0 || (sets[0].permitted & loading) != 0;
}

static int find_by_ioctl(const char *name, uint32_t *index)
{
    struct ifreq request = {0};
    memcpy(request.ifr_name, name, strnlen(name, IF_NAMESIZE - 1));
    int error = call_ioctl(SIOCGIFINDEX, &request);
    if (error == 0)
        *index = (uint32_t)request.ifr_ifindex;
    return error;
}

/* The kernel is asked by netlink, which loads nothing. A sandbox may refuse that. */
static int find_index(const char *name, enum interface_case match, uint32_t *index)
{
    int error = netlink_find_link(name, index);
    if (error != 0 && (error != ENODEV || match == INTERFACE_ANY_CASE))
        error = search_interfaces(name, match, index);
    if (error != 0 && error != ENODEV && !can_load_modules() && find_by_ioctl(name, index) == 0)
        error = 0;
    return error;
}

static void add_interface(void *context, const struct nlmsghdr *header)
{
    struct list *list = context;
    if (header == NULL) {
        list->count = 0;
        return;
    }
    const struct ifinfomsg *link = netlink_body(header, sizeof *link);
    const struct rtattr *name = netlink_find(header, sizeof *link, IFLA_IFNAME, 1);
    if (link == NULL || name == NULL || (link->ifi_flags & (IFF_UP | IFF_LOOPBACK)) != IFF_UP)
        return;
    if (list->count < list->size) {
        const size_t length = RTA_PAYLOAD(name);
        struct v6lit_interface *interface = &list->interfaces[list->count];
        *interface = (struct v6lit_interface){.index = (uint32_t)link->ifi_index};
        memcpy(interface->name, RTA_DATA(name),
               strnlen(RTA_DATA(name), length < V6LIT_ZONE_MAX ? length : V6LIT_ZONE_MAX));
    }
    list->count++;
}

static int list_interfaces(struct list *list)
{
    return netlink_list_links(add_interface, list);
}

#else /* musl without the kernel's headers; its if_nameindex is netlink, too */

static int find_index(const char *name, enum interface_case match, uint32_t *index)
{
    struct search search = {.name = name, .match = match};
    struct if_nameindex *interfaces = if_nameindex();
    if (interfaces == NULL)
        return errno;
    begin_search(&search);
    for (const struct if_nameindex *i = interfaces; i->if_index != 0; i++)
        consider(&search, i->if_name, i->if_index);
    if_freenameindex(interfaces);
    return end_search(&search, index);
}

static int list_interfaces(struct list *list)
{
    (void)list;
    return ENOSYS;
}

#endif

int interface_index(const char *name, enum interface_case match, uint32_t *index)
{
    struct guard guard = guard_begin();
    int error = find_index(name, match, index);
    guard_end(guard);
    return error;
}

/* As if_indextoname(3) does, which says ENOENT when no descriptor is left. */
int interface_name(uint32_t index, char name[IF_NAMESIZE])
{
    struct guard guard = guard_begin();
    struct ifreq request = {.ifr_ifindex = (int)index};
    int error = call_ioctl(SIOCGIFNAME, &request);
    memcpy(name, request.ifr_name, IF_NAMESIZE);
    guard_end(guard);
    return error;
}

enum v6lit_status v6lit_list_interfaces(struct v6lit_interface *interfaces, size_t size,
                                        size_t *count)
{
    struct guard guard = guard_begin();
    struct list list = {.interfaces = interfaces, .size = size};
    int error = list_interfaces(&list);
    guard_end(guard);
    if (error != 0) {
        errno = error;
        return V6LIT_ERROR_SYSTEM;
    }
    *count = list.count;
    return V6LIT_OK;
}
