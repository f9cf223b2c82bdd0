// SPDX-License-Identifier: LGPL-2.1-or-later
/* In a build without the kernel's headers, and so without LLMNR. */
#include "tools/doctor/check.h"

void check_llmnr_links(struct check_report *report)
{
    check_says(report, CHECK_NOT_HERE, "this v6lit was built without LLMNR");
}
