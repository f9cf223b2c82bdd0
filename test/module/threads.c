// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Tests the module in programs with threads, children and cancelled threads, and when it is loaded
 * repeatedly: answers are right, errno is unchanged, and no descriptor stays open.
 *
 *   threads [THREADS LOOKUPS]
 */
#include "test/module/module.h"

#include <arpa/inet.h>
#include <dirent.h>
#include <errno.h>
#include <net/if.h>
#include <netinet/in.h>
#include <pthread.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { THREADS_MAX = 64, CHILDREN = 20 };

/* How many threads there are, how often each looks a name up, and the rest in proportion. */
static unsigned threads = 8, lookups = 20000, loads, cancellations;

struct sample {
    const char *name;
    const char *address; /* NULL: no such host */
    bool on_loopback;    /* whether the scope id is that of lo, or else: */
    uint32_t scope_id;
    enum nss_status status;
};

static const struct sample samples[] = {
    {"2001-db8--1" DOMAIN, "2001:db8::1", false, 0, NSS_STATUS_SUCCESS},
    {"fe80--1s4" DOMAIN, "fe80::1", false, 4, NSS_STATUS_SUCCESS},
    {"FE80--20C-29FF-FEA3-8BB1S8" DOMAIN, "fe80::20c:29ff:fea3:8bb1", false, 8, NSS_STATUS_SUCCESS},
    {"fe80--1slo" DOMAIN, "fe80::1", true, 0, NSS_STATUS_SUCCESS},
    {"ff02--1sLo" DOMAIN, "ff02::1", true, 0, NSS_STATUS_SUCCESS},
    {"--ffff-192.0.2.1" DOMAIN, "::ffff:192.0.2.1", false, 0, NSS_STATUS_SUCCESS},
    {"fe80--1s-no-such-if" DOMAIN, NULL, false, 0, NSS_STATUS_NOTFOUND},
    {"www" DOMAIN, NULL, false, 0, NSS_STATUS_NOTFOUND},
    {"www.example.com", NULL, false, 0, NSS_STATUS_UNAVAIL},
};
enum { SAMPLES = sizeof samples / sizeof samples[0] };

static struct module module;
static uint32_t loopback;

static bool is_right(const struct sample *sample, const void *address, uint32_t scope_id)
{
    struct in6_addr wanted;
    inet_pton(AF_INET6, sample->address, &wanted);
    return memcmp(address, &wanted, sizeof wanted) == 0 &&
           scope_id == (sample->on_loopback ? loopback : sample->scope_id);
}

static bool entry_is_right(const struct sample *sample)
{
    struct gaih_addrtuple *tuple = NULL;
    char buffer[512];
    int error = 0, host_error = 0;
    errno = EXDEV;
    enum nss_status status =
        module.name4(sample->name, &tuple, buffer, sizeof buffer, &error, &host_error, NULL);
    if (status != NSS_STATUS_SUCCESS)
        return status == sample->status && error == ENOENT;
    return status == sample->status && errno == EXDEV && error == 0 &&
           is_right(sample, tuple->addr, tuple->scopeid);
}

static bool getaddrinfo_is_right(const struct sample *sample)
{
    const struct addrinfo hints = {.ai_socktype = SOCK_STREAM};
    struct addrinfo *result;
    int error = getaddrinfo(sample->name, NULL, &hints, &result);
    if (error != 0)
        return error == EAI_NONAME && sample->address == NULL;
    const struct sockaddr_in6 *address = (const void *)result->ai_addr;
    bool right = sample->address != NULL && result->ai_next == NULL &&
                 result->ai_family == AF_INET6 &&
                 is_right(sample, &address->sin6_addr, address->sin6_scope_id);
    freeaddrinfo(result);
    return right;
}

static unsigned descriptors(void)
{
    unsigned count = 0;
    DIR *directory = opendir("/proc/self/fd");
    if (directory == NULL)
        bail_out("no /proc");
    while (readdir(directory) != NULL)
        count++;
    closedir(directory);
    return count;
}

struct worker {
    pthread_t thread;
    unsigned first;
    unsigned long wrong_entries, wrong_getaddrinfos;
};

/* Every thread goes its own way through the samples, by turns through glibc and without it. */
static void *work(void *argument)
{
    struct worker *worker = argument;
    for (unsigned i = 0; i < lookups; i++) {
        const struct sample *sample = &samples[(worker->first + i / 2) % SAMPLES];
        if (i % 2 == 0)
            worker->wrong_entries += !entry_is_right(sample);
        else
            worker->wrong_getaddrinfos += !getaddrinfo_is_right(sample);
    }
    return NULL;
}

/*
 * A child of a program with threads has one thread, and any lock that another held stays taken: the
 * module has none. glibc has one around resolv.conf, so not even the child of a program without the
 * module can call getaddrinfo then.
 */
