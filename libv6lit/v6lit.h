/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * libv6lit: IPv6 addresses that are written as host names.
 *
 * Microsoft writes an IPv6 address where only a host name fits as
 *
 *     fe80--20c-29ff-fea3-8bb1s8.ipv6-literal.net  =  fe80::20c:29ff:fea3:8bb1%8
 *
 * "-" stands for ":", the first "s" for the "%" before the zone (MS-DTYP 2.2.57; Raymond Chen,
 * "The Old New Thing", 15 September 2010). Such a name is called a literal name here:
 *
 *     literal-name = body ".ipv6-literal.net" ["."]    ASCII, in any case
 *     body         = address [ "s" zone ]
 *     address      = the text of RFC 4291 section 2.2 with "-" for ":", an IPv4 tail included
 *     zone         = an interface index, decimal, at most 4294967295; leading zeros do not count
 *                  / an interface name, 1 to 15 bytes
 *
 * A literal name means what its numeric form means: the address with ":" and "%", as getaddrinfo(3)
 * reads it with AI_NUMERICHOST. Four things differ on purpose: a zone of digits is always an index;
 * an interface name matches in any case if only one interface fits; a zone on an address without
 * link or interface scope is dropped; the zone "0" is no zone.
 *
 * These rules hold for every function, unless its comment says otherwise:
 *
 * - It is thread-safe and keeps no state.
 * - Lengths and sizes are in bytes. Input with a length need not end with NUL. Output always does,
 *   and must not overlap with the input.
 * - On an error it leaves its output alone. It changes errno only to return V6LIT_ERROR_SYSTEM.
 * - A column is the position in the input at which reading stopped, in bytes, counted from 1. A
 *   function with a `column` argument (NULL is allowed) sets it on every error, and only then.
 * - It allocates nothing, takes no lock, makes no system call, and is async-signal-safe. The
 *   exceptions: v6lit_list_interfaces queries the kernel; so do v6lit_zone_index,
 *   v6lit_to_sockaddr, v6lit_from_sockaddr and v6lit_encode_text, to convert an interface name to
 *   an index or back. v6lit_decode, v6lit_decode_text and v6lit_read_text load libidn2 to map a
 *   name that is not ASCII. v6lit_getaddrinfo and v6lit_getaddrinfo_with do both, and allocate.
 */
#ifndef V6LIT_H
#define V6LIT_H

#include <netdb.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The library is compiled with -fvisibility=hidden; only what this header declares is exported. */
#pragma GCC visibility push(default)

/* <netdb.h> declares it only under POSIX feature-test macros. */
struct addrinfo;

/* The version of this header. v6lit_version returns that of the library. */
#define V6LIT_VERSION "0.1.0"
#define V6LIT_VERSION_MAJOR 0
#define V6LIT_VERSION_MINOR 1
#define V6LIT_VERSION_PATCH 0

/* The domain that every literal name ends with, without the dot before it. */
#define V6LIT_DOMAIN "ipv6-literal.net"

/* The longest zone as text: an interface name of IF_NAMESIZE - 1 bytes, or ten digits. */
#define V6LIT_ZONE_MAX 15

/* The longest name that v6lit_encode writes, without the NUL: address, "s", zone, ".", domain. */
#define V6LIT_NAME_MAX (39 + 1 + V6LIT_ZONE_MAX + 1 + 16)

/* The longest text that v6lit_format writes, without the NUL: INET6_ADDRSTRLEN - 1, "%", zone. */
#define V6LIT_ADDRESS_MAX (45 + 1 + V6LIT_ZONE_MAX)

/*
 * How much longer than its input, without the NUL, the output of v6lit_decode_text or
 * v6lit_encode_text can be: a buffer of length + V6LIT_TEXT_GROWTH + 1 bytes always suffices.
 */
#define V6LIT_TEXT_GROWTH V6LIT_NAME_MAX

/*
 * The result of a function. v6lit_strerror gives the text of a code and v6lit_status_name its
 * identifier. A newer library can return codes that are not listed here: treat them as errors.
 */
enum v6lit_status {
    V6LIT_OK, /* Success. It is 0. */

