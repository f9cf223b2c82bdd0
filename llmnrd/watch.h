/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What happens on the machine that the responder follows: interfaces and addresses, the host name,
 * sleep. */
#ifndef LLMNRD_WATCH_H
#define LLMNRD_WATCH_H

#include "llmnrd/responder.h"

/* From now on. Returns 0, or the error number of what failed; without /proc, only the host name is
 * not followed, which is said. */
int watch_start(struct responder *responder);

#endif
