// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * The conversion as one would program it without v6lit: reads lines, and writes the address for
 * each literal name, or the reverse.
 *
 *   plain decode|encode
 */
#include "libv6lit/v6lit.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char suffix[] = "." V6LIT_DOMAIN;

static void replace(char *text, char old, char new)
{
    for (; *text != '\0'; text++) {
        if (*text == old)
            *text = new;
    }
}

/* Reads the address and writes it again, with the zone, if any, and `after` after it. */
static int print(char *text, char zone_mark, const char *after)
{
    struct in6_addr address;
    char written[INET6_ADDRSTRLEN];
    char *zone = strchr(text, '%');
    if (zone != NULL)
        *zone++ = '\0';
    if (inet_pton(AF_INET6, text, &address) != 1)
        return -1;
    inet_ntop(AF_INET6, &address, written, sizeof written);
    if (zone_mark == 's')
        replace(written, ':', '-');
    if (zone != NULL)
        printf("%s%c%s%s\n", written, zone_mark, zone, after);
    else
        printf("%s%s\n", written, after);
    return 0;
}

static int decode(char *line, size_t length)
{
    if (length < sizeof suffix || strcmp(line + length - (sizeof suffix - 1), suffix) != 0)
        return -1;
    line[length - (sizeof suffix - 1)] = '\0';
    char *zone = strchr(line, 's');
    if (zone != NULL)
        *zone = '\0';
    replace(line, '-', ':');
    if (zone != NULL)
        *zone = '%';
    return print(line, '%', "");
}

static int encode(char *line, size_t length)
{
    (void)length;
    return print(line, 's', suffix);
}

int main(int argc, char **argv)
{
    int (*convert)(char *, size_t) = argc == 2 && strcmp(argv[1], "encode") == 0 ? encode : decode;
    char *line = NULL;
    size_t size = 0;
    ssize_t length;
    int status = EXIT_SUCCESS;
    while ((length = getline(&line, &size, stdin)) > 0) {
        if (line[length - 1] == '\n')
            line[--length] = '\0';
        if (convert(line, (size_t)length) != 0) {
            fprintf(stderr, "plain: %s\n", line);
            putchar('\n');
            status = EXIT_FAILURE;
        }
    }
    free(line);
    return status;
}
