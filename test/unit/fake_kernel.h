/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Fake system calls for libv6lit/interface.c, which return what a test has stored in `kernel`. */
#ifndef TEST_UNIT_FAKE_KERNEL_H
#define TEST_UNIT_FAKE_KERNEL_H

#include <linux/netlink.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { DATAGRAMS = 3 };

/* What recvmsg gives: an error, or some messages. */
struct datagram {
    int error;
    uint32_t sender;
    size_t length;
    _Alignas(struct nlmsghdr) char bytes[20000];
};

/* What is answered, and how often it was queried. */
struct fake_kernel {
    int refused; /* so many sockets for an ioctl, with this error: */
    int socket_error;
    int netlink_error;
    int send_error;     /* of a list, the first time */
    uint32_t permitted; /* capabilities */
    int capget_error;
    int ioctl_error;
    uint32_t ioctl_index;
    const char *name;      /* of an interface with an index; NULL if there is none */
    struct datagram exact; /* the answer for a name; by default there is none such */
    struct datagram datagrams[DATAGRAMS];
    size_t received;
    bool repeats; /* each list is the first datagram */
    bool is_exact;
    int sockets;
    int lists;
    int name_ioctls;
};

extern struct fake_kernel kernel;

void append(struct datagram *datagram, const void *bytes, size_t length);
void add_flagged(struct datagram *datagram, uint16_t type, uint16_t flags, size_t body);
void add_header(struct datagram *datagram, uint16_t type, size_t body);
void add_end(struct datagram *datagram, uint16_t type, int error);
/* A link with its MTU and its name. `name_length` is what the attribute says that it has. */
void add_link_of(struct datagram *datagram, int index, const char *name, size_t name_length);
void add_link(struct datagram *datagram, int index, const char *name);
/* One with these flags, IFF_UP for example. */
void add_flagged_link(struct datagram *datagram, int index, const char *name, unsigned flags);
/* One whose last attribute, of no meaning here, has this length. */
void add_long_link(struct datagram *datagram, int index, const char *name, size_t length);
/* Starts over with a kernel that has no interface; returns its datagrams. */
struct datagram *new_kernel(void);

#endif
