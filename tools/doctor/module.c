// SPDX-License-Identifier: LGPL-2.1-or-later
/* The module: whether it is there for every C library, loads, and answers. */
#include "tools/nsswitch/module.h"
#include "tools/common/elf.h"
#include "tools/common/stream.h"
#include "tools/doctor/check.h"

#include <errno.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { DIRECTORIES = 3 };

/* glibc's dynamic loaders, and the directories that they search without a cache. */
static const struct {
    const char *name;
    const char *loader;
    const char *directories[DIRECTORIES];
} abis[] = {
    {"amd64", "/lib64/ld-linux-x86-64.so.2", {"/usr/lib/x86_64-linux-gnu", "/usr/lib64"}},
    {"i386", "/lib/ld-linux.so.2", {"/usr/lib/i386-linux-gnu", "/usr/lib32", "/usr/lib"}},
    {"x32", "/libx32/ld-linux-x32.so.2", {"/usr/lib/x86_64-linux-gnux32", "/usr/libx32"}},
    {"arm64", "/lib/ld-linux-aarch64.so.1", {"/usr/lib/aarch64-linux-gnu", "/usr/lib64"}},
    {"armhf", "/lib/ld-linux-armhf.so.3", {"/usr/lib/arm-linux-gnueabihf", "/usr/lib"}},
    {"ppc64el", "/lib64/ld64.so.2", {"/usr/lib/powerpc64le-linux-gnu", "/usr/lib64"}},
    {"riscv64", "/lib/ld-linux-riscv64-lp64d.so.1", {"/usr/lib/riscv64-linux-gnu", "/usr/lib64"}},
    {"s390x", "/lib/ld64.so.1", {"/usr/lib/s390x-linux-gnu", "/usr/lib64"}},
};

enum { ABIS = sizeof abis / sizeof abis[0] };

/*
 * The result for several places so far: one with a module suffices, and one that cannot be read
 * leaves doubt.
 */
struct search {
    enum presence found;
    int error; /* why it is unknown */
};

/* Counts one more place; if its result is unknown, errno has the reason. */
static void search_add(struct search *search, enum presence here)
{
    if (search->found == PRESENCE_YES || here == PRESENCE_NO)
        return;
    search->found = here;
    search->error = errno;
}

/* Whether the loader's cache has a module for this ABI. */
static void search_cache(struct search *search, const struct elf_abi *abi)
{
    /* ldconfig is the only program that always understands the format of the cache. */
    struct stream *cache = stream_run("PATH=/sbin:/usr/sbin:$PATH ldconfig -p 2>/dev/null");
    if (cache == NULL) {
        search_add(search, PRESENCE_UNKNOWN);
        return;
    }
    for (const char *line; (line = stream_line(cache)) != NULL;) {
        const char *arrow = strstr(line, " => ");
        if (arrow != NULL && strstr(line, MODULE_FILE) != NULL)
            search_add(search, elf_find(arrow + strlen(" => "), abi));
    }
    /* This fails without ldconfig, although the loader may have a cache. */
    if (!stream_close(cache))
        search_add(search, PRESENCE_UNKNOWN);
}

/* Whether programs of an ABI find a module; if that is unknown, errno has the reason. */
static enum presence find(const struct elf_abi *abi,
                          const char *const directories[static DIRECTORIES])
{
    struct search search = {PRESENCE_NO, 0};
    for (size_t i = 0; i < DIRECTORIES && directories[i] != NULL; i++) {
        char path[256];
        snprintf(path, sizeof path, "%s/" MODULE_FILE, directories[i]);
        search_add(&search, elf_find(path, abi));
    }
    if (search.found != PRESENCE_YES)
        search_cache(&search, abi);
    errno = search.error;
    return search.found;
}

/* The directory of the loader itself, in which it always finds libraries. */
static void describe(size_t i, struct buffer *list)
{
    char *path = realpath(abis[i].loader, NULL);
    buffer_format(list, "%s%s (%s)", list->length > 0 ? ", " : "", abis[i].name,
                  path != NULL ? dirname(path) : abis[i].directories[0]);
    free(path);
}

/* The other ABIs that have a loader here, by whether their programs find a module. */
struct others {
    struct buffer lists[PRESENCE_UNKNOWN + 1];
    bool lacks_i386;
    int error; /* the reason for the last unknown one */
};

static void find_others(const struct elf_abi *own, struct others *others)
{
    for (size_t i = 0; i < sizeof others->lists / sizeof others->lists[0]; i++)
        buffer_clear(&others->lists[i]);
    for (size_t i = 0; i < ABIS; i++) {
        struct elf_abi abi;
        enum presence found = elf_read(abis[i].loader, &abi);
        if (found == PRESENCE_NO || (found == PRESENCE_YES && elf_is_same(&abi, own)))
            continue;
        if (found == PRESENCE_YES)
            found = find(&abi, abis[i].directories);
        if (found == PRESENCE_UNKNOWN)
            others->error = errno;
        describe(i, &others->lists[found]);
        if (found == PRESENCE_NO && strcmp(abis[i].name, "i386") == 0)
            others->lacks_i386 = true;
    }
}

