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
 * A literal name means what its numeric twin means: the address text with ":" and "%" that
 * getaddrinfo(3) reads with AI_NUMERICHOST. Four things differ on purpose: a zone of digits is
 * always an index; an interface name matches in any case if only one interface fits; a zone on an
 * address without link or interface scope is dropped; the zone "0" is no zone.
 *
 * Every function is thread-safe and keeps no state. Lengths and sizes are in bytes. Text that goes
 * in need not end with NUL where a length goes with it; text that comes out always does, and may
 * not overlap with what goes in. What a function says of errors is complete: on an error it leaves
 * the output alone, and errno as it was unless the result is V6LIT_ERROR_SYSTEM.
 *
 * A column counts the bytes of the input from 1: the place where reading stopped. Each function
 * that has a column argument sets it on every error and leaves it alone otherwise; NULL is allowed.
 *
 * All is computed from the arguments alone, with no allocation, lock or system call, and so is
 * async-signal-safe, but for three things. To make an index of an interface name, or the other way
 * round, v6lit_zone_index, v6lit_to_sockaddr, v6lit_from_sockaddr and v6lit_encode_text ask the
 * kernel. To map a name that is not ASCII, v6lit_decode, v6lit_decode_text, v6lit_read_text and
 * v6lit_getaddrinfo load libidn2 for it. And v6lit_getaddrinfo does what getaddrinfo(3) does.
 */
#ifndef V6LIT_H
#define V6LIT_H

#include <netdb.h>
#include <netinet/in.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The library is compiled with everything else hidden. */
#pragma GCC visibility push(default)

/* <netdb.h> has it only if it is asked for POSIX. */
struct addrinfo;

/* The version of this header. v6lit_version() gives that of the library. */
#define V6LIT_VERSION "0.1.0"

/* The domain that every literal name ends with, without the dot before it. */
#define V6LIT_DOMAIN "ipv6-literal.net"

/* The longest zone as text: IF_NAMESIZE - 1 bytes of an interface name, or ten digits. */
#define V6LIT_ZONE_MAX 15

/* The longest name that v6lit_encode writes, without the NUL: address, "s", zone, ".", domain. */
#define V6LIT_NAME_MAX (39 + 1 + V6LIT_ZONE_MAX + 1 + 16)

/* The longest address text, without the NUL: INET6_ADDRSTRLEN - 1, "%", zone. */
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

    /* What was read. */
    V6LIT_ERROR_NOT_A_LITERAL_NAME,   /* The name does not end with the domain. */
    V6LIT_ERROR_NO_ADDRESS,           /* There is nothing where the address should be. */
    V6LIT_ERROR_BAD_CHARACTER,        /* No address has this character at this place. */
    V6LIT_ERROR_GROUP_TOO_LONG,       /* A group has more than four digits. */
    V6LIT_ERROR_LONE_SEPARATOR,       /* The address begins or ends with a single separator. */
    V6LIT_ERROR_THREE_SEPARATORS,     /* Three separators in a row. */
    V6LIT_ERROR_SECOND_DOUBLE_HYPHEN, /* "--" can stand only once in a name. */
    V6LIT_ERROR_SECOND_DOUBLE_COLON,  /* "::" can stand only once in an address. */
    V6LIT_ERROR_TOO_FEW_GROUPS,       /* Fewer than eight groups, and none left out by "--". */
    V6LIT_ERROR_TOO_MANY_GROUPS,      /* More than eight groups. */
    V6LIT_ERROR_BAD_IPV4_TAIL,        /* The last groups have dots and are no IPv4 address. */
    V6LIT_ERROR_TRAILING_DOTS,        /* More than one dot follows the domain. */
    V6LIT_ERROR_MISSING_BRACKET,      /* "[" or "]" is missing around an address. */
    V6LIT_ERROR_ZONE_MISSING,         /* Nothing follows the "s" or "%" before a zone. */
    V6LIT_ERROR_ZONE_INDEX_TOO_LARGE, /* An interface index above 4294967295. */
    V6LIT_ERROR_ZONE_NAME_TOO_LONG,   /* An interface name of more than 15 bytes. */
    V6LIT_ERROR_BAD_ZONE_NAME,        /* Linux allows no interface of this name. */

    /* What was to be written. */
    V6LIT_ERROR_UNSAFE_ZONE_NAME, /* An interface name that cannot stand where it should go. */

    /* This machine. */
    V6LIT_ERROR_NO_SUCH_INTERFACE, /* The zone is no interface here. */
    V6LIT_ERROR_SYSTEM,            /* The kernel could not be queried; errno says why. */
    V6LIT_ERROR_NO_LIBIDN2,        /* The name is not ASCII, and libidn2 is not installed. */
    V6LIT_ERROR_TOO_LONG_TO_MAP,   /* The name is not ASCII, and over 255 bytes. */

    /* The caller. */
    V6LIT_ERROR_WRONG_FAMILY,     /* The socket address is not one of AF_INET6. */
    V6LIT_ERROR_BUFFER_TOO_SMALL, /* The output does not fit into the buffer. */
};

