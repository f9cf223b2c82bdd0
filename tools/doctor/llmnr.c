// SPDX-License-Identifier: LGPL-2.1-or-later
/* nss-llmnr(8), where the hosts: line has it: is it asked, and do the replies come in. */
#include "tools/common/stream.h"
#include "tools/doctor/hosts.h"

#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define MODULE "libnss_llmnr.so.2"

enum { LLMNR_PORT = 5355 };

bool check_hosts_asks_llmnr(struct check_report *report)
{
    const struct hosts_file *hosts = check_hosts_file();
    if (!check_hosts_readable(hosts, report))
        return false;
    if (check_hosts_has(hosts, CHECK_HOSTS_LLMNR))
        return true;
    check_says(report, CHECK_NOT_HERE, CHECK_HOSTS_LLMNR " is not in the hosts: line");
    return false;
}

/* Whom nss-resolve(8) asks; without it that has no answer, and the next service is asked. */
static bool resolved_runs(void)
{
    int fd = check_connect("/run/systemd/resolve/io.systemd.Resolve");
    if (fd >= 0)
        close(fd);
    return fd >= 0 || (errno != ENOENT && errno != ENOTDIR && errno != ECONNREFUSED);
}

/* After the last line that was looked at. */
static enum presence close_and_tell(struct stream *file, bool found)
{
    bool is_whole = stream_close(file);
    if (found)
        return PRESENCE_YES;
    return is_whole ? PRESENCE_NO : PRESENCE_UNKNOWN;
}

/* The user that systemd-resolved runs as. Only the file is read: other services might query the
 * network. */
static enum presence find_resolved_user(unsigned *user)
{
    static const char name[] = "systemd-resolve:";
    struct stream *file = stream_open("/etc/passwd");
    if (file == NULL)
        return errno == ENOENT ? PRESENCE_NO : PRESENCE_UNKNOWN;
    bool found = false;
    for (const char *line; !found && (line = stream_line(file)) != NULL;) {
        const char *password = line + strlen(name);
        found = strncmp(line, name, strlen(name)) == 0 &&
                sscanf(password + strcspn(password, ":"), ":%u:", user) == 1;
    }
    return close_and_tell(file, found);
}

/* It has the port if LLMNR is on, whatever its many files say. */
static enum presence has_port(const char *sockets, unsigned user)
{
    struct stream *file = stream_open(sockets);
    if (file == NULL)
        return errno == ENOENT ? PRESENCE_NO : PRESENCE_UNKNOWN;
    bool found = false;
    for (const char *line; !found && (line = stream_line(file)) != NULL;) {
        unsigned port;
        unsigned owner;
        found =
            sscanf(line, " %*[0-9]: %*[0-9A-F]:%x %*s %*s %*s %*s %*s %u", &port, &owner) == 2 &&
            port == LLMNR_PORT && owner == user;
    }
    return close_and_tell(file, found);
}

/* Whether systemd-resolved queries by LLMNR; if that cannot be found out, errno says why. */
static enum presence resolved_has_llmnr(void)
{
    unsigned user;
    enum presence found = find_resolved_user(&user);
    if (found == PRESENCE_YES)
        found = has_port("/proc/net/udp", user);
    else
        return found;
    return found == PRESENCE_NO ? has_port("/proc/net/udp6", user) : found;
}

/* NULL, or what is wrong with the module. It stays: glibc then calls what has been looked at. */
static const char *module_fault(void)
{
    void *handle = dlopen(MODULE, RTLD_NOW | RTLD_LOCAL);
    if (handle == NULL)
        return dlerror();
    /* Others have made modules of this name. */
    return dlsym(handle, "_nss_llmnr_gethostbyname4_r") != NULL
               ? NULL
               : "it has no place for the zone, so it is not that of v6lit";
}

