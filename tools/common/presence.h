/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TOOLS_COMMON_PRESENCE_H
#define TOOLS_COMMON_PRESENCE_H

/* Whether something is there; if that cannot be found out, errno says why. */
enum presence { PRESENCE_NO, PRESENCE_YES, PRESENCE_UNKNOWN };

#endif
