// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tools/llmnr/reply.h"

#include "tools/common/output.h"
#include "tools/common/terminal.h"
#include "tools/llmnr/links.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>

/* The widths of columns; the others depend on the names of the interfaces. */
enum { TYPE_WIDTH = 6, TTL_WIDTH = 6, GAP = 2 };

/* A link-local address with an interface identifier made of a MAC address, and a global one. */
enum {
    LINK_LOCAL_WIDTH = sizeof "fe80::5054:ff:fe12:3456",
    GLOBAL_WIDTH = sizeof "2001:db8:1234:5678:5054:ff:fe12:3456",
};

static void write_address(int family, const void *address, const char *interface,
                          char text[static LLMNR_ADDRESS_SIZE])
{
    inet_ntop(family, address, text, LLMNR_ADDRESS_SIZE);
    if (family == AF_INET6 && link_is_local(family, address))
        snprintf(text + strlen(text), IF_NAMESIZE + 1, "%%%s", interface);
}

void reply_write_answer(uint16_t type, const struct message_answer *answer, const char *interface,
                        char text[static NS_MAXDNAME])
{
    switch (type) {
    case ns_t_a:
        write_address(AF_INET, &answer->ipv4, interface, text);
        break;
    case ns_t_aaaa:
        write_address(AF_INET6, &answer->ipv6, interface, text);
        break;
    default:
        memcpy(text, answer->name, sizeof answer->name);
    }
}

void reply_read(const struct query_reply *from, struct llmnr_reply *reply)
{
    const uint16_t type = from->message->query->type;
    const void *sender = from->sender;
    const void *address = &((const struct sockaddr_in *)sender)->sin_addr;
    if (from->sender->sa_family == AF_INET6)
        address = &((const struct sockaddr_in6 *)sender)->sin6_addr;
    reply->type = type == ns_t_a ? "A" : type == ns_t_aaaa ? "AAAA" : "PTR";
    links_name(from->interface, reply->interface);
    write_address(from->sender->sa_family, address, reply->interface, reply->sender);
    reply->time_taken = from->time_taken;
    reply->over_tcp = from->over_tcp;
    reply->conflict = from->message->conflict;
}

static uint64_t add_to_hash(uint64_t hash, const void *bytes, size_t length)
{
    /* FNV-1a */
    for (const unsigned char *byte = bytes; length > 0; byte++, length--)
        hash = (hash ^ *byte) * 0x100000001b3;
    return hash;
}

bool reply_is_repeated(struct reply_seen *seen, const struct query_reply *reply)
{
    const struct message_reply *message = reply->message;
    size_t size = reply->sender->sa_family == AF_INET ? sizeof(struct sockaddr_in)
                                                      : sizeof(struct sockaddr_in6);
    uint64_t hash = 0xcbf29ce484222325;
    hash = add_to_hash(hash, &reply->interface, sizeof reply->interface);
    hash = add_to_hash(hash, reply->sender, size);
    hash = add_to_hash(hash, message->bytes, (size_t)(message->end - message->bytes));
    for (size_t i = 0; i < seen->count; i++) {
        if (seen->hashes[i] == hash)
            return true;
    }
    if (seen->count < REPLY_SEEN_MAX)
        seen->hashes[seen->count++] = hash;
    return false;
}

static void show_cell(const char *text, size_t width)
{
    size_t length = strlen(text);
    terminal_show(stdout, text, length);
    output_fill(terminal_columns(text, length, length), width);
}

static size_t longer(size_t a, size_t b)
{
    return a > b ? a : b;
}

/* The columns before the time. */
static void show_cells(const struct llmnr_options *options, const char *type, const char *answer,
                       const char *ttl, const char *interface, const char *sender)
{
    const size_t scoped = LINK_LOCAL_WIDTH + options->name_width;
    fputs("  ", stdout);
    show_cell(type, TYPE_WIDTH);
    show_cell(answer, longer(scoped, GLOBAL_WIDTH) + GAP);
    show_cell(ttl, TTL_WIDTH);
    show_cell(interface, longer(options->name_width, strlen("interface")) + GAP);
    show_cell(sender, scoped + GAP);
}

void reply_show(const struct llmnr_options *options, const struct llmnr_reply *reply,
                const char *answer, const char *ttl, bool usable)
{
    show_cells(options, reply->type, answer, ttl, reply->interface, reply->sender);
    printf("%.1f ms%s%s%s\n", reply->time_taken / 1000.0, reply->over_tcp ? ", over TCP" : "",
           reply->conflict ? ", conflict" : "", usable ? "" : ", not usable");
    /* A user who waits for all of them sees each as it arrives. */
    output_flush();
}

void reply_show_head(const struct llmnr_options *options)
{
    show_cells(options, "type", "answer", "TTL", "interface", "sender");
    puts("time");
}
