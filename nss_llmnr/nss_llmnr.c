// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * libnss_llmnr.so.2: hosts on the same link by their single-label names, for every program that
 * calls getaddrinfo.
 *
 * It runs inside other people's processes: it starts no thread, uses no signal, takes no memory but
 * the caller's, and leaves no descriptor open. In a program that runs with the rights of another
 * user it sends nothing. The contract with glibc is in its manual, "NSS Modules Interface"; these
 * choices are ours:
 *
 *   UNAVAIL for what no host is asked for, and then nothing is sent; NOTFOUND when nobody replies.
 *
 *   Reverse lookups for addresses on a link alone: after "dns" the module sees all others, too.
 */
#include "nss_llmnr/nss_llmnr.h"

#include "llmnr/host.h"
#include "nss_common/answer.h"
#include "nss_common/outcome.h"

#include <stdbool.h>
#include <string.h>

static struct outcome outcome_of(enum host_status status, const struct host_result *result)
{
    switch (status) {
    case HOST_FOUND:
        return answered;
    case HOST_NOT_ASKED:
        return not_ours;
    case HOST_SILENT:
        return no_such_host;
    case HOST_NO_ADDRESS:
        return no_address;
    case HOST_FAILED:
        break;
    }
    bool is_short = result->error == EMFILE || result->error == ENFILE || result->error == ENOMEM ||
                    result->error == ENOBUFS;
    return (struct outcome){NSS_STATUS_UNAVAIL, result->error,
                            is_short ? NETDB_INTERNAL : HOST_NOT_FOUND};
}

/*
 * Returns an outcome to glibc, which uses the result of the last service. The service before, which
 * is DNS, may have failed, or have found the name without such an address. Silence on the link does
 * not turn that into a name that does not exist.
 */
static enum nss_status finish_last(struct outcome outcome, int *errnop, int *h_errnop)
{
    if (outcome.host_error == HOST_NOT_FOUND && (*h_errnop == TRY_AGAIN || *h_errnop == NO_DATA)) {
        if (*h_errnop == TRY_AGAIN)
            outcome.status = NSS_STATUS_UNAVAIL;
        outcome.host_error = *h_errnop;
    }
    return finish(outcome, errnop, h_errnop);
}

static struct outcome find_tuples(const char *name, struct host_result *found,
                                  struct gaih_addrtuple **result, char *buffer, size_t size)
{
    enum host_status status = host_find(name, AF_UNSPEC, found);
    if (status == HOST_FOUND &&
        !answer_tuples(name, found->addresses, found->count, result, buffer, size))
        return no_room;
    return outcome_of(status, found);
}

/*
 * The result has no zone, so link-local addresses, which few callers can use without one, go last.
 */
static void put_link_local_last(struct host_result *found)
{
    struct answer_address scoped[HOST_ADDRESSES_MAX];
    size_t scoped_count = 0;
    size_t kept = 0;
    for (size_t i = 0; i < found->count; i++) {
        if (found->addresses[i].scope_id != 0)
            scoped[scoped_count++] = found->addresses[i];
        else
            found->addresses[kept++] = found->addresses[i];
    }
    memcpy(&found->addresses[kept], scoped, scoped_count * sizeof scoped[0]);
}

static struct outcome find_hostent(const char *name, int family, struct host_result *found,
                                   struct hostent *result, char *buffer, size_t size)
{
    if (family == AF_UNSPEC)
        family = AF_INET6;
    if (family != AF_INET && family != AF_INET6)
        return no_such_family;
    enum host_status status = host_find(name, family, found);
    if (status != HOST_FOUND)
        return outcome_of(status, found);
    put_link_local_last(found);
    if (!answer_hostent(name, family, found->addresses, found->count, result, buffer, size))
        return no_room;
    return answered;
}

static struct outcome find_name(const void *address, socklen_t length, int family,
                                struct host_result *found, struct hostent *result, char *buffer,
                                size_t size)
{
    struct answer_address asked = {.family = family};
    if (family == AF_INET && length == sizeof asked.ipv4)
        memcpy(&asked.ipv4, address, sizeof asked.ipv4);
    else if (family == AF_INET6 && length == sizeof asked.ipv6)
        memcpy(&asked.ipv6, address, sizeof asked.ipv6);
    else
        return no_such_family;
    enum host_status status = host_find_name(family, &asked.ipv6, found);
    if (status == HOST_FOUND &&
        !answer_hostent(found->name, family, &asked, 1, result, buffer, size))
        return no_room;
    return outcome_of(status, found);
}

/* Tells nscd how long an answer is valid. */
static void set_ttl(struct outcome outcome, const struct host_result *found, int32_t *ttl)
{
    if (outcome.status == NSS_STATUS_SUCCESS && ttl != NULL)
        *ttl = (int32_t)found->ttl;
}

/* For AF_UNSPEC: the only entry point whose answer has a zone. */
enum nss_status _nss_llmnr_gethostbyname4_r(const char *name, struct gaih_addrtuple **pat,
                                            char *buffer, size_t buflen, int *errnop, int *h_errnop,
                                            int32_t *ttlp)
{
    struct host_result found;
    struct outcome outcome = find_tuples(name, &found, pat, buffer, buflen);
    set_ttl(outcome, &found, ttlp);
    return finish_last(outcome, errnop, h_errnop);
}

/* For one family with AI_CANONNAME. */
enum nss_status _nss_llmnr_gethostbyname3_r(const char *name, int af, struct hostent *result,
                                            char *buffer, size_t buflen, int *errnop, int *h_errnop,
                                            int32_t *ttlp, char **canonp)
{
    struct host_result found;
    struct outcome outcome = find_hostent(name, af, &found, result, buffer, buflen);
    set_ttl(outcome, &found, ttlp);
    if (outcome.status == NSS_STATUS_SUCCESS && canonp != NULL)
        *canonp = result->h_name; /* without one nscd asks DNS for the reverse name */
    return finish_last(outcome, errnop, h_errnop);
}

/* For one family. */
enum nss_status _nss_llmnr_gethostbyname2_r(const char *name, int af, struct hostent *result,
                                            char *buffer, size_t buflen, int *errnop, int *h_errnop)
{
    struct host_result found;
    return finish_last(find_hostent(name, af, &found, result, buffer, buflen), errnop, h_errnop);
}

/* For gethostbyname(3), which is IPv4 alone. */
enum nss_status _nss_llmnr_gethostbyname_r(const char *name, struct hostent *result, char *buffer,
                                           size_t buflen, int *errnop, int *h_errnop)
{
    struct host_result found;
    return finish_last(find_hostent(name, AF_INET, &found, result, buffer, buflen), errnop,
                       h_errnop);
}

/* For getnameinfo(3) in nscd. */
enum nss_status _nss_llmnr_gethostbyaddr2_r(const void *addr, socklen_t len, int af,
                                            struct hostent *result, char *buffer, size_t buflen,
                                            int *errnop, int *h_errnop, int32_t *ttlp)
{
    struct host_result found;
    struct outcome outcome = find_name(addr, len, af, &found, result, buffer, buflen);
    set_ttl(outcome, &found, ttlp);
    return finish_last(outcome, errnop, h_errnop);
}

/* For getnameinfo(3) and gethostbyaddr(3). */
enum nss_status _nss_llmnr_gethostbyaddr_r(const void *addr, socklen_t len, int af,
                                           struct hostent *result, char *buffer, size_t buflen,
                                           int *errnop, int *h_errnop)
{
    struct host_result found;
    return finish_last(find_name(addr, len, af, &found, result, buffer, buflen), errnop, h_errnop);
}
