// SPDX-License-Identifier: LGPL-2.1-or-later
/* v6lit llmnr in a build without the kernel's headers. */
#include "tools/common/command.h"

int command_llmnr(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    return command_usage_error("", "this v6lit was built without the kernel's headers: no llmnr");
}
