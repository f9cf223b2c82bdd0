/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Edits the hosts: line, in memory; nothing is allocated. */
#ifndef TOOLS_NSSWITCH_EDIT_H
#define TOOLS_NSSWITCH_EDIT_H

#include "tools/nsswitch/nsswitch.h"

/* The line that is added where there is none, and the mark by which it is known again. */
#define NSSWITCH_MARK "# Added by 'v6lit enable'; without this line glibc takes \"files dns\".\n"
#define NSSWITCH_LINE "hosts:          files " NSSWITCH_ENTRY " dns\n"

/* By how many bytes nsswitch_enable may make a text longer. */
#define NSSWITCH_GROWTH (sizeof NSSWITCH_MARK NSSWITCH_LINE)

/*
 * Writes the text with our entry in its right place: directly after "files" if only services
 * that are local, and pass on what they do not know, stand before it; else before the first
 * service. An entry that is not right is taken out first. A text without a hosts: line gets one.
 * `hosts` is from nsswitch_read and has no fault. `out` has room for `length` + NSSWITCH_GROWTH
 * bytes and does not overlap the text. Returns how many were written.
 */
size_t nsswitch_enable(const char *text, size_t length, const struct nsswitch *hosts, char *out);

/*
 * Writes the text without all services of this name in the hosts: line that counts, their actions,
 * and the one blank that nsswitch_enable puts beside each: after the entry if it is the first of
 * several services, else before it. The rest is as for nsswitch_disable.
 */
size_t nsswitch_remove(const char *text, size_t length, const struct nsswitch *hosts,
                       const char *name, char *out);

/*
 * Writes the text without our entries in the hosts: line that counts: byte for byte what it was
 * before nsswitch_enable added one. The only hosts: line goes as a whole, with the mark, if it
 * follows NSSWITCH_MARK and is still NSSWITCH_LINE. `hosts` has no fault, or NSSWITCH_NO_NEWLINE.
 * `out` has room for `length` bytes and does not overlap the text. Returns how many were written.
 */
size_t nsswitch_disable(const char *text, size_t length, const struct nsswitch *hosts, char *out);

#endif
