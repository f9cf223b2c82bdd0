// SPDX-License-Identifier: LGPL-2.1-or-later
#include "getaddrinfo.h"

#include "name.h"

#include <stdbool.h>
#include <string.h>

/* Asks for the address of a literal name, with all that the caller wants but the zone. */
static int ask_for_numeric(getaddrinfo_function *real, const struct v6lit_address *address,
                           const char *service, const struct addrinfo *hints,
                           struct addrinfo **result)
{
    struct v6lit_address bare = {.address = address->address};
    char text[V6LIT_ADDRESS_MAX + 1];
    *twin_encode(&bare, text) = '\0';

    struct addrinfo numeric = {.ai_flags = AI_V4MAPPED};
    if (hints != NULL)
        numeric = *hints;
    numeric.ai_flags = (numeric.ai_flags & ~AI_ADDRCONFIG) | AI_NUMERICHOST;
    return real(text, service, &numeric, result);
}

/* A name that cannot be mapped is nobody's but getaddrinfo's, unless it plainly ends with the
 * domain. */
static bool is_foreign(const char *node, enum v6lit_status status)
{
    struct v6lit_address unused;
    if (status == V6LIT_ERROR_IDN || status == V6LIT_ERROR_LENGTH)
        status = name_decode(node, strlen(node), &unused, NULL);
    return status == V6LIT_ERROR_OUTSIDE;
}

int getaddrinfo_by(getaddrinfo_function *real, const char *node, const char *service,
                   const struct addrinfo *hints, struct addrinfo **result)
{
    struct v6lit_address address;
    if (node == NULL)
        return real(node, service, hints, result);
    enum v6lit_status status = v6lit_decode(node, strlen(node), &address, NULL);
    if (is_foreign(node, status))
        return real(node, service, hints, result);
    if (status != V6LIT_OK)
        return EAI_NONAME;

    uint32_t index;
    status = v6lit_zone_index(&address, &index);
    if (status != V6LIT_OK)
        return status == V6LIT_ERROR_SYSTEM ? EAI_SYSTEM : EAI_NONAME;

    /* A zone in the text would make glibc look for an interface that is *called* by the index. */
    int error = ask_for_numeric(real, &address, service, hints, result);
    if (error != 0)
        return error;
    for (struct addrinfo *ai = *result; ai != NULL; ai = ai->ai_next) {
        if (ai->ai_family == AF_INET6)
            ((struct sockaddr_in6 *)(void *)ai->ai_addr)->sin6_scope_id = index;
    }
    return 0;
}

int v6lit_getaddrinfo(const char *node, const char *service, const struct addrinfo *hints,
                      struct addrinfo **result)
{
    return getaddrinfo_by(getaddrinfo, node, service, hints, result);
}