/* Whether a service looks for no name without a dot, or not while its daemon is away. */
static bool passes_by(const char *text, const struct nsswitch_service *service)
{
    return nsswitch_is(text, service, NSSWITCH_SERVICE) ||
           (service->length >= 4 && memcmp(text + service->start, "mdns", 4) == 0) ||
           (nsswitch_is(text, service, "resolve") && !resolved_runs());
}

/* The place of llmnr in the line. */
struct place {
    struct nsswitch_service end; /* what keeps names from it; length 0 if nothing does */
    bool before_dns;
};

static struct place find_place(const struct hosts_file *hosts)
{
    const char *text = hosts->file.text;
    struct place place = {0};
    struct nsswitch_service service;
    bool is_behind = false;
    size_t at = hosts->hosts.services;
    while (nsswitch_next(text, &hosts->hosts, &at, &service)) {
        if (nsswitch_is(text, &service, CHECK_HOSTS_LLMNR))
            is_behind = true;
        else if (is_behind)
            place.before_dns = place.before_dns || nsswitch_is(text, &service, "dns") ||
                               nsswitch_is(text, &service, "resolve");
        else if (place.end.length == 0 && service.actions[NSSWITCH_NOTFOUND] == NSSWITCH_RETURN &&
                 !passes_by(text, &service))
            place.end = service;
    }
    return place;
}

static void report_hidden(const char *text, const struct nsswitch_service *end, bool has_llmnr,
                          struct check_report *report)
{
    check_says(
        report, CHECK_FINDING,
        "llmnr is not asked: %.*s before it ends the look-up of a name that it does not know",
        (int)(end->length < 64 ? end->length : 64), text + end->start);
    if (!nsswitch_is(text, end, "resolve")) {
        check_advises(report,
                      "Let the service go on: take NOTFOUND=return, or !UNAVAIL=return, out "
                      "of its brackets.");
    } else if (has_llmnr) {
        check_advises(report, "Take llmnr out of the line: systemd-resolved asks by LLMNR itself.");
    } else {
        check_advises(report, "Take llmnr out of the line, and set 'LLMNR=yes' in "
                              "/etc/systemd/resolved.conf; then run 'systemctl restart "
                              "systemd-resolved' as root.");
        check_advises(report,
                      "Or write 'resolve [!UNAVAIL=return NOTFOUND=continue]', and llmnr last.");
    }
}

void check_llmnr(struct check_report *report)
{
    const struct hosts_file *hosts = check_hosts_file();
    if (!check_hosts_asks_llmnr(report) || !check_hosts_loads(report))
        return;
    const char *fault = module_fault();
    struct place place = find_place(hosts);
    enum presence has_llmnr = resolved_has_llmnr();
    int error = errno;
    if (fault != NULL) {
        check_says(report, CHECK_FINDING, MODULE " cannot be used: %s", fault);
        check_advises(report, "Install v6lit, then run 'ldconfig' as root; or take llmnr out of "
                              "the line.");
    } else if (place.end.length > 0) {
        report_hidden(hosts->file.text, &place.end, has_llmnr == PRESENCE_YES, report);
    } else if (place.before_dns) {
        check_says(report, CHECK_FINDING,
                   "llmnr is before DNS: any host on the link can take over any name without a "
                   "dot, and each that no host has costs 0.4 seconds");
        check_advises(report, "Put llmnr at the end of the line.");
    } else if (has_llmnr == PRESENCE_YES) {
        check_says(report, CHECK_NOTE,
                   "llmnr can be asked, but systemd-resolved asks by LLMNR as well, and remembers");
        check_advises(report, "With nss-resolve(8) write 'resolve [!UNAVAIL=return] dns' in the "
                              "place of 'dns llmnr'.");
    } else if (has_llmnr == PRESENCE_UNKNOWN) {
        check_says(report, CHECK_CANNOT_TELL, "whether systemd-resolved queries by LLMNR, too: %s",
                   strerror(error));
        check_advises(report, "Run 'v6lit doctor' as root.");
    } else {
        check_says(report, CHECK_OK, MODULE " loads, and stands where it is asked last");
    }
}

