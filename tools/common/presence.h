/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TOOLS_COMMON_PRESENCE_H
#define TOOLS_COMMON_PRESENCE_H

/* Whether something exists. If that is unknown, errno has the reason. */
enum presence { PRESENCE_NO, PRESENCE_YES, PRESENCE_UNKNOWN };

#endif
