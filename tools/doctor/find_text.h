/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Finds a text in a program or library, such as the version of one that must not be run or loaded.
 */
#ifndef TOOLS_DOCTOR_FIND_TEXT_H
#define TOOLS_DOCTOR_FIND_TEXT_H

/* The longest text that can be found. */
enum { FIND_TEXT_MAX = 256 };

enum find_text { FIND_TEXT_NO, FIND_TEXT_YES, FIND_TEXT_UNKNOWN };

/*
 * Whether a file contains a text that does not follow a letter, a digit, '.' or '_': "8.21." is not
 * in "18.21.0". Returns FIND_TEXT_UNKNOWN with errno if the file cannot be read; EINVAL if it is
 * not a regular file or larger than 1 GiB. Not thread-safe.
 */
enum find_text find_text(const char *path, const char *text);

#endif
