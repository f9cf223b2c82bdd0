/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The result of a lookup by a name service module, besides its answer. */
#ifndef NSS_COMMON_OUTCOME_H
#define NSS_COMMON_OUTCOME_H

#include <errno.h>
#include <netdb.h>
#include <nss.h>

/* See errno and h_errno in "NSS Modules Interface" of glibc's manual. */
struct outcome {
    enum nss_status status;
    int error;
    int host_error;
};

static const struct outcome answered = {NSS_STATUS_SUCCESS, 0, NETDB_SUCCESS};
static const struct outcome not_ours = {NSS_STATUS_UNAVAIL, ENOENT, HOST_NOT_FOUND};
static const struct outcome no_such_host = {NSS_STATUS_NOTFOUND, ENOENT, HOST_NOT_FOUND};
static const struct outcome no_address = {NSS_STATUS_NOTFOUND, ENOENT, NO_DATA};
static const struct outcome no_such_family = {NSS_STATUS_UNAVAIL, EAFNOSUPPORT, NO_DATA};
/* With any other combination, glibc does not repeat the call with a larger buffer. */
static const struct outcome no_room = {NSS_STATUS_TRYAGAIN, ERANGE, NETDB_INTERNAL};

/* Returns an outcome to glibc. An answer leaves errno, to which errnop points, as it was. */
static inline enum nss_status finish(struct outcome outcome, int *errnop, int *h_errnop)
{
    if (outcome.error != 0)
        *errnop = outcome.error;
    *h_errnop = outcome.host_error;
    return outcome.status;
}

#endif
