/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Lines on standard error, each with its priority as in sd-daemon(3). Nothing from the network is
 * in them but addresses.
 */
#ifndef LLMNRD_LOG_H
#define LLMNRD_LOG_H

#include <stddef.h>

__attribute__((format(printf, 2, 3))) void log_line(const char *priority, const char *format, ...);

/* Copies an interface name, which may have any byte, as printable ASCII. */
void log_safe(char *safe, size_t size, const char *name);

#endif