    /* Errors in the input. */
    V6LIT_ERROR_NOT_A_LITERAL_NAME,       /* The name does not end with the domain. */
    V6LIT_ERROR_NEITHER_NAME_NOR_ADDRESS, /* The host is something else, e.g. "localhost". */
    V6LIT_ERROR_NO_ADDRESS,               /* The address is missing. */
    V6LIT_ERROR_BAD_CHARACTER,            /* A character that is not allowed at this place. */
    V6LIT_ERROR_GROUP_TOO_LONG,           /* A group has more than four digits. */
    V6LIT_ERROR_LONE_SEPARATOR,           /* The address begins or ends with a single separator. */
    V6LIT_ERROR_THREE_SEPARATORS,         /* Three separators in a row. */
    V6LIT_ERROR_SECOND_DOUBLE_HYPHEN,     /* "--" can stand only once in a name. */
    V6LIT_ERROR_SECOND_DOUBLE_COLON,      /* "::" can stand only once in an address. */
    V6LIT_ERROR_TOO_FEW_GROUPS,           /* Fewer than eight groups, and none left out by "--". */
    V6LIT_ERROR_TOO_MANY_GROUPS,          /* More than eight groups. */
    V6LIT_ERROR_BAD_IPV4_TAIL,            /* The part with dots at the end is no IPv4 address. */
    V6LIT_ERROR_TRAILING_DOTS,            /* More than one dot follows the domain. */
    V6LIT_ERROR_MISSING_BRACKET,          /* "[" or "]" is missing around an address. */
    V6LIT_ERROR_ZONE_MISSING,             /* Nothing follows the "s" or "%" before a zone. */
    V6LIT_ERROR_ZONE_INDEX_TOO_LARGE,     /* An interface index above 4294967295. */
    V6LIT_ERROR_ZONE_NAME_TOO_LONG,       /* An interface name of more than 15 bytes. */
    V6LIT_ERROR_BAD_ZONE_NAME,            /* Linux allows no interface of this name. */

    /* Errors in what is to be written. */
    V6LIT_ERROR_UNSAFE_ZONE_NAME, /* The interface name is not allowed at this place. */

    /* Errors on this machine. */
    V6LIT_ERROR_NO_SUCH_INTERFACE, /* No interface of this machine matches the zone. */
    V6LIT_ERROR_SYSTEM,            /* The kernel could not be queried; errno says why. */
    V6LIT_ERROR_NO_LIBIDN2,        /* The name is not ASCII, and libidn2 is not installed. */
    V6LIT_ERROR_TOO_LONG_TO_MAP,   /* The name is not ASCII, and longer than 255 bytes. */

    /* Errors of the caller. */
    V6LIT_ERROR_WRONG_FAMILY,     /* The family of the socket address is not AF_INET6. */
    V6LIT_ERROR_BUFFER_TOO_SMALL, /* The output does not fit into the buffer. */
};

/*
 * An IPv6 address and its zone (RFC 4007). At most one of zone_index and zone_name is set: an index
 * that is not 0, or a NUL-terminated name that is not "", as it was written. The interface need not
 * exist. Without a zone, the index is 0 and the name is "".
 */
struct v6lit_address {
    struct in6_addr address;
    uint32_t zone_index;
    char zone_name[V6LIT_ZONE_MAX + 1];
};

/* How to write a zone; see v6lit_from_sockaddr and v6lit_encode_text. */
enum v6lit_zone_form {
    V6LIT_ZONE_AS_IS,    /* as in the input, if that is safe in a name */
    V6LIT_ZONE_AS_INDEX, /* a name becomes the index of its interface */
    V6LIT_ZONE_AS_NAME,  /* an index becomes the name of its interface, if that is safe in a name */
};

#define V6LIT_MUST_CHECK __attribute__((warn_unused_result))

/*
 * Reads a literal name of `length` bytes into *address. A zone is only text here: the interfaces of
 * this machine are not queried. The zone of an address that needs none (see v6lit_is_scoped) is
 * checked and dropped. A name that is not ASCII is mapped first, each character as UTS #46 says:
 * full-width digits and hyphens, for example.
 *
 * Errors: V6LIT_ERROR_NOT_A_LITERAL_NAME if the name is outside the domain. Inside it, every other
 * name is malformed, the domain itself included, and must not be sent to DNS:
 * V6LIT_ERROR_NO_ADDRESS to V6LIT_ERROR_TRAILING_DOTS, and V6LIT_ERROR_ZONE_MISSING to
 * V6LIT_ERROR_BAD_ZONE_NAME. Only for a name that is not ASCII, inside the domain or outside:
 * V6LIT_ERROR_NO_LIBIDN2 and V6LIT_ERROR_TOO_LONG_TO_MAP.
 */
