// SPDX-License-Identifier: LGPL-2.1-or-later
#include "llmnr/claim.h"

#include "llmnr/clock.h"
#include "llmnr/wire.h"

/* RFC 4795, section 7, on IEEE 802 media. */
enum {
    TIMEOUT = 100 * CLOCK_MILLISECOND,
    JITTER = 100 * CLOCK_MILLISECOND,
    TRANSMISSIONS = 3,
};

#define SECOND ((int64_t)1000 * CLOCK_MILLISECOND)

/* No host can make us query more often than this. */
#define CHECK_INTERVAL (10 * SECOND)

/* The spoofing watch queries once in this time, which varies by as much. */
#ifndef WATCH_INTERVAL
#define WATCH_INTERVAL (600 * SECOND)
#endif

/*
 * How long a name stays lost: the TTL of the reply within these bounds, and each time twice as long
 * as before. Periodic verification is not intended.
 */
enum { LOST_MIN = 30, LOST_MAX = 3600 };

int64_t claim_delay(uint32_t random)
{
    return (int64_t)(random >> 16) * JITTER >> 16;
}

/* Begins to query, within JITTER. */
static void ask(struct claim *claim, enum claim_state state, uint16_t type, int64_t now,
                uint32_t random)
{
    claim->state = state;
    claim->transmissions = 0;
    claim->is_disputed = false;
    claim->type = type;
    claim->id = (uint16_t)random;
    claim->due = now + claim_delay(random);
}

void claim_start(struct claim *claim, int64_t now, uint32_t random)
{
    *claim = (struct claim){.next_check = now};
    ask(claim, CLAIM_PROBE, ns_t_any, now, random);
}

void claim_restart(struct claim *claim, int64_t now, uint32_t random)
{
    claim->lost_for = 0;
    ask(claim, CLAIM_PROBE, ns_t_any, now, random);
}

void claim_watch(struct claim *claim, int64_t now, uint32_t random)
{
    const int64_t more = (int64_t)(random >> 8) * WATCH_INTERVAL >> 24;
    *claim = (struct claim){.next_check = now};
    ask(claim, CLAIM_PROBE, ns_t_aaaa, now + WATCH_INTERVAL + more, random);
}

bool claim_step(struct claim *claim, int64_t now, uint32_t random)
{
    if (now < claim->due)
        return false;
    if (claim->state == CLAIM_LOST) {
        ask(claim, CLAIM_PROBE, ns_t_any, now, random);
        return false;
    }
    if (claim->state != CLAIM_OWN && claim->transmissions < TRANSMISSIONS) {
        claim->transmissions++;
        claim->due = now + TIMEOUT;
        return true;
    }
    claim->state = CLAIM_OWN;
    claim->lost_for = 0;
    claim->due = CLOCK_NEVER;
    return false;
}

bool claim_can_check(const struct claim *claim, int64_t now)
{
    return claim->state == CLAIM_OWN && now >= claim->next_check;
}

void claim_check(struct claim *claim, uint16_t type, int64_t now, uint32_t random)
{
    if (!claim_can_check(claim, now))
        return;
    claim->next_check = now + CHECK_INTERVAL;
    ask(claim, CLAIM_CHECK, type, now, random);
}

/* The TTL of the record after the question; 0 if there is none. */
static uint32_t read_ttl(const unsigned char *bytes, size_t length, size_t at)
{
    if (!wire_skip_name(bytes, length, &at) || length - at < NS_RRFIXEDSZ)
        return 0;
    return wire_get32(bytes + at + 4);
}

bool claim_read(const unsigned char *bytes, size_t length, uint16_t id,
                const unsigned char *question, size_t question_length, struct claim_reply *reply)
{
    struct wire_head head;
    if (!wire_read_head(bytes, length, &head) || head.id != id || head.questions != 1 ||
        (head.flags & (WIRE_QR | WIRE_OPCODE)) != WIRE_QR ||
        head.end - NS_HFIXEDSZ != question_length ||
        !wire_is_same_name(head.name, question, question_length - NS_QFIXEDSZ) ||
        head.type != wire_get16(question + question_length - 4) || head.class != ns_c_in)
        return false;
    reply->is_tentative = (head.flags & WIRE_T) != 0;
    reply->ttl = head.answers > 0 ? read_ttl(bytes, length, head.end) : 0;
    return true;
}

bool claim_is_asking(const struct claim *claim)
{
    return (claim->state == CLAIM_PROBE || claim->state == CLAIM_CHECK) && claim->transmissions > 0;
}

/*
 * In PROBE, a host that is certain of the name has it. Of two that are not, and in CHECK of two
 * that are, the one with the smaller address has it.
 */
bool claim_hear(struct claim *claim, const struct claim_reply *reply, bool is_smaller, int64_t now)
{
    if (!claim_is_asking(claim))
        return false;
    const bool is_certain = claim->state == CLAIM_PROBE && !reply->is_tentative;
    if (!is_certain && !is_smaller)
        return false;
    uint32_t seconds = 2 * claim->lost_for;
    if (seconds < reply->ttl)
        seconds = reply->ttl;
    if (seconds < LOST_MIN)
        seconds = LOST_MIN;
    claim->lost_for = seconds < LOST_MAX ? seconds : LOST_MAX;
    claim->state = CLAIM_LOST;
    claim->due = now + (int64_t)claim->lost_for * SECOND;
    return true;
}

enum claim_standing claim_standing(const struct claim *claim)
{
    switch (claim->state) {
    case CLAIM_PROBE:
        return CLAIM_TENTATIVE;
    case CLAIM_OWN:
    case CLAIM_CHECK:
        return CLAIM_FIRM;
    default:
        return CLAIM_SILENT;
    }
}