/* Whether the kernel can filter packets, by whatever module; also if that cannot be read. */
static bool has_packet_filter(void)
{
    static const char *const functions[] = {"nft_do_chain", "ipt_do_table", "ip6t_do_table"};
    struct stream *symbols = stream_open("/proc/kallsyms");
    if (symbols == NULL)
        return true;
    bool is_empty = true;
    bool found = false;
    for (const char *line; !found && (line = stream_line(symbols)) != NULL;) {
        char name[64] = "";
        is_empty = sscanf(line, "%*s %*s %63s", name) != 1;
        for (size_t i = 0; i < sizeof functions / sizeof functions[0]; i++)
            found = found || strcmp(name, functions[i]) == 0;
    }
    return !stream_close(symbols) || found || is_empty;
}

/* Whether there are tables of the old iptables, not that which is nftables itself; -1 if only root
 * sees that. */
static int has_old_tables(void)
{
    static const char *const lists[] = {"/proc/net/ip_tables_names", "/proc/net/ip6_tables_names"};
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        struct stream *list = stream_open(lists[i]);
        if (list == NULL && errno != ENOENT)
            return -1;
        bool has_table = list != NULL && stream_line(list) != NULL;
        if (list != NULL && !stream_close(list))
            return -1;
        if (has_table)
            return 1;
    }
    return 0;
}

/* The words of a rule, without what is quoted. */
static char *next_word(char **rest)
{
    static const char between[] = " \t\n;,{}";
    char *word = *rest + strspn(*rest, between);
    while (*word == '"') {
        word += 1 + strcspn(word + 1, "\"");
        word += strspn(word, "\"");
        word += strspn(word, between);
    }
    *rest = word + strcspn(word, between);
    if (**rest != '\0')
        *(*rest)++ = '\0';
    return *word == '\0' ? NULL : word;
}

/* "5355", or a range such as "5353-5355" that has it. */
static bool has_llmnr_port(const char *ports)
{
    unsigned first;
    unsigned last;
    int count = sscanf(ports, "%u-%u", &first, &last);
    return (count == 1 && first == LLMNR_PORT) ||
           (count == 2 && first <= LLMNR_PORT && LLMNR_PORT <= last);
}

/* What of a table of nftables counts here. */
struct table {
    char name[64];
    bool has_packets; /* of IPv4 or IPv6 */
    bool at_input;    /* in a chain that sees all packets that come in */
    bool elsewhere;   /* in one that sees none of them */
    bool is_closed;   /* such a chain drops what no rule of it lets in */
    bool lets_in;     /* a rule lets in what comes from port 5355 */
};

/*
 * Reads a rule, or the line by which a chain begins. Of what drops packets that only counts which
 * drops all that are left: who drops some means others than replies.
 */
static void read_rule(char *line, struct table *table)
{
    static const char *const for_all[] = {"counter", "packets", "bytes", "log", "prefix"};
    bool is_for_all = true;
    bool has_source = false;
    bool has_port = false;
    const char *before = "";
    char *rest = line;
    for (const char *word; (word = next_word(&rest)) != NULL; before = word) {
        if (strcmp(before, "hook") == 0)
            table->at_input = strcmp(word, "input") == 0;
        if (strcmp(before, "hook") == 0)
            table->elsewhere = strcmp(word, "forward") == 0 || strcmp(word, "output") == 0;
        bool drops = strcmp(word, "drop") == 0 || strcmp(word, "reject") == 0;
        if (drops && table->at_input && (is_for_all || strcmp(before, "policy") == 0))
            table->is_closed = true;
        if (strcmp(word, "accept") == 0 && !table->elsewhere &&
            (has_port || (is_for_all && table->at_input)))
            table->lets_in = true;
        if (strcmp(word, "sport") == 0)
            has_source = strcmp(before, "udp") == 0 || strcmp(before, "th") == 0;
        else if (strspn(word, "0123456789-") != strlen(word))
            has_source = false;
        has_port = has_port || (has_source && has_llmnr_port(word));
        bool is_harmless = strspn(word, "0123456789") == strlen(word);
        for (size_t i = 0; i < sizeof for_all / sizeof for_all[0]; i++)
            is_harmless = is_harmless || strcmp(word, for_all[i]) == 0;
        is_for_all = is_for_all && is_harmless;
    }
}

