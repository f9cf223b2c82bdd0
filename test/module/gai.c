// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Prints what a program gets for a name from each lookup function of glibc.
 *
 *   gai NAME WAY...      one line for each: "WAY: results"
 *   gai NAME             all ways
 *   gai -                all ways for each name in standard input, and no output
 *
 * A way is a family (unspec, inet, inet6) and flags of getaddrinfo, separated by "+", as in
 * "inet6+v4mapped+all"; or "null" (no hints), "gethostbyname", "gethostbyname2+inet" and
 * "gethostbyname2+inet6"; or "getnameinfo", for which NAME is a numeric address.
 */
#include "test/tap.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <string.h>

static const struct {
    const char *word;
    int flag;
} flag_words[] = {
    {"canonname", AI_CANONNAME},     {"addrconfig", AI_ADDRCONFIG},
    {"v4mapped", AI_V4MAPPED},       {"all", AI_ALL},
    {"passive", AI_PASSIVE},         {"idn", AI_IDN},
    {"numerichost", AI_NUMERICHOST},
};

static const char *const all_ways[] = {
    "unspec",
    "unspec+canonname",
    "unspec+addrconfig",
    "unspec+v4mapped+all",
    "unspec+passive",
    "unspec+idn",
    "unspec+idn+canonname",
    "unspec+numerichost",
    "null",
    "inet6",
    "inet6+canonname",
    "inet6+addrconfig",
    "inet6+v4mapped",
    "inet6+v4mapped+all",
    "inet6+v4mapped+addrconfig+canonname",
    "inet6+idn",
    "inet6+numerichost",
    "inet",
    "inet+canonname",
    "inet+addrconfig",
    "inet+v4mapped+all",
    "inet+idn",
    "inet+numerichost",
    "gethostbyname",
    "gethostbyname2+inet",
    "gethostbyname2+inet6",
};

static const char *error_word(int error)
{
    switch (error) {
    case EAI_NONAME:
        return "EAI_NONAME";
    case EAI_NODATA:
        return "EAI_NODATA";
    case EAI_AGAIN:
        return "EAI_AGAIN";
    case EAI_FAIL:
        return "EAI_FAIL";
    case EAI_ADDRFAMILY:
        return "EAI_ADDRFAMILY";
    case EAI_SYSTEM:
        return "EAI_SYSTEM";
    default:
        return gai_strerror(error);
    }
}

static const char *host_error_word(int error)
{
    switch (error) {
    case HOST_NOT_FOUND:
        return "HOST_NOT_FOUND";
    case NO_DATA:
        return "NO_DATA";
    case TRY_AGAIN:
        return "TRY_AGAIN";
    default:
        return hstrerror(error);
    }
}

static void show_address(FILE *out, const struct addrinfo *info)
{
    char text[INET6_ADDRSTRLEN] = "?";
    if (info->ai_family == AF_INET) {
        const struct sockaddr_in *ipv4 = (const void *)info->ai_addr;
        fprintf(out, " %s", inet_ntop(AF_INET, &ipv4->sin_addr, text, sizeof text));
    } else if (info->ai_family == AF_INET6) {
        const struct sockaddr_in6 *ipv6 = (const void *)info->ai_addr;
        fprintf(out, " %s%%%u", inet_ntop(AF_INET6, &ipv6->sin6_addr, text, sizeof text),
                ipv6->sin6_scope_id);
    }
}

/* Each address once, with the types of socket that it came with. */
static void show_results(FILE *out, const struct addrinfo *results)
{
    const struct addrinfo *last = NULL;
    for (const struct addrinfo *info = results; info != NULL; info = info->ai_next) {
        bool same = last != NULL && last->ai_family == info->ai_family &&
                    memcmp(last->ai_addr, info->ai_addr, info->ai_addrlen) == 0;
        if (!same)
            show_address(out, info);
        fputs(info->ai_socktype == SOCK_STREAM  ? " stream"
              : info->ai_socktype == SOCK_DGRAM ? " dgram"
              : info->ai_socktype == SOCK_RAW   ? " raw"
                                                : " ?",
              out);
        last = info;
    }
    if (results->ai_canonname != NULL)
        fprintf(out, " = %s", results->ai_canonname);
}

