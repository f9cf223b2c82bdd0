/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Caller state that a lookup must restore. */
#ifndef LIBV6LIT_GUARD_H
#define LIBV6LIT_GUARD_H

#include <errno.h>
#include <pthread.h>

struct guard {
    int error;
    int cancel;
};

/*
 * A thread that is cancelled in close, poll or recvmsg would leave its sockets open, so
 * cancellation waits.
 */
static inline struct guard guard_begin(void)
{
    struct guard guard = {.error = errno};
    pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &guard.cancel);
    return guard;
}

static inline void guard_end(struct guard guard)
{
    pthread_setcancelstate(guard.cancel, NULL);
    errno = guard.error;
}

#endif
