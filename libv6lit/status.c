// SPDX-License-Identifier: LGPL-2.1-or-later
#include "libv6lit/v6lit.h"

struct description {
    const char *name;
    const char *text;
};

static struct description describe(enum v6lit_status status)
{
#define DESCRIBE(code, text)                                                                       \
    case code:                                                                                     \
        return (struct description){#code, text};
    switch (status) {
        DESCRIBE(V6LIT_OK, "success")
        DESCRIBE(V6LIT_ERROR_NOT_A_LITERAL_NAME, "not a name inside " V6LIT_DOMAIN)
        DESCRIBE(V6LIT_ERROR_NEITHER_NAME_NOR_ADDRESS, "neither a literal name nor an IPv6 address")
        DESCRIBE(V6LIT_ERROR_NO_ADDRESS, "no address")
        DESCRIBE(V6LIT_ERROR_BAD_CHARACTER, "invalid character in an address")
        DESCRIBE(V6LIT_ERROR_GROUP_TOO_LONG, "more than four digits in a group")
        DESCRIBE(V6LIT_ERROR_LONE_SEPARATOR, "separator without a group next to it")
        DESCRIBE(V6LIT_ERROR_THREE_SEPARATORS, "three separators in a row")
        DESCRIBE(V6LIT_ERROR_SECOND_DOUBLE_HYPHEN, "second \"--\"")
        DESCRIBE(V6LIT_ERROR_SECOND_DOUBLE_COLON, "second \"::\"")
        DESCRIBE(V6LIT_ERROR_TOO_FEW_GROUPS, "too few groups")
        DESCRIBE(V6LIT_ERROR_TOO_MANY_GROUPS, "too many groups")
        DESCRIBE(V6LIT_ERROR_BAD_IPV4_TAIL, "not an IPv4 address")
        DESCRIBE(V6LIT_ERROR_TRAILING_DOTS, "more than one dot at the end")
        DESCRIBE(V6LIT_ERROR_MISSING_BRACKET, "missing bracket around the address")
        DESCRIBE(V6LIT_ERROR_ZONE_MISSING, "missing zone")
        DESCRIBE(V6LIT_ERROR_ZONE_INDEX_TOO_LARGE, "interface index larger than 4294967295")
        DESCRIBE(V6LIT_ERROR_ZONE_NAME_TOO_LONG, "interface name longer than 15 bytes")
        DESCRIBE(V6LIT_ERROR_BAD_ZONE_NAME, "invalid interface name")
        DESCRIBE(V6LIT_ERROR_UNSAFE_ZONE_NAME, "interface name not safe in a host name or URL")
        DESCRIBE(V6LIT_ERROR_NO_SUCH_INTERFACE, "no such interface")
        DESCRIBE(V6LIT_ERROR_SYSTEM, "cannot query network interfaces")
        DESCRIBE(V6LIT_ERROR_NO_LIBIDN2, "not ASCII, and libidn2 is not installed")
        DESCRIBE(V6LIT_ERROR_TOO_LONG_TO_MAP, "not ASCII, and too long to map")
        DESCRIBE(V6LIT_ERROR_WRONG_FAMILY, "not an AF_INET6 socket address")
        DESCRIBE(V6LIT_ERROR_BUFFER_TOO_SMALL, "buffer too small")
    }
#undef DESCRIBE
    return (struct description){"unknown", "unknown error"};
}

const char *v6lit_strerror(enum v6lit_status status)
{
    return describe(status).text;
}

const char *v6lit_status_name(enum v6lit_status status)
{
    return describe(status).name;
}

const char *v6lit_version(void)
{
    return V6LIT_VERSION;
}
