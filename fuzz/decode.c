// SPDX-License-Identifier: LGPL-2.1-or-later
/* Fuzzes reading a name: compares with the second implementation, and with getaddrinfo on the
 * numeric form. */
#include "fuzz/fuzz.h"
#include "fuzz/interfaces.h"
#include "libv6lit/name.h"
#include "test/unit/reference.h"

#include <ctype.h>
#include <errno.h>
#include <netdb.h>

static bool is_ascii(const char *name, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if ((unsigned char)name[i] >= 0x80)
            return false;
    }
    return true;
}

static bool is_same(const struct v6lit_address *a, const struct v6lit_address *b)
{
    return memcmp(&a->address, &b->address, sizeof a->address) == 0 &&
           a->zone_index == b->zone_index &&
           memcmp(a->zone_name, b->zone_name, sizeof a->zone_name) == 0;
}

static void demand_reference(enum v6lit_status status, const struct v6lit_address *address,
                             const char *name, size_t length)
{
    struct reference_address reference;
    enum reference_result expected = reference_decode(name, length, &reference);
    struct v6lit_address same = {.address = reference.address, .zone_index = reference.index};
    memcpy(same.zone_name, reference.name, sizeof same.zone_name);
    DEMAND((status == V6LIT_ERROR_NOT_A_LITERAL_NAME) == (expected == REFERENCE_OUTSIDE));
    DEMAND((status == V6LIT_OK) == (expected == REFERENCE_VALID));
    DEMAND(status != V6LIT_OK || is_same(address, &same));
    DEMAND(status < V6LIT_ERROR_UNSAFE_ZONE_NAME);
}

/* An interface can be called so, and glibc finds it; a literal name does not mean it. */
static bool has_control(const char *name, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if ((unsigned char)name[i] < 0x20 || name[i] == 0x7f)
            return true;
    }
    return false;
}

/* What the numeric form of a name that is inside is for glibc. False if there is none. */
static bool ask_glibc(const char *name, size_t length, struct sockaddr_in6 *found)
{
    size_t body = length - strlen("." V6LIT_DOMAIN) - (name[length - 1] == '.');
    char *numeric_form = exact_copy(name, body + 1);
    numeric_form[body] = '\0';
    char *mark = strpbrk(numeric_form, "sS");
    for (char *p = numeric_form; *p != '\0' && p != mark; p++) {
        if (*p == '-')
            *p = ':';
    }
    if (mark != NULL)
        *mark = '%';
    struct addrinfo hints = {
        .ai_flags = AI_NUMERICHOST, .ai_family = AF_INET6, .ai_socktype = SOCK_STREAM};
    struct addrinfo *result;
    bool valid = getaddrinfo(numeric_form, NULL, &hints, &result) == 0;
    if (valid) {
        memcpy(found, result->ai_addr, sizeof *found);
        freeaddrinfo(result);
    }
    free(numeric_form);
    return valid;
}

/* A literal name means what its numeric form means: design, with the differences that v6lit.h
 * names.
 */
static void demand_numeric_form(enum v6lit_status status, const struct v6lit_address *address,
                                const char *name, size_t length)
{
    struct sockaddr_in6 found;
    /* A ":" or "%" is none of a name's but would be one of its numeric form's, and a NUL would cut
     * that. */
    if (status == V6LIT_ERROR_NOT_A_LITERAL_NAME || status == V6LIT_ERROR_TRAILING_DOTS ||
        has_control(name, length) || length <= strlen("." V6LIT_DOMAIN) + 1 ||
        memchr(name, ':', length) != NULL || memchr(name, '%', length) != NULL ||
        memchr(name, '\0', length) != NULL)
        return;
    bool valid = ask_glibc(name, length, &found);
    DEMAND(status == V6LIT_OK || !valid);
    if (!valid)
        return;
    uint32_t index;
    DEMAND(memcmp(&address->address, &found.sin6_addr, sizeof found.sin6_addr) == 0);
    if (IN6_IS_ADDR_LINKLOCAL(&found.sin6_addr) || IN6_IS_ADDR_MC_NODELOCAL(&found.sin6_addr) ||
        IN6_IS_ADDR_MC_LINKLOCAL(&found.sin6_addr))
        DEMAND(v6lit_zone_index(address, &index) == V6LIT_OK && index == found.sin6_scope_id);
    else
        DEMAND(address->zone_index == 0 && address->zone_name[0] == '\0');
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *name = exact_copy(data, size);
    struct v6lit_address plain;
    size_t at = 0;
    enum v6lit_status plain_status = name_decode(name, size, NAME_ANY, &plain, &at);
    DEMAND(at >= 1 && at <= size + 1);
    demand_reference(plain_status, &plain, name, size);
    demand_numeric_form(plain_status, &plain, name, size);

    struct v6lit_address address;
    memset(&address, ROOM_BYTE, sizeof address);
    size_t column = 0;
    errno = 12345;
    enum v6lit_status status = v6lit_decode(name, size, &address, &column);
    DEMAND(errno == 12345);
    if (is_ascii(name, size))
        DEMAND(status == plain_status);
    if (status == V6LIT_OK) {
        DEMAND(column == 0);
        /* Only the zone keeps bytes that are not ASCII, and they may be mapped. */
        DEMAND(memchr(address.zone_name, '\0', sizeof address.zone_name) != NULL);
        DEMAND(address.zone_index == 0 || address.zone_name[0] == '\0');
        if (is_ascii(name, size))
            DEMAND(is_same(&address, &plain));
        if (address.zone_name[0] != '\0') {
            uint32_t index = 0;
            unsigned expected = find_interface(address.zone_name);
            status = v6lit_zone_index(&address, &index);
            DEMAND(status == (expected != 0 ? V6LIT_OK : V6LIT_ERROR_NO_SUCH_INTERFACE));
            DEMAND(index == expected);
        }
    } else {
        DEMAND(column >= 1 && column <= size + 1);
        DEMAND(is_untouched(&address, sizeof address));
    }
    free(name);
    return 0;
}
