// SPDX-License-Identifier: LGPL-2.1-or-later
/* A getaddrinfo that LD_PRELOAD puts before libc's; v6lit exec does that. */
#include "libv6lit/v6lit.h"

#include <dlfcn.h>
#include <errno.h>
#include <netdb.h>
#include <stdatomic.h>
#include <stddef.h>

/*
 * The getaddrinfo that the program would have without this library: libc's, or that of a library
 * which is preloaded after this one. It is looked up by the first call and not by a constructor,
 * because most programs that inherit LD_PRELOAD never call it. Two threads that look it up at once
 * find the same one.
 */
static v6lit_getaddrinfo_function *find_next(void)
{
    static _Atomic(v6lit_getaddrinfo_function *) found;
    v6lit_getaddrinfo_function *next = atomic_load(&found);
    if (next == NULL) {
        next = (v6lit_getaddrinfo_function *)dlsym(RTLD_NEXT, "getaddrinfo");
        atomic_store(&found, next);
    }
    return next;
}

__attribute__((visibility("default"))) int getaddrinfo(const char *restrict node,
                                                       const char *restrict service,
                                                       const struct addrinfo *restrict hints,
                                                       struct addrinfo **restrict result)
{
    v6lit_getaddrinfo_function *next = find_next();
    if (next == NULL) {
        errno = ENOSYS;
        return EAI_SYSTEM;
    }
    return v6lit_getaddrinfo_with(next, node, service, hints, result);
}
