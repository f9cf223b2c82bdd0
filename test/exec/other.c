// SPDX-License-Identifier: LGPL-2.1-or-later
/* A getaddrinfo of another preloaded library: prints its argument, and calls the next one. */
#include <dlfcn.h>
#include <netdb.h>
#include <stdio.h>

typedef int getaddrinfo_function(const char *node, const char *service,
                                 const struct addrinfo *hints, struct addrinfo **result);

__attribute__((visibility("default"))) int getaddrinfo(const char *restrict node,
                                                       const char *restrict service,
                                                       const struct addrinfo *restrict hints,
                                                       struct addrinfo **restrict result)
{
    fprintf(stderr, "asked for %s\n", node == NULL ? "nothing" : node);
    getaddrinfo_function *next = (getaddrinfo_function *)dlsym(RTLD_NEXT, "getaddrinfo");
    return next == NULL ? EAI_FAIL : next(node, service, hints, result);
}