static void use_getaddrinfo(FILE *out, const char *name, const struct addrinfo *hints)
{
    struct addrinfo *results;
    int error = getaddrinfo(name, NULL, hints, &results);
    if (error != 0) {
        fprintf(out, " %s", error_word(error));
        return;
    }
    show_results(out, results);
    freeaddrinfo(results);
}

static void show_host(FILE *out, const struct hostent *host)
{
    char text[INET6_ADDRSTRLEN];
    if (host == NULL) {
        fprintf(out, " %s", host_error_word(h_errno));
        return;
    }
    for (char **address = host->h_addr_list; *address != NULL; address++)
        fprintf(out, " %s", inet_ntop(host->h_addrtype, *address, text, sizeof text));
    fprintf(out, " = %s", host->h_name);
}

static void use_getnameinfo(FILE *out, const char *address)
{
    const struct addrinfo hints = {.ai_flags = AI_NUMERICHOST, .ai_socktype = SOCK_STREAM};
    struct addrinfo *result;
    char name[NI_MAXHOST];
    int error = getaddrinfo(address, NULL, &hints, &result);
    if (error != 0)
        bail_out("getnameinfo wants an address");
    error =
        getnameinfo(result->ai_addr, result->ai_addrlen, name, sizeof name, NULL, 0, NI_NAMEREQD);
    fprintf(out, " %s", error != 0 ? error_word(error) : name);
    freeaddrinfo(result);
}

static struct addrinfo read_hints(const char *way)
{
    char words[128];
    snprintf(words, sizeof words, "%s", way);
    char *rest;
    const char *family = strtok_r(words, "+", &rest);
    struct addrinfo hints = {.ai_family = strcmp(family, "inet6") == 0  ? AF_INET6
                                          : strcmp(family, "inet") == 0 ? AF_INET
                                                                        : AF_UNSPEC};
    if (hints.ai_family == AF_UNSPEC && strcmp(family, "unspec") != 0)
        bail_out(way);
    for (const char *word; (word = strtok_r(NULL, "+", &rest)) != NULL;) {
        int before = hints.ai_flags;
        for (size_t i = 0; i < sizeof flag_words / sizeof flag_words[0]; i++)
            hints.ai_flags |= strcmp(word, flag_words[i].word) == 0 ? flag_words[i].flag : 0;
        if (hints.ai_flags == before)
            bail_out(way);
    }
    return hints;
}

static void go(FILE *out, const char *name, const char *way)
{
    fprintf(out, "%s:", way);
    if (strcmp(way, "null") == 0) {
        use_getaddrinfo(out, name, NULL);
    } else if (strcmp(way, "gethostbyname") == 0) {
        show_host(out, gethostbyname(name));
    } else if (strcmp(way, "gethostbyname2+inet") == 0) {
        show_host(out, gethostbyname2(name, AF_INET));
    } else if (strcmp(way, "gethostbyname2+inet6") == 0) {
        show_host(out, gethostbyname2(name, AF_INET6));
    } else if (strcmp(way, "getnameinfo") == 0) {
        use_getnameinfo(out, name);
    } else {
        struct addrinfo hints = read_hints(way);
        use_getaddrinfo(out, name, &hints);
    }
    putc('\n', out);
}

static void go_all_ways(FILE *out, const char *name)
{
    for (size_t i = 0; i < sizeof all_ways / sizeof all_ways[0]; i++)
        go(out, name, all_ways[i]);
}

int main(int argc, char **argv)
{
    if (argc < 2)
        bail_out("usage: gai NAME [WAY]... | gai -");
    if (strcmp(argv[1], "-") == 0) {
        FILE *nowhere = fopen("/dev/null", "w");
        char line[1024];
        if (nowhere == NULL)
            bail_out("/dev/null");
        while (fgets(line, sizeof line, stdin) != NULL) {
            line[strcspn(line, "\n")] = '\0';
            go_all_ways(nowhere, line);
        }
        fclose(nowhere);
    } else if (argc == 2) {
        go_all_ways(stdout, argv[1]);
    }
    for (int i = 2; i < argc; i++)
        go(stdout, argv[1], argv[i]);
    return EXIT_SUCCESS;
}
