/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The entry points that glibc looks up by their names. */
#ifndef NSS_IPV6LITERAL_NSS_IPV6LITERAL_H
#define NSS_IPV6LITERAL_NSS_IPV6LITERAL_H

#include <netdb.h>
#include <nss.h>
#include <stddef.h>
#include <stdint.h>

#pragma GCC visibility push(default)
/* glibc before 2.32 has no declarations for modules to check themselves against. */
#ifdef NSS_DECLARE_MODULE_FUNCTIONS
NSS_DECLARE_MODULE_FUNCTIONS(ipv6literal)
#else
enum nss_status _nss_ipv6literal_gethostbyname4_r(const char *, struct gaih_addrtuple **, char *,
                                                  size_t, int *, int *, int32_t *);
enum nss_status _nss_ipv6literal_gethostbyname3_r(const char *, int, struct hostent *, char *,
                                                  size_t, int *, int *, int32_t *, char **);
enum nss_status _nss_ipv6literal_gethostbyname2_r(const char *, int, struct hostent *, char *,
                                                  size_t, int *, int *);
enum nss_status _nss_ipv6literal_gethostbyname_r(const char *, struct hostent *, char *, size_t,
                                                 int *, int *);
#endif
#pragma GCC visibility pop

#endif
