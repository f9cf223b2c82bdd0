// SPDX-License-Identifier: LGPL-2.1-or-later
#include "base/ascii.h"
#include "libv6lit/idn.h"
#include "libv6lit/interface.h"
#include "libv6lit/name.h"
#include "libv6lit/text.h"
#include "libv6lit/zone.h"

#include <errno.h>
#include <stdbool.h>
#include <string.h>

enum { DEFAULT_FLAGS = AI_V4MAPPED | AI_ADDRCONFIG }; /* without hints, as in glibc */

/* The caller's hints for the numeric form, which needs no query and gets a name of its own. */
static struct addrinfo numeric_hints(const struct addrinfo *hints)
{
    struct addrinfo numeric = {.ai_flags = DEFAULT_FLAGS};
    if (hints != NULL)
        numeric = *hints;
    numeric.ai_flags = (numeric.ai_flags & ~(AI_ADDRCONFIG | AI_CANONNAME)) | AI_NUMERICHOST;
    return numeric;
}

/*
 * The result for a name without an answer: EAI_NONAME, unless getaddrinfo rejects the other
 * arguments. No resolver takes a colon for an address or a host name.
 */
static int refuse(v6lit_getaddrinfo_function *real, const char *service,
                  const struct addrinfo *hints, struct addrinfo **result)
{
    struct addrinfo numeric = numeric_hints(hints);
    return real(":", service, &numeric, result);
}

/*
 * Passes the address without its zone: glibc would look for an interface that is *called* by the
 * index.
 */
static int ask_for_numeric(v6lit_getaddrinfo_function *real, const struct v6lit_address *address,
                           const char *service, const struct addrinfo *hints,
                           struct addrinfo **result)
{
    struct v6lit_address bare = {.address = address->address};
    char text[V6LIT_ADDRESS_MAX + 1];
    *numeric_encode(&bare, text) = '\0';

    struct addrinfo numeric = numeric_hints(hints);
    int error = real(text, service, &numeric, result);
    /* The error that NSS gives: the host exists and has no such address. */
    return error == EAI_ADDRFAMILY ? EAI_NODATA : error;
}

/* The name for ai_canonname, which freeaddrinfo frees: as given, in ASCII as with AI_IDN. */
static char *copy_name(const char *node)
{
    struct idn_text mapped;
    size_t length = strlen(node);
    if (!ascii_is_all(node, length) && idn_map(node, length, &mapped) == V6LIT_OK)
        return strndup(mapped.bytes, mapped.length);
    return strdup(node);
}

/* Puts the name into the answer for the numeric form. Returns false if there is no memory. */
static bool rename_answer(struct addrinfo *answer, const char *node, int flags, uint32_t index)
{
    if ((flags & AI_CANONNAME) != 0) {
        answer->ai_canonname = copy_name(node);
        if (answer->ai_canonname == NULL)
            return false;
    }
    for (struct addrinfo *ai = answer; ai != NULL; ai = ai->ai_next) {
        ai->ai_flags = flags;
        if (ai->ai_family == AF_INET6) {
            struct sockaddr_in6 *address = (void *)ai->ai_addr;
            address->sin6_scope_id = index;
        }
    }
    return true;
}

/* A name that cannot be mapped is left to getaddrinfo, unless it plainly ends with the domain. */
static bool is_foreign(const char *node, enum v6lit_status status)
{
    if (status == V6LIT_ERROR_NO_LIBIDN2 || status == V6LIT_ERROR_TOO_LONG_TO_MAP)
        return !name_is_inside(node, strlen(node));
    return status == V6LIT_ERROR_NOT_A_LITERAL_NAME;
}

/* Puts the name and the zone into the answer for the numeric form. */
static int answer_for(const char *node, int flags, uint32_t index, struct addrinfo *answer,
                      struct addrinfo **result)
{
    if (!rename_answer(answer, node, flags, index)) {
        freeaddrinfo(answer);
        return EAI_MEMORY;
    }
    *result = answer;
    return 0;
}

/*
 * Finds the zone of a numeric address that the C library would look up with if_nametoindex(3), by
 * which the kernel may load a module of that name. That is the zone of a link-local unicast or
 * multicast address.
 */
