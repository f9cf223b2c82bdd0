/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The address of a server in the form that the kernel's cifs client reads: text, with an index as
 * the zone.
 */
#ifndef TOOLS_MOUNT_CIFS_ADDRESS_H
#define TOOLS_MOUNT_CIFS_ADDRESS_H

#include "libv6lit/v6lit.h"

#include <stdbool.h>

/* Address, "%", ten digits, NUL. */
#define CIFS_ADDRESS_SIZE (INET6_ADDRSTRLEN + 1 + 10)

/*
 * A link-local address without a zone: the link is unknown, and the kernel refuses to connect to it
 * (EINVAL).
 */
#define CIFS_ADDRESS_NO_ZONE "a link-local address without an interface"

bool cifs_address_lacks_zone(const struct v6lit_address *address);

/*
 * Writes *address with the current index of its interface; the kernel's cifs_convert_address reads
 * nothing else. An IPv4-mapped address becomes the IPv4 address, as in the answer of the NSS
 * module. The errors are those of v6lit_zone_index.
 */
V6LIT_MUST_CHECK enum v6lit_status cifs_address_write(const struct v6lit_address *address,
                                                      char text[static CIFS_ADDRESS_SIZE]);

#endif
