/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The checks of `v6lit doctor`, and the report that each makes. */
#ifndef TOOLS_DOCTOR_CHECK_H
#define TOOLS_DOCTOR_CHECK_H

#include "tools/common/buffer.h"
#include "tools/common/presence.h"

#include <stdbool.h>
#include <stdio.h>

/* Result, its word in JSON, and the mark before its line. */
#define CHECK_RESULT_MAP(X)                                                                        \
    X(CHECK_OK, "ok", "ok")                                                                        \
    X(CHECK_FINDING, "finding", "!!")                                                              \
    X(CHECK_CANNOT_TELL, "cannot-tell", "??")                                                      \
    X(CHECK_NOT_HERE, "does-not-apply", "--")                                                      \
    X(CHECK_NOTE, "note", ">>") /* worth knowing; nothing is wrong */

#define CHECK_ENUM(id, word, mark) id,
enum check_result { CHECK_RESULT_MAP(CHECK_ENUM) };
#undef CHECK_ENUM

struct check_report {
    enum check_result result;
    struct buffer seen; /* one line without a newline; may have any bytes of this machine's files */
    struct buffer advice; /* what to do: lines that each end in a newline */
};

/* Reports what a check has found: once in each check. */
__attribute__((format(printf, 3, 4))) void
check_says(struct check_report *report, enum check_result result, const char *format, ...);

/* Adds one line of advice. */
__attribute__((format(printf, 2, 3))) void check_advises(struct check_report *report,
                                                         const char *format, ...);

/* Advises what to do about a file that cannot be read with this error number. */
void check_advises_access(struct check_report *report, int error);

/* Returns a socket connected to the listener at a path, or -1 with errno. Nothing is sent. */
int check_connect(const char *path);

/*
 * The checks, in the order in which they are shown: what is wrong in one may be the reason for what
 * the next ones see. Function and identifier, each in v6lit-doctor(1). None writes anything
 * or sends a packet to another host.
 */
#define CHECK_MAP(X)                                                                               \
    X(check_module, "module") /* module.c */                                                       \
    X(check_module_abis, "module-abis")                                                            \
    X(check_hosts_line, "hosts-line") /* hosts.c */                                                \
    X(check_services, "services")                                                                  \
    X(check_resolved, "resolved")                                                                  \
    X(check_resolve_hook, "resolve-hook") /* resolve_hook.c */                                     \
    X(check_sssd, "sssd")                                                                          \
    X(check_leak, "leak")                                                                          \
    X(check_llmnr, "llmnr")               /* llmnr.c */                                            \
    X(check_llmnr_links, "llmnr-links")   /* llmnr_links.c */                                      \
    X(check_llmnr_responder, "responder") /* llmnr_responder.c */                                  \
    X(check_firewall, "firewall")         /* firewall.c */                                         \
    X(check_name_cache, "name-cache")     /* name_cache.c */                                       \
    X(check_ipv4, "ipv4")                 /* network.c */                                          \
    X(check_ipv6, "ipv6")                                                                          \
    X(check_samba, "samba")                                                                        \
    X(check_cifs_upcall, "cifs-upcall") /* upcall.c */                                             \
    X(check_cifs_mount, "cifs-mount")   /* mount_helper.c */                                       \
    X(check_clients, "clients")         /* clients.c */

#define CHECK_DECLARATION(function, name) void function(struct check_report *report);
CHECK_MAP(CHECK_DECLARATION)
#undef CHECK_DECLARATION

/* Whether a program is installed, in PATH or in the directories of programs for root. */
enum presence check_program(const char *name);

#endif