/* A missing module is a finding; what is unknown is reported as well. */
void check_module_abis(struct check_report *report)
{
    static struct others others;
    const char *here = others.lists[PRESENCE_YES].text;
    const char *missing = others.lists[PRESENCE_NO].text;
    const char *unknown = others.lists[PRESENCE_UNKNOWN].text;
    struct elf_abi own = {0};
    if (elf_read("/proc/self/exe", &own) != PRESENCE_YES) {
        check_says(report, CHECK_CANNOT_TELL, "/proc/self/exe: %s", strerror(errno));
        check_advises(report, "Run 'v6lit doctor' where /proc is mounted.");
        return;
    }
    find_others(&own, &others);
    if (missing[0] != '\0') {
        check_says(report, CHECK_FINDING,
                   "programs of another ABI run here and have no " MODULE_FILE ": %s", missing);
        check_advises(report, "They send literal names to DNS. Build the module for that ABI, and "
                              "copy it into the directory in brackets.");
        if (others.lacks_i386)
            check_advises(report,
                          "For i386: configure CC='gcc -m32' --without-jansson "
                          "--without-libidn2 --without-keyutils --disable-tests; make; then copy "
                          ".libs/" MODULE_FILE);
    } else if (unknown[0] != '\0') {
        check_says(report, CHECK_CANNOT_TELL,
                   "cannot tell whether programs of another ABI find a " MODULE_FILE);
    } else if (here[0] != '\0') {
        check_says(report, CHECK_OK, "programs of another ABI find theirs: %s", here);
    } else {
        check_says(report, CHECK_NOT_HERE, "glibc is installed for one ABI only");
    }
    if (unknown[0] != '\0')
        check_advises(report, "Unknown for %s: 'ldconfig -p' failed, or a file cannot be read: %s",
                      unknown, strerror(others.error));
}

#ifdef __GLIBC__

/* A module that is installed where the loader does not find it yet; else NULL. */
static const char *find_installed(const struct elf_abi *own)
{
    if (elf_find(NSSDIR "/" MODULE_FILE, own) == PRESENCE_YES)
        return NSSDIR;
    if (elf_find("/usr/local/lib/" MODULE_FILE, own) == PRESENCE_YES)
        return "/usr/local/lib";
    return NULL;
}

static void advise_to_install(struct check_report *report, const struct elf_abi *own)
{
    const char *directory = find_installed(own);
    if (directory == NULL) {
        check_advises(report,
                      "Install the package libnss-ipv6literal (Fedora: nss-ipv6literal), or run "
                      "'make install' and 'ldconfig' as root in a build directory of v6lit.");
    } else {
        check_advises(report, "It is installed in %s. Run 'ldconfig' as root.", directory);
        check_advises(report,
                      "If that does not help, 'echo %s > /etc/ld.so.conf.d/v6lit.conf' and run "
                      "'ldconfig' again.",
                      directory);
    }
    check_advises(report, "'v6lit exec COMMAND' works without it.");
}

void check_module(struct check_report *report)
{
    struct elf_abi own = {0};
    bool is_known = elf_read("/proc/self/exe", &own) == PRESENCE_YES;
    const char *why = module_fault();
    if (why != NULL) {
        check_says(report, CHECK_FINDING, MODULE_FILE " cannot be used: %s", why);
        advise_to_install(report, &own);
        return;
    }
    if (!module_answers()) {
        check_says(report, CHECK_FINDING, MODULE_FILE " loads, but its answers are wrong");
        check_advises(report, "It is not the module of this v6lit. Reinstall v6lit, then run "
                              "'ldconfig' as root.");
        return;
    }
    /*
     * This program may have found it by LD_LIBRARY_PATH. Without that, the loader searches where it
     * does for all other programs.
     */
    enum presence found = getenv("LD_LIBRARY_PATH") == NULL ? PRESENCE_YES : PRESENCE_UNKNOWN;
    for (size_t i = 0; is_known && i < ABIS; i++) {
        if (found == PRESENCE_UNKNOWN && elf_find(abis[i].loader, &own) == PRESENCE_YES)
            found = find(&own, abis[i].directories);
    }
    if (found == PRESENCE_NO) {
        check_says(report, CHECK_FINDING,
                   MODULE_FILE
                   " is found by this program, but not by others: it is not in the loader's "
                   "cache");
        advise_to_install(report, &own);
        return;
    }
    if (found == PRESENCE_UNKNOWN) {
        check_says(report, CHECK_CANNOT_TELL,
                   MODULE_FILE
                   " loads and answers; cannot tell whether it does without LD_LIBRARY_PATH");
        check_advises(report, "Run 'v6lit doctor' without LD_LIBRARY_PATH in the environment.");
        return;
    }
    check_says(report, CHECK_OK, MODULE_FILE " loads and answers");
}

#else

void check_module(struct check_report *report)
{
    check_says(report, CHECK_CANNOT_TELL,
               "v6lit was built with a C library other than glibc, which loads no modules");
    check_advises(report, "On a machine with glibc, build v6lit with glibc.");
}

#endif
