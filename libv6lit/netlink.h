/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Network interfaces and addresses, from the kernel's RTNETLINK (rtnetlink(7)). Unlike the ioctls
 * that take an interface name, it never makes the kernel load a module. It is used instead of
 * if_nameindex(3) and getifaddrs(3), which call malloc and can end the process; getifaddrs(3) also
 * never returns if the names of an interface fill more than one message.
 */
#ifndef LIBV6LIT_NETLINK_H
#define LIBV6LIT_NETLINK_H

#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <stddef.h>
#include <stdint.h>

/* The index of the link with this name or alternative name. Returns 0, ENODEV if there is none, or
 * the error number of what failed. */
int netlink_find_link(const char *name, uint32_t *index);

/*
 * Receives one message of a list: header->nlmsg_len bytes, of a long message only the first 2.5 KB,
 * which contain no alternative names. It receives NULL before the first message, and again when the
 * list starts over because it changed meanwhile: then the earlier messages do not count.
 */
typedef void netlink_visit(void *context, const struct nlmsghdr *header);

/*
 * Lists all interfaces: messages RTM_NEWLINK. Returns 0, EAGAIN if the list changed each time that
 * it was read, or the error number of what failed.
 */
int netlink_list_links(netlink_visit *visit, void *context);

/* Lists all addresses of a family: messages RTM_NEWADDR. Returns as above. */
int netlink_list_addresses(unsigned char family, netlink_visit *visit, void *context);

/* All neighbors: messages RTM_NEWNEIGH. Returns as above. */
int netlink_list_neighbors(netlink_visit *visit, void *context);

/* What follows the header of a message; NULL if it is shorter than that. */
const void *netlink_body(const struct nlmsghdr *header, size_t size);

/*
 * The attribute of this type after the body of a message, or inside another attribute, if it has at
 * least `size` bytes of data; else NULL. RTA_DATA returns the data.
 */
const struct rtattr *netlink_find(const struct nlmsghdr *header, size_t body, int type,
                                  size_t size);
const struct rtattr *netlink_find_inside(const struct rtattr *attribute, int type, size_t size);

/* The address of this machine in a message RTM_NEWADDR, of `size` bytes; NULL if there is none. */
const struct rtattr *netlink_own_address(const struct nlmsghdr *header, size_t size);

#endif
