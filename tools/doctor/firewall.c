// SPDX-License-Identifier: LGPL-2.1-or-later
/* Whether the packet filter of this machine accepts replies by LLMNR. */
#include "tools/common/stream.h"
#include "tools/doctor/hosts.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

/* Whether the kernel can filter packets, with any module; true also if that cannot be read. */
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

/*
 * Whether there are tables of the old iptables, which is not a front end to nftables; -1 if only
 * root can tell.
 */
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

#ifdef WITH_JANSSON
#include <jansson.h>

/* All tables, as nft(8) lists them; see libnftables-json(5). */
struct ruleset {
    json_t *objects; /* an array: {"chain": {...}}, {"rule": {...}}, ... */
    const char *family;
    const char *table; /* the current table */
};

/* Which packets reach a statement, beside those that have had a verdict before. */
struct reach {
    bool all;    /* all incoming packets */
    bool reply;  /* UDP packets from the port of LLMNR */
    bool hidden; /* selected by a match of iptables that nft does not show: perhaps these */
};

enum { VISITS_MAX = 1024 };

/* The chains of a table that incoming packets reach. */
struct walk {
    const struct ruleset *ruleset;
    size_t count;
    struct visit {
        const char *chain;
        struct reach reach;
    } visits[VISITS_MAX];
    bool is_closed; /* packets that no rule accepts are dropped */
    bool lets_in;   /* replies by LLMNR */
    bool may_let_in;
};

static const char *text_of(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    return text == NULL ? "" : text;
}

/* The object of this kind in the table: "chain", "set" and so on; NULL if it is of another kind. */
static json_t *object_of(const struct ruleset *ruleset, size_t at, const char *kind)
{
    json_t *object = json_object_get(json_array_get(ruleset->objects, at), kind);
    return strcmp(text_of(object, "family"), ruleset->family) == 0 &&
                   strcmp(text_of(object, "table"), ruleset->table) == 0
               ? object
               : NULL;
}

/* The elements of a named set or map. */
static json_t *elements_of(const struct ruleset *ruleset, const char *name)
{
    for (size_t i = 0; i < json_array_size(ruleset->objects); i++) {
        json_t *set = object_of(ruleset, i, "set");
        if (set == NULL)
            set = object_of(ruleset, i, "map");
        if (set != NULL && strcmp(text_of(set, "name"), name) == 0)
            return json_object_get(set, "elem");
    }
    return NULL;
}

/*
 * 5355, or a range that contains it. An element of a set may be wrapped, for example with a
 * comment.
 */
static bool is_port(const json_t *value)
{
    const json_t *range = json_object_get(value, "range");
    const json_t *element = json_object_get(json_object_get(value, "elem"), "val");
    if (element != NULL)
        value = element;
    if (range != NULL)
        return json_integer_value(json_array_get(range, 0)) <= CHECK_HOSTS_LLMNR_PORT &&
               CHECK_HOSTS_LLMNR_PORT <= json_integer_value(json_array_get(range, 1));
    return json_integer_value(value) == CHECK_HOSTS_LLMNR_PORT;
}

/*
 * The members of {"set": [...]}, or of the set or map with the name "@NAME"; NULL if it is neither.
 */
static json_t *members_of(const struct ruleset *ruleset, json_t *value)
{
    const char *name = json_string_value(value);
    return name != NULL && name[0] == '@' ? elements_of(ruleset, name + 1)
                                          : json_object_get(value, "set");
}

static bool has_port(const struct ruleset *ruleset, json_t *value)
{
    json_t *members = members_of(ruleset, value);
    for (size_t i = 0; i < json_array_size(members); i++) {
        if (is_port(json_array_get(members, i)))
            return true;
    }
    return is_port(value);
}

static bool is_source_port(const json_t *expression)
{
    const json_t *payload = json_object_get(expression, "payload");
    const char *protocol = text_of(payload, "protocol");
    return strcmp(text_of(payload, "field"), "sport") == 0 &&
           (strcmp(protocol, "udp") == 0 || strcmp(protocol, "th") == 0);
}

/* Each chain is visited once for each kind of packets that reach it. */
static void enter_chain(struct walk *walk, const char *chain, struct reach reach)
{
    for (size_t i = 0; i < walk->count; i++) {
        const struct visit *visit = &walk->visits[i];
        if (strcmp(visit->chain, chain) == 0 && visit->reach.all == reach.all &&
            visit->reach.reply == reach.reply && visit->reach.hidden == reach.hidden)
            return;
    }
    if (walk->count == VISITS_MAX)
        walk->may_let_in = true;
    else
        walk->visits[walk->count++] = (struct visit){chain, reach};
}

