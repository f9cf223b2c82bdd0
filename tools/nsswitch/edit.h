/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Edits the hosts: line, in memory; nothing is allocated. */
#ifndef TOOLS_NSSWITCH_EDIT_H
#define TOOLS_NSSWITCH_EDIT_H

#include "tools/nsswitch/nsswitch.h"

/* The line that is added if there is none, and the mark that identifies it later. */
#define NSSWITCH_MARK "# Added by 'v6lit enable'; without this line glibc takes \"files dns\".\n"
#define NSSWITCH_LINE "hosts:          files " NSSWITCH_ENTRY " dns\n"

/* How much longer nsswitch_enable can make a text, in bytes. */
#define NSSWITCH_GROWTH (sizeof NSSWITCH_MARK NSSWITCH_LINE)

/*
 * Writes the text with our entry in the right place: directly after "files" if only services stand
 * before it that are local and pass on unknown names; else before the first service. A wrong entry
 * is removed first. A text without a hosts: line gets one. `hosts` is from nsswitch_read and has no
 * fault. `out` has room for `length` + NSSWITCH_GROWTH bytes and does not overlap the text. Returns
 * the number of bytes written.
 */
size_t nsswitch_enable(const char *text, size_t length, const struct nsswitch *hosts, char *out);

/*
 * Writes the text without all services of this name in the hosts: line that counts, with their
 * actions and the one blank that nsswitch_enable adds: after the entry if it is the first of
 * several services, else before it. Otherwise as nsswitch_disable.
 */
size_t nsswitch_remove(const char *text, size_t length, const struct nsswitch *hosts,
                       const char *name, char *out);

/*
 * Writes the text without our entries in the hosts: line that counts, byte for byte as it was
 * before nsswitch_enable. A hosts: line that is the only one, follows NSSWITCH_MARK and is still
 * NSSWITCH_LINE is removed with the mark. `hosts` has no fault, or NSSWITCH_NO_NEWLINE. `out` has
 * room for `length` bytes and does not overlap the text. Returns the number of bytes written.
 */
size_t nsswitch_disable(const char *text, size_t length, const struct nsswitch *hosts, char *out);

#endif
