// SPDX-License-Identifier: LGPL-2.1-or-later
#include "resolve_safe.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef __GLIBC__

/*
 * Strict on purpose: a line that this does not know in every word is not safe. glibc takes the last
 * line of a database, and reads none that does not end with a newline.
 */
static bool is_good_line(char *line)
{
    static const char space[] = " \t\n";
    char *rest;
    bool found = false;
    for (char *word = strtok_r(line, space, &rest); word != NULL;
         word = strtok_r(NULL, space, &rest)) {
        if (found)
            return strcmp(word, "[NOTFOUND=return]") == 0 || strcmp(word, "[!UNAVAIL=return]") == 0;
        found = strcmp(word, "ipv6literal") == 0;
        if (!found && strcmp(word, "files") != 0)
            return false;
    }
    return false;
}

static bool has_good_line(FILE *file)
{
    static const char database[] = "hosts:";
    char *line = NULL;
    size_t size = 0;
    ssize_t length;
    bool good = false;
    while ((length = getline(&line, &size, file)) > 0) {
        char *start = line + strspn(line, " \t");
        if (strncmp(start, database, sizeof database - 1) == 0 && line[length - 1] == '\n')
            good = is_good_line(start + sizeof database - 1);
    }
    bool read_all = ferror(file) == 0;
    free(line);
    return good && read_all;
}

/* As glibc does it: if the module cannot be loaded, glibc goes on to the next service. */
static bool can_load_module(void)
{
    static const char *const functions[] = {
        "_nss_ipv6literal_gethostbyname4_r", "_nss_ipv6literal_gethostbyname3_r",
        "_nss_ipv6literal_gethostbyname2_r", "_nss_ipv6literal_gethostbyname_r"};
    void *module = dlopen("libnss_ipv6literal.so.2", RTLD_NOW | RTLD_LOCAL);
    if (module == NULL)
        return false;
    for (size_t i = 0; i < sizeof functions / sizeof functions[0]; i++) {
        if (dlsym(module, functions[i]) == NULL)
            return false;
    }
    /* It stays: what has been looked at is what glibc then calls. */
    return true;
}

bool resolve_is_safe(const char **why, const char **advice)
{
    FILE *file = fopen("/etc/nsswitch.conf", "re");
    *why = "the hosts: line of /etc/nsswitch.conf does not begin with "
           "\"files ipv6literal [NOTFOUND=return]\"";
    *advice = "To put the line right, run 'v6lit enable' as root; see nss-ipv6literal(8).";
    if (file == NULL)
        return false;
    bool good = has_good_line(file);
    fclose(file);
    if (!good)
        return false;
    *why = "the module libnss_ipv6literal.so.2 cannot be loaded";
    *advice = "Install it, and run 'ldconfig' as root; see nss-ipv6literal(8).";
    return can_load_module();
}

#else

bool resolve_is_safe(const char **why, const char **advice)
{
    *why = "this C library has no name service switch";
    *advice = "Use 'v6lit decode' there.";
    return false;
}

#endif