V6LIT_MUST_CHECK enum v6lit_status v6lit_decode(const char *name, size_t length,
                                                struct v6lit_address *address, size_t *column);

/*
 * Writes the canonical literal name of *address to `name`, a buffer of `size` bytes;
 * V6LIT_NAME_MAX + 1 bytes always suffice. v6lit_decode of the name gives the same address and
 * zone. A zone is written only if the address needs one.
 *
 * The form is that of RFC 5952 section 4, with "-" for ":". Each label is an LDH label (RFC 952,
 * RFC 5890 section 2.3.1), hence three more rules: a label neither begins nor ends with "-"
 * ("0--1", "fe80--0"); its third and fourth characters are not "--" ("ab-0-0-0-0-0-0-1"); there is
 * no IPv4 tail.
 *
 * Errors: V6LIT_ERROR_UNSAFE_ZONE_NAME if the zone is an interface name that is all digits, or with
 * which a label would not be an LDH label in lower case (1 to 63 of a-z, 0-9 and "-", and the rules
 * above); V6LIT_ERROR_BUFFER_TOO_SMALL.
 */
V6LIT_MUST_CHECK enum v6lit_status v6lit_encode(const struct v6lit_address *address, char *name,
                                                size_t size);

/*
 * Writes the numeric form of *address, "fe80::1%eth0" for example, to `text`, a buffer of `size`
 * bytes; V6LIT_ADDRESS_MAX + 1 bytes always suffice. The address is written as inet_ntop(3) writes
 * it, and a zone only if the address needs one. v6lit_read_text of the text gives the same address
 * and zone.
 *
 * Errors: V6LIT_ERROR_BAD_ZONE_NAME if zone_name is not a valid interface name, or is all digits
 * and would be read as an index; V6LIT_ERROR_BUFFER_TOO_SMALL.
 */
V6LIT_MUST_CHECK enum v6lit_status v6lit_format(const struct v6lit_address *address, char *text,
                                                size_t size);

/*
 * Whether an address needs a zone to be reached: fe80::/10, ffX1::/16 and ffX2::/16, as in glibc's
 * inet6_scopeid_pton.c. connect(2) to a link-local address without one fails with EINVAL.
 */
bool v6lit_is_scoped(const struct in6_addr *address);

/*
 * Reads a zone of `length` bytes, which is an interface index or name, and stores it as the zone of
 * *address: for an option such as "-i eth0". address->address must be set. If it needs no zone, the
 * text is checked and no zone is set. The interfaces of this machine are not queried. To look up an
 * interface without an address, call this with fe80::, and then v6lit_zone_index.
 *
 * Errors: V6LIT_ERROR_ZONE_MISSING to V6LIT_ERROR_BAD_ZONE_NAME.
 */
V6LIT_MUST_CHECK enum v6lit_status v6lit_read_zone(const char *zone, size_t length,
                                                   struct v6lit_address *address, size_t *column);

/*
 * Sets *index to the interface index of the zone of *address, in the caller's network namespace:
 *
 * - 0 if there is no zone, or if the address needs none;
 * - zone_index if that is set, whether or not there is such an interface;
 * - otherwise the index of the interface called zone_name; or if there is none, of the only
 *   interface that has this name except for the case of ASCII letters.
 *
 * Only the last of these queries the kernel: once for an exact name, or else also for a list of all
 * interfaces, about 10 microseconds each. Unlike if_nametoindex(3), it never makes the kernel load
 * a module of that name. An interface that is re-created gets another index and keeps its name.
 *
 * Errors: V6LIT_ERROR_NO_SUCH_INTERFACE, also if several interfaces match except for case;
 * V6LIT_ERROR_SYSTEM, with the reason in errno.
 */
V6LIT_MUST_CHECK enum v6lit_status v6lit_zone_index(const struct v6lit_address *address,
                                                    uint32_t *index);

/* An interface of this machine. */
struct v6lit_interface {
    uint32_t index;
    char name[V6LIT_ZONE_MAX + 1];
};

/*
 * Lists the interfaces that are up, except loopback: those that can be the zone of another host's
 * address. Writes up to `size` of them to the array, and their total number, which may be larger,
 * to *count. After an error the contents of the array are undefined.
 *
 * Errors: V6LIT_ERROR_SYSTEM, with the reason in errno.
 */