static const char *find_named_zone(const char *node, struct in6_addr *address)
{
    const char *mark = strchr(node, '%');
    const char *cursor = node;
    if (mark == NULL || text_read(&cursor, mark, ':', address) != V6LIT_OK || cursor != mark ||
        (!IN6_IS_ADDR_LINKLOCAL(address) && !IN6_IS_ADDR_MC_LINKLOCAL(address)))
        return NULL;
    return mark + 1;
}

/* As glibc reads it: as a name, and if there is no such interface, as an index. */
static int read_numeric_zone(const char *zone, uint32_t *index)
{
    struct v6lit_address number = {.address = {{{0xfe, 0x80}}}};
    const char *cursor = zone;
    size_t length = strlen(zone);
    int error = length == 0 || length > V6LIT_ZONE_MAX
                    ? ENODEV
                    : interface_index(zone, INTERFACE_EXACT, index);
    if (error == ENODEV && zone_read(&cursor, zone + length, &number) == V6LIT_OK &&
        number.zone_name[0] == '\0') {
        *index = number.zone_index;
        error = 0;
    }
    return error;
}

/* A numeric address with a zone, which may have been mapped from `node`. */
static int ask_for_zone(v6lit_getaddrinfo_function *real, const char *node,
                        const struct in6_addr *address, const char *zone, const char *service,
                        const struct addrinfo *hints, struct addrinfo **result)
{
    char text[TEXT_BUFFER];
    *text_write(address, ':', text) = '\0';
    struct addrinfo bare = {.ai_flags = DEFAULT_FLAGS};
    if (hints != NULL)
        bare = *hints;
    int flags = bare.ai_flags;
    bare.ai_flags &= ~AI_CANONNAME;
    struct addrinfo *answer;
    int error = real(text, service, &bare, &answer);
    if (error != 0)
        return error;
    uint32_t index;
    int zone_error = read_numeric_zone(zone, &index);
    if (zone_error == 0)
        return answer_for(node, flags, index, answer, result);
    freeaddrinfo(answer);
    if (zone_error == ENODEV)
        return EAI_NONAME;
    errno = zone_error;
    return EAI_SYSTEM;
}

/* Whether the text may be an address in full-width characters. */
static bool maps_names(const struct addrinfo *hints)
{
#ifdef AI_IDN
    return hints != NULL && (hints->ai_flags & AI_IDN) != 0;
#else
    (void)hints;
    return false;
#endif
}

/* A name that is not literal is left to the C library, except the zone of a numeric address. */
static int ask_for_other(v6lit_getaddrinfo_function *real, const char *node, const char *service,
                         const struct addrinfo *hints, struct addrinfo **result)
{
    struct in6_addr address;
    struct idn_text mapped;
    const char *text = node;
    size_t length = strlen(node);
    if (maps_names(hints) && !ascii_is_all(node, length) &&
        idn_map(node, length, &mapped) == V6LIT_OK && mapped.length < sizeof mapped.bytes) {
        mapped.bytes[mapped.length] = '\0';
        text = mapped.bytes;
    }
    const char *zone = find_named_zone(text, &address);
    if (zone == NULL)
        return real(node, service, hints, result);
    return ask_for_zone(real, node, &address, zone, service, hints, result);
}

int v6lit_getaddrinfo_with(v6lit_getaddrinfo_function *resolver, const char *node,
                           const char *service, const struct addrinfo *hints,
                           struct addrinfo **result)
{
    struct v6lit_address address;
    if (node == NULL)
        return resolver(node, service, hints, result);
    enum v6lit_status status = v6lit_decode(node, strlen(node), &address, NULL);
    if (is_foreign(node, status))
        return ask_for_other(resolver, node, service, hints, result);
    int flags = hints == NULL ? DEFAULT_FLAGS : hints->ai_flags;
    if (status != V6LIT_OK || (flags & AI_NUMERICHOST) != 0)
        return refuse(resolver, service, hints, result);

    uint32_t index;
    status = v6lit_zone_index(&address, &index);
    if (status == V6LIT_ERROR_SYSTEM)
        return EAI_SYSTEM;
    if (status != V6LIT_OK)
        return refuse(resolver, service, hints, result);

    struct addrinfo *answer;
    int error = ask_for_numeric(resolver, &address, service, hints, &answer);
    return error != 0 ? error : answer_for(node, flags, index, answer, result);
}

int v6lit_getaddrinfo(const char *node, const char *service, const struct addrinfo *hints,
                      struct addrinfo **result)
{
    return v6lit_getaddrinfo_with(getaddrinfo, node, service, hints, result);
}
