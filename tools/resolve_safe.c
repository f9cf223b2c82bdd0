// SPDX-License-Identifier: LGPL-2.1-or-later
#include "resolve_safe.h"

#include "check.h"
#include "nsswitch.h"
#include "replace_file.h"

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

bool resolve_is_safe(const char **why, const char **advice)
{
    *why = "the hosts: line of " NSSWITCH_PATH " does not have \"" NSSWITCH_ENTRY
           "\" before all that asks others";
    *advice = "To put the line right, run 'v6lit enable' as root; see nss-ipv6literal(8).";
    if (!has_good_line())
        return false;
    *why = "the module libnss_ipv6literal.so.2 cannot be loaded";
    *advice = "Install it, and run 'ldconfig' as root; see nss-ipv6literal(8).";
    /* If it cannot be loaded, glibc goes on to the next service. */
    return check_module_loads();
}

#else

bool resolve_is_safe(const char **why, const char **advice)
{
    *why = "this C library has no name service switch";
    *advice = "Use 'v6lit decode' there.";
    return false;
}

#endif