/*
 * An address and its zone (RFC 4007): what a literal name says. At most one of zone_index and
 * zone_name is set: an index that is not 0, or a name that is not "", NUL-terminated, as it was
 * written; nobody has asked whether such an interface exists. Both are empty without a zone.
 */
struct v6lit_address {
    struct in6_addr address;
    uint32_t zone_index;
    char zone_name[V6LIT_ZONE_MAX + 1];
};

/* How to write a zone; see v6lit_from_sockaddr and v6lit_encode_text. */
enum v6lit_zone_form {
    V6LIT_ZONE_AS_IS,    /* as it came in, if that is safe in a name */
    V6LIT_ZONE_AS_INDEX, /* a name becomes its interface's index */
    V6LIT_ZONE_AS_NAME,  /* an index becomes its interface's name, where that is safe in a name */
};

#define V6LIT_MUST_CHECK __attribute__((warn_unused_result))

/*
 * Reads a literal name of `length` bytes into *address. The machine's interfaces are not looked at.
 * A zone on an address that is not scoped (fe80::/10, ffX1::/16 and ffX2::/16 are, as in
 * glibc's inet6_scopeid_pton.c) is checked and dropped. A name that is not ASCII is mapped as UTS
 * #46 says, one character at a time, before it is read: full-width digits and hyphens, for example.
 *
 * Errors: V6LIT_ERROR_NOT_A_LITERAL_NAME for a name that is not inside the domain: somebody else's.
 * Inside it, the domain itself included, every other name is malformed and must never be asked of
 * DNS: those of V6LIT_ERROR_NO_ADDRESS to V6LIT_ERROR_TRAILING_DOTS and V6LIT_ERROR_ZONE_MISSING to
 * V6LIT_ERROR_BAD_ZONE_NAME that a name can have. For a name that is not ASCII also
 * V6LIT_ERROR_NO_LIBIDN2 and V6LIT_ERROR_TOO_LONG_TO_MAP (over 255 bytes): nobody knows then
 * whether it is inside.
 */
V6LIT_MUST_CHECK enum v6lit_status v6lit_decode(const char *name, size_t length,
                                                struct v6lit_address *address, size_t *column);

/*
 * Writes the canonical literal name of *address, NUL-terminated, to `name`, a buffer of `size`
 * bytes; V6LIT_NAME_MAX + 1 always suffice. The name is in the form of RFC 5952 section 4, with
 * these rules that make every label an LDH label (RFC 952, RFC 5890 section 2.3.1): it
 * neither begins nor ends with "-" ("0--1", "fe80--0"), it does not have "--" as its third and
 * fourth character
 * ("ab-0-0-0-0-0-0-1"), and it has no IPv4 tail. A zone is written only if the address is scoped.
 * v6lit_decode gives back the same address and zone.
 *
 * Errors: V6LIT_ERROR_UNSAFE_ZONE_NAME if the zone is an interface name that is all digits or with
 * which a label of the name would not be an LDH label in lower case (RFC 5890 section 2.3.1: a-z
 * 0-9 -, no "-" at an edge, not two at positions 3 and 4); V6LIT_ERROR_BUFFER_TOO_SMALL.
 */
