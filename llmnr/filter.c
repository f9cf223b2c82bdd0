// SPDX-License-Identifier: LGPL-2.1-or-later
#include "llmnr/filter.h"

#include "libv6lit/netlink.h"

#include <linux/if_arp.h>
#include <linux/if_ether.h>
#include <linux/if_link.h>
#include <linux/if_packet.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>

/*
 * The offset of the sender's address in an Ethernet header: its first two bytes, and the other
 * four.
 */
enum { SENDER_AT = ETH_ALEN, SENDER_END_AT = SENDER_AT + 2 };

/* The filter's memory for these two. */
enum { SENDER, SENDER_END };

/*
 * What this machine sends to an own address comes by the loopback device, though for an address of
 * a link the kernel reports the interface of that link. What it sends to a group comes back by the
 * interface itself, and a socket bound to no address receives it for each group that the machine
 * is a member of (IPV6_MULTICAST_ALL); this is not sent to this host alone.
 */
static void begin(struct filter *filter)
{
    static const struct sock_filter start[FILTER_START] = {
        BPF_STMT(BPF_LD | BPF_B | BPF_ABS, (uint32_t)SKF_AD_OFF + SKF_AD_PKTTYPE),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, PACKET_HOST, 0, 2),
        BPF_STMT(BPF_LD | BPF_H | BPF_ABS, (uint32_t)SKF_AD_OFF + SKF_AD_HATYPE),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ARPHRD_LOOPBACK, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, 0),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ARPHRD_ETHER, 1, 0),
        BPF_STMT(BPF_RET | BPF_K, UINT32_MAX),
        BPF_STMT(BPF_LD | BPF_H | BPF_ABS, (uint32_t)SKF_LL_OFF + SENDER_AT),
        BPF_STMT(BPF_ST, SENDER),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (uint32_t)SKF_LL_OFF + SENDER_END_AT),
        BPF_STMT(BPF_ST, SENDER_END),
    };
    memcpy(filter->code, start, sizeof start);
    filter->length = FILTER_START;
}

/*
 * A datagram may leave by one interface and come in by another on the same link, as on a notebook
 * with a cable and a radio.
 */
static void add_link(void *context, const struct nlmsghdr *header)
{
    struct filter *filter = context;
    if (header == NULL) {
        begin(filter);
        return;
    }
    const struct ifinfomsg *link = netlink_body(header, sizeof *link);
    const struct rtattr *address = netlink_find(header, sizeof *link, IFLA_ADDRESS, ETH_ALEN);
    if (link == NULL || address == NULL || link->ifi_type != ARPHRD_ETHER ||
        (link->ifi_flags & IFF_UP) == 0 ||
        filter->length == FILTER_START + FILTER_LINKS_MAX * FILTER_PER_LINK)
        return;
    const unsigned char *b = RTA_DATA(address);
    const uint32_t first = (uint32_t)b[0] << 8 | b[1];
    const uint32_t last = (uint32_t)b[2] << 24 | (uint32_t)b[3] << 16 | (uint32_t)b[4] << 8 | b[5];
    const struct sock_filter code[FILTER_PER_LINK] = {
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, last, 0, 4),  BPF_STMT(BPF_LD | BPF_MEM, SENDER),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, first, 0, 1), BPF_STMT(BPF_RET | BPF_K, 0),
        BPF_STMT(BPF_LD | BPF_MEM, SENDER_END),
    };
    memcpy(filter->code + filter->length, code, sizeof code);
    filter->length += FILTER_PER_LINK;
}

int filter_make(struct filter *filter)
{
    static const struct sock_filter end = BPF_STMT(BPF_RET | BPF_K, UINT32_MAX);
    int error = netlink_list_links(add_link, filter);
    if (error == 0)
        filter->code[filter->length++] = end;
    return error;
}

bool filter_attach(const struct filter *filter, int fd)
{
    const struct sock_fprog program = {(unsigned short)filter->length,
                                       (struct sock_filter *)filter->code};
    return setsockopt(fd, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof program) == 0;
}
