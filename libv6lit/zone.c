// SPDX-License-Identifier: LGPL-2.1-or-later
#include "libv6lit/zone.h"

#include "base/ascii.h"
#include "libv6lit/interface.h"

#include <errno.h>
#include <net/if.h>
#include <string.h>

_Static_assert(V6LIT_ZONE_MAX + 1 == IF_NAMESIZE, "V6LIT_ZONE_MAX is the longest interface name");

/*
 * The characters that the kernel's dev_valid_name() allows in an interface name: all but "/", ":"
 * and what its isspace() matches, including the no-break space of Latin-1 (0xa0). Control
 * characters are excluded here, although the kernel allows them: a program that prints the zone
 * would pass them on to a terminal.
 */
static bool is_name_byte(char c)
{
    return (unsigned char)c > ' ' && c != '\x7f' && c != '/' && c != ':' && c != '\xa0';
}

static enum v6lit_status read_name(const char **cursor, const char *end, char *name)
{
    const char *start = *cursor;
    size_t length = (size_t)(end - start);
    for (size_t i = 0; i < length; i++) {
        if (i < V6LIT_ZONE_MAX && is_name_byte(start[i]))
            continue;
        *cursor = start + i;
        return i < V6LIT_ZONE_MAX ? V6LIT_ERROR_BAD_ZONE_NAME : V6LIT_ERROR_ZONE_NAME_TOO_LONG;
    }
    if (start[0] == '.' && (length == 1 || (length == 2 && start[1] == '.')))
        return V6LIT_ERROR_BAD_ZONE_NAME;
    memcpy(name, start, length);
    name[length] = '\0';
    return V6LIT_OK;
}

enum v6lit_status zone_read(const char **cursor, const char *end, struct v6lit_address *address)
{
    const char *p = *cursor;
    uint64_t index = 0;
    for (; p < end && ascii_is_digit(*p); p++) {
        if (index <= UINT32_MAX)
            index = 10 * index + (uint64_t)(*p - '0');
    }
    address->zone_index = 0;
    address->zone_name[0] = '\0';
    if (*cursor == end)
        return V6LIT_ERROR_ZONE_MISSING;
    if (p == end && index > UINT32_MAX)
        return V6LIT_ERROR_ZONE_INDEX_TOO_LARGE;

    char name[V6LIT_ZONE_MAX + 1] = "";
    if (p < end) {
        enum v6lit_status status = read_name(cursor, end, name);
        if (status != V6LIT_OK)
            return status;
        index = 0;
    }
    if (zone_is_scoped(&address->address)) {
        address->zone_index = (uint32_t)index;
        memcpy(address->zone_name, name, sizeof name);
    }
    return V6LIT_OK;
}

enum v6lit_status v6lit_read_zone(const char *zone, size_t length, struct v6lit_address *address,
                                  size_t *column)
{
    struct v6lit_address found = {.address = address->address};
    const char *cursor = zone;
    enum v6lit_status status = zone_read(&cursor, zone + length, &found);
    if (status == V6LIT_OK)
        *address = found;
    else if (column != NULL)
        *column = (size_t)(cursor - zone) + 1;
    return status;
}

bool v6lit_is_scoped(const struct in6_addr *address)
{
    return zone_is_scoped(address);
}

char *zone_write(const struct v6lit_address *address, char *text)
{
    if (address->zone_name[0] != '\0') {
        size_t length = strnlen(address->zone_name, V6LIT_ZONE_MAX);
        memcpy(text, address->zone_name, length);
        return text + length;
    }
    char digits[10];
    char *first = digits + sizeof digits;
    uint32_t index = address->zone_index;
    do {
        *--first = (char)('0' + index % 10);
        index /= 10;
    } while (index > 0);
    size_t length = (size_t)(digits + sizeof digits - first);
    memcpy(text, first, length);
    return text + length;
}