static bool child_is_right(bool through_getaddrinfo)
{
    pid_t child = fork();
    if (child < 0)
        bail_out("no child");
    if (child == 0) {
        bool right = true;
        alarm(30);
        for (int i = 0; i < SAMPLES; i++) {
            right = right && entry_is_right(&samples[i]);
            right = right && (!through_getaddrinfo || getaddrinfo_is_right(&samples[i]));
        }
        _exit(right ? 0 : 1);
    }
    int status;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR)
        continue;
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static void test_threads(void)
{
    struct worker workers[THREADS_MAX] = {0};
    unsigned long entries = 0, getaddrinfos = 0;
    for (unsigned i = 0; i < threads; i++) {
        workers[i].first = i;
        if (pthread_create(&workers[i].thread, NULL, work, &workers[i]) != 0)
            bail_out("no thread");
    }
    int children = 0;
    for (int i = 0; i < CHILDREN; i++) {
        children += child_is_right(false);
        usleep(2000);
    }
    for (unsigned i = 0; i < threads; i++) {
        pthread_join(workers[i].thread, NULL);
        entries += workers[i].wrong_entries;
        getaddrinfos += workers[i].wrong_getaddrinfos;
    }
    report(entries == 0, "%u threads, %u direct calls each: %lu wrong", threads, lookups / 2,
           entries);
    report(getaddrinfos == 0,
           "%u threads, %u calls of getaddrinfo each at the same time: %lu wrong", threads,
           lookups / 2, getaddrinfos);
    report(child_is_right(true), "a child is right through getaddrinfo");
    report(children == CHILDREN, "children of the program with threads: %d of %d are right",
           children, CHILDREN);
}

static void test_errno(void)
{
    for (int i = 0; i < SAMPLES; i++) {
        if (samples[i].address == NULL)
            continue;
        struct gaih_addrtuple *tuple = NULL;
        char buffer[512];
        int host_error;
        errno = EXDEV;
        enum nss_status status =
            module.name4(samples[i].name, &tuple, buffer, sizeof buffer, &errno, &host_error, NULL);
        report(status == NSS_STATUS_SUCCESS && errno == EXDEV, "errno stays as it was for %s",
               samples[i].name);
    }
}

static void *look_up_forever(void *argument)
{
    const struct sample *sample = argument;
    for (;;) {
        struct gaih_addrtuple *tuple = NULL;
        char buffer[512];
        int error, host_error;
        module.name4(sample->name, &tuple, buffer, sizeof buffer, &error, &host_error, NULL);
        pthread_testcancel();
    }
    return NULL;
}

static void test_cancellation(const struct sample *sample)
{
    unsigned before = descriptors();
    for (unsigned i = 0; i < cancellations; i++) {
        pthread_t thread;
        void *result;
        if (pthread_create(&thread, NULL, look_up_forever, (void *)(uintptr_t)sample) != 0)
            bail_out("no thread");
        usleep((useconds_t)(i % 50));
        pthread_cancel(thread);
        pthread_join(thread, &result);
        if (result != PTHREAD_CANCELED)
            bail_out("a thread was not cancelled");
    }
    unsigned after = descriptors();
    report(before == after, "%u threads cancelled at %s: %u descriptors open before, %u after",
           cancellations, sample->name, before, after);
}

/*
 * Who closes it may have a thread inside: it is linked with -z nodelete. That can only be seen
 * before getaddrinfo opens it, too, and keeps it.
 */
static void test_loading(void)
{
    dlclose(module.handle);
    void *handle = dlopen(MODULE_PATH, RTLD_NOW | RTLD_LOCAL | RTLD_NOLOAD);
    report(handle != NULL, "it stays in memory when it is closed for the last time");
    if (handle != NULL)
        dlclose(handle);

    unsigned before = descriptors();
    unsigned long failures = 0;
    for (unsigned i = 0; i < loads; i++) {
        handle = dlopen(MODULE_PATH, RTLD_NOW | RTLD_LOCAL);
        if (handle == NULL || dlclose(handle) != 0)
            wrong(&failures, "%s", dlerror());
    }
    unsigned after = descriptors();
    report(failures == 0 && before == after,
           "loaded %u times: %u descriptors open before, %u after", loads, before, after);
    module = load_module();
}

int main(int argc, char **argv)
{
    if (argc == 3) {
        threads = (unsigned)strtoul(argv[1], NULL, 10);
        lookups = (unsigned)strtoul(argv[2], NULL, 10);
    }
    if ((argc != 1 && argc != 3) || threads == 0 || threads > THREADS_MAX || lookups < 10)
        bail_out("usage: threads [THREADS LOOKUPS]");
    loads = lookups / 2;
    cancellations = lookups / 10;
    module = load_module();
    test_loading();
    loopback = if_nametoindex("lo");
    if (loopback == 0)
        bail_out("there is no interface lo");
    if (__nss_configure_lookup("hosts", "ipv6literal") != 0)
        bail_out("__nss_configure_lookup");
    test_errno();
    test_threads();
    test_cancellation(&samples[3]);
    test_cancellation(&samples[4]);
    test_cancellation(&samples[6]);
    return end_of_report();
}
