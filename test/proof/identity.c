// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Proves that name_decode reads back what name_encode writes: a group, an address made of groups,
 * the name of a zone, and a name made of an address and a zone. indices.c is the fifth part.
 */
#include "test/proof/identity.h"
#include "libv6lit/name.h"
#include "libv6lit/zone.h"

#include <assert.h>
#include <stdbool.h>
#include <string.h>

/* Every group, with anything that is no digit after it. */
void group_comes_back(void)
{
    unsigned char group[2];
    char digits[5];
    char after;
    __CPROVER_assume(after == '-' || after == 's' || after == '.');
    char *end = text_put_group(digits, group);
    assert(end - digits >= 1 && end - digits <= 4);
    for (char *p = digits; p < end; p++)
        assert((*p >= '0' && *p <= '9') || (*p >= 'a' && *p <= 'f'));
    *end = after;
    unsigned again;
    assert(text_read_group(digits, &again) == end);
    assert(again == ((unsigned)group[0] << 8 | group[1]));
}

/*
 * Every address, with a zone after it or the domain; groups.c stands for the groups. With four
 * digits for each digit, the text has 39 bytes at most. Of a zone only the mark is looked at.
 */
void address_comes_back(void)
{
    /* By bytes: cbmc takes a union that has any value for another one in each of its members. */
    unsigned char bytes[sizeof(struct in6_addr)];
    for (size_t i = 0; i < sizeof bytes; i++) {
        unsigned char any_byte;
        bytes[i] = any_byte;
    }
    struct in6_addr address, again;
    memcpy(&address, bytes, sizeof bytes);
    char *end = text_write(&address, '-', text);
    assert(end - text <= 8 + 7);
    for (char *p = text; p < end; p++)
        assert(*p == '0' || *p == '-');
    bool has_zone;
    end[0] = has_zone ? 's' : '.';
    end[1] = has_zone ? '1' : 'i';
    const char *cursor = text;
    assert(text_read(&cursor, has_zone ? end + 2 : end, '-', &again) == V6LIT_OK);
    assert(cursor == end);
    unsigned char bytes_again[sizeof bytes];
    memcpy(bytes_again, &again, sizeof again);
    for (size_t i = 0; i < sizeof bytes; i++)
        assert(bytes[i] == bytes_again[i]);
}

/* Every zone name that is written. */
void zone_name_comes_back(void)
{
    struct v6lit_address address, again;
    again.address = address.address;
    __CPROVER_assume(zone_is_scoped(&address.address) && zone_name_is_safe(address.zone_name));
    char zone[V6LIT_ZONE_MAX];
    char *end = zone_write(&address, zone);
    assert(end > zone && end <= zone + sizeof zone);
    const char *cursor = zone;
    assert(zone_read(&cursor, end, &again) == V6LIT_OK);
    assert(again.zone_index == 0 && strcmp(again.zone_name, address.zone_name) == 0);
}

/* Every name that is made of an address and a zone, or none; parts.c stands for these. */
void name_comes_back(void)
{
    struct v6lit_address address, again;
    __CPROVER_assume(memchr(address.zone_name, '\0', sizeof address.zone_name) != NULL);
    __CPROVER_assume(address.zone_index == 0 || address.zone_name[0] == '\0');
    char name[V6LIT_NAME_MAX];
    char *end;
    assert(name_encode(&address, name, &end) == V6LIT_OK);
    assert(end > name && end <= name + sizeof name);
    assert(name_decode(name, (size_t)(end - name), NAME_ANY, &again, NULL) == V6LIT_OK);
    for (size_t i = 0; i < sizeof again.address; i++)
        assert(again.address.s6_addr[i] == address.address.s6_addr[i]);
    /* The zone of an address that has no scope does not count. */
    bool counts = zone_is_scoped(&address.address);
    assert(again.zone_index == (counts ? address.zone_index : 0));
    assert(strcmp(again.zone_name, counts ? address.zone_name : "") == 0);
}
