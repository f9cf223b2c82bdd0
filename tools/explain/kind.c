// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tools/explain/kind.h"

#include "base/prefix.h"

#include <arpa/inet.h>
#include <stddef.h>

/*
 * Sources: "IANA IPv6 Special-Purpose Address Registry" (RFC 6890), and "Internet Protocol Version
 * 6 Address Space" for the rest. The first matching prefix counts, so a prefix stands before those
 * that contain it.
 */
static const struct {
    unsigned char bytes[16];
    unsigned char length; /* of the prefix, in bits */
    signed char ipv4;     /* the offset of an IPv4 address in it, in bytes; 0 if there is none */
    const char *prefix;
    const char *name;
    const char *source;
} prefixes[] = {
    {{[15] = 1}, 128, 0, "::1/128", "loopback", "RFC 4291"},
    {{0}, 128, 0, "::/128", "unspecified", "RFC 4291"},
    {{[10] = 0xff, 0xff}, 96, 12, "::ffff:0:0/96", "IPv4-mapped", "RFC 4291"},
    {{0}, 96, 12, "::/96", "IPv4-compatible, deprecated", "RFC 4291"},
    {{0, 0x64, 0xff, 0x9b}, 96, 12, "64:ff9b::/96", "NAT64", "RFC 6052"},
    {{0, 0x64, 0xff, 0x9b, 0, 1}, 48, 0, "64:ff9b:1::/48", "NAT64, local use", "RFC 8215"},
    {{1}, 64, 0, "100::/64", "discard-only", "RFC 6666"},
    {{[0] = 1, [7] = 1}, 64, 0, "100:0:0:1::/64", "dummy prefix", "RFC 9780"},
    {{0x20, 0x01, 0, 0}, 32, -1, "2001::/32", "Teredo", "RFC 4380"},
    {{0x20, 0x01, 0, 1, [15] = 1},
     128,
     0,
     "2001:1::1/128",
     "Port Control Protocol anycast",
     "RFC 7723"},
    {{0x20, 0x01, 0, 1, [15] = 2}, 128, 0, "2001:1::2/128", "TURN anycast", "RFC 8155"},
    {{0x20, 0x01, 0, 1, [15] = 3},
     128,
     0,
     "2001:1::3/128",
     "DNS-SD registration anycast",
     "RFC 9665"},
    {{0x20, 0x01, 0, 2}, 48, 0, "2001:2::/48", "benchmarking", "RFC 5180"},
    {{0x20, 0x01, 0, 3}, 32, 0, "2001:3::/32", "AMT", "RFC 7450"},
    {{0x20, 0x01, 0, 4, 1, 0x12}, 48, 0, "2001:4:112::/48", "AS112", "RFC 7535"},
    {{0x20, 0x01, 0, 0x10}, 28, 0, "2001:10::/28", "ORCHID, deprecated", "RFC 4843"},
    {{0x20, 0x01, 0, 0x20}, 28, 0, "2001:20::/28", "ORCHIDv2", "RFC 7343"},
    {{0x20, 0x01, 0, 0x30}, 28, 0, "2001:30::/28", "drone remote identification", "RFC 9374"},
    {{0x20, 0x01}, 23, 0, "2001::/23", "IETF protocol assignments", "RFC 2928"},
    {{0x20, 0x01, 0x0d, 0xb8}, 32, 0, "2001:db8::/32", "documentation", "RFC 3849"},
    {{0x20, 0x02}, 16, 2, "2002::/16", "6to4", "RFC 3056"},
    {{0x26, 0x20, 0, 0x4f, 0x80},
     48,
     0,
     "2620:4f:8000::/48",
     "AS112, direct delegation",
     "RFC 7534"},
    {{0x3f, 0xff}, 20, 0, "3fff::/20", "documentation", "RFC 9637"},
    {{0x20}, 3, 0, "2000::/3", "global unicast", "RFC 4291"},
    {{0x5f}, 16, 0, "5f00::/16", "SRv6 segment identifiers", "RFC 9602"},
    {{0xfc}, 7, 0, "fc00::/7", "unique local", "RFC 4193"},
    {{0xfe, 0x80}, 10, 0, "fe80::/10", "link-local", "RFC 4291"},
    {{0xfe, 0xc0}, 10, 0, "fec0::/10", "site-local, deprecated", "RFC 3879"},
    {{0xff}, 8, 0, "ff00::/8", "multicast", "RFC 4291"},
    {{0}, 0, 0, "::/0", "reserved", "RFC 4291"},
};

/* RFC 7346 section 2. */
static const char *const scopes[16] = {
    "reserved",           "interface-local", "link-local", "realm-local",
    "admin-local",        "site-local",      "unassigned", "unassigned",
    "organization-local", "unassigned",      "unassigned", "unassigned",
    "unassigned",         "unassigned",      "global",     "reserved",
};

static void write_ipv4(const unsigned char *bytes, int at, char *text)
{
    unsigned char ipv4[4];
    /* RFC 4380 section 4: the client's address with all bits inverted. */
    for (int i = 0; i < 4; i++)
        ipv4[i] = at < 0 ? (unsigned char)~bytes[12 + i] : bytes[at + i];
    inet_ntop(AF_INET, ipv4, text, INET_ADDRSTRLEN);
}

struct kind kind_of(const struct in6_addr *address)
{
    const unsigned char *bytes = address->s6_addr;
    size_t i = 0;
    while (!prefix_contains(prefixes[i].bytes, prefixes[i].length, bytes))
        i++;
    struct kind kind = {prefixes[i].name, prefixes[i].prefix, prefixes[i].source, NULL, ""};
    if (bytes[0] == 0xff)
        kind.scope = scopes[bytes[1] & 0xf];
    if (prefixes[i].ipv4 != 0)
        write_ipv4(bytes, prefixes[i].ipv4, kind.ipv4);
    return kind;
}
