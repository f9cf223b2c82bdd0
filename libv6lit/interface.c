// SPDX-License-Identifier: LGPL-2.1-or-later
#include "libv6lit/interface.h"

#include "libv6lit/guard.h"

#include <errno.h>
#include <stdbool.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

/* A look for the interfaces that are called `name` in some case. */
struct search {
    const char *name;
    uint32_t index;
    unsigned matches;
};

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

static void consider(struct search *search, const char *name, uint32_t index)
{
    for (size_t i = 0; lower(name[i]) == lower(search->name[i]); i++) {
        if (name[i] == '\0') {
            search->index = index;
            search->matches++;
            return;
        }
    }
}

#if __has_include(<linux/rtnetlink.h>)

#include "libv6lit/netlink.h"

static void consider_link(void *context, const struct nlmsghdr *header)
{
    const struct ifinfomsg *link = netlink_body(header, sizeof *link);
    const struct rtattr *name = netlink_find(header, sizeof *link, IFLA_IFNAME, 1);
    if (link != NULL && name != NULL)
        consider(context, RTA_DATA(name), (uint32_t)link->ifi_index);
}

static int search_interfaces(struct search *search)
{
    return netlink_list_links(consider_link, search);
}

#else /* musl without the kernel's headers */

static int search_interfaces(struct search *search)
{
    struct if_nameindex *interfaces = if_nameindex();
    if (interfaces == NULL)
        return errno;
    for (const struct if_nameindex *i = interfaces; i->if_index != 0; i++)
        consider(search, i->if_name, i->if_index);
    if_freenameindex(interfaces);
    return 0;
}

#endif

/*
 * The next two do what if_nametoindex(3) and if_indextoname(3) do, but say why they fail: glibc's
 * say ENOENT when there is no descriptor left.
 */

/* Any socket will do, and a sandbox may refuse some families: RestrictAddressFamilies= of systemd.
 */
static int open_socket(void)
{
    static const int families[] = {AF_UNIX, AF_INET6, AF_INET, AF_NETLINK};
    int fd = -1;
    for (size_t i = 0; i < sizeof families / sizeof families[0] && fd < 0; i++) {
        fd = socket(families[i], SOCK_DGRAM | SOCK_CLOEXEC, 0);
        if (fd < 0 && errno != EAFNOSUPPORT && errno != EPERM && errno != EACCES)
            break;
    }
    return fd;
}

static int find_exact(const char *name, uint32_t *index)
{
    int fd = open_socket();
    if (fd < 0)
        return errno;
    struct ifreq request = {0};
    memcpy(request.ifr_name, name, strnlen(name, IF_NAMESIZE - 1));
    int error = ioctl(fd, SIOCGIFINDEX, &request) < 0 ? errno : 0;
    close(fd);
    *index = (uint32_t)request.ifr_ifindex;
    return error;
}

static int find_name(uint32_t index, char name[IF_NAMESIZE])
{
    int fd = open_socket();
    if (fd < 0)
        return errno;
    struct ifreq request = {.ifr_ifindex = (int)index};
    int error = ioctl(fd, SIOCGIFNAME, &request) < 0 ? errno : 0;
    close(fd);
    memcpy(name, request.ifr_name, IF_NAMESIZE);
    return error;
}

static int find_index(const char *name, uint32_t *index)
{
    int error = find_exact(name, index);
    if (error != ENODEV)
        return error;
    struct search search = {.name = name};
    error = search_interfaces(&search);
    *index = search.index;
    return error == 0 && search.matches != 1 ? ENODEV : error;
}

int interface_index(const char *name, uint32_t *index)
{
    struct guard guard = guard_begin();
    int error = find_index(name, index);
    guard_end(guard);
    return error;
}

int interface_name(uint32_t index, char name[IF_NAMESIZE])
{
    struct guard guard = guard_begin();
    int error = find_name(index, name);
    guard_end(guard);
    return error;
}
