// SPDX-License-Identifier: LGPL-2.1-or-later
/* Prints the literal name of each IPv6 address of this machine. */
#include <ifaddrs.h>
#include <stdio.h>
#include <string.h>
#include <v6lit.h>

static enum v6lit_status print_name(const struct ifaddrs *interface)
{
    struct sockaddr_in6 sockaddr;
    memcpy(&sockaddr, interface->ifa_addr, sizeof sockaddr);

    struct v6lit_address address;
    enum v6lit_status status = v6lit_from_sockaddr(&sockaddr, V6LIT_ZONE_AS_NAME, &address);
    if (status != V6LIT_OK)
        return status;

    char name[V6LIT_NAME_MAX + 1];
    status = v6lit_encode(&address, name, sizeof name);
    if (status == V6LIT_OK)
        printf("%-15s %s\n", interface->ifa_name, name);
    return status;
}

int main(void)
{
    struct ifaddrs *interfaces;
    if (getifaddrs(&interfaces) != 0) {
        perror("getifaddrs");
        return 1;
    }

    enum v6lit_status status = V6LIT_OK;
    for (const struct ifaddrs *i = interfaces; i != NULL && status == V6LIT_OK; i = i->ifa_next) {
        if (i->ifa_addr != NULL && i->ifa_addr->sa_family == AF_INET6)
            status = print_name(i);
    }
    freeifaddrs(interfaces);
    if (status != V6LIT_OK)
        fprintf(stderr, "%s\n", v6lit_strerror(status));
    return status != V6LIT_OK;
}
