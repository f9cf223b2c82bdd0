// SPDX-License-Identifier: LGPL-2.1-or-later
/* The links on which nss-llmnr(8) queries, and those for which LLMNR is not meant. */
#include "llmnr/config.h"
#include "llmnr/describe.h"
#include "tools/common/stream.h"
#include "tools/doctor/hosts.h"

#include <errno.h>
#include <net/if.h>
#include <netinet/in.h>
#include <string.h>

/* Whether the driver reports this type of interface: "wlan" or "wwan". */
static bool has_device_type(const char *name, const char *type)
{
    char path[sizeof "/sys/class/net//uevent" + IF_NAMESIZE];
    snprintf(path, sizeof path, "/sys/class/net/%s/uevent", name);
    struct stream *file = stream_open(path);
    bool found = false;
    if (file == NULL)
        return false;
    for (const char *line; !found && (line = stream_line(file)) != NULL;)
        found = strncmp(line, "DEVTYPE=", 8) == 0 && strcmp(line + 8, type) == 0;
    stream_close(file);
    return found;
}

static bool is_one_of(const char *word, const char *const *words)
{
    while (*words != NULL && strcmp(word, *words) != 0)
        words++;
    return *words != NULL;
}

/* Whether an IPv4 address is neither private (RFC 1918, RFC 6598) nor link-local. */
static bool is_public(struct in_addr ipv4)
{
    const uint32_t bits = ntohl(ipv4.s_addr);
    return bits != 0 && bits >> 24 != 10 && bits >> 20 != 0xac1 && bits >> 16 != 0xc0a8 &&
           bits >> 22 != 0x6440 >> 6 && bits >> 16 != 0xa9fe;
}

/* Why the administrator should check LLMNR on this link; NULL if there is no reason. */
static const char *objection(const struct link_description *link)
{
    static const char *const containers[] = {"veth", "ipvlan", "ipvtap", "macvtap", NULL};
    static const char *const tunnels[] = {"tun",       "wireguard", "vxlan", "geneve", "gretap",
                                          "ip6gretap", "erspan",    "ovpn",  "l2tp",   NULL};
    if (strcmp(link->kind, "bridge") == 0 && !link->has_device)
        return "a bridge without a network card: its hosts are containers or virtual machines";
    if (is_one_of(link->kind, containers))
        return "an interface of a container: the host at its other end can answer";
    if (is_one_of(link->kind, tunnels))
        return "a tunnel, such as a VPN: its hosts are elsewhere";
    if (strcmp(link->kind, "wwan") == 0 || has_device_type(link->name, "wwan"))
        return "a mobile network: its hosts are strangers";
    if (has_device_type(link->name, "wlan"))
        return "a wireless network: in a public one its hosts are strangers";
    if (is_public(link->link.ipv4))
        return "a public IPv4 address: its hosts may be strangers";
    return NULL;
}

/*
 * Writes a name as a pattern of llmnr.conf(5). A copy of what the terminal shows must match this
 * name alone, although no control character is shown, and in some locales nothing beyond ASCII.
 */
static void add_pattern(struct buffer *buffer, const char *name)
{
    for (const char *c = name; *c != '\0'; c++) {
        if (*c < '!' || *c > '~')
            buffer_bytes(buffer, "?", 1);
        else
            buffer_format(buffer, strchr("*?[\\", *c) != NULL ? "\\%c" : "%c", *c);
    }
}

static void report_objections(const struct link_description *links, size_t count,
                              struct check_report *report)
{
    static struct buffer excluded;
    buffer_clear(&excluded);
    for (size_t i = 0; i < count; i++) {
        const char *reason = objection(&links[i]);
        if (reason == NULL)
            continue;
        check_advises(report, "%s: %s", links[i].name, reason);
        buffer_bytes(&excluded, " !", 2);
        add_pattern(&excluded, links[i].name);
    }
    if (excluded.length == 0)
        return;
    report->result = CHECK_NOTE;
    check_advises(report,
                  "Any host on a queried link can answer. To exclude these, write "
                  "'interfaces%s' in " CONFIG_FILE ".",
                  excluded.text);
}

void check_llmnr_links(struct check_report *report)
{
    static struct config config;
    static struct link_description links[LINKS_MAX];
    size_t count;
    char reason[128];
    if (!check_hosts_asks_llmnr(report))
        return;
    int error = config_read(&config, CONFIG_FILE);
    if (error != 0) {
        config_describe(&config, error, reason, sizeof reason);
        check_says(report, CHECK_FINDING, CONFIG_FILE ": %s: llmnr sends no queries", reason);
        check_advises(
            report,
            "Fix the file, see llmnr.conf(5); or remove it, and llmnr queries on all links.");
        return;
    }
    error = describe_links(links, &count);
    if (error != 0) {
        check_says(report, CHECK_CANNOT_TELL, "cannot query network interfaces: %s",
                   strerror(error));
        return;
    }
    static struct buffer names;
    buffer_clear(&names);
    for (size_t i = 0; i < count; i++)
        buffer_format(&names, "%s%s", i == 0 ? "" : ", ", links[i].name);
    if (count == 0) {
        check_says(report, CHECK_NOTE, "llmnr queries on no link now");
        return;
    }
    check_says(report, CHECK_OK, "llmnr queries on %s", names.text);
    report_objections(links, count, report);
}