/* The tables that keep replies out, as nft(8) shows them. */
static void read_ruleset(struct stream *ruleset, struct buffer *closed)
{
    struct table table = {0};
    buffer_clear(closed);
    for (char *line; (line = stream_line(ruleset)) != NULL;) {
        char family[8];
        char name[32];
        if (sscanf(line, "table %7s %31s", family, name) == 2) {
            table = (struct table){.has_packets = strcmp(family, "inet") == 0 ||
                                                  strcmp(family, "ip") == 0 ||
                                                  strcmp(family, "ip6") == 0};
            snprintf(table.name, sizeof table.name, "table %s %s", family, name);
        } else if (strcmp(line, "\t}") == 0) {
            table.at_input = table.elsewhere = false;
        } else if (strcmp(line, "}") != 0) {
            read_rule(line, &table);
        } else if (table.has_packets && table.is_closed && !table.lets_in) {
            buffer_format(closed, "%s%s", closed->length > 0 ? ", " : "", table.name);
        }
    }
}

static void report_ruleset(struct check_report *report)
{
    static struct buffer closed;
    struct stream *ruleset =
        stream_run("PATH=$PATH:/usr/sbin:/sbin nft -n list ruleset 2>/dev/null");
    if (ruleset == NULL) {
        check_says(report, CHECK_CANNOT_TELL, "nft cannot be run: %s", strerror(errno));
        return;
    }
    read_ruleset(ruleset, &closed);
    if (!stream_close(ruleset)) {
        check_says(report, CHECK_CANNOT_TELL,
                   "'nft list ruleset' fails, so whether replies by LLMNR come in is not known");
        check_advises(report, "%s",
                      check_program("nft") != PRESENCE_NO ? "Run 'v6lit doctor' as root."
                                                          : "Install nftables.");
    } else if (closed.length == 0) {
        check_says(report, CHECK_OK,
                   "no table drops replies by LLMNR with all that it does not know");
    } else {
        check_says(report, CHECK_FINDING,
                   "%s drops what it does not know, and no rule in it names UDP from port 5355: "
                   "replies by LLMNR may not come in",
                   closed.text);
        check_advises(report, "They belong to no connection, since the question went to a group. "
                              "Let in UDP from port 5355, as root:");
        check_advises(report, "firewalld: 'firewall-cmd --permanent --add-service=llmnr-client', "
                              "then 'firewall-cmd --reload'");
        check_advises(report, "ufw: 'ufw allow proto udp from any port 5355'");
        check_advises(report, "else a rule 'udp sport 5355 accept' in the chain, or 'ip6tables -A "
                              "INPUT -p udp --sport 5355 -j ACCEPT', and the same with iptables");
    }
}

void check_firewall(struct check_report *report)
{
    if (!check_hosts_asks_llmnr(report))
        return;
    if (!has_packet_filter()) {
        check_says(report, CHECK_OK, "no packet filter is loaded");
        return;
    }
    int old_tables = has_old_tables();
    if (old_tables < 0) {
        check_says(report, CHECK_CANNOT_TELL,
                   "whether the packet filter lets replies by LLMNR in is root's to see");
        check_advises(report, "Run 'v6lit doctor' as root.");
    } else if (old_tables > 0) {
        check_says(report, CHECK_CANNOT_TELL,
                   "iptables-legacy has tables: whether they let replies by LLMNR in is not known");
        check_advises(report, "See that 'iptables-legacy-save' and 'ip6tables-legacy-save' let in "
                              "UDP from port 5355.");
    } else {
        report_ruleset(report);
    }
}
