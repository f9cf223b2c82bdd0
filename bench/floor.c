// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * libnss_floor.so.2 answers every name with fe80::1%1, as fast as a module can. It does what glibc
 * requires of any module: it copies the name and the answer to the caller's buffer.
 */
#include "nss_common/answer.h"

#include <errno.h>
#include <nss.h>

#pragma GCC visibility push(default)
enum nss_status _nss_floor_gethostbyname4_r(const char *name, struct gaih_addrtuple **pat,
                                            char *buffer, size_t buflen, int *errnop, int *h_errnop,
                                            int32_t *ttlp);
#pragma GCC visibility pop

enum nss_status _nss_floor_gethostbyname4_r(const char *name, struct gaih_addrtuple **pat,
                                            char *buffer, size_t buflen, int *errnop, int *h_errnop,
                                            int32_t *ttlp)
{
    static const struct answer_address address = {
        .family = AF_INET6, .scope_id = 1, .ipv6 = {{{0xfe, 0x80, [15] = 1}}}};
    if (!answer_tuples(name, &address, 1, pat, buffer, buflen)) {
        *errnop = ERANGE;
        *h_errnop = NETDB_INTERNAL;
        return NSS_STATUS_TRYAGAIN;
    }
    if (ttlp != NULL)
        *ttlp = 0;
    *h_errnop = NETDB_SUCCESS;
    return NSS_STATUS_SUCCESS;
}
