// SPDX-License-Identifier: LGPL-2.1-or-later
#include "llmnrd/mute.h"

#include "llmnr/clock.h"
#include "llmnr/self.h"

#include <linux/filter.h>
#include <netinet/ip.h>
#include <netinet/ip6.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>

enum {
    DURATION = 1000 * CLOCK_MILLISECOND,
    WORDS_MAX = 4,                      /* of an address */
    PER_SOURCE_MAX = 2 * WORDS_MAX + 1, /* instructions */
};

/*
 * Drops the datagrams of this source. The words of the address are compared from the last, in which
 * neighbors differ.
 */
static size_t add_source(struct sock_filter *code, int family, const unsigned char *address)
{
    const size_t words = self_address_size(family) / sizeof(uint32_t);
    const size_t at =
        family == AF_INET ? offsetof(struct iphdr, saddr) : offsetof(struct ip6_hdr, ip6_src);
    size_t length = 0;
    for (size_t i = words; i-- > 0;) {
        const unsigned char *b = address + i * sizeof(uint32_t);
        const uint32_t word =
            (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
        /* The jump from a word that differs, past the other words and the return. */
        const unsigned char skip = (unsigned char)(2 * i + 1);
        code[length++] = (struct sock_filter)BPF_STMT(
            BPF_LD | BPF_W | BPF_ABS, (uint32_t)SKF_NET_OFF + (uint32_t)(at + i * sizeof word));
        code[length++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, word, 0, skip);
    }
    code[length++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, 0);
    return length;
}

/* If the kernel cannot, the sources are limited one query at a time. */
static void attach(const struct mute *mute, int fd, int family)
{
    struct sock_filter code[MUTE_MAX * PER_SOURCE_MAX + 1];
    size_t length = 0;
    for (size_t i = 0; i < MUTE_MAX; i++) {
        if (mute->sources[i].until != 0)
            length += add_source(code + length, family, mute->sources[i].address);
    }
    code[length++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, UINT32_MAX);
    const struct sock_fprog program = {(unsigned short)length, code};
    (void)setsockopt(fd, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof program);
}

bool mute_add(struct mute *mute, int fd, int family, const void *address, int64_t now)
{
    const size_t size = self_address_size(family);
    size_t place = MUTE_MAX;
    for (size_t i = 0; i < MUTE_MAX; i++) {
        if (mute->sources[i].until <= now)
            place = i;
        else if (memcmp(mute->sources[i].address, address, size) == 0)
            return false; /* the queue had more of it */
    }
    if (place == MUTE_MAX)
        return false;
    memcpy(mute->sources[place].address, address, size);
    mute->sources[place].until = now + DURATION;
    attach(mute, fd, family);
    return true;
}

int64_t mute_step(struct mute *mute, int fd, int family, int64_t now)
{
    int64_t due = CLOCK_NEVER;
    bool is_less = false;
    for (size_t i = 0; i < MUTE_MAX; i++) {
        int64_t *until = &mute->sources[i].until;
        if (*until != 0 && *until <= now) {
            *until = 0;
            is_less = true;
        }
        if (*until != 0)
            due = clock_sooner(due, *until);
    }
    if (is_less)
        attach(mute, fd, family);
    return due;
}
