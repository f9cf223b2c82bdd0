// SPDX-License-Identifier: LGPL-2.1-or-later
#include "resolve_safe.h"

#include "nsswitch.h"
#include "replace_file.h"

#include <dlfcn.h>

#ifdef __GLIBC__

static bool has_good_line(void)
{
    struct replace_file file;
    struct nsswitch hosts;
    bool good = replace_file_read(&file, NSSWITCH_PATH);
    if (good) {
        nsswitch_read(file.text, file.length, &hosts);
        good = hosts.fault.kind == NSSWITCH_NO_FAULT && hosts.entry == NSSWITCH_RIGHT;
    }
    replace_file_free(&file);
    return good;
}

/* As glibc does it: if the module cannot be loaded, glibc goes on to the next service. */
static bool can_load_module(void)
{
    static const char *const functions[] = {
        "_nss_ipv6literal_gethostbyname4_r", "_nss_ipv6literal_gethostbyname3_r",
        "_nss_ipv6literal_gethostbyname2_r", "_nss_ipv6literal_gethostbyname_r"};
    void *module = dlopen("libnss_ipv6literal.so.2", RTLD_NOW | RTLD_LOCAL);
    if (module == NULL)
        return false;
    for (size_t i = 0; i < sizeof functions / sizeof functions[0]; i++) {
        if (dlsym(module, functions[i]) == NULL)
            return false;
    }
    /* It stays: what has been looked at is what glibc then calls. */
    return true;
}

bool resolve_is_safe(const char **why, const char **advice)
{
    *why = "the hosts: line of " NSSWITCH_PATH " does not have \"" NSSWITCH_ENTRY
           "\" before all that asks others";
    *advice = "To put the line right, run 'v6lit enable' as root; see nss-ipv6literal(8).";
    if (!has_good_line())
        return false;
    *why = "the module libnss_ipv6literal.so.2 cannot be loaded";
    *advice = "Install it, and run 'ldconfig' as root; see nss-ipv6literal(8).";
    return can_load_module();
}

#else

bool resolve_is_safe(const char **why, const char **advice)
{
    *why = "this C library has no name service switch";
    *advice = "Use 'v6lit decode' there.";
    return false;
}

#endif
