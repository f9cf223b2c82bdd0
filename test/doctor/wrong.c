// SPDX-License-Identifier: LGPL-2.1-or-later
/* A faulty libnss_ipv6literal.so.2, which returns fe80::1 without a zone. */
#include <netdb.h>
#include <netinet/in.h>
#include <nss.h>
#include <stdint.h>
#include <string.h>

#define EXPORTED __attribute__((visibility("default")))

EXPORTED enum nss_status _nss_ipv6literal_gethostbyname4_r(const char *name,
                                                           struct gaih_addrtuple **pat,
                                                           char *buffer, size_t size, int *error,
                                                           int *host_error, int32_t *ttl);
EXPORTED enum nss_status _nss_ipv6literal_gethostbyname3_r(const char *name, int family,
                                                           struct hostent *host, char *buffer,
                                                           size_t size, int *error, int *host_error,
                                                           int32_t *ttl, char **canonical);
EXPORTED enum nss_status _nss_ipv6literal_gethostbyname2_r(const char *name, int family,
                                                           struct hostent *host, char *buffer,
                                                           size_t size, int *error,
                                                           int *host_error);
EXPORTED enum nss_status _nss_ipv6literal_gethostbyname_r(const char *name, struct hostent *host,
                                                          char *buffer, size_t size, int *error,
                                                          int *host_error);

static struct in6_addr link_local = {{{0xfe, 0x80, [15] = 1}}};

enum nss_status _nss_ipv6literal_gethostbyname4_r(const char *name, struct gaih_addrtuple **pat,
                                                  char *buffer, size_t size, int *error,
                                                  int *host_error, int32_t *ttl)
{
    static struct gaih_addrtuple tuple = {.family = AF_INET6};
    (void)buffer, (void)size, (void)error, (void)host_error, (void)ttl;
    if (strncmp(name, "fe80", 4) != 0)
        return NSS_STATUS_UNAVAIL;
    memcpy(tuple.addr, &link_local, sizeof link_local);
    *pat = &tuple;
    return NSS_STATUS_SUCCESS;
}

enum nss_status _nss_ipv6literal_gethostbyname3_r(const char *name, int family,
                                                  struct hostent *host, char *buffer, size_t size,
                                                  int *error, int *host_error, int32_t *ttl,
                                                  char **canonical)
{
    static char *addresses[] = {(char *)&link_local, NULL};
    (void)name, (void)buffer, (void)size, (void)error, (void)host_error, (void)ttl;
    (void)canonical;
    host->h_addrtype = family;
    host->h_addr_list = addresses;
    return NSS_STATUS_SUCCESS;
}

enum nss_status _nss_ipv6literal_gethostbyname2_r(const char *name, int family,
                                                  struct hostent *host, char *buffer, size_t size,
                                                  int *error, int *host_error)
{
    return _nss_ipv6literal_gethostbyname3_r(name, family, host, buffer, size, error, host_error,
                                             NULL, NULL);
}

enum nss_status _nss_ipv6literal_gethostbyname_r(const char *name, struct hostent *host,
                                                 char *buffer, size_t size, int *error,
                                                 int *host_error)
{
    (void)name, (void)host, (void)buffer, (void)size, (void)error, (void)host_error;
    return NSS_STATUS_NOTFOUND;
}
