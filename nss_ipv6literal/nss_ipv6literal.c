// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * libnss_ipv6literal.so.2: literal names for every program that calls getaddrinfo.
 *
 * It runs inside other people's processes, including set-uid and sandboxed ones. So it has no
 * state, uses no memory but the caller's, and makes no system call except to look up an interface
 * that a name contains. glibc's manual, "NSS Modules Interface", has the contract. These choices
 * are ours:
 *
 * A name outside the domain is UNAVAIL, and any other without an answer NOTFOUND. So "ipv6literal
 * [NOTFOUND=return]" in nsswitch.conf keeps every literal name from DNS, and no other.
 *
 * There is one address, never two: glibc opens sockets to sort two.
 *
 * There is no reverse lookup: before "dns" in the hosts: line it would capture all addresses.
 */
#include "nss_ipv6literal/nss_ipv6literal.h"

#include "libv6lit/name.h"
#include "nss_common/answer.h"
#include "nss_common/outcome.h"

#include <string.h>

static struct outcome look_up(const char *name, struct v6lit_address *address, uint32_t *scope_id)
{
    enum v6lit_status status = name_decode(name, strlen(name), NAME_ANY, address, NULL);
    if (status == V6LIT_ERROR_NOT_A_LITERAL_NAME)
        return not_ours;
    if (status != V6LIT_OK || v6lit_zone_index(address, scope_id) != V6LIT_OK)
        return no_such_host;
    return answered;
}

static struct outcome find_tuple(const char *name, struct gaih_addrtuple **result, char *buffer,
                                 size_t size)
{
    struct v6lit_address found;
    uint32_t scope_id;
    struct outcome outcome = look_up(name, &found, &scope_id);
    if (outcome.status != NSS_STATUS_SUCCESS)
        return outcome;

    const struct answer_address address = {AF_INET6, scope_id, .ipv6 = found.address};
    if (!answer_tuples(name, &address, 1, result, buffer, size))
        return no_room;
    return answered;
}

static struct outcome find_hostent(const char *name, int family, struct hostent *result,
                                   char *buffer, size_t size)
{
    struct v6lit_address found;
    uint32_t scope_id;
    struct outcome outcome = look_up(name, &found, &scope_id);
    if (outcome.status != NSS_STATUS_SUCCESS)
        return outcome;

    /* A mapped address is an IPv4 address for AF_INET, as it is in numeric text. */
    struct answer_address address = {AF_INET6, scope_id, .ipv6 = found.address};
    if (family == AF_INET) {
        if (!IN6_IS_ADDR_V4MAPPED(&found.address))
            return no_address;
        address.family = AF_INET;
        memcpy(&address.ipv4, found.address.s6_addr + 12, sizeof address.ipv4);
    } else if (family != AF_INET6 && family != AF_UNSPEC) {
        return no_such_family;
    }
    if (!answer_hostent(name, address.family, &address, 1, result, buffer, size))
        return no_room;
    return answered;
}

/* For AF_UNSPEC: the only entry point whose answer has a zone. */
enum nss_status _nss_ipv6literal_gethostbyname4_r(const char *name, struct gaih_addrtuple **pat,
                                                  char *buffer, size_t buflen, int *errnop,
                                                  int *h_errnop, int32_t *ttlp)
{
    struct outcome outcome = find_tuple(name, pat, buffer, buflen);
    if (outcome.status == NSS_STATUS_SUCCESS && ttlp != NULL)
        *ttlp = 0; /* otherwise nscd caches the answer even if the interface gets another index */
    return finish(outcome, errnop, h_errnop);
}

/* For one family with AI_CANONNAME. */
enum nss_status _nss_ipv6literal_gethostbyname3_r(const char *name, int af, struct hostent *result,
                                                  char *buffer, size_t buflen, int *errnop,
                                                  int *h_errnop, int32_t *ttlp, char **canonp)
{
    struct outcome outcome = find_hostent(name, af, result, buffer, buflen);
    if (outcome.status == NSS_STATUS_SUCCESS && ttlp != NULL)
        *ttlp = 0;
    if (outcome.status == NSS_STATUS_SUCCESS && canonp != NULL)
        *canonp = result->h_name; /* without one nscd asks DNS for the reverse name */
    return finish(outcome, errnop, h_errnop);
}

/* For one family. */
enum nss_status _nss_ipv6literal_gethostbyname2_r(const char *name, int af, struct hostent *result,
                                                  char *buffer, size_t buflen, int *errnop,
                                                  int *h_errnop)
{
    return finish(find_hostent(name, af, result, buffer, buflen), errnop, h_errnop);
}

/* For gethostbyname(3), which is IPv4 alone. */
enum nss_status _nss_ipv6literal_gethostbyname_r(const char *name, struct hostent *result,
                                                 char *buffer, size_t buflen, int *errnop,
                                                 int *h_errnop)
{
    return finish(find_hostent(name, AF_INET, result, buffer, buflen), errnop, h_errnop);
}
