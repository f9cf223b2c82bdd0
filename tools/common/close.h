/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TOOLS_COMMON_CLOSE_H
#define TOOLS_COMMON_CLOSE_H

#include <errno.h>
#include <unistd.h>

/* So that a caller learns of the error before it. */
static inline void close_and_keep_errno(int fd)
{
    int saved = errno;
    close(fd);
    errno = saved;
}

#endif
