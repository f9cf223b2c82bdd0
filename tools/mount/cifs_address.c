// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tools/mount/cifs_address.h"

#include <arpa/inet.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

bool cifs_address_lacks_zone(const struct v6lit_address *address)
{
    return IN6_IS_ADDR_LINKLOCAL(&address->address) && address->zone_index == 0 &&
           address->zone_name[0] == '\0';
}

enum v6lit_status cifs_address_write(const struct v6lit_address *address,
                                     char text[static CIFS_ADDRESS_SIZE])
{
    uint32_t index;
    enum v6lit_status status = v6lit_zone_index(address, &index);
    if (status != V6LIT_OK)
        return status;
    const struct in6_addr *in6 = &address->address;
    const unsigned char *last_four = in6->s6_addr + sizeof *in6 - sizeof(struct in_addr);
    if (IN6_IS_ADDR_V4MAPPED(in6))
        inet_ntop(AF_INET, last_four, text, CIFS_ADDRESS_SIZE);
    else
        inet_ntop(AF_INET6, in6, text, CIFS_ADDRESS_SIZE);
    if (index != 0)
        snprintf(text + strlen(text), CIFS_ADDRESS_SIZE - strlen(text), "%%%" PRIu32, index);
    return V6LIT_OK;
}