bool zone_can_be_read(const struct v6lit_address *address)
{
    struct v6lit_address again = {.address = address->address};
    const char *cursor = address->zone_name;
    const char *end = cursor + strnlen(cursor, sizeof address->zone_name);
    return !zone_is_set(address) || cursor == end ||
           (zone_read(&cursor, end, &again) == V6LIT_OK && again.zone_name[0] != '\0');
}

/*
 * Whether a byte is allowed at a position, counted from 0, of an LDH label in lower case (RFC 5890
 * section 2.3.1): no hyphen at the start, and not two at the third and fourth position.
 */
static bool is_label_byte(char c, char before, size_t place)
{
    if (c == '-')
        return place > 0 && (place != 3 || before != '-');
    return ascii_is_digit(c) || (c >= 'a' && c <= 'z');
}

bool zone_name_is_safe(const char *name)
{
    static const char digits[] = "0123456789";
    size_t length = strnlen(name, V6LIT_ZONE_MAX + 1);
    if (length == 0 || length > V6LIT_ZONE_MAX || strspn(name, digits) == length)
        return false;
    /* The first label begins with the address and "s", which fill the positions that count. */
    size_t place = sizeof "ff02--0s" - 1;
    char before = 's';
    for (size_t i = 0; i < length; i++) {
        char c = name[i];
        if (c == '.' ? place == 0 || before == '-' : !is_label_byte(c, before, place))
            return false;
        place = c == '.' ? 0 : place + 1;
        before = c;
    }
    /* The domain follows after a dot. */
    return place > 0 && before != '-';
}

enum v6lit_status v6lit_zone_index(const struct v6lit_address *address, uint32_t *index)
{
    uint32_t found = address->zone_index;
    if (!zone_is_scoped(&address->address)) {
        found = 0;
    } else if (address->zone_name[0] != '\0') {
        int error = interface_index(address->zone_name, INTERFACE_ANY_CASE, &found);
        if (error != 0 && error != ENODEV) {
            errno = error;
            return V6LIT_ERROR_SYSTEM;
        }
        if (error != 0)
            return V6LIT_ERROR_NO_SUCH_INTERFACE;
    }
    *index = found;
    return V6LIT_OK;
}

/* Replaces the index by the name of the interface, if there is one and it is safe. */
static enum v6lit_status index_to_name(struct v6lit_address *address)
{
    char name[IF_NAMESIZE];
    int error = interface_name(address->zone_index, name);
    if (error != 0 && error != ENODEV) {
        errno = error;
        return V6LIT_ERROR_SYSTEM;
    }
    if (error == 0 && zone_name_is_safe(name)) {
        memcpy(address->zone_name, name, sizeof name);
        address->zone_index = 0;
    }
    return V6LIT_OK;
}

/*
 * Replaces an unsafe name by the interface's own name if that is safe: LINK0 is link0. Without such
 * an interface the name stays.
 */
static enum v6lit_status name_to_own_name(struct v6lit_address *address)
{
    struct v6lit_address found = *address;
    enum v6lit_status status = v6lit_zone_index(address, &found.zone_index);
    if (status == V6LIT_OK)
        status = index_to_name(&found);
    if (status == V6LIT_OK && found.zone_index == 0)
        *address = found;
    return status == V6LIT_ERROR_NO_SUCH_INTERFACE ? V6LIT_OK : status;
}

enum v6lit_status zone_convert(struct v6lit_address *address, enum v6lit_zone_form form)
{
    if (!zone_is_set(address))
        return V6LIT_OK;
    if (address->zone_name[0] == '\0')
        return form == V6LIT_ZONE_AS_NAME ? index_to_name(address) : V6LIT_OK;
    if (form == V6LIT_ZONE_AS_INDEX) {
        enum v6lit_status status = v6lit_zone_index(address, &address->zone_index);
        if (status == V6LIT_OK)
            address->zone_name[0] = '\0';
        return status;
    }
    return zone_name_is_safe(address->zone_name) ? V6LIT_OK : name_to_own_name(address);
}