V6LIT_MUST_CHECK enum v6lit_status v6lit_encode(const struct v6lit_address *address, char *name,
                                                size_t size);

/*
 * Finds the interface index of the zone of *address, in the caller's network namespace: 0 without a
 * zone or for an address that is not scoped, zone_index as it is (no look-up), or the index of the
 * interface called zone_name; if there is none, of the only interface that has that name in another
 * case (ASCII). An interface's index can change whenever the interface is made anew; its name is
 * what stays. Unlike if_nametoindex(3), no name makes the kernel load a module, whatever the
 * capabilities of the caller.
 *
 * Errors: V6LIT_ERROR_NO_SUCH_INTERFACE, also if more than one fits in another case;
 * V6LIT_ERROR_SYSTEM, with the reason in errno (no descriptor left, for example).
 */
V6LIT_MUST_CHECK enum v6lit_status v6lit_zone_index(const struct v6lit_address *address,
                                                    uint32_t *index);

/*
 * Makes the socket address of *address that connect(2) and bind(2) take: family, address, `port`
 * (host byte order), scope id by v6lit_zone_index, everything else 0.
 *
 * Errors: those of v6lit_zone_index.
 */
V6LIT_MUST_CHECK enum v6lit_status v6lit_to_sockaddr(const struct v6lit_address *address,
                                                     uint16_t port, struct sockaddr_in6 *sockaddr);

/*
 * Takes the address and the scope id of *sockaddr into *address. The zone is the scope id as an
 * index; with V6LIT_ZONE_AS_NAME it is the interface's name, if there is one that v6lit_encode
 * takes. An address that is not scoped gets no zone.
 *
 * Errors: V6LIT_ERROR_WRONG_FAMILY if sin6_family is not AF_INET6; V6LIT_ERROR_SYSTEM, with
 * V6LIT_ZONE_AS_NAME alone.
 */
V6LIT_MUST_CHECK enum v6lit_status v6lit_from_sockaddr(const struct sockaddr_in6 *sockaddr,
                                                       enum v6lit_zone_form form,
                                                       struct v6lit_address *address);

/*
 * Puts the address in the place of the literal name in `text` (`length` bytes), and writes it all,
 * NUL-terminated, to `buffer` of `size` bytes. The text is one of
 *
 *     NAME                    fe80--1s4.ipv6-literal.net              fe80::1%4
 *     a UNC path              \\fe80--1s4.ipv6-literal.net\share      \\fe80::1%4\share
 *       (MS-DTYP 2.2.57)      //fe80--1seth0.ipv6-literal.net/share   //fe80::1%eth0/share
 *                             \\?\UNC\fe80--1s4.ipv6-literal.net\x  \\?\UNC\fe80::1%4\x
 *     a URL (RFC 3986)        http://fe80--1s4.ipv6-literal.net:80/   http://[fe80::1%254]:80/
 *     a host before a colon   fe80--1s4.ipv6-literal.net:80           [fe80::1%4]:80
 *       (socket, NFS, scp)    u@fe80--1seth0.ipv6-literal.net:/x      u@[fe80::1%eth0]:/x
 *
 * and all around the host stays as it is: in a UNC path "@SSL", "@port" and the rest, in a URL
 * user, port, path, query and fragment. The address is written as inet_ntop(3) writes it, the zone
 * as it was written but for leading zeros; in a URL "%25" stands before it (RFC 6874). The
 * machine's interfaces are not looked at.
 *
 * Errors: those of v6lit_decode, with the column in `text`; V6LIT_ERROR_UNSAFE_ZONE_NAME if
 * the interface name cannot stand there: in a URL with characters that RFC 6874 does not allow, in
 * a UNC path with "\" or "@" (a character that is not ASCII can be mapped to one), before a colon
 * with "]";
 * V6LIT_ERROR_BUFFER_TOO_SMALL.
 */
V6LIT_MUST_CHECK enum v6lit_status v6lit_decode_text(const char *text, size_t length, char *buffer,
                                                     size_t size, size_t *column);

