/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The NSS module of the build directory, and its entry points as glibc calls them. */
#ifndef TEST_MODULE_MODULE_H
#define TEST_MODULE_MODULE_H

#include "test/tap.h"

#include <dlfcn.h>
#include <netdb.h>
#include <nss.h>
#include <stddef.h>
#include <stdint.h>

#define MODULE_PATH "./.libs/libnss_ipv6literal.so.2"
#define DOMAIN ".ipv6-literal.net"

struct module {
    void *handle;
    enum nss_status (*name4)(const char *name, struct gaih_addrtuple **pat, char *buffer,
                             size_t buflen, int *errnop, int *h_errnop, int32_t *ttlp);
    enum nss_status (*name3)(const char *name, int af, struct hostent *result, char *buffer,
                             size_t buflen, int *errnop, int *h_errnop, int32_t *ttlp,
                             char **canonp);
    enum nss_status (*name2)(const char *name, int af, struct hostent *result, char *buffer,
                             size_t buflen, int *errnop, int *h_errnop);
    enum nss_status (*name1)(const char *name, struct hostent *result, char *buffer, size_t buflen,
                             int *errnop, int *h_errnop);
};

static inline void *module_symbol(void *handle, const char *name)
{
    void *symbol = dlsym(handle, name);
    if (symbol == NULL)
        bail_out(name);
    return symbol;
}

/*
 * Once it is loaded from here, the loader knows it by its SONAME, and so it is also what
 * getaddrinfo gets when it asks for "libnss_ipv6literal.so.2".
 */
static inline struct module load_module(void)
{
    struct module module = {.handle = dlopen(MODULE_PATH, RTLD_NOW | RTLD_LOCAL)};
    if (module.handle == NULL)
        bail_out(dlerror());
    *(void **)&module.name4 = module_symbol(module.handle, "_nss_ipv6literal_gethostbyname4_r");
    *(void **)&module.name3 = module_symbol(module.handle, "_nss_ipv6literal_gethostbyname3_r");
    *(void **)&module.name2 = module_symbol(module.handle, "_nss_ipv6literal_gethostbyname2_r");
    *(void **)&module.name1 = module_symbol(module.handle, "_nss_ipv6literal_gethostbyname_r");
    return module;
}

#endif
