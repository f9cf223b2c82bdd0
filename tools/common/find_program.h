/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TOOLS_COMMON_FIND_PROGRAM_H
#define TOOLS_COMMON_FIND_PROGRAM_H

/*
 * Finds the file that execvp would run for a command. Returns its path, which contains a slash and
 * is to be freed, or NULL with errno: ENOENT or ENOTDIR if there is no such file, else the reason
 * why it cannot be run.
 */
char *find_program(const char *name);

#endif
