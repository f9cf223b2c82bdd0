/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* v6lit encode --format: literal names for files that DNS servers and resolvers read. */
#ifndef TOOLS_CONVERT_RECORDS_H
#define TOOLS_CONVERT_RECORDS_H

/*
 * Reads an address a line from the file, or from standard input if `path` is NULL, and writes a
 * whole file for all of them; or nothing, if a line is bad. Returns the exit status.
 */
int records_run(const char *format, const char *path);

#endif
