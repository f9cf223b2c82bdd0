// SPDX-License-Identifier: LGPL-2.1-or-later
#include "llmnr/message.h"

#include "base/ascii.h"
#include "llmnr/wire.h"

#include <resolv.h>
#include <string.h>

/* The offsets of the parts of a header. */
enum { AT_ID = 0, AT_FLAGS = 2, AT_QDCOUNT = 4, AT_ANCOUNT = 6 };

bool message_ask(struct message_query *query, uint16_t id, const char *name, uint16_t type)
{
    unsigned char *question = query->bytes + NS_HFIXEDSZ;
    int name_length = dn_comp(name, question, NS_MAXCDNAME, NULL, NULL);
    /* A lone zero byte is the root, which has no name. */
    if (name_length <= 1)
        return false;
    query->id = id;
    query->type = type;
    query->length = NS_HFIXEDSZ + (size_t)name_length + NS_QFIXEDSZ;
    memset(query->bytes, 0, NS_HFIXEDSZ);
    wire_put16(query->bytes + AT_ID, id);
    wire_put16(query->bytes + AT_QDCOUNT, 1);
    wire_put16(question + name_length, type);
    wire_put16(question + name_length + 2, ns_c_in);
    return dn_expand(query->bytes, query->bytes + query->length, question, query->name,
                     sizeof query->name) > 0;
}

/* Ignores the case of ASCII letters only: the locale is the caller's. */
static bool is_same_name(const char *a, const char *b)
{
    while (*a != '\0' && ascii_lower(*a) == ascii_lower(*b)) {
        a++;
        b++;
    }
    return *a == *b;
}

/*
 * Reads a name of the message at *cursor and moves on after it. False if it does not end within
 * the message, or if its pointers form a circle.
 */
static bool read_name(const struct message_reply *reply, const unsigned char **cursor,
                      char name[NS_MAXDNAME])
{
    int length = dn_expand(reply->bytes, reply->end, *cursor, name, NS_MAXDNAME);
    if (length < 0)
        return false;
    *cursor += length;
    return true;
}

static size_t left(const struct message_reply *reply)
{
    return (size_t)(reply->end - reply->next);
}

/* Whether the question of the message at reply->next, to be read past, is ours. */
static bool read_question(struct message_reply *reply)
{
    char name[NS_MAXDNAME];
    if (!read_name(reply, &reply->next, name) || left(reply) < NS_QFIXEDSZ)
        return false;
    uint16_t type = wire_get16(reply->next);
    uint16_t class = wire_get16(reply->next + 2);
    reply->next += NS_QFIXEDSZ;
    return type == reply->query->type && class == ns_c_in && is_same_name(name, reply->query->name);
}

/* The data of an answer. False if its length is impossible for the type. */
static bool read_data(const struct message_reply *reply, const unsigned char *data, size_t length,
                      struct message_answer *answer)
{
    switch (reply->query->type) {
    case ns_t_a:
        if (length != sizeof answer->ipv4)
            return false;
        memcpy(&answer->ipv4, data, length);
        return true;
    case ns_t_aaaa:
        if (length != sizeof answer->ipv6)
            return false;
        memcpy(&answer->ipv6, data, length);
        return true;
    default: {
        const unsigned char *end = data;
        return read_name(reply, &end, answer->name) && end == data + length;
    }
    }
}

enum record { RECORD_BROKEN, RECORD_OTHER, RECORD_ANSWER };

/* Reads the record at reply->next and moves on after it. */
static enum record read_record(struct message_reply *reply, struct message_answer *answer)
{
    char owner[NS_MAXDNAME];
    if (!read_name(reply, &reply->next, owner) || left(reply) < NS_RRFIXEDSZ)
        return RECORD_BROKEN;
    uint16_t type = wire_get16(reply->next);
    uint16_t class = wire_get16(reply->next + 2);
    uint32_t ttl = wire_get32(reply->next + 4);
    size_t length = wire_get16(reply->next + 8);
    const unsigned char *data = reply->next + NS_RRFIXEDSZ;
    reply->next = data;
    if (length > left(reply))
        return RECORD_BROKEN;
    reply->next += length;
    if (type != reply->query->type || class != ns_c_in || !is_same_name(owner, reply->query->name))
        return RECORD_OTHER;
    answer->ttl = ttl <= INT32_MAX ? ttl : 0; /* RFC 2181, section 8 */
    return read_data(reply, data, length, answer) ? RECORD_ANSWER : RECORD_BROKEN;
}

enum message_kind message_read(const struct message_query *query, const unsigned char *bytes,
                               size_t length, struct message_reply *reply)
{
    if (length < NS_HFIXEDSZ)
        return MESSAGE_NONE;
    uint16_t flags = wire_get16(bytes + AT_FLAGS);
    if (wire_get16(bytes + AT_ID) != query->id || wire_get16(bytes + AT_QDCOUNT) != 1)
        return MESSAGE_NONE;
    if ((flags & (WIRE_QR | WIRE_OPCODE | WIRE_T | WIRE_RCODE)) != WIRE_QR)
        return MESSAGE_NONE;
    *reply = (struct message_reply){.query = query,
                                    .bytes = bytes,
                                    .end = bytes + length,
                                    .next = bytes + NS_HFIXEDSZ,
                                    .conflict = (flags & WIRE_C) != 0};
    if (!read_question(reply))
        return MESSAGE_NONE;
    if ((flags & WIRE_TC) != 0)
        return MESSAGE_TRUNCATED;

    /* All or none: after a malformed record nothing can be trusted. */
    reply->answers_left = wire_get16(bytes + AT_ANCOUNT);
    struct message_reply ahead = *reply;
    struct message_answer answer;
    for (; ahead.answers_left > 0; ahead.answers_left--) {
        if (read_record(&ahead, &answer) == RECORD_BROKEN)
            return MESSAGE_NONE;
    }
    return MESSAGE_REPLY;
}

bool message_next(struct message_reply *reply, struct message_answer *answer)
{
    while (reply->answers_left > 0) {
        reply->answers_left--;
        if (read_record(reply, answer) == RECORD_ANSWER)
            return true;
    }
    return false;
}
