/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Lists that the kernel gives: of interfaces, of addresses. getifaddrs(3) and if_nameindex(3) would
 * do, but they call malloc, which a name service module should not, and can end the process.
 */
#ifndef LIBV6LIT_NETLINK_H
#define LIBV6LIT_NETLINK_H

#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <stddef.h>

/* Sees one message of a list, which lies whole in memory: header->nlmsg_len bytes. */
typedef void netlink_visit(void *context, const struct nlmsghdr *header);

/* All interfaces: messages RTM_NEWLINK. Returns 0, or the error number of what failed. */
int netlink_list_links(netlink_visit *visit, void *context);

/* All addresses of a family: messages RTM_NEWADDR. Returns as above. */
int netlink_list_addresses(unsigned char family, netlink_visit *visit, void *context);

/* What follows the header of a message; NULL if it is shorter than that. */
const void *netlink_body(const struct nlmsghdr *header, size_t size);

/*
 * The attribute of this type behind the body of a message, or inside of another attribute, if it
 * has at least `size` bytes of data; else NULL. RTA_DATA gives them.
 */
const struct rtattr *netlink_find(const struct nlmsghdr *header, size_t body, int type,
                                  size_t size);
const struct rtattr *netlink_find_inside(const struct rtattr *attribute, int type, size_t size);

#endif
