/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The events on the machine that the responder follows: interfaces and addresses, the host name,
 * suspend.
 */
#ifndef LLMNRD_WATCH_H
#define LLMNRD_WATCH_H

#include "llmnrd/responder.h"

/*
 * Starts to watch. Returns 0, or the error number of what failed; without /proc, only the host name
 * is not watched, which is logged.
 */
int watch_start(struct responder *responder);

#endif