V6LIT_MUST_CHECK enum v6lit_status v6lit_list_interfaces(struct v6lit_interface *interfaces,
                                                         size_t size, size_t *count);

/*
 * Fills *sockaddr for connect(2) and bind(2): the family, the address, `port` (in host byte order),
 * and as the scope ID the result of v6lit_zone_index. All other members are 0.
 *
 * Errors: those of v6lit_zone_index.
 */
V6LIT_MUST_CHECK enum v6lit_status v6lit_to_sockaddr(const struct v6lit_address *address,
                                                     uint16_t port, struct sockaddr_in6 *sockaddr);

/*
 * Copies the address and scope ID of *sockaddr to *address. The zone is the scope ID as an index,
 * or with V6LIT_ZONE_AS_NAME the name of that interface, if it exists and v6lit_encode accepts its
 * name. An address that needs no zone gets none.
 *
 * Errors: V6LIT_ERROR_WRONG_FAMILY if sin6_family is not AF_INET6; V6LIT_ERROR_SYSTEM, only with
 * V6LIT_ZONE_AS_NAME.
 */
V6LIT_MUST_CHECK enum v6lit_status v6lit_from_sockaddr(const struct sockaddr_in6 *sockaddr,
                                                       enum v6lit_zone_form form,
                                                       struct v6lit_address *address);

/*
 * Replaces the literal name in `text` (`length` bytes) by its address, and writes the result to
 * `buffer` (`size` bytes). The text is one of
 *
 *     NAME                    fe80--1s4.ipv6-literal.net              fe80::1%4
 *     a UNC path              \\fe80--1s4.ipv6-literal.net\share      \\fe80::1%4\share
 *       (MS-DTYP 2.2.57)      //fe80--1seth0.ipv6-literal.net/share   //fe80::1%eth0/share
 *                             \\?\UNC\fe80--1s4.ipv6-literal.net\x  \\?\UNC\fe80::1%4\x
 *     a URL (RFC 3986)        http://fe80--1s4.ipv6-literal.net:80/   http://[fe80::1%254]:80/
 *     a host before a colon   fe80--1s4.ipv6-literal.net:80           [fe80::1%4]:80
 *       (socket, NFS, scp)    u@fe80--1seth0.ipv6-literal.net:/x      u@[fe80::1%eth0]:/x
 *
 * Everything around the host is unchanged: in a UNC path "@SSL", "@port" and what follows; in a URL
 * the user, port, path, query and fragment. The address is written as by v6lit_format, in a URL
 * with "%25" before the zone (RFC 6874). The interfaces of this machine are not queried.
 *
 * Errors: those of v6lit_decode, with the column in `text`; V6LIT_ERROR_BAD_CHARACTER if the text
 * contains a NUL; V6LIT_ERROR_UNSAFE_ZONE_NAME if the interface name contains, in a URL, a
 * character other than A-Z, a-z, 0-9 and "-._~" (RFC 6874); in a UNC path, "\" or "@"; before a
 * colon, "]"; V6LIT_ERROR_BUFFER_TOO_SMALL.
 */
V6LIT_MUST_CHECK enum v6lit_status v6lit_decode_text(const char *text, size_t length, char *buffer,
                                                     size_t size, size_t *column);

/*
 * The reverse: replaces the address in `text` by its canonical literal name. The text is an address
 * (fe80::1%eth0 or [fe80::1%eth0]), or one of those above with an address as its host. In a URL and
 * before a colon, the address must be in brackets. In a URL "%" is accepted for "%25".
 *
 * `form` determines how a zone is written. V6LIT_ZONE_AS_INDEX looks up the interface. With the
 * other forms, an interface name that v6lit_encode refuses is replaced by the name of the
 * interface, if that differs only in case (LINK0 becomes link0), and is an error otherwise.
 *
 * Errors, with the column in `text`: V6LIT_ERROR_NO_ADDRESS to V6LIT_ERROR_SYSTEM, and
 * V6LIT_ERROR_BUFFER_TOO_SMALL.
 */
V6LIT_MUST_CHECK enum v6lit_status v6lit_encode_text(const char *text, size_t length,
                                                     enum v6lit_zone_form form, char *buffer,
                                                     size_t size, size_t *column);

/* What surrounds the host in a text. */
enum v6lit_place {
    V6LIT_PLACE_ALONE, /* the text is the host */
    V6LIT_PLACE_UNC,   /* in a UNC path */
    V6LIT_PLACE_URL,   /* in a URL */
    V6LIT_PLACE_COLON, /* before a colon: host:port, host:path */
};

