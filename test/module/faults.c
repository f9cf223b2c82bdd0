// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Tests lookups when the interfaces cannot be queried, since no descriptor is left. The module
 * reports that there is no such host, not "try again": a lookup that is repeated forever, or is
 * sent to DNS, is worse. The library returns the reason.
 */
#include "libv6lit/v6lit.h"
#include "test/module/module.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

static struct module module;

struct outcome {
    enum nss_status status;
    int error;
    int host_error;
    uint32_t scope_id;
};

static struct outcome ask_module(const char *name)
{
    struct outcome outcome = {.error = -1, .host_error = -1};
    struct gaih_addrtuple *tuple = NULL;
    char buffer[512];
    outcome.status = module.name4(name, &tuple, buffer, sizeof buffer, &outcome.error,
                                  &outcome.host_error, NULL);
    outcome.scope_id = outcome.status == NSS_STATUS_SUCCESS ? tuple->scopeid : 0;
    return outcome;
}

static enum v6lit_status ask_library(const char *zone, uint32_t *index, int *error)
{
    struct v6lit_address address = {0};
    inet_pton(AF_INET6, "fe80::1", &address.address);
    memcpy(address.zone_name, zone, strlen(zone) + 1);
    errno = EXDEV;
    enum v6lit_status status = v6lit_zone_index(&address, index);
    *error = errno;
    return status;
}

int main(void)
{
    static const char *const zones[] = {"lo", "LO", "-no-such-if"};
    enum { ZONES = sizeof zones / sizeof zones[0] };
    module = load_module();
    uint32_t loopback = if_nametoindex("lo");

    struct outcome outcomes[ZONES], index_outcome, foreign_outcome;
    enum v6lit_status statuses[ZONES];
    int errors[ZONES];
    uint32_t indexes[ZONES];

    /* Every descriptor up to the lowest free one is in use, and there may be no more. */
    struct rlimit limit, none;
    int lowest = dup(STDOUT_FILENO);
    close(lowest);
    getrlimit(RLIMIT_NOFILE, &limit);
    none = limit;
    none.rlim_cur = (rlim_t)lowest;
    if (lowest < 0 || setrlimit(RLIMIT_NOFILE, &none) != 0)
        bail_out("RLIMIT_NOFILE");
    bool exhausted = dup(STDOUT_FILENO) < 0 && errno == EMFILE;
    for (int i = 0; i < ZONES; i++) {
        char name[64];
        snprintf(name, sizeof name, "fe80--1s%s" DOMAIN, zones[i]);
        outcomes[i] = ask_module(name);
        indexes[i] = 4711;
        statuses[i] = ask_library(zones[i], &indexes[i], &errors[i]);
    }
    index_outcome = ask_module("fe80--1s4" DOMAIN);
    foreign_outcome = ask_module("www.example.com");
    setrlimit(RLIMIT_NOFILE, &limit);
    if (!exhausted)
        bail_out("there is a descriptor left");

    for (int i = 0; i < ZONES; i++) {
        report(outcomes[i].status == NSS_STATUS_NOTFOUND && outcomes[i].error == ENOENT &&
                   outcomes[i].host_error == HOST_NOT_FOUND,
               "zone %s without a descriptor: the module says NOTFOUND (%d, %d, %d)", zones[i],
               outcomes[i].status, outcomes[i].error, outcomes[i].host_error);
        report(statuses[i] == V6LIT_ERROR_SYSTEM && errors[i] == EMFILE && indexes[i] == 4711,
               "zone %s without a descriptor: the library says why (%s, %s)", zones[i],
               v6lit_strerror(statuses[i]), strerror(errors[i]));
    }
    report(index_outcome.status == NSS_STATUS_SUCCESS && index_outcome.scope_id == 4,
           "an index needs no descriptor");
    report(foreign_outcome.status == NSS_STATUS_UNAVAIL,
           "a name outside the domain needs no descriptor");

    for (int i = 0; i < ZONES; i++) {
        char name[64];
        snprintf(name, sizeof name, "fe80--1s%s" DOMAIN, zones[i]);
        outcomes[i] = ask_module(name);
        statuses[i] = ask_library(zones[i], &indexes[i], &errors[i]);
    }
    for (int i = 0; i < 2; i++) {
        report(outcomes[i].status == NSS_STATUS_SUCCESS && outcomes[i].scope_id == loopback &&
                   statuses[i] == V6LIT_OK && indexes[i] == loopback && errors[i] == EXDEV,
               "zone %s is found when there is one again, and errno stays as it was", zones[i]);
    }
    report(statuses[2] == V6LIT_ERROR_NO_SUCH_INTERFACE && errors[2] == EXDEV,
           "a zone that is no interface is no error of the system");
    return end_of_report();
}
