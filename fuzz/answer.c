// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Fuzzes the responder with any message, as a query and as a reply to its own query. It may reply
 * only to what glibc's parser accepts as a query, and glibc must be able to parse its whole reply.
 */
#include "llmnr/answer.h"
#include "fuzz/fuzz.h"
#include "llmnr/clock.h"
#include "llmnr/wire.h"

#include <resolv.h>
#include <strings.h>

static struct self self;
static struct self_names names;
static struct claim claims[SELF_NAMES_MAX];

static void add_address(int family, const char *bytes)
{
    struct self_address *address = &self.addresses[self.address_count++];
    *address = (struct self_address){.interface = 1,
                                     .family = (unsigned char)family,
                                     .prefix = 24,
                                     .is_usable = true,
                                     .is_published = true};
    memcpy(address->bytes, bytes, self_address_size(family));
}

static void make_host(unsigned choice)
{
    memset(&self, 0, sizeof self);
    memset(&names, 0, sizeof names);
    (void)self_add_name(&names, "peer");
    (void)self_add_name(&names, "b\xc3\xbc");
    add_address(AF_INET6, "\xfe\x80\0\0\0\0\0\0\0\0\0\0\0\0\0\1");
    add_address(AF_INET, "\xc0\0\2\1");
    for (unsigned i = 0; i < choice % 64; i++)
        add_address(AF_INET6, "\x20\1\r\xb8\0\0\0\0\0\0\0\0\0\0\0\1");
    for (unsigned i = 0; i < 2; i++)
        claims[i] =
            (struct claim){.state = (enum claim_state)(choice / 64 % 4), .due = CLOCK_NEVER};
}

/* What a reply to a query must be. */
static void check_reply(const char *query, const unsigned char *reply, size_t length, size_t limit)
{
    static const ns_sect sections[] = {ns_s_qd, ns_s_an, ns_s_ns, ns_s_ar};
    ns_msg message;
    ns_rr record;
    DEMAND(length <= limit);
    DEMAND(memcmp(query, reply, 2) == 0);
    DEMAND((wire_get16(reply + 2) & (WIRE_QR | WIRE_OPCODE | 0x00f0)) == WIRE_QR);
    DEMAND(ns_initparse(reply, (int)length, &message) == 0);
    DEMAND(ns_msg_count(message, ns_s_qd) == 1);
    for (size_t i = 0; i < sizeof sections / sizeof sections[0]; i++) {
        for (int j = 0; j < ns_msg_count(message, sections[i]); j++)
            DEMAND(ns_parserr(&message, sections[i], j, &record) == 0);
    }
}

/* Only for a name of this host, by glibc's reading of it. */
static void check_name(const unsigned char *query, size_t size)
{
    char name[NS_MAXDNAME];
    DEMAND(dn_expand(query, query + size, query + NS_HFIXEDSZ, name, sizeof name) > 0);
    DEMAND(strcasecmp(name, "peer") == 0 || strcasecmp(name, "b\\195\\188") == 0 ||
           strcasecmp(name, "1.2.0.192.in-addr.arpa") == 0 || strstr(name, "6.") != NULL);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static unsigned char reply[MESSAGE_MAX];
    static const unsigned char sources[][16] = {{0xfe, 0x80, [15] = 9}, {192, 0, 2, 9}};
    struct input input = {data, size};
    const unsigned choice = take(&input);
    const unsigned over = take(&input);
    if (input.size > MESSAGE_MAX)
        return 0;
    make_host(choice);
    char *message = exact_copy(input.data, input.size);
    const unsigned char *bytes = (const unsigned char *)message;
    const struct answer_host host = {&self, &names, claims, 1, (over & 4) != 0};
    const struct answer_query query = {bytes, input.size, (over & 1) != 0 ? AF_INET : AF_INET6,
                                       sources[over & 1], (over & 2) != 0};
    const struct answer answer = answer_make(&host, &query, reply);
    if (answer.kind == ANSWER_REPLY) {
        check_reply(message, reply, answer.length, query.over_tcp ? MESSAGE_MAX : ANSWER_UDP_MAX);
        check_name(bytes, input.size);
    } else if (answer.kind == ANSWER_CHECK) {
        DEMAND(answer.name < names.count && (bytes[2] & 0x04) != 0);
    }

    static const unsigned char question[] = "\4peer\0\0\xff\0\1";
    struct claim_reply heard;
    if (claim_read(bytes, input.size, 0x1234, question, sizeof question - 1, &heard))
        DEMAND((bytes[2] & 0x80) != 0 && bytes[0] == 0x12);
    free(message);
    return 0;
}
