// SPDX-License-Identifier: LGPL-2.1-or-later
#include <stdbool.h>

#include "bench/corpus.h"

#include "test/env/random.h"

#include <arpa/inet.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* One that is no address has only the two texts. */
struct sample {
    char numeric_form[INET6_ADDRSTRLEN];
    char name[V6LIT_NAME_MAX + 1];
    struct v6lit_address address;
};

static void set_name(struct sample *sample)
{
    if (v6lit_encode(&sample->address, sample->name, sizeof sample->name) != V6LIT_OK)
        abort();
}

/* The address of these two halves. */
static void set_address(struct sample *sample, uint64_t high, uint64_t low)
{
    memset(&sample->address, 0, sizeof sample->address);
    for (int i = 0; i < 8; i++) {
        sample->address.address.s6_addr[i] = (unsigned char)(high >> (56 - 8 * i));
        sample->address.address.s6_addr[8 + i] = (unsigned char)(low >> (56 - 8 * i));
    }
    if (inet_ntop(AF_INET6, &sample->address.address, sample->numeric_form,
                  sizeof sample->numeric_form) == NULL)
        abort();
    set_name(sample);
}

static void make_eui64(struct sample *sample)
{
    uint64_t mac = next_random();
    set_address(sample, UINT64_C(0xfe80) << 48,
                (mac & UINT64_C(0xfcffff0000ffffff)) | UINT64_C(0x0200000000000000) |
                    UINT64_C(0x000000fffe000000));
}

/* With the index that interfaces have: a small number. inet_pton and inet_ntop do without. */
static void make_zone(struct sample *sample)
{
    make_eui64(sample);
    sample->address.zone_index = 2 + below(8);
    set_name(sample);
}

static void make_link_local(struct sample *sample)
{
    set_address(sample, UINT64_C(0xfe80) << 48, next_random());
}

static void make_global(struct sample *sample)
{
    set_address(sample, UINT64_C(0x2) << 60 | next_random() >> 4, next_random());
}

static void make_ula(struct sample *sample)
{
    set_address(sample,
                (UINT64_C(0xfd) << 56 | (next_random() >> 8 & ~UINT64_C(0xffff))) + below(16),
                1 + below(0x200));
}

static void make_short(struct sample *sample)
{
    set_address(sample, UINT64_C(0x20010db8) << 32 | below(0x10000), 1 + below(0x100));
}

static void make_loopback(struct sample *sample)
{
    set_address(sample, 0, 1);
}

/* As programs write them that begin with inet_ntop: with an IPv4 tail. */
static void make_mapped(struct sample *sample)
{
    set_address(sample, 0, UINT64_C(0xffff00000000) | (next_random() & 0xffffffff));
    snprintf(sample->name, sizeof sample->name, "--ffff-%s." V6LIT_DOMAIN,
             strrchr(sample->numeric_form, ':') + 1);
}

static void make_mixed(struct sample *sample)
{
    static const struct {
        unsigned percent;
        void (*make)(struct sample *sample);
    } parts[] = {
        {15, make_eui64}, {15, make_link_local}, {30, make_global}, {10, make_ula},
        {20, make_short}, {5, make_loopback},    {5, make_mapped},
    };
    unsigned left = below(100);
    size_t i = 0;
    while (left >= parts[i].percent)
        left -= parts[i++].percent;
    parts[i].make(sample);
}

/* One character of the address is another one. */
static void make_malformed(struct sample *sample)
{
    static const char wrong[] = "-:.%gxz_ ";
    struct sample read = *sample;
    struct v6lit_address address;
    do {
        make_mixed(&read);
        size_t at = below((unsigned)(strlen(read.name) - sizeof V6LIT_DOMAIN));
        read.name[at] = wrong[below(sizeof wrong - 1)];
    } while (v6lit_decode(read.name, strlen(read.name), &address, NULL) == V6LIT_OK);
    *sample = read;
}

/* What else is looked up on a machine; the numeric forms are addresses, to compare the time with.
 */
static void make_foreign(struct sample *sample)
{
    static const char *const names[] = {
        "localhost",     "www.example.com",        "mail.example.org",
        "fileserver",    "cdn.static.example.net", "db1.internal",
        "printer.local", "ipv6.example.net",
    };
    make_mixed(sample);
    snprintf(sample->name, sizeof sample->name, "%s", names[below(8)]);
}

const struct corpus corpora[] = {
    {"mixed",
     "15 % EUI-64, 15 % random link-local, 30 % global, 10 % ULA, 20 % short, 5 % ::1, 5 % mapped",
     true, make_mixed},
    {"eui64", "fe80:: with the identifier of a network card", true, make_eui64},
    {"zone", "the same, and an interface index", true, make_zone},
    {"link-local", "fe80:: with a random identifier", true, make_link_local},
    {"global", "2000::/4, all groups random", true, make_global},
    {"ula", "fd00::/8, a subnet and a small identifier", true, make_ula},
    {"short", "2001:db8:x::y", true, make_short},
    {"mapped", "::ffff:192.0.2.1, with the IPv4 tail", true, make_mapped},
    {"malformed", "one wrong character", false, make_malformed},
    {"foreign", "names outside the domain", false, make_foreign},
    {0},
};

void corpus_make(const struct corpus *corpus, struct samples *samples, size_t count)
{
    random_state = 1;
    for (size_t i = 0; i < count; i++) {
        struct sample sample;
        corpus->make(&sample);
        memcpy(samples->numeric_forms[i], sample.numeric_form, sizeof sample.numeric_form);
        memcpy(samples->names[i], sample.name, sizeof sample.name);
        samples->name_lengths[i] = strlen(sample.name);
        samples->addresses[i] = sample.address;
    }
}
