// SPDX-License-Identifier: LGPL-2.1-or-later
/* Fuzzes an LLMNR reply: the records are those that glibc's ns_parserr reads. */
#include "fuzz/fuzz.h"
#include "llmnr/message.h"

#include <resolv.h>
#include <strings.h>

enum { ID = 0x1234, FLAGS_MATTER = 0xf90f /* QR, OPCODE, T, RCODE */, TC = 0x0200 };

static const struct {
    const char *name;
    uint16_t type;
    size_t length; /* of its data; 0: it varies */
} questions[] = {
    {"peer", ns_t_aaaa, 16},
    {"peer", ns_t_a, 4},
    {"1.2.0.192.in-addr.arpa", ns_t_ptr, 0},
};

static uint16_t number_at(const char *message, size_t at)
{
    return (uint16_t)ns_get16((const unsigned char *)message + at);
}

/* Whether this is a record that answers, by glibc. *good says whether its data can be. */
static bool is_answer(ns_msg *parsed, const ns_rr *record, const struct message_query *query,
                      size_t length, char name[NS_MAXDNAME], bool *good)
{
    if (ns_rr_type(*record) != query->type || ns_rr_class(*record) != ns_c_in ||
        strcasecmp(ns_rr_name(*record), query->name) != 0)
        return false;
    *good = ns_rr_rdlen(*record) == length;
    if (length == 0)
        *good = dn_expand(ns_msg_base(*parsed), ns_msg_end(*parsed), ns_rr_rdata(*record), name,
                          NS_MAXDNAME) == ns_rr_rdlen(*record);
    return true;
}

/* Compares all that was read, if glibc reads the whole of the message. */
static void compare(const struct message_query *query, size_t length, const char *message,
                    size_t size, enum message_kind kind, struct message_reply *reply)
{
    ns_msg parsed;
    if (ns_initparse((const unsigned char *)message, (int)size, &parsed) != 0)
        return;
    static ns_rr record;
    if (ns_msg_count(parsed, ns_s_qd) != 1 || ns_parserr(&parsed, ns_s_qd, 0, &record) != 0) {
        DEMAND(kind == MESSAGE_NONE);
        return;
    }
    bool wanted = number_at(message, 0) == ID && (number_at(message, 2) & FLAGS_MATTER) == 0x8000 &&
                  ns_rr_type(record) == query->type && ns_rr_class(record) == ns_c_in &&
                  strcasecmp(ns_rr_name(record), query->name) == 0;
    if (wanted && (number_at(message, 2) & TC) != 0) {
        DEMAND(kind == MESSAGE_TRUNCATED);
        return;
    }
    bool all_good = true;
    for (int i = 0; i < ns_msg_count(parsed, ns_s_an) && wanted; i++) {
        static char name[NS_MAXDNAME];
        bool good;
        if (ns_parserr(&parsed, ns_s_an, i, &record) != 0) {
            DEMAND(kind == MESSAGE_NONE);
            return;
        }
        if (!is_answer(&parsed, &record, query, length, name, &good))
            continue;
        all_good = all_good && good;
        if (kind != MESSAGE_REPLY)
            continue;
        struct message_answer answer;
        DEMAND(good && message_next(reply, &answer));
        DEMAND(answer.ttl == (ns_rr_ttl(record) <= INT32_MAX ? ns_rr_ttl(record) : 0));
        if (length > 0)
            DEMAND(memcmp(&answer.ipv6, ns_rr_rdata(record), length) == 0);
        else
            DEMAND(strcmp(answer.name, name) == 0);
    }
    DEMAND(kind == (wanted && all_good ? MESSAGE_REPLY : MESSAGE_NONE));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct input input = {data, size};
    unsigned choice = take(&input) % (sizeof questions / sizeof questions[0]);
    struct message_query query = {0};
    DEMAND(message_ask(&query, ID, questions[choice].name, questions[choice].type));

    char *message = exact_copy(input.data, input.size);
    struct message_reply reply;
    struct message_answer answer;
    enum message_kind kind =
        message_read(&query, (const unsigned char *)message, input.size, &reply);
    compare(&query, questions[choice].length, message, input.size, kind, &reply);

    /* What is left, if glibc has not read along, ends, and lies inside the message. */
    unsigned answers = 0;
    while (kind == MESSAGE_REPLY && message_next(&reply, &answer))
        answers++;
    DEMAND(answers <= input.size / NS_RRFIXEDSZ);
    free(message);
    return 0;
}
