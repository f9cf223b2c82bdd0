/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The hosts: line, for all checks that look at it. */
#ifndef TOOLS_DOCTOR_HOSTS_H
#define TOOLS_DOCTOR_HOSTS_H

#include "tools/doctor/check.h"
#include "tools/nsswitch/nsswitch.h"
#include "tools/nsswitch/replace_file.h"

/* The service of nss-llmnr(8). */
#define CHECK_HOSTS_LLMNR "llmnr"

/* Where hosts are asked, and whence they reply. */
enum { CHECK_HOSTS_LLMNR_PORT = 5355 };

/* The file, read once: all checks see the same. */
struct hosts_file {
    struct replace_file file;
    struct nsswitch hosts;
    bool is_read; /* also if it does not exist */
    bool is_missing;
    char trouble[512];
    int error;
};

const struct hosts_file *check_hosts_file(void);

/* Whether the line can be looked at at all; else the report says why not, and the check ends. */
bool check_hosts_readable(const struct hosts_file *hosts, struct check_report *report);

/* Whether this v6lit loads services as glibc does; else the report says that it does not. */
bool check_hosts_loads(struct check_report *report);

/* False, and the check ends, where the line does not have llmnr. */
bool check_hosts_asks_llmnr(struct check_report *report);

/* Whether a service is in the line. */
bool check_hosts_has(const struct hosts_file *hosts, const char *name);

#endif
