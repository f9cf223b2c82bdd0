// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tools/doctor/nameserver.h"

#include "base/ascii.h"
#include "libv6lit/v6lit.h"
#include "tools/common/stream.h"

#include <arpa/nameser.h>
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <poll.h>
#include <resolv.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* One that forwards the query may need some time. */
enum { REPLY_MS = 5000 };

enum { MESSAGE_SIZE = 1232, OPT_SIZE = 11 };

static bool is_loopback(const struct sockaddr *address)
{
    if (address->sa_family == AF_INET) {
        const struct sockaddr_in *ipv4 = (const void *)address;
        return ntohl(ipv4->sin_addr.s_addr) >> IN_CLASSA_NSHIFT == IN_LOOPBACKNET;
    }
    const struct sockaddr_in6 *ipv6 = (const void *)address;
    return address->sa_family == AF_INET6 && IN6_IS_ADDR_LOOPBACK(&ipv6->sin6_addr);
}

/*
 * Writes the query. DNSSEC records are requested because systemd-resolved leaves the authority
 * section out without that, and the SOA record in it tells whose negative answer it is.
 */
static int write_query(unsigned char query[static MESSAGE_SIZE])
{
    static const unsigned char opt[OPT_SIZE] = {
        0, 0, ns_t_opt, MESSAGE_SIZE >> 8, MESSAGE_SIZE & 0xff, 0, 0, 0x80};
    int length = res_mkquery(ns_o_query, V6LIT_DOMAIN, ns_c_in, ns_t_soa, NULL, 0, NULL, query,
                             MESSAGE_SIZE - OPT_SIZE);
    if (length < 0)
        return length;
    memcpy(query + length, opt, OPT_SIZE);
    query[NS_HFIXEDSZ - 1] = 1; /* additional records */
    return length + OPT_SIZE;
}

static unsigned read16(const unsigned char *at)
{
    return (unsigned)at[0] << 8 | at[1];
}

/* Offsets in the header (RFC 1035, section 4.1.1). */
enum { FLAGS = 2, QUESTIONS = 4, ANSWERS = 6, AUTHORITY = 8 };

enum { QR = 0x8000, OPCODE_MASK = 0x7800, TC = 0x0200, CODE_MASK = 0xf };

/* Whether the message is the whole reply to the query, which ends with its question at `end`. */
static bool is_reply(const unsigned char *query, int end, const unsigned char *reply,
                     ssize_t length)
{
    return end > NS_HFIXEDSZ && length >= end && memcmp(query, reply, NS_INT16SZ) == 0 &&
           (read16(reply + FLAGS) & (QR | OPCODE_MASK | TC)) == QR &&
           read16(reply + QUESTIONS) == 1 &&
           memcmp(query + NS_HFIXEDSZ, reply + NS_HFIXEDSZ, (size_t)(end - NS_HFIXEDSZ)) == 0;
}

/* Returns the length of the reply, or -1 without one. */
static ssize_t ask(const struct addrinfo *server, unsigned char reply[static MESSAGE_SIZE])
{
    unsigned char query[MESSAGE_SIZE];
    int length = write_query(query);
    int fd = socket(server->ai_family, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return -1;
    ssize_t count = -1;
    struct pollfd wait = {.fd = fd, .events = POLLIN};
    if (length > 0 && connect(fd, server->ai_addr, server->ai_addrlen) == 0 &&
        send(fd, query, (size_t)length, 0) == length && poll(&wait, 1, REPLY_MS) == 1)
        count = recv(fd, reply, MESSAGE_SIZE, 0);
    close(fd);
    return is_reply(query, length - OPT_SIZE, reply, count) ? count : -1;
}

/* Skips an owner and what has a fixed size after it. Returns NULL if the reply ends before that. */
static const unsigned char *skip(const unsigned char *at, const unsigned char *end, ptrdiff_t fixed)
{
    int owner = dn_skipname(at, end);
    return owner < 0 || end - at - owner < fixed ? NULL : at + owner + fixed;
}

/*
 * Whether the reply is of a resolver's own zone: an SOA record whose primary is "localhost.", as in
 * examples/dns, or NXDOMAIN without any record. A nameserver of the Internet sends an SOA record
 * with NXDOMAIN (RFC 2308, section 3).
 */
static bool is_kept(const unsigned char *reply, ssize_t length)
{
    if (length < NS_HFIXEDSZ)
        return false;
    const unsigned char *end = reply + length;
    const unsigned char *at = skip(reply + NS_HFIXEDSZ, end, NS_QFIXEDSZ);
    if (at == NULL)
        return false;
    const unsigned count = read16(reply + ANSWERS) + read16(reply + AUTHORITY);
    bool has_own = false;
    for (unsigned i = 0; i < count; i++) {
        char primary[NS_MAXDNAME];
        at = skip(at, end, NS_RRFIXEDSZ);
        if (at == NULL)
            return false;
        size_t size = read16(at - NS_INT16SZ);
        if (size > (size_t)(end - at))
            return false;
        if (read16(at - NS_RRFIXEDSZ) == ns_t_soa) {
            if (dn_expand(reply, end, at, primary, sizeof primary) < 0 ||
                strcmp(primary, "localhost") != 0)
                return false;
            has_own = true;
        }
        at += size;
    }
    unsigned code = read16(reply + FLAGS) & CODE_MASK;
    return has_own ? code == ns_r_noerror || code == ns_r_nxdomain
                   : code == ns_r_nxdomain && count == 0;
}

static bool keeps(const char *address)
{
    unsigned char reply[MESSAGE_SIZE];
    struct addrinfo *server;
    const struct addrinfo hints = {.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV,
                                   .ai_socktype = SOCK_DGRAM};
    /* The lookup of a zone can make the kernel load a module. */
    if (strchr(address, '%') != NULL || getaddrinfo(address, "53", &hints, &server) != 0)
        return false;
    ssize_t length = is_loopback(server->ai_addr) ? ask(server, reply) : -1;
    freeaddrinfo(server);
    return is_kept(reply, length);
}

/* The address in a line of resolv.conf, or NULL. The line is changed. */
static char *read_nameserver(char *line)
{
    static const char keyword[] = "nameserver";
    size_t length = sizeof keyword - 1;
    if (strncmp(line, keyword, length) != 0 || !ascii_is_blank(line[length]))
        return NULL;
    char *address = line + length + strspn(line + length, " \t");
    address[strcspn(address, " \t")] = '\0';
    return address;
}

bool nameserver_keeps_dns(void)
{
    struct stream *file = stream_open("/etc/resolv.conf");
    if (file == NULL)
        return errno == ENOENT && keeps("127.0.0.1");
    unsigned count = 0;
    bool all_keep = true;
    for (char *line; all_keep && (line = stream_line(file)) != NULL;) {
        const char *address = read_nameserver(line);
        if (address == NULL || count == MAXNS)
            continue;
        count++;
        all_keep = keeps(address);
    }
    if (!stream_close(file))
        return false;
    return count > 0 ? all_keep : keeps("127.0.0.1");
}

bool nameserver_keeps_resolved(void)
{
    return keeps("127.0.0.53");
}
