// SPDX-License-Identifier: LGPL-2.1-or-later
#include "libv6lit/zone.h"

#include <arpa/inet.h>

enum v6lit_status v6lit_to_sockaddr(const struct v6lit_address *address, uint16_t port,
                                    struct sockaddr_in6 *sockaddr)
{
    uint32_t index;
    enum v6lit_status status = v6lit_zone_index(address, &index);
    if (status != V6LIT_OK)
        return status;
    *sockaddr = (struct sockaddr_in6){
        .sin6_family = AF_INET6,
        .sin6_port = htons(port),
        .sin6_addr = address->address,
        .sin6_scope_id = index,
    };
    return V6LIT_OK;
}

enum v6lit_status v6lit_from_sockaddr(const struct sockaddr_in6 *sockaddr,
                                      enum v6lit_zone_form form, struct v6lit_address *address)
{
    if (sockaddr->sin6_family != AF_INET6)
        return V6LIT_ERROR_WRONG_FAMILY;
    struct v6lit_address found = {.address = sockaddr->sin6_addr};
    if (zone_is_scoped(&found.address))
        found.zone_index = sockaddr->sin6_scope_id;
    enum v6lit_status status = zone_convert(&found, form);
    if (status == V6LIT_OK)
        *address = found;
    return status;
}
