// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tools/resolve/resolve_safe.h"

#include "tools/nsswitch/module.h"
#include "tools/nsswitch/nsswitch.h"
#include "tools/nsswitch/replace_file.h"

#include <errno.h>
#include <stdio.h>

#ifdef __GLIBC__

/* Returns NULL, or what is wrong with the line: a constant text, or one in `reason`. */
static const char *line_fault(char *reason, size_t size)
{
    static struct replace_file file;
    struct nsswitch hosts;
    const char *fault = NULL;
    bool is_read = replace_file_read(&file, NSSWITCH_PATH);
    if (!is_read && errno != ENOENT) {
        replace_file_say(&file, reason, size);
        fault = reason;
    } else {
        if (is_read)
            nsswitch_read(file.text, file.length, &hosts);
        if (!is_read || hosts.fault.kind != NSSWITCH_NO_FAULT || hosts.entry != NSSWITCH_RIGHT)
            fault = "the hosts: line of " NSSWITCH_PATH " does not have \"" NSSWITCH_ENTRY
                    "\" before every service that queries the network";
    }
    replace_file_free(&file);
    return fault;
}

bool resolve_is_safe(const char **why, const char **advice)
{
    static char reason[512];
    *advice = "Run 'v6lit enable' as root to fix the line; see nss-ipv6literal(8).";
    *why = line_fault(reason, sizeof reason);
    if (*why != NULL)
        return false;
    *advice = "Install it, and run 'ldconfig' as root; see nss-ipv6literal(8).";
    /* If the module cannot be loaded, glibc goes on to the next service. */
    const char *fault = module_fault();
    if (fault == NULL)
        return true;
    snprintf(reason, sizeof reason, "cannot load the module: %s", fault);
    *why = reason;
    return false;
}

#else

bool resolve_is_safe(const char **why, const char **advice)
{
    *why = "this C library has no Name Service Switch";
    *advice = "Use 'v6lit decode' there.";
    return false;
}

#endif
