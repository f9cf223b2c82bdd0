// SPDX-License-Identifier: LGPL-2.1-or-later
/* The module: is it there for every C library, does it load, does it answer. */
#include "tools/common/close.h"
#include "tools/common/stream.h"
#include "tools/doctor/check.h"

#include <dlfcn.h>
#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <link.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MODULE "libnss_ipv6literal.so.2"

/* What tells the ABIs of one machine apart in an ELF file. */
struct abi {
    unsigned char ident[2]; /* EI_CLASS, EI_DATA */
    unsigned char machine[2];
};

enum { FOLDERS = 3 };

/* glibc's dynamic loaders, and where its libraries are looked for without a cache. */
static const struct {
    const char *name;
    const char *loader;
    const char *folders[FOLDERS];
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

/* Whether there is an ELF file, and of what ABI; if that is unknown, errno says why. */
static enum check_found read_abi(const char *path, struct abi *abi)
{
    unsigned char head[20];
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0)
        return errno == ENOENT || errno == ENOTDIR ? CHECK_FOUND_NO : CHECK_FOUND_UNKNOWN;
    ssize_t length = stream_read_at(fd, head, sizeof head, 0);
    close_and_keep_errno(fd);
    if (length < 0)
        return CHECK_FOUND_UNKNOWN;
    if (length != (ssize_t)sizeof head || memcmp(head, ELFMAG, SELFMAG) != 0)
        return CHECK_FOUND_NO;
    memcpy(abi->ident, head + EI_CLASS, sizeof abi->ident);
    memcpy(abi->machine, head + offsetof(Elf32_Ehdr, e_machine), sizeof abi->machine);
    return CHECK_FOUND_YES;
}

static enum check_found find_file(const char *path, const struct abi *abi)
{
    struct abi here;
    enum check_found found = read_abi(path, &here);
    if (found == CHECK_FOUND_YES && memcmp(&here, abi, sizeof here) != 0)
        return CHECK_FOUND_NO;
    return found;
}

/* What several places gave so far: one with a module is enough, one that cannot be seen leaves
 * doubt. */
struct search {
    enum check_found found;
    int error; /* why it is unknown */
};

/* One place more has been looked at; if what is there is unknown, errno says why. */
static void search_add(struct search *search, enum check_found here)
{
    if (search->found == CHECK_FOUND_YES || here == CHECK_FOUND_NO)
        return;
    search->found = here;
    search->error = errno;
}

/* Where the loader's cache leads to. */
static void search_cache(struct search *search, const struct abi *abi)
{
    /* The only reader of the cache's format that keeps up with it. */
    struct stream *cache = stream_run("PATH=/sbin:/usr/sbin:$PATH ldconfig -p 2>/dev/null");
    if (cache == NULL) {
        search_add(search, CHECK_FOUND_UNKNOWN);
        return;
    }
    for (const char *line; (line = stream_line(cache)) != NULL;) {
        const char *arrow = strstr(line, " => ");
        if (arrow != NULL && strstr(line, MODULE) != NULL)
            search_add(search, find_file(arrow + strlen(" => "), abi));
    }
    /* It fails where there is no ldconfig: the loader may have a cache all the same. */
    if (!stream_close(cache))
        search_add(search, CHECK_FOUND_UNKNOWN);
}

/* Whether programs of an ABI find a module; if that is unknown, errno says why. */
static enum check_found find(const struct abi *abi, const char *const folders[static FOLDERS])
{
    struct search search = {CHECK_FOUND_NO, 0};
    for (size_t i = 0; i < FOLDERS && folders[i] != NULL; i++) {
        char path[256];
        snprintf(path, sizeof path, "%s/" MODULE, folders[i]);
        search_add(&search, find_file(path, abi));
    }
    if (search.found != CHECK_FOUND_YES)
        search_cache(&search, abi);
    errno = search.error;
    return search.found;
}

/* The folder in which the loader itself is: libraries are found there in any case. */
static void describe(size_t i, struct buffer *list)
{
    char *path = realpath(abis[i].loader, NULL);
    buffer_format(list, "%s%s (%s)", list->length > 0 ? ", " : "", abis[i].name,
                  path != NULL ? dirname(path) : abis[i].folders[0]);
    free(path);
}

/* The other ABIs of which a loader is here, by whether their programs find a module. */
struct others {
    struct buffer lists[CHECK_FOUND_UNKNOWN + 1];
    bool lacks_i386;
    int error; /* why the last of the unknown ones is that */
};

