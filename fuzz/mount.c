// SPDX-License-Identifier: LGPL-2.1-or-later
/* Fuzzes mount.v6lit with the arguments of mount(8), one per line: compares with getopt and the
 * name. */
#include "tools/common/output.h"

/* Its main is not run: it would become mount.cifs. Nor may it close standard output. */
#define main mount_v6lit_main
#define output_finish(status) (status)
int mount_v6lit_main(int argc, char **argv);
#include "tools/mount/mount_v6lit.c"
#undef main

#include "fuzz/fuzz.h"
#include "fuzz/interfaces.h"
#include "test/unit/reference.h"

#include <arpa/inet.h>
#include <inttypes.h>

enum { ARGUMENTS_MAX = 16 };

/* Splits at commas, as mount.cifs does. */
static bool is_among(const char *options, const char *name)
{
    bool found = false;
    char *copy = exact_copy(options, strlen(options) + 1);
    char *rest = copy;
    for (char *option; (option = strsep(&rest, ",")) != NULL;) {
        option[strcspn(option, "=")] = '\0';
        found = found || strcmp(option, name) == 0;
    }
    free(copy);
    return found;
}

/* The server in //SERVER/SHARE, or "" if the source is not that. */
static char *server_of(const char *source)
{
    bool is_unc = strspn(source, "/\\") >= 2;
    size_t length = is_unc ? strcspn(source + 2, "/\\@") : 0;
    const char *end = source + (is_unc ? 2 : 0) + length;
    if (!is_unc || end[0] == '\0' || end[0] == '@' || end[1] == '\0')
        length = 0;
    char *server = exact_copy(source + (is_unc ? 2 : 0), length + 1);
    server[length] = '\0';
    return server;
}

static bool is_ascii(const char *text)
{
    while (*text != '\0' && (unsigned char)*text < 0x80)
        text++;
    return *text == '\0';
}

/* The address that the kernel is to be told, if the source has one. */
static void demand_address(const char *source)
{
    char address[CIFS_ADDRESS_SIZE];
    memset(address, ROOM_BYTE, sizeof address);
    int status = find_address(source, address);
    DEMAND(status == 0 || status == STATUS_USAGE || status == STATUS_FAILED);
    DEMAND(status == 0 || is_untouched(address, sizeof address));

    char *server = server_of(source);
    struct reference_address found;
    bool is_name = reference_decode(server, strlen(server), &found) == REFERENCE_VALID;
    char expected[CIFS_ADDRESS_SIZE] = "";
    if (is_name) {
        unsigned index = found.name[0] == '\0' ? found.index : find_interface(found.name);
        bool is_local = IN6_IS_ADDR_LINKLOCAL(&found.address);
        if ((index != 0 || found.name[0] == '\0') && (index != 0 || !is_local)) {
            if (IN6_IS_ADDR_V4MAPPED(&found.address))
                inet_ntop(AF_INET, found.address.s6_addr + 12, expected, sizeof expected);
            else
                inet_ntop(AF_INET6, &found.address, expected, sizeof expected);
            size_t length = strlen(expected);
            if (index != 0)
                snprintf(expected + length, sizeof expected - length, "%%%u", index);
        }
    }
    /* Other characters are mapped, which the reference does not know. */
    if (is_ascii(server)) {
        DEMAND((status == 0) == (expected[0] != '\0'));
        DEMAND(status != 0 || strcmp(address, expected) == 0);
    }
    free(server);
}

/* Reads the arguments and what they say. All that is printed meanwhile goes to `sink`. */
static void run(int argc, char **argv)
{
    static struct request request;
    int status;
    /* Not as one value, which clang would make on the stack. */
    memset(&request, 0, sizeof request);
    request.flags[0] = '-';
    optind = 0; /* glibc: starts again */
    bool goes_on = read_arguments(argc, argv, &request, &status);
    DEMAND(status == 0 || status == STATUS_USAGE);
    DEMAND(strlen(request.flags) < sizeof request.flags && request.flags[0] == '-');
    DEMAND(strlen(request.options.text) == request.options.length);
    if (!goes_on)
        return;
    DEMAND(status == 0 && request.source != NULL && request.directory != NULL);
    const char *options = request.options.text;
    DEMAND(has_option(options, "ip") == is_among(options, "ip"));
    DEMAND(has_option(options, "addr") == is_among(options, "addr"));
    DEMAND(has_option(options, "remount") == is_among(options, "remount"));
    demand_address(request.source);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static FILE *sink;
    if (sink == NULL)
        sink = fopen("/dev/null", "w");
    DEMAND(sink != NULL);
    struct input input = {data, size};
    char *text = string_of(&input);
    char *argv[ARGUMENTS_MAX + 2] = {NULL};
    int argc = 1;
    char name[] = "mount.v6lit";
    char *rest = text;
    argv[0] = name;
    for (char *word; argc <= ARGUMENTS_MAX && (word = strsep(&rest, "\n")) != NULL;)
        argv[argc++] = exact_copy(word, strlen(word) + 1);

    FILE *streams[] = {stdout, stderr};
    stdout = sink;
    stderr = sink;
    run(argc, argv);
    stdout = streams[0];
    stderr = streams[1];
    /* getopt has changed their order. */
    for (int i = 1; i < argc; i++)
        free(argv[i]);
    free(text);
    return 0;
}