/*
 * The other way: puts the canonical literal name in the place of the address in `text`, which is an
 * address (fe80::1%eth0 or [fe80::1%eth0]), or a text as above with an address as its host. In a
 * URL and before a colon the address stands in brackets; in a URL "%" is taken for "%25". `form`
 * says how a zone is written. V6LIT_ZONE_AS_INDEX looks the interface up. With the others an
 * interface name that v6lit_encode does not take becomes the own name of its interface, if it
 * differs in case alone (LINK0 is link0), and is an error otherwise.
 *
 * Errors, all with the column in `text`: V6LIT_ERROR_NO_ADDRESS to V6LIT_ERROR_SYSTEM, and
 * V6LIT_ERROR_BUFFER_TOO_SMALL.
 */
V6LIT_MUST_CHECK enum v6lit_status v6lit_encode_text(const char *text, size_t length,
                                                     enum v6lit_zone_form form, char *buffer,
                                                     size_t size, size_t *column);

/* Where the host stands in a text: the text is nothing else, a UNC path, a URL, or one before a
 * colon. */
enum v6lit_place {
    V6LIT_PLACE_ALONE,
    V6LIT_PLACE_UNC,
    V6LIT_PLACE_URL,
    V6LIT_PLACE_COLON, /* host:port, host:path */
};

/* The host in a text: `length` bytes from the offset `start` on, brackets included. */
struct v6lit_host {
    enum v6lit_place place;
    size_t start;
    size_t length;
};

/*
 * Finds the host in `text` (`length` bytes) by the rules of v6lit_decode_text: for who wants to
 * replace it or keep what is around it. What the host is, a literal name, an address or anything
 * else, does not matter. A NUL ends the text.
 */
V6LIT_MUST_CHECK struct v6lit_host v6lit_find_host(const char *text, size_t length);

/*
 * Reads what v6lit_decode_text and v6lit_encode_text take, whichever it is: a literal name or an
 * address, alone or as the host of a UNC path or URL. The machine's interfaces are not looked at.
 *
 * Errors, all with the column in `text`: those of v6lit_decode for a host inside the domain, else
 * V6LIT_ERROR_NO_ADDRESS to V6LIT_ERROR_BAD_ZONE_NAME.
 */
V6LIT_MUST_CHECK enum v6lit_status v6lit_read_text(const char *text, size_t length,
                                                   struct v6lit_address *address, size_t *column);

/*
 * getaddrinfo(3), same arguments and results, in which literal names work with no set-up of the
 * machine and with the zone in sin6_scope_id for every family and flag (through NSS glibc keeps it
 * for AF_UNSPEC alone). A literal name stays a name, as through NSS: AI_NUMERICHOST refuses it
 * (EAI_NONAME), ai_canonname is the name as given, AF_INET is EAI_NODATA unless the address is
 * v4-mapped. A name that is not ASCII is mapped, and so is ai_canonname. AI_ADDRCONFIG and
 * AI_CANONIDN do not apply to a literal name. Every other name goes to getaddrinfo as it is, and a
 * numeric address without its zone: getaddrinfo would look the zone up by if_nametoindex(3), by
 * which the kernel loads a module of that name for a privileged process. The result is freed with
 * freeaddrinfo(3).
 *
 * Errors: those of getaddrinfo, as gai_strerror(3) names them. A malformed literal name, and a zone
 * that is no interface here, give EAI_NONAME, and no query is sent; EAI_SYSTEM with errno if the
 * interfaces cannot be asked for.
 */
int v6lit_getaddrinfo(const char *node, const char *service, const struct addrinfo *hints,
                      struct addrinfo **result);

/*
 * What a status means: English, lower case, no full stop, static. Never NULL; "unknown error" for a
 * value that is none.
 */
const char *v6lit_strerror(enum v6lit_status status);

/*
 * The identifier of a status, "V6LIT_ERROR_NO_ADDRESS" for example: for logs and JSON. Static, and
 * never NULL; "unknown" for a value that is none.
 */
const char *v6lit_status_name(enum v6lit_status status);

/* The version of the library that is running, "0.1.0" for example. Static. */
const char *v6lit_version(void);

#pragma GCC visibility pop

#ifdef __cplusplus
}
#endif

#endif