static void find_others(const struct abi *own, struct others *others)
{
    for (size_t i = 0; i < sizeof others->lists / sizeof others->lists[0]; i++)
        buffer_clear(&others->lists[i]);
    for (size_t i = 0; i < ABIS; i++) {
        struct abi abi;
        enum check_found found = read_abi(abis[i].loader, &abi);
        if (found == CHECK_FOUND_NO ||
            (found == CHECK_FOUND_YES && memcmp(&abi, own, sizeof abi) == 0))
            continue;
        if (found == CHECK_FOUND_YES)
            found = find(&abi, abis[i].folders);
        if (found == CHECK_FOUND_UNKNOWN)
            others->error = errno;
        describe(i, &others->lists[found]);
        if (found == CHECK_FOUND_NO && strcmp(abis[i].name, "i386") == 0)
            others->lacks_i386 = true;
    }
}

/* What is missing is a finding; what is not known is said even then. */
void check_module_abis(struct check_report *report)
{
    static struct others others;
    const char *here = others.lists[CHECK_FOUND_YES].text;
    const char *missing = others.lists[CHECK_FOUND_NO].text;
    const char *unknown = others.lists[CHECK_FOUND_UNKNOWN].text;
    struct abi own = {0};
    if (read_abi("/proc/self/exe", &own) != CHECK_FOUND_YES) {
        check_says(report, CHECK_CANNOT_TELL, "/proc/self/exe: %s", strerror(errno));
        check_advises(report, "Run 'v6lit doctor' where /proc is mounted.");
        return;
    }
    find_others(&own, &others);
    if (missing[0] != '\0') {
        check_says(report, CHECK_FINDING,
                   "programs of another ABI run here and have no " MODULE ": %s", missing);
        check_advises(report, "They send literal names to DNS. Build the module for them, too, and "
                              "copy it into the folder in brackets.");
        if (others.lacks_i386)
            check_advises(report,
                          "For i386: configure CC='gcc -m32' --without-jansson "
                          "--without-libidn2 --without-keyutils --disable-tests; make; then copy "
                          ".libs/" MODULE);
    } else if (unknown[0] != '\0') {
        check_says(report, CHECK_CANNOT_TELL, "whether programs of another ABI find a " MODULE);
    } else if (here[0] != '\0') {
        check_says(report, CHECK_OK, "programs of another ABI find one, too: %s", here);
    } else {
        check_says(report, CHECK_NOT_HERE, "glibc is here for one ABI only");
    }
    if (unknown[0] != '\0')
        check_advises(report,
                      "Not known for %s: 'ldconfig -p' does not run, or a file cannot be read: %s",
                      unknown, strerror(others.error));
}

#ifdef __GLIBC__
#include <nss.h>

typedef enum nss_status find_tuple(const char *, struct gaih_addrtuple **, char *, size_t, int *,
                                   int *, int32_t *);
typedef enum nss_status find_canonical(const char *, int, struct hostent *, char *, size_t, int *,
                                       int *, int32_t *, char **);
typedef enum nss_status find_family(const char *, int, struct hostent *, char *, size_t, int *,
                                    int *);
typedef enum nss_status find_ipv4(const char *, struct hostent *, char *, size_t, int *, int *);

struct module {
    find_tuple *tuple;
    find_canonical *canonical;
    find_family *family;
    find_ipv4 *ipv4;
};

/* NULL, or what is wrong. The module stays: glibc then calls what has been looked at. */
static const char *load(struct module *module)
{
    void *handle = dlopen(MODULE, RTLD_NOW | RTLD_LOCAL);
    if (handle == NULL)
        return dlerror();
    module->tuple = (find_tuple *)dlsym(handle, "_nss_ipv6literal_gethostbyname4_r");
    module->canonical = (find_canonical *)dlsym(handle, "_nss_ipv6literal_gethostbyname3_r");
    module->family = (find_family *)dlsym(handle, "_nss_ipv6literal_gethostbyname2_r");
    module->ipv4 = (find_ipv4 *)dlsym(handle, "_nss_ipv6literal_gethostbyname_r");
    if (module->tuple == NULL || module->canonical == NULL || module->family == NULL ||
        module->ipv4 == NULL)
        return "one of its four functions is missing";
    return NULL;
}

const char *check_module_fault(void)
{
    struct module module;
    return load(&module);
}

/* The answer as a function gives it to glibc. */
struct answer {
    union {
        char bytes[1024];
        struct gaih_addrtuple alignment;
    } memory;
    int error;
    int host_error;
};

static bool is_address(const struct hostent *host, int family, const void *address, size_t length)
{
    return host->h_addrtype == family && host->h_addr_list[0] != NULL &&
           host->h_addr_list[1] == NULL && memcmp(host->h_addr_list[0], address, length) == 0;
}

