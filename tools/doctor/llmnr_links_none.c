// SPDX-License-Identifier: LGPL-2.1-or-later
/* For a build without the kernel's headers, and so without LLMNR. */
#include "llmnr/describe.h"
#include "tools/doctor/check.h"

#include <errno.h>

void check_llmnr_links(struct check_report *report)
{
    check_says(report, CHECK_NOT_HERE, "v6lit was built without LLMNR");
}

int describe_families(struct families *families)
{
    (void)families;
    return ENOSYS;
}
