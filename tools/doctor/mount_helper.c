// SPDX-License-Identifier: LGPL-2.1-or-later
/* mount.v6lit, in the directory where mount(8) expects it. */
#include "tools/doctor/check.h"

#include <errno.h>
#include <mntent.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define HELPER "/sbin/mount.v6lit"

/* Whether a line of fstab has the type v6lit. */
static bool is_needed(void)
{
    FILE *fstab = setmntent("/etc/fstab", "re");
    bool is_found = false;
    if (fstab == NULL)
        return false;
    for (struct mntent *entry; !is_found && (entry = getmntent(fstab)) != NULL;)
        is_found = strcmp(entry->mnt_type, "v6lit") == 0;
    endmntent(fstab);
    return is_found;
}

void check_cifs_mount(struct check_report *report)
{
    if (check_program("mount.cifs") != PRESENCE_YES) {
        check_says(report, CHECK_NOT_HERE, "mount.cifs is not installed");
        return;
    }
    if (access(HELPER, X_OK) == 0) {
        check_says(report, CHECK_OK, HELPER " is installed, so 'mount -t v6lit' works");
        return;
    }
    int error = errno;
    check_says(report, is_needed() ? CHECK_FINDING : CHECK_NOTE,
               "'mount -t v6lit' does not work: " HELPER ": %s", strerror(error));
    check_advises(
        report, "Reinstall v6lit (Debian: apt-get install --reinstall v6lit-tools), or link " HELPER
                " to mount.v6lit.");
}
