// SPDX-License-Identifier: LGPL-2.1-or-later
/* Fuzzes writing an address: its name is canonical, safe and read back; its text is inet_ntop's. */
#include "fuzz/fuzz.h"
#include "libv6lit/text.h"
#include "test/unit/reference.h"

#include <arpa/inet.h>
#include <inttypes.h>

static bool is_scoped(const struct in6_addr *address)
{
    return IN6_IS_ADDR_LINKLOCAL(address) || IN6_IS_ADDR_MC_NODELOCAL(address) ||
           IN6_IS_ADDR_MC_LINKLOCAL(address);
}

/* What v6lit_encode says of interface names. */
static bool is_safe(const char *zone)
{
    char name[64];
    snprintf(name, sizeof name, "fe80--1s%s." V6LIT_DOMAIN, zone);
    return zone[strspn(zone, "0123456789")] != '\0' && reference_is_host_name(name);
}

/* 16 bytes of address; then nothing, "#" and four bytes of an index, or an interface name. */
static struct v6lit_address address_of(const struct input *input)
{
    struct v6lit_address address = {0};
    size_t taken = input->size < 16 ? input->size : 16;
    size_t left = input->size - taken;
    if (taken > 0)
        memcpy(&address.address, input->data, taken);
    if (left == 0)
        return address;
    const uint8_t *zone = input->data + taken;
    if (zone[0] == '#')
        memcpy(&address.zone_index, zone + 1, left - 1 < 4 ? left - 1 : 4);
    else
        memcpy(address.zone_name, zone, left < V6LIT_ZONE_MAX ? left : V6LIT_ZONE_MAX);
    /* Nothing after its end. */
    size_t length = strlen(address.zone_name);
    memset(address.zone_name + length, 0, sizeof address.zone_name - length);
    return address;
}

/* What must be in the name before the domain, in which the address stands as the reference has it.
 */
static void demand_spelling(const struct v6lit_address *address, const char *name)
{
    char spelt[64];
    reference_spell(&address->address, spelt, sizeof spelt);
    size_t length = strlen(spelt);
    char zone[32] = "";
    if (address->zone_name[0] != '\0')
        snprintf(zone, sizeof zone, "s%s", address->zone_name);
    else if (address->zone_index != 0)
        snprintf(zone, sizeof zone, "s%" PRIu32, address->zone_index);
    DEMAND(strncmp(name, spelt, length) == 0);
    DEMAND(strncmp(name + length, zone, strlen(zone)) == 0);
    DEMAND(strcmp(name + length + strlen(zone), "." V6LIT_DOMAIN) == 0);
}

/* "fe80::1%eth0" and back, the address as inet_ntop writes it. */
static void demand_text(const struct v6lit_address *address, const char *name)
{
    char expected[INET6_ADDRSTRLEN + 32];
    char text[V6LIT_ADDRESS_MAX + 1];
    char again[V6LIT_NAME_MAX + 1];
    inet_ntop(AF_INET6, &address->address, expected, INET6_ADDRSTRLEN);
    size_t length = strlen(expected);
    if (address->zone_name[0] != '\0')
        snprintf(expected + length, sizeof expected - length, "%%%s", address->zone_name);
    else if (address->zone_index != 0)
        snprintf(expected + length, sizeof expected - length, "%%%" PRIu32, address->zone_index);
    DEMAND(v6lit_decode_text(name, strlen(name), text, sizeof text, NULL) == V6LIT_OK);
    DEMAND(strcmp(text, expected) == 0);
    DEMAND(v6lit_encode_text(text, strlen(text), V6LIT_ZONE_AS_IS, again, sizeof again, NULL) ==
           V6LIT_OK);
    DEMAND(strcmp(again, name) == 0);
}

/* Both functions that write an address agree. */
static void demand_writers(const struct in6_addr *address, char separator)
{
    char text[TEXT_BUFFER], scalar[TEXT_BUFFER];
    size_t length = (size_t)(text_write(address, separator, text) - text);
    size_t scalar_length = (size_t)(text_write_scalar(address, separator, scalar) - scalar);
    DEMAND(length == scalar_length && memcmp(text, scalar, length) == 0);
}

static void demand_sockaddr(const struct v6lit_address *address)
{
    struct sockaddr_in6 sockaddr;
    struct v6lit_address back;
    if (address->zone_name[0] != '\0')
        return;
    DEMAND(v6lit_to_sockaddr(address, 445, &sockaddr) == V6LIT_OK);
    DEMAND(sockaddr.sin6_family == AF_INET6 && sockaddr.sin6_port == htons(445) &&
           sockaddr.sin6_scope_id == address->zone_index);
    DEMAND(v6lit_from_sockaddr(&sockaddr, V6LIT_ZONE_AS_IS, &back) == V6LIT_OK);
    DEMAND(memcmp(&back, address, sizeof back) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct input input = {data, size};
    size_t room_size = take(&input) % (V6LIT_NAME_MAX + 8);
    struct v6lit_address address = address_of(&input);
    bool scoped = is_scoped(&address.address);
    demand_writers(&address.address, '-');
    demand_writers(&address.address, ':');

    char name[V6LIT_NAME_MAX + 1];
    struct room room = make_room(room_size, 1);
    enum v6lit_status status = v6lit_encode(&address, name, sizeof name);
    enum v6lit_status room_status = v6lit_encode(&address, room.start, room.size);
    bool unsafe = scoped && address.zone_name[0] != '\0' && !is_safe(address.zone_name);
    DEMAND(status == (unsafe ? V6LIT_ERROR_UNSAFE_ZONE_NAME : V6LIT_OK));
    if (status != V6LIT_OK) {
        DEMAND(room_status == status && only_used(&room, 0));
        free_room(&room);
        return 0;
    }
    size_t needed = strlen(name) + 1;
    DEMAND(room_status == (needed <= room.size ? V6LIT_OK : V6LIT_ERROR_BUFFER_TOO_SMALL));
    /* More than the name may be scribbled over, but nothing if it does not fit. */
    DEMAND(only_used(&room, room_status == V6LIT_OK ? room.size : 0));
    DEMAND(room_status != V6LIT_OK || strcmp(room.start, name) == 0);
    free_room(&room);

    if (!scoped) {
        address.zone_index = 0;
        memset(address.zone_name, 0, sizeof address.zone_name);
    }
    struct v6lit_address decoded;
    DEMAND(v6lit_decode(name, strlen(name), &decoded, NULL) == V6LIT_OK);
    DEMAND(memcmp(&decoded, &address, sizeof decoded) == 0);
    DEMAND(reference_fault(name) == NULL);
    demand_spelling(&address, name);
    demand_text(&address, name);
    demand_sockaddr(&address);
    return 0;
}
