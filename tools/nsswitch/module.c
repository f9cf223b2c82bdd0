// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tools/nsswitch/module.h"

#include <string.h> /* for __GLIBC__, too */

#ifdef __GLIBC__

#include <dlfcn.h>
#include <netdb.h>
#include <netinet/in.h>
#include <nss.h>
#include <stdint.h>

typedef enum nss_status find_tuple(const char *, struct gaih_addrtuple **, char *, size_t, int *,
                                   int *, int32_t *);
typedef enum nss_status find_canonical(const char *, int, struct hostent *, char *, size_t, int *,
                                       int *, int32_t *, char **);
typedef enum nss_status find_family(const char *, int, struct hostent *, char *, size_t, int *,
                                    int *);
typedef enum nss_status find_ipv4(const char *, struct hostent *, char *, size_t, int *, int *);

struct module {
    find_tuple *tuple;
    find_canonical *canonical;
    find_family *family;
    find_ipv4 *ipv4;
};

/*
 * Returns NULL, or what is wrong. The module stays loaded, so that glibc calls what has been
 * checked.
 */
static const char *load(struct module *module)
{
    void *handle = dlopen(MODULE_FILE, RTLD_NOW | RTLD_LOCAL);
    if (handle == NULL)
        return dlerror();
    module->tuple = (find_tuple *)dlsym(handle, "_nss_ipv6literal_gethostbyname4_r");
    module->canonical = (find_canonical *)dlsym(handle, "_nss_ipv6literal_gethostbyname3_r");
    module->family = (find_family *)dlsym(handle, "_nss_ipv6literal_gethostbyname2_r");
    module->ipv4 = (find_ipv4 *)dlsym(handle, "_nss_ipv6literal_gethostbyname_r");
    if (module->tuple == NULL || module->canonical == NULL || module->family == NULL ||
        module->ipv4 == NULL)
        return "one of its four functions is missing";
    return NULL;
}

const char *module_fault(void)
{
    struct module module;
    return load(&module);
}

/* The answer of an entry point. */
struct answer {
    union {
        char bytes[1024];
        struct gaih_addrtuple alignment;
    } memory;
    int error;
    int host_error;
};

static bool is_address(const struct hostent *host, int family, const void *address, size_t length)
{
    return host->h_addrtype == family && host->h_addr_list[0] != NULL &&
           host->h_addr_list[1] == NULL && memcmp(host->h_addr_list[0], address, length) == 0;
}

/* Whether each entry point answers names of its own, and passes on all others. */
static bool answers(const struct module *module)
{
    static const struct in6_addr link_local = {{{0xfe, 0x80, [15] = 1}}};
    static const char name[] = "fe80--1s7.ipv6-literal.net";
    struct answer answer = {0};
    struct gaih_addrtuple *tuple = NULL;
    struct hostent host = {0};
    char *bytes = answer.memory.bytes;
    size_t size = sizeof answer.memory.bytes;

    /* `load` has found it: dlerror is not NULL after a dlopen that failed. */
    /* NOLINTNEXTLINE(clang-analyzer-core.CallAndMessage) */
    if (module->tuple(name, &tuple, bytes, size, &answer.error, &answer.host_error, NULL) !=
            NSS_STATUS_SUCCESS ||
        tuple == NULL || tuple->family != AF_INET6 || tuple->scopeid != 7 ||
        memcmp(tuple->addr, &link_local, sizeof link_local) != 0)
        return false;
    if (module->family(name, AF_INET6, &host, bytes, size, &answer.error, &answer.host_error) !=
            NSS_STATUS_SUCCESS ||
        !is_address(&host, AF_INET6, &link_local, sizeof link_local))
        return false;
    if (module->canonical(name, AF_INET6, &host, bytes, size, &answer.error, &answer.host_error,
                          NULL, NULL) != NSS_STATUS_SUCCESS ||
        !is_address(&host, AF_INET6, &link_local, sizeof link_local))
        return false;
    if (module->ipv4(name, &host, bytes, size, &answer.error, &answer.host_error) !=
        NSS_STATUS_NOTFOUND)
        return false;
    return module->tuple("www.example.com", &tuple, bytes, size, &answer.error, &answer.host_error,
                         NULL) == NSS_STATUS_UNAVAIL;
}

bool module_answers(void)
{
    struct module module;
    return load(&module) == NULL && answers(&module);
}

#else

const char *module_fault(void)
{
    return "this C library has no Name Service Switch";
}

bool module_answers(void)
{
    return false;
}

#endif
