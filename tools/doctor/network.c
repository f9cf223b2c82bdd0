// SPDX-License-Identifier: LGPL-2.1-or-later
/* The addresses of this machine, and those on which a Samba server listens. */
#include "llmnr/describe.h"
#include "tools/common/stream.h"
#include "tools/doctor/check.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { SMB_PORT = 445, STATE_LISTEN = 0x0a };

/*
 * Counts the families that AI_ADDRCONFIG allows as getaddrinfo does. It cannot ask getaddrinfo,
 * which allows both if the kernel does not answer. Returns false after it has reported that.
 */
static bool find_families(struct check_report *report, struct families *families)
{
    const int error = describe_families(families);
    if (error != 0)
        check_says(report, CHECK_CANNOT_TELL, "cannot list the addresses: %s", strerror(error));
    return error == 0;
}

void check_ipv4(struct check_report *report)
{
    struct families has;
    if (!find_families(report, &has))
        return;
    if (has.ipv4) {
        check_says(report, CHECK_OK, "there is an IPv4 address, so AI_ADDRCONFIG keeps the zone");
    } else if (!has.ipv6) {
        check_says(report, CHECK_NOT_HERE, "there is no address other than 127.0.0.1 and ::1");
    } else {
        check_says(report, CHECK_FINDING,
                   "there is no IPv4 address other than 127.0.0.1: mount.cifs and other programs "
                   "that use AI_ADDRCONFIG lose the zone");
        check_advises(
            report, "Mount with 'mount -t v6lit', and run other programs by 'v6lit exec COMMAND'. "
                    "Or run 'ip address add 192.0.0.8/32 dev lo' as root after each boot.");
    }
}

static bool is_switched_off(void)
{
    struct stream *file = stream_open("/proc/sys/net/ipv6/conf/all/disable_ipv6");
    if (file == NULL)
        return false;
    const char *line = stream_line(file);
    bool off = line != NULL && line[0] == '1';
    stream_close(file);
    return off;
}

static bool kernel_has_ipv6(void)
{
    int fd = socket(AF_INET6, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return errno != EAFNOSUPPORT;
    close(fd);
    return true;
}

void check_ipv6(struct check_report *report)
{
    struct families has;
    if (!find_families(report, &has))
        return;
    if (has.ipv6) {
        check_says(report, CHECK_OK, "there is an IPv6 address");
        return;
    }
    check_says(report, CHECK_FINDING,
               "there is no IPv6 address other than ::1: no host on a link can be reached");
    if (!kernel_has_ipv6())
        check_advises(
            report,
            "The kernel has no IPv6. Remove 'ipv6.disable=1' from its command line, and reboot.");
    else if (is_switched_off())
        check_advises(report, "Run 'sysctl net.ipv6.conf.all.disable_ipv6=0' as root, and remove "
                              "the setting from /etc/sysctl.d.");
    else
        check_advises(report, "Run 'ip link set INTERFACE up' as root. The interface then gets a "
                              "link-local address.");
}

/* The sockets that listen on port 445, as netstat shows them. */
struct listeners {
    struct buffer text;
    bool ipv4;
    bool ipv6;
    bool others;     /* on IPv6, and not only for this machine */
    bool link_local; /* on :: or on a link-local address */
};

/* An address of /proc/net/tcp6: four words of 32 bits, each in the machine's byte order. */
static bool read_hex(const char *hex, unsigned char *bytes, size_t length)
{
    if (strlen(hex) != 2 * length)
        return false;
    for (size_t at = 0; at < length; at += sizeof(uint32_t)) {
        char digits[9];
        memcpy(digits, hex + 2 * at, 8);
        digits[8] = '\0';
        uint32_t word = (uint32_t)strtoul(digits, NULL, 16);
        memcpy(bytes + at, &word, sizeof word);
    }
    return true;
}

static void add_listener(struct listeners *listeners, const char *hex, int family)
{
    unsigned char bytes[sizeof(struct in6_addr)];
    struct in6_addr address;
    char text[INET6_ADDRSTRLEN];
    if (!read_hex(hex, bytes, family == AF_INET ? 4 : sizeof bytes) ||
        inet_ntop(family, bytes, text, sizeof text) == NULL)
        return;
    buffer_format(&listeners->text, "%s%s %s:%d LISTEN", listeners->text.length > 0 ? ", " : "",
                  family == AF_INET ? "tcp" : "tcp6", text, SMB_PORT);
    memcpy(&address, bytes, sizeof address);
    if (family == AF_INET || IN6_IS_ADDR_V4MAPPED(&address)) {
        listeners->ipv4 = true;
        return;
    }
    listeners->ipv6 = true;
    listeners->others = listeners->others || !IN6_IS_ADDR_LOOPBACK(&address);
    listeners->link_local = listeners->link_local || IN6_IS_ADDR_UNSPECIFIED(&address) ||
                            IN6_IS_ADDR_LINKLOCAL(&address);
}

static bool read_listeners(const char *path, int family, struct listeners *listeners)
{
    struct stream *file = stream_open(path);
    if (file == NULL)
        return errno == ENOENT && family == AF_INET6; /* a kernel without IPv6 */
    for (const char *line; (line = stream_line(file)) != NULL;) {
        char address[33];
        unsigned int port;
        unsigned int state;
        if (sscanf(line, " %*[0-9]: %32[0-9A-F]:%x %*[0-9A-F]:%*x %x", address, &port, &state) ==
                3 &&
            port == SMB_PORT && state == STATE_LISTEN)
            add_listener(listeners, address, family);
    }
    return stream_close(file);
}

void check_samba(struct check_report *report)
{
    static struct listeners listeners;
    if (!read_listeners("/proc/net/tcp", AF_INET, &listeners) ||
        !read_listeners("/proc/net/tcp6", AF_INET6, &listeners)) {
        check_says(report, CHECK_CANNOT_TELL, "/proc/net/tcp: %s", strerror(errno));
        check_advises(report, "Run 'v6lit doctor' where /proc is mounted.");
        return;
    }
    if (!listeners.ipv4 && !listeners.ipv6) {
        check_says(report, CHECK_NOT_HERE, "%snothing listens on port 445",
                   check_program("smbd") == PRESENCE_YES ? "smbd is installed, but " : "");
        return;
    }
    if (listeners.link_local) {
        check_says(report, CHECK_OK, "%s", listeners.text.text);
        return;
    }
    if (listeners.others)
        check_says(report, CHECK_NOTE, "%s: not on a link-local address", listeners.text.text);
    else
        check_says(report, CHECK_FINDING, "%s: %s", listeners.text.text,
                   listeners.ipv6 ? "on IPv6 for this machine only" : "on IPv4 only");
    /* Samba's get_interfaces() omits link-local addresses. */
    check_advises(
        report, "smbd: remove 'bind interfaces only = yes' from smb.conf, and restart smbd. With "
                "that setting smbd listens on no link-local address, whatever 'interfaces' says.");
    check_advises(report, "With xinetd, set 'flags = IPv6'. With a systemd socket, set "
                          "'ListenStream=445'. Then restart it.");
}