/* Whether each function answers, and leaves alone what is not for it. */
static bool answers_rightly(const struct module *module)
{
    static const struct in6_addr link_local = {{{0xfe, 0x80, [15] = 1}}};
    static const char name[] = "fe80--1s7.ipv6-literal.net";
    struct answer answer = {0};
    struct gaih_addrtuple *tuple = NULL;
    struct hostent host = {0};
    char *bytes = answer.memory.bytes;
    size_t size = sizeof answer.memory.bytes;

    /* `load` has found it: dlerror is not NULL behind a dlopen that failed. */
    /* NOLINTNEXTLINE(clang-analyzer-core.CallAndMessage) */
    if (module->tuple(name, &tuple, bytes, size, &answer.error, &answer.host_error, NULL) !=
            NSS_STATUS_SUCCESS ||
        tuple == NULL || tuple->family != AF_INET6 || tuple->scopeid != 7 ||
        memcmp(tuple->addr, &link_local, sizeof link_local) != 0)
        return false;
    if (module->family(name, AF_INET6, &host, bytes, size, &answer.error, &answer.host_error) !=
            NSS_STATUS_SUCCESS ||
        !is_address(&host, AF_INET6, &link_local, sizeof link_local))
        return false;
    if (module->canonical(name, AF_INET6, &host, bytes, size, &answer.error, &answer.host_error,
                          NULL, NULL) != NSS_STATUS_SUCCESS ||
        !is_address(&host, AF_INET6, &link_local, sizeof link_local))
        return false;
    if (module->ipv4(name, &host, bytes, size, &answer.error, &answer.host_error) !=
        NSS_STATUS_NOTFOUND)
        return false;
    return module->tuple("www.example.com", &tuple, bytes, size, &answer.error, &answer.host_error,
                         NULL) == NSS_STATUS_UNAVAIL;
}

/* A module that is installed where the loader does not look yet; else NULL. */
static const char *find_installed(const struct abi *own)
{
    if (find_file(NSSDIR "/" MODULE, own) == CHECK_FOUND_YES)
        return NSSDIR;
    if (find_file("/usr/local/lib/" MODULE, own) == CHECK_FOUND_YES)
        return "/usr/local/lib";
    return NULL;
}

static void advise_to_install(struct check_report *report, const struct abi *own)
{
    const char *folder = find_installed(own);
    if (folder == NULL) {
        check_advises(report,
                      "Install the package libnss-ipv6literal (Fedora: nss-ipv6literal), or run "
                      "'make install' and 'ldconfig' as root in a build folder of v6lit.");
    } else {
        check_advises(report, "It is installed in %s. Run 'ldconfig' as root.", folder);
        check_advises(report,
                      "If that does not help, 'echo %s > /etc/ld.so.conf.d/v6lit.conf' and run "
                      "'ldconfig' again.",
                      folder);
    }
    check_advises(report, "'v6lit exec COMMAND' works without it.");
}

void check_module(struct check_report *report)
{
    struct abi own = {0};
    struct module module;
    bool is_known = read_abi("/proc/self/exe", &own) == CHECK_FOUND_YES;
    const char *why = load(&module);
    if (why != NULL) {
        check_says(report, CHECK_FINDING, MODULE " cannot be used: %s", why);
        advise_to_install(report, &own);
        return;
    }
    if (!answers_rightly(&module)) {
        check_says(report, CHECK_FINDING, MODULE " loads, but does not answer as it should");
        check_advises(report, "It is not the module of this v6lit. Install v6lit anew, then run "
                              "'ldconfig' as root.");
        return;
    }
    /* This program may have found it by LD_LIBRARY_PATH; without that it looks where all others do.
     */
    enum check_found found =
        getenv("LD_LIBRARY_PATH") == NULL ? CHECK_FOUND_YES : CHECK_FOUND_UNKNOWN;
    for (size_t i = 0; is_known && i < ABIS; i++) {
        if (found == CHECK_FOUND_UNKNOWN && find_file(abis[i].loader, &own) == CHECK_FOUND_YES)
            found = find(&own, abis[i].folders);
    }
    if (found == CHECK_FOUND_NO) {
        check_says(report, CHECK_FINDING,
                   MODULE " is found by this program, but not by others: it is not in the loader's "
                          "cache");
        advise_to_install(report, &own);
        return;
    }
    if (found == CHECK_FOUND_UNKNOWN) {
        check_says(report, CHECK_CANNOT_TELL,
                   MODULE " loads and answers; whether without LD_LIBRARY_PATH is not known");
        check_advises(report, "Run 'v6lit doctor' without LD_LIBRARY_PATH in the environment.");
        return;
    }
    check_says(report, CHECK_OK, MODULE " loads and answers");
}

#else

const char *check_module_fault(void)
{
    return "this C library has no name service switch";
}

void check_module(struct check_report *report)
{
    check_says(report, CHECK_CANNOT_TELL,
               "this v6lit is built with another C library than glibc and loads no module");
    check_advises(report, "On a machine with glibc, build v6lit with that.");
}

#endif
