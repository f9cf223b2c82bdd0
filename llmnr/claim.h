/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The right of this host to a name on the link of one interface: RFC 4795, sections 4.1 and 4.2. A
 * claim is a state machine that neither sends nor reads a clock: its owner provides the time, in
 * microseconds of one clock, and random numbers, and sends what the claim asks for.
 */
#ifndef LLMNR_CLAIM_H
#define LLMNR_CLAIM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum claim_state {
    CLAIM_PROBE, /* queries whether another host has the name */
    CLAIM_OWN,   /* no other host had it */
    CLAIM_CHECK, /* has it, and queries again: a host says that others have it, too */
    CLAIM_LOST,  /* another host has it */
};

struct claim {
    enum claim_state state;
    unsigned transmissions; /* of the query so far */
    uint16_t id;            /* of the query */
    uint16_t type;          /* the queried type */
    int64_t due;            /* when to call claim_step: CLOCK_NEVER, or a time */
    int64_t next_check;     /* no CHECK before this time */
    bool is_disputed;       /* for the owner; false again with the next query */
    uint32_t lost_for;      /* seconds until it is probed again */
};

/* The random delay before a query, or before a reply with T: section 2.7. In microseconds. */
int64_t claim_delay(uint32_t random);

/* Starts a claim: it probes after a random delay. */
void claim_start(struct claim *claim, int64_t now, uint32_t random);

/* The same for an existing claim: the host has a new address, or was suspended. */
void claim_restart(struct claim *claim, int64_t now, uint32_t random);

/* Starts to query, in ten to twenty minutes and as a client does, for a name that no host has. */
void claim_watch(struct claim *claim, int64_t now, uint32_t random);

/*
 * To be called when the claim is due. Returns true if a query for claim->type with claim->id and
 * without C is to be sent now, over each family that is served on the link.
 */
bool claim_step(struct claim *claim, int64_t now, uint32_t random);

/* A host has sent a query with C for the name and this type: query again, within limits. */
bool claim_can_check(const struct claim *claim, int64_t now);
void claim_check(struct claim *claim, uint16_t type, int64_t now, uint32_t random);

/* A reply to the query of a claim. */
struct claim_reply {
    bool is_tentative; /* T */
    uint32_t ttl;      /* of its first answer; 0 if it has none */
};

/*
 * Whether the message is a reply to the query with this id and question; `question` is what follows
 * the header of the query, of `question_length` bytes. The records of the reply do not matter.
 */
bool claim_read(const unsigned char *bytes, size_t length, uint16_t id,
                const unsigned char *question, size_t question_length, struct claim_reply *reply);

/*
 * A reply from an address that is not one of this machine's. `is_smaller`: as an unsigned number it
 * is below the address that the query came from. Returns true if the name is lost by it.
 */
bool claim_hear(struct claim *claim, const struct claim_reply *reply, bool is_smaller, int64_t now);

/* Whether a query has been sent and its replies are awaited. */
bool claim_is_asking(const struct claim *claim);

enum claim_standing {
    CLAIM_SILENT,
    CLAIM_TENTATIVE, /* reply with T */
    CLAIM_FIRM,
};
enum claim_standing claim_standing(const struct claim *claim);

#endif