/* The host in a text: `length` bytes at the offset `start`, including brackets around it. */
struct v6lit_host {
    enum v6lit_place place;
    size_t start;
    size_t length;
};

/*
 * Finds the host in `text` (`length` bytes) by the rules of v6lit_decode_text, for callers that
 * want to replace it. The host may be a literal name, an address, another name, or empty. A NUL
 * ends the text.
 */
V6LIT_MUST_CHECK struct v6lit_host v6lit_find_host(const char *text, size_t length);

/* How an address is written. */
enum v6lit_form {
    V6LIT_FORM_NAME,    /* as a literal name */
    V6LIT_FORM_ADDRESS, /* in its numeric form, in brackets or not */
};

/* What v6lit_read_text finds in a text. */
struct v6lit_text {
    struct v6lit_address address;
    struct v6lit_host host;
    enum v6lit_form form;
};

/*
 * Reads a text of `length` bytes that v6lit_decode_text (V6LIT_FORM_NAME) or v6lit_encode_text
 * (V6LIT_FORM_ADDRESS) converts. The interfaces of this machine are not queried.
 *
 * Errors, with the column in `text`: those of v6lit_decode for a host that is inside the domain or
 * not ASCII; V6LIT_ERROR_NO_ADDRESS to V6LIT_ERROR_BAD_ZONE_NAME for an empty host, and for one
 * with brackets or colons as in an address; V6LIT_ERROR_BAD_CHARACTER if the text contains a NUL;
 * V6LIT_ERROR_NEITHER_NAME_NOR_ADDRESS for every other host ("localhost", "192.0.2.1").
 */
V6LIT_MUST_CHECK enum v6lit_status v6lit_read_text(const char *text, size_t length,
                                                   struct v6lit_text *read, size_t *column);

/*
 * getaddrinfo(3), with the same arguments and results, that also resolves literal names: without
 * any configuration of the machine, and with the zone in sin6_scope_id for every family and flag.
 * (With an NSS module, glibc keeps the zone for AF_UNSPEC only.) Free the result with
 * freeaddrinfo(3).
 *
 * A literal name is a name, not an address, as with the NSS module: AI_NUMERICHOST rejects it
 * (EAI_NONAME), ai_canonname is the name as given, and AF_INET is EAI_NODATA unless the address is
 * v4-mapped. AI_ADDRCONFIG and AI_CANONIDN do not apply to it. A name that is not ASCII is mapped,
 * and ai_canonname is then the mapped name.
 *
 * Every other name is passed to getaddrinfo unchanged. A numeric address is passed without its
 * zone, which is looked up here: getaddrinfo would call if_nametoindex(3), which can make the
 * kernel load a module of that name.
 *
 * Errors: those of getaddrinfo, see gai_strerror(3). EAI_NONAME, without a query to a name server,
 * for a malformed literal name and for a zone that is no interface of this machine. EAI_SYSTEM,
 * with the reason in errno, if the interfaces cannot be queried.
 */
int v6lit_getaddrinfo(const char *node, const char *service, const struct addrinfo *hints,
                      struct addrinfo **result);

/* A function like getaddrinfo(3), whose results freeaddrinfo(3) frees. */
typedef int v6lit_getaddrinfo_function(const char *node, const char *service,
                                       const struct addrinfo *hints, struct addrinfo **result);

/*
 * The same as v6lit_getaddrinfo, but calls `resolver` instead of getaddrinfo: for a program or a
 * preloaded library that defines getaddrinfo itself.
 */
int v6lit_getaddrinfo_with(v6lit_getaddrinfo_function *resolver, const char *node,
                           const char *service, const struct addrinfo *hints,
                           struct addrinfo **result);

/*
 * Returns the text of a status: static, in English, in lower case, without a full stop. Never NULL;
 * "unknown error" for an unknown value.
 */
const char *v6lit_strerror(enum v6lit_status status);

/*
 * Returns the identifier of a status, "V6LIT_ERROR_NO_ADDRESS" for example, for logs and JSON.
 * Static, and never NULL; "unknown" for an unknown value.
 */
const char *v6lit_status_name(enum v6lit_status status);

/* Returns the version of the library at run time, "0.1.0" for example. Static. */
const char *v6lit_version(void);

#pragma GCC visibility pop

#ifdef __cplusplus
}
#endif

#endif
