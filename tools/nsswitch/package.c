// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * edit-hosts enable|disable|has SERVICE FILE: the editor of the hosts: line for the maintainer
 * scripts of packages, which must not depend on the package of the v6lit command. The exit status
 * is that of `v6lit enable` and `v6lit disable`; `has` exits with 0 if the service is in the line,
 * else with 1.
 */
#include "tools/common/exit_status.h"
#include "tools/nsswitch/edit.h"
#include "tools/nsswitch/edit_hosts.h"
#include "tools/nsswitch/replace_file.h"

#include <stdio.h>
#include <string.h>

static const char *service;

static size_t remove_service(const char *text, size_t length, const struct nsswitch *hosts,
                             char *out)
{
    return nsswitch_remove(text, length, hosts, service, out);
}

static int has(const char *path)
{
    static struct replace_file file;
    struct nsswitch hosts;
    bool found = false;
    if (replace_file_read(&file, path)) {
        nsswitch_read(file.text, file.length, &hosts);
        found = hosts.fault.kind != NSSWITCH_SYNTAX && nsswitch_has(file.text, &hosts, service);
    }
    replace_file_free(&file);
    return found ? EXIT_DONE : EXIT_BAD_INPUT;
}

int main(int argc, char **argv)
{
    if (argc != 4) {
        fputs("Usage: edit-hosts enable|disable|has SERVICE FILE\n", stderr);
        return EXIT_TROUBLE;
    }
    const char *verb = argv[1];
    service = argv[2];
    bool is_ours = strcmp(service, NSSWITCH_SERVICE) == 0;
    struct edit_hosts edit = {
        .command = verb,
        .no_change = "there is nothing to change",
        .service = service,
        .edit = is_ours ? nsswitch_disable : remove_service,
    };
    if (strcmp(verb, "has") == 0)
        return has(argv[3]);
    if (strcmp(verb, "enable") == 0 && is_ours) {
        edit.adds = true;
        edit.edit = nsswitch_enable;
    } else if (strcmp(verb, "disable") != 0) {
        fprintf(stderr, "edit-hosts: cannot %s %s\n", verb, service);
        return EXIT_TROUBLE;
    }
    return edit_hosts_file(&edit, argv[3], false);
}
