// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Tests that v6lit_getaddrinfo returns what getaddrinfo returns with the module, including errors,
 * flags, the canonical name and the order. From these, programs tell names from addresses, and so
 * decide which host key or certificate they accept. Three differences are intended; each is a rule
 * of its own below.
 */
#include "test/module/module.h"

#include "libv6lit/v6lit.h"

#include <net/if.h>
#include <netinet/in.h>
#include <string.h>

enum { ITS_OWN = INT32_MAX };

static bool is_same_text(const char *a, const char *b)
{
    return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

/* On purpose: the zone is there for AF_INET6, too. */
static bool is_same_address(const struct addrinfo *a, const struct addrinfo *b, uint32_t scope_id)
{
    if (a->ai_family != b->ai_family || a->ai_addrlen != b->ai_addrlen)
        return false;
    if (a->ai_family != AF_INET6)
        return memcmp(a->ai_addr, b->ai_addr, a->ai_addrlen) == 0;
    struct sockaddr_in6 ours, its;
    memcpy(&ours, a->ai_addr, sizeof ours);
    memcpy(&its, b->ai_addr, sizeof its);
    if (scope_id != ITS_OWN)
        its.sin6_scope_id = scope_id;
    return memcmp(&ours, &its, sizeof ours) == 0;
}

static bool is_same_answer(const struct addrinfo *a, const struct addrinfo *b, uint32_t scope_id)
{
    for (; a != NULL && b != NULL; a = a->ai_next, b = b->ai_next) {
        if (a->ai_flags != b->ai_flags || a->ai_socktype != b->ai_socktype ||
            a->ai_protocol != b->ai_protocol || !is_same_text(a->ai_canonname, b->ai_canonname) ||
            !is_same_address(a, b, scope_id))
            return false;
    }
    return a == b;
}

static bool is_same(const char *name, const char *service, const struct addrinfo *hints,
                    uint32_t scope_id)
{
    struct addrinfo *ours = NULL, *its = NULL;
    int error = v6lit_getaddrinfo(name, service, hints, &ours);
    int its_error = getaddrinfo(name, service, hints, &its);
    bool same = error == its_error && (error != 0 || is_same_answer(ours, its, scope_id));
    if (error == 0)
        freeaddrinfo(ours);
    if (its_error == 0)
        freeaddrinfo(its);
    return same;
}

/*
 * On purpose: with AI_V4MAPPED a mapped address has its one answer. Through NSS glibc finds it as
 * an IPv4 address, too, and gives it twice with AI_ALL and not at all without.
 */
static bool is_found_twice(const char *name, const struct addrinfo *hints)
{
    return strstr(name, "ffff-") != NULL && hints->ai_family == AF_INET6 &&
           (hints->ai_flags & AI_V4MAPPED) != 0;
}

/* On purpose: AI_ADDRCONFIG does not apply to a literal name. Hints of NULL imply it. */
static void try_name(const char *name, uint32_t scope_id)
{
    static const int families[] = {AF_UNSPEC, AF_INET6, AF_INET, AF_UNIX};
    static const int flags[] = {AI_NUMERICHOST, AI_CANONNAME, AI_PASSIVE,    AI_V4MAPPED,
                                AI_ALL,         AI_IDN,       AI_NUMERICSERV};
    static const int types[] = {0, SOCK_STREAM, SOCK_DGRAM, SOCK_RAW, 77};
    static const char *const services[] = {NULL, "80", "65536"};
    enum { FLAGS = sizeof flags / sizeof flags[0] };
    unsigned long failures = 0;
    for (unsigned i = 0; i < 4 * 5 * 3 << FLAGS; i++) {
        unsigned rest = i >> FLAGS;
        struct addrinfo hints = {.ai_family = families[rest % 4],
                                 .ai_socktype = types[rest / 4 % 5]};
        const char *service = services[rest / 20];
        for (unsigned f = 0; f < FLAGS; f++)
            hints.ai_flags |= (i >> f & 1) != 0 ? flags[f] : 0;
        if (is_found_twice(name, &hints) || is_same(name, service, &hints, scope_id))
            continue;
        wrong(&failures, "family %d, type %d, flags %#x, service %s", hints.ai_family,
              hints.ai_socktype, (unsigned)hints.ai_flags, service == NULL ? "none" : service);
    }
    const struct addrinfo bad = {.ai_flags = 1 << 30};
    if (!is_same(name, NULL, &bad, scope_id))
        wrong(&failures, "a flag that is none");
    report(failures == 0, "%s is by every flag what it is through the module", name);
}

int main(void)
{
    static const struct {
        const char *name;
        const char *interface;
    } rows[] = {
        {"2001-db8--1.ipv6-literal.net", NULL},
        {"2001-DB8-0--1.IPv6-Literal.NET.", NULL},
        {"0--1slo.ipv6-literal.net", NULL},
        {"fe80--1.ipv6-literal.net", NULL},
        {"fe80--1slo.ipv6-literal.net", "lo"},
        {"FE80--0001sLO.ipv6-literal.net", "lo"},
        {"ff02--1slo.ipv6-literal.net.", "lo"},
        {"--ffff-192.0.2.1.ipv6-literal.net", NULL},
        {"0--ffff-c000-201.ipv6-literal.net", NULL},
        {"ipv6-literal.net", NULL},
        {"www.ipv6-literal.net", NULL},
        {"fe80--1--2.ipv6-literal.net", NULL},
        {"fe80--1sno.such.if.ipv6-literal.net", NULL},
        {"fe80--1%lo.ipv6-literal.net", NULL},
        {"192.0.2.1.ipv6-literal.net", NULL},
        {"2001-db8--1.ipv6-literal.net..", NULL},
    };
    /* The zone of a numeric address is read without glibc, and is what glibc makes of it. */
    static const char *const numeric[] = {
        "fe80::1%lo",     "FE80:0:0::1%lo",  "ff02::1%lo",    "fe80::192.0.2.1%lo",
        "fe80::1%1",      "fe80::1%01",      "fe80::1%0",     "fe80::1%4294967295",
        "fe80::1%",       "fe80::1%LO",      "fe80::1%%lo",   "fe80::1%4294967296",
        "fe80::1%lo.",    "fe80::1%lo%lo",   "fe80::1%no/if", "fe80::1%no-such-interface",
        "fe80::1%\x1b[m", "fe80::1 %lo",     "fe80::1::%lo",  "fe80::1%25lo",
        "ff01::1%lo",     "ff01::1%1",       "::1%lo",        "2001:db8::1%lo",
        "2001:db8::1%7",  "192.0.2.1%lo",    "%lo",           "fe80::1%1x",
        "fe80::1%lo ",    "fe80::1% 1",      "fe80::1%+1",    "[fe80::1%lo]",
        "fe80::1",        "::ffff:192.0.2.1"};
    load_module();
    if (__nss_configure_lookup("hosts", "ipv6literal") != 0)
        bail_out("__nss_configure_lookup");
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        try_name(rows[i].name, rows[i].interface == NULL ? 0 : if_nametoindex(rows[i].interface));
    for (size_t i = 0; i < sizeof numeric / sizeof numeric[0]; i++)
        try_name(numeric[i], ITS_OWN);
    return end_of_report();
}
