// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Tests many lookups, and loads of each module, in one process: its memory does not grow, and no
 * descriptor stays open.
 *
 *   soak LOOKUPS LOADS
 */
#include "test/module/module.h"

#include <dirent.h>
#include <sys/socket.h>

static const struct sample {
    const char *name;
    enum nss_status status;
} samples[] = {
    {"2001-db8--1" DOMAIN, NSS_STATUS_SUCCESS},
    {"fe80--20c-29ff-fea3-8bb1s8" DOMAIN, NSS_STATUS_SUCCESS},
    {"--ffff-192.0.2.1" DOMAIN, NSS_STATUS_SUCCESS},
    {"fe80--1--2" DOMAIN, NSS_STATUS_NOTFOUND},
    {"www.example.com", NSS_STATUS_UNAVAIL},
    /* For these the kernel is asked. */
    {"fe80--1slo" DOMAIN, NSS_STATUS_SUCCESS},
    {"fe80--1sLO" DOMAIN, NSS_STATUS_SUCCESS},
    {"fe80--1s-no-such-if" DOMAIN, NSS_STATUS_NOTFOUND},
};
/* One lookup of SLOW_EVERY may ask the kernel, and may go through getaddrinfo. */
enum { SAMPLES = sizeof samples / sizeof samples[0], FAST_SAMPLES = 5, SLOW_EVERY = 100 };
enum { BY_NAME4, BY_NAME3, BY_NAME2, BY_GETADDRINFO, WAYS };

static struct module module;

/* What the process has: pages of address space, and descriptors. */
struct size {
    unsigned long pages;
    unsigned descriptors;
};

static struct size measure(void)
{
    struct size size = {0};
    DIR *directory = opendir("/proc/self/fd");
    if (directory == NULL)
        bail_out("no /proc");
    while (readdir(directory) != NULL)
        size.descriptors++;
    closedir(directory);

    FILE *file = fopen("/proc/self/statm", "re");
    if (file == NULL || fscanf(file, "%lu", &size.pages) != 1)
        bail_out("/proc/self/statm");
    fclose(file);
    return size;
}

static void report_growth(struct size before, unsigned long failures, const char *what,
                          unsigned long times)
{
    struct size after = measure();
    report(failures == 0, "%s: %lu, of which %lu go wrong", what, times, failures);
    report(after.pages == before.pages, "%s: %lu pages before, %lu after", what, before.pages,
           after.pages);
    report(after.descriptors == before.descriptors, "%s: %u descriptors before, %u after", what,
           before.descriptors, after.descriptors);
}

static bool getaddrinfo_is_right(const struct sample *sample)
{
    const struct addrinfo hints = {.ai_socktype = SOCK_STREAM};
    struct addrinfo *result;
    int error = getaddrinfo(sample->name, NULL, &hints, &result);
    if (error == 0)
        freeaddrinfo(result);
    return (error == 0) == (sample->status == NSS_STATUS_SUCCESS);
}

static bool is_right(const struct sample *sample, unsigned long way)
{
    struct gaih_addrtuple *tuple = NULL;
    struct hostent host;
    char buffer[512], *canonical_name;
    int error, host_error;
    int32_t ttl;
    enum nss_status status;
    switch (way) {
    case BY_NAME4:
        status =
            module.name4(sample->name, &tuple, buffer, sizeof buffer, &error, &host_error, &ttl);
        break;
    case BY_NAME3:
        status = module.name3(sample->name, AF_INET6, &host, buffer, sizeof buffer, &error,
                              &host_error, &ttl, &canonical_name);
        break;
    case BY_NAME2:
        status =
            module.name2(sample->name, AF_INET6, &host, buffer, sizeof buffer, &error, &host_error);
        break;
    default:
        return getaddrinfo_is_right(sample);
    }
    return status == sample->status;
}

static unsigned long look_up(unsigned long times)
{
    unsigned long failures = 0;
    for (unsigned long i = 0; i < times; i++) {
        unsigned long turn = i / SLOW_EVERY;
        const struct sample *sample = &samples[turn % SAMPLES];
        unsigned long way = turn / SAMPLES % WAYS;
        if (i % SLOW_EVERY != 0) {
            sample = &samples[i % FAST_SAMPLES];
            way = i / FAST_SAMPLES % BY_GETADDRINFO;
        }
        if (!is_right(sample, way))
            wrong(&failures, "lookup %lu: %s", i, sample->name);
    }
    return failures;
}

static unsigned long load(const char *path, unsigned long times)
{
    unsigned long failures = 0;
    for (unsigned long i = 0; i < times; i++) {
        void *handle = dlopen(path, RTLD_NOW | RTLD_LOCAL);
        if (handle == NULL || dlclose(handle) != 0)
            wrong(&failures, "load %lu: %s", i, dlerror());
    }
    return failures;
}

int main(int argc, char **argv)
{
    if (argc != 3)
        bail_out("usage: soak LOOKUPS LOADS");
    unsigned long look_ups = strtoul(argv[1], NULL, 10);
    unsigned long loads = strtoul(argv[2], NULL, 10);

    static const char *const paths[] = {MODULE_PATH, "./.libs/libnss_llmnr.so.2"};
    unsigned long failures;
    struct size before;
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        /* What libc and the loader take once, they take here. */
        failures = load(paths[i], 10);
        measure();
        before = measure();
        report_growth(before, failures + load(paths[i], loads), "loads", loads);
    }

    module = load_module();
    if (__nss_configure_lookup("hosts", "ipv6literal") != 0)
        bail_out("__nss_configure_lookup");
    failures = look_up(SAMPLES * WAYS * SLOW_EVERY);
    before = measure();
    report_growth(before, failures + look_up(look_ups), "lookups", look_ups);
    return end_of_report();
}