/* What a verdict does to the packets that reach it. */
static void take_verdict(struct walk *walk, const json_t *statement, struct reach reach)
{
    const json_t *target = json_object_get(statement, "jump");
    if (target == NULL)
        target = json_object_get(statement, "goto");
    if (target != NULL)
        enter_chain(walk, text_of(target, "target"), reach);
    if (json_object_get(statement, "accept") != NULL && (reach.all || reach.reply))
        walk->lets_in = true;
    if (json_object_get(statement, "accept") != NULL && reach.hidden)
        walk->may_let_in = true;
    /* A rule that drops some packets is not about replies. */
    if ((json_object_get(statement, "drop") != NULL ||
         json_object_get(statement, "reject") != NULL) &&
        reach.all)
        walk->is_closed = true;
}

/* A verdict map. */
static void walk_map(struct walk *walk, const json_t *map, struct reach reach)
{
    json_t *members = members_of(walk->ruleset, json_object_get(map, "data"));
    const bool by_port = is_source_port(json_object_get(map, "key"));
    const bool was_reply = reach.reply;
    reach.all = false;
    for (size_t i = 0; i < json_array_size(members); i++) {
        const json_t *pair = json_array_get(members, i);
        reach.reply = was_reply || (by_port && is_port(json_array_get(pair, 0)));
        take_verdict(walk, json_array_get(pair, 1), reach);
    }
}

/* Whether a match of iptables may be about a port. Old versions of nft do not print it. */
static bool is_hidden(const json_t *statement)
{
    const json_t *match = json_object_get(statement, "xt");
    const char *name = text_of(match, "name");
    return match != NULL &&
           (name[0] == '\0' || strcmp(name, "udp") == 0 || strcmp(name, "multiport") == 0);
}

static void walk_rule(struct walk *walk, const json_t *rule, struct reach reach)
{
    const json_t *statements = json_object_get(rule, "expr");
    for (size_t i = 0; i < json_array_size(statements); i++) {
        const json_t *statement = json_array_get(statements, i);
        const json_t *match = json_object_get(statement, "match");
        const json_t *map = json_object_get(statement, "vmap");
        if (match != NULL) {
            reach.all = false;
            reach.reply = reach.reply || (is_source_port(json_object_get(match, "left")) &&
                                          strcmp(text_of(match, "op"), "!=") != 0 &&
                                          has_port(walk->ruleset, json_object_get(match, "right")));
        } else if (map != NULL) {
            walk_map(walk, map, reach);
        } else if (json_object_get(statement, "counter") == NULL &&
                   json_object_get(statement, "log") == NULL) {
            take_verdict(walk, statement, reach);
            /* A limit, or a match of iptables. */
            reach.all = false;
            reach.hidden = reach.hidden || is_hidden(statement);
        }
    }
}

static void walk_chain(struct walk *walk, const struct visit *visit)
{
    for (size_t i = 0; i < json_array_size(walk->ruleset->objects); i++) {
        const json_t *rule = object_of(walk->ruleset, i, "rule");
        if (rule != NULL && strcmp(text_of(rule, "chain"), visit->chain) == 0)
            walk_rule(walk, rule, visit->reach);
    }
}

/* Starts at the chains of a table that see all incoming packets. */
static void walk_table(struct walk *walk, const struct ruleset *ruleset)
{
    static const struct reach all = {.all = true};
    walk->ruleset = ruleset;
    walk->count = 0;
    walk->is_closed = walk->lets_in = walk->may_let_in = false;
    for (size_t i = 0; i < json_array_size(ruleset->objects); i++) {
        const json_t *chain = object_of(ruleset, i, "chain");
        if (chain == NULL || strcmp(text_of(chain, "hook"), "input") != 0)
            continue;
        if (strcmp(text_of(chain, "policy"), "drop") == 0)
            walk->is_closed = true;
        enter_chain(walk, text_of(chain, "name"), all);
    }
    for (size_t i = 0; i < walk->count; i++)
        walk_chain(walk, &walk->visits[i]);
    walk->ruleset = NULL; /* owned by the caller, which may keep the walk for longer */
}

