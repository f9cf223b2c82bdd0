// SPDX-License-Identifier: LGPL-2.1-or-later
/* A libnss_ipv6literal.so.2 that has the four functions and answers nothing. */
#include <netdb.h>
#include <nss.h>
#include <stdint.h>

#define WRONG(name)                                                                                \
    __attribute__((visibility("default"))) enum nss_status name(void);                             \
    enum nss_status name(void)                                                                     \
    {                                                                                              \
        return NSS_STATUS_UNAVAIL;                                                                 \
    }

WRONG(_nss_ipv6literal_gethostbyname4_r)
WRONG(_nss_ipv6literal_gethostbyname3_r)
WRONG(_nss_ipv6literal_gethostbyname2_r)
WRONG(_nss_ipv6literal_gethostbyname_r)
