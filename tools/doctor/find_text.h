/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Finds a text in a program or library: the version of one that must not be run or loaded. */
#ifndef TOOLS_DOCTOR_FIND_TEXT_H
#define TOOLS_DOCTOR_FIND_TEXT_H

/* A longer text is never found. */
enum { FIND_TEXT_MAX = 256 };

enum find_text { FIND_TEXT_NO, FIND_TEXT_YES, FIND_TEXT_UNKNOWN };

/*
 * Whether a text is in a file, and not after a letter, a digit, '.' or '_': "8.21." is not in
 * "18.21.0". FIND_TEXT_UNKNOWN with errno if the file cannot be read; EINVAL if it is not a regular
 * file, or one of more than 1 GiB. Reads the file and nothing else. Not thread-safe.
 */
enum find_text find_text(const char *path, const char *text);

#endif