/* The tables that drop replies, and those that may. */
static void find_closed(json_t *root, struct buffer *closed, struct buffer *unclear)
{
    struct ruleset ruleset = {.objects = json_object_get(root, "nftables")};
    buffer_clear(closed);
    buffer_clear(unclear);
    for (size_t i = 0; i < json_array_size(ruleset.objects); i++) {
        const json_t *table = json_object_get(json_array_get(ruleset.objects, i), "table");
        ruleset.family = text_of(table, "family");
        ruleset.table = text_of(table, "name");
        if (strcmp(ruleset.family, "inet") != 0 && strcmp(ruleset.family, "ip") != 0 &&
            strcmp(ruleset.family, "ip6") != 0)
            continue;
        static struct walk walk;
        walk_table(&walk, &ruleset);
        struct buffer *list = walk.may_let_in ? unclear : closed;
        if (walk.is_closed && !walk.lets_in)
            buffer_format(list, "%stable %s %s", list->length > 0 ? ", " : "", ruleset.family,
                          ruleset.table);
    }
}

static size_t read_some(void *bytes, size_t size, void *stream)
{
    ssize_t length = stream_read(stream, bytes, size);
    return length < 0 ? (size_t)-1 : (size_t)length;
}

static void report_closed(const char *closed, struct check_report *report)
{
    check_says(report, CHECK_FINDING,
               "%s drops unknown packets, and no rule in it accepts UDP from port 5355: LLMNR "
               "replies may be dropped",
               closed);
    check_advises(report, "Connection tracking does not know them, since the query is multicast. "
                          "Accept UDP from port 5355, as root:");
    check_advises(report, "firewalld: 'firewall-cmd --permanent --add-service=llmnr-client', "
                          "then 'firewall-cmd --reload'");
    check_advises(report, "ufw: 'ufw allow proto udp from any port 5355'");
    check_advises(report, "otherwise: a rule 'udp sport 5355 accept' in the chain, or 'ip6tables "
                          "-A INPUT -p udp --sport 5355 -j ACCEPT' and the same with iptables");
}

static void report_unclear(const char *unclear, struct check_report *report)
{
    check_says(
        report, CHECK_CANNOT_TELL,
        "%s drops unknown packets, and nft does not show the ports in rules made by iptables",
        unclear);
    check_advises(report, "Check that 'iptables-save' and 'ip6tables-save' show a rule that "
                          "accepts UDP from port 5355.");
}

static void report_ruleset(struct check_report *report)
{
    static struct buffer closed;
    static struct buffer unclear;
    struct stream *output =
        stream_run("PATH=$PATH:/usr/sbin:/sbin nft -j -n list ruleset 2>/dev/null");
    if (output == NULL) {
        check_says(report, CHECK_CANNOT_TELL, "cannot run nft: %s", strerror(errno));
        return;
    }
    json_t *root = json_load_callback(read_some, output, 0, NULL);
    bool is_whole = stream_close(output);
    if (!is_whole || root == NULL) {
        check_says(report, CHECK_CANNOT_TELL,
                   "'nft -j list ruleset' failed: cannot tell whether LLMNR replies are accepted");
        check_advises(report, "%s",
                      check_program("nft") != PRESENCE_NO ? "Run 'v6lit doctor' as root."
                                                          : "Install nftables.");
        json_decref(root);
        return;
    }
    find_closed(root, &closed, &unclear);
    json_decref(root);
    if (closed.length > 0)
        report_closed(closed.text, report);
    else if (unclear.length > 0)
        report_unclear(unclear.text, report);
    else
        check_says(report, CHECK_OK, "no table drops LLMNR replies");
}

#else

static void report_ruleset(struct check_report *report)
{
    check_says(report, CHECK_CANNOT_TELL,
               "v6lit was built without jansson: cannot tell whether the packet filter accepts "
               "LLMNR replies");
    check_advises(report,
                  "Check that 'nft list ruleset' shows a rule that accepts UDP from port 5355.");
}

#endif

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
                   "only root can tell whether the packet filter accepts LLMNR replies");
        check_advises(report, "Run 'v6lit doctor' as root.");
    } else if (old_tables > 0) {
        check_says(report, CHECK_CANNOT_TELL,
                   "iptables-legacy is in use: cannot tell whether it accepts LLMNR replies");
        check_advises(report, "Check that 'iptables-legacy-save' and 'ip6tables-legacy-save' show "
                              "a rule that accepts UDP from port 5355.");
    } else {
        report_ruleset(report);
    }
}
