// SPDX-License-Identifier: LGPL-2.1-or-later
#include "libv6lit/getaddrinfo.h"

#include "libv6lit/idn.h"
#include "libv6lit/name.h"

#include <stdbool.h>
#include <string.h>

enum { DEFAULT_FLAGS = AI_V4MAPPED | AI_ADDRCONFIG }; /* without hints, as in glibc */

/* The caller's hints for the numeric form: no query, and a name of its own. */
static struct addrinfo numeric_hints(const struct addrinfo *hints)
{
    struct addrinfo numeric = {.ai_flags = DEFAULT_FLAGS};
    if (hints != NULL)
        numeric = *hints;
    numeric.ai_flags = (numeric.ai_flags & ~(AI_ADDRCONFIG | AI_CANONNAME)) | AI_NUMERICHOST;
    return numeric;
}

/*
 * A name without an answer: EAI_NONAME, unless getaddrinfo finds fault with the other arguments. A
 * colon is neither an address nor a host name, whoever stands in the place of getaddrinfo.
 */
static int refuse(getaddrinfo_function *real, const char *service, const struct addrinfo *hints,
                  struct addrinfo **result)
{
    struct addrinfo numeric = numeric_hints(hints);
    return real(":", service, &numeric, result);
}

/* Asks for the bare address: glibc would look for an interface that is *called* by the index. */
static int ask_for_numeric(getaddrinfo_function *real, const struct v6lit_address *address,
                           const char *service, const struct addrinfo *hints,
                           struct addrinfo **result)
{
    struct v6lit_address bare = {.address = address->address};
    char text[V6LIT_ADDRESS_MAX + 1];
    *twin_encode(&bare, text) = '\0';

    struct addrinfo numeric = numeric_hints(hints);
    int error = real(text, service, &numeric, result);
    /* The word for it through NSS: the host is there and has no such address. */
    return error == EAI_ADDRFAMILY ? EAI_NODATA : error;
}

/* The name for ai_canonname, which freeaddrinfo frees: as given, in ASCII as with AI_IDN. */
static char *copy_name(const char *node)
{
    struct idn_text mapped;
    size_t length = strlen(node);
    if (!idn_is_ascii(node, length) && idn_map(node, length, &mapped) == V6LIT_OK)
        return strndup(mapped.bytes, mapped.length);
    return strdup(node);
}

/* Makes the answer for the numeric form one for the name. Returns false if memory is short. */
static bool rename_answer(struct addrinfo *answer, const char *node, int flags, uint32_t index)
{
    if ((flags & AI_CANONNAME) != 0) {
        answer->ai_canonname = copy_name(node);
        if (answer->ai_canonname == NULL)
            return false;
    }
    for (struct addrinfo *ai = answer; ai != NULL; ai = ai->ai_next) {
        ai->ai_flags = flags;
        if (ai->ai_family == AF_INET6)
            ((struct sockaddr_in6 *)(void *)ai->ai_addr)->sin6_scope_id = index;
    }
    return true;
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
    int flags = hints == NULL ? DEFAULT_FLAGS : hints->ai_flags;
    if (status != V6LIT_OK || (flags & AI_NUMERICHOST) != 0)
        return refuse(real, service, hints, result);

    uint32_t index;
    status = v6lit_zone_index(&address, &index);
    if (status == V6LIT_ERROR_SYSTEM)
        return EAI_SYSTEM;
    if (status != V6LIT_OK)
        return refuse(real, service, hints, result);

    struct addrinfo *answer;
    int error = ask_for_numeric(real, &address, service, hints, &answer);
    if (error != 0)
        return error;
    if (!rename_answer(answer, node, flags, index)) {
        freeaddrinfo(answer);
        return EAI_MEMORY;
    }
    *result = answer;
    return 0;
}

int v6lit_getaddrinfo(const char *node, const char *service, const struct addrinfo *hints,
                      struct addrinfo **result)
{
    return getaddrinfo_by(getaddrinfo, node, service, hints, result);
}
