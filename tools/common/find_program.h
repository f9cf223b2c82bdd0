/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TOOLS_COMMON_FIND_PROGRAM_H
#define TOOLS_COMMON_FIND_PROGRAM_H

/*
 * The file that execvp would run for a command's name, with a slash in it, to be freed. NULL if
 * there is none, with errno: ENOENT or ENOTDIR if nothing has that name, else why it cannot be run.
 */
char *find_program(const char *name);

#endif
