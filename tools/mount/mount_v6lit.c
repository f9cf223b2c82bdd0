// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * mount.v6lit: mounts a share of a server with a literal name. It passes the address to mount.cifs,
 * which then does not look the name up: glibc loses the zone on a host without IPv4.
 */
#include "libv6lit/v6lit.h"
#include "tools/common/buffer.h"
#include "tools/common/message.h"
#include "tools/common/output.h"
#include "tools/mount/cifs_address.h"

#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <locale.h>
#include <sched.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* The path where mount(8) finds it. It is fixed: a caller's PATH must not decide what root runs. */
#define MOUNT_CIFS "/sbin/mount.cifs"

/* mount.cifs silently truncates longer options (MAX_OPTIONS_LEN). */
enum { OPTIONS_MAX = 4096 };

/* The exit statuses of mount(8). */
enum { STATUS_USAGE = 1, STATUS_SYSTEM = 2, STATUS_FAILED = 32 };

static const char help[] =
    "Usage: mount.v6lit //NAME/SHARE DIRECTORY [-fnsv] [-o OPTIONS] [-N NAMESPACE]\n"
    "Mount a share of the server with the literal name NAME. mount(8) runs this program for file\n"
    "systems of type v6lit, on the command line and in fstab:\n"
    "\n"
    "  mount -t v6lit //fe80--1seth0." V6LIT_DOMAIN "/share /mnt -o guest\n"
    "\n"
    "mount.v6lit passes the address and the index of its interface to mount.cifs as the option\n"
    "ip=, and all other arguments unchanged.\n"
    "\n"
    "  -f             do everything except the mount itself\n"
    "  -n             do not write to /etc/mtab\n"
    "  -s             ignore unknown mount options\n"
    "  -v             be verbose\n"
    "  -o OPTIONS     options of mount.cifs(8)\n"
    "  -N NAMESPACE   mount in the mount namespace that this file names\n"
    "  -t TYPE        ignored; must be v6lit\n"
    "  -h, --help     print this help\n"
    "  -V, --version  print the version\n"
    "\n"
    "Exit status: that of mount.cifs; 1 for wrong usage or a bad name, 2 for a system error, 32 "
    "if\n"
    "the mount failed.\n";

struct request {
    const char *source;
    const char *directory;
    const char *namespace;
    char flags[sizeof "-fnsv"];
    struct buffer options;
};

/* "mount.v6lit: SUBJECT: REASON", and what to do. */
__attribute__((format(printf, 3, 4))) static int complain(int status, const char *subject,
                                                          const char *format, ...)
{
    char reason[512];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(reason, sizeof reason, format, arguments);
    va_end(arguments);
    message_write(subject, "%s", reason);
    return status;
}

static int usage_error(const char *subject, const char *reason)
{
    return complain(STATUS_USAGE, subject, "%s; see 'mount.v6lit --help'", reason);
}

/* Whether the options have one of this name. They are split at every comma, as mount.cifs does. */
static bool has_option(const char *options, const char *name)
{
    size_t length = strlen(name);
    for (const char *option = options; option != NULL;) {
        if (strncmp(option, name, length) == 0 && strchr("=,", option[length]) != NULL)
            return true;
        option = strchr(option, ',');
        if (option != NULL)
            option++;
    }
    return false;
}

/* Reads the server's name, and writes the address for the kernel. */
static int find_address(const char *source, char address[static CIFS_ADDRESS_SIZE])
{
    size_t length = strlen(source);
    struct v6lit_host host = v6lit_find_host(source, length);
    /* mount.cifs does not understand "//?/UNC/". */
    if (host.place != V6LIT_PLACE_UNC || host.start != strlen("//"))
        return usage_error(source, "not //NAME/SHARE");
    const char *rest = source + host.start + host.length;
    /* "@SSL" means WebDAV. mount.cifs reads past the end of a text without a share. */
    if (strchr("/\\", rest[0]) == NULL || rest[0] == '\0' || rest[1] == '\0')
        return usage_error(source, "missing share after the name");

    struct v6lit_address parts;
    size_t column;
    enum v6lit_status status = v6lit_decode(source + host.start, host.length, &parts, &column);
    if (status == V6LIT_ERROR_NOT_A_LITERAL_NAME) {
        struct v6lit_text read;
        if (v6lit_read_text(source + host.start, host.length, &read, NULL) == V6LIT_OK)
            return complain(STATUS_USAGE, source,
                            "not a name but an address; use the name that 'v6lit encode' prints");
        return complain(STATUS_USAGE, source, "%s; use 'mount -t cifs'", v6lit_strerror(status));
    }
    if (status != V6LIT_OK)
        return complain(STATUS_USAGE, source, "%s at column %zu", v6lit_strerror(status),
                        host.start + column);
    if (cifs_address_lacks_zone(&parts))
        return complain(STATUS_USAGE, source,
                        CIFS_ADDRESS_NO_ZONE "; append 's' and the interface to the address, as in "
                                             "fe80--1seth0." V6LIT_DOMAIN);
    status = cifs_address_write(&parts, address);
    if (status == V6LIT_ERROR_NO_SUCH_INTERFACE)
        return complain(STATUS_FAILED, source,
                        "no interface %s; see 'ip link', and mount.v6lit(8) if it appears later",
                        parts.zone_name);
    if (status != V6LIT_OK)
        return complain(STATUS_SYSTEM, source, "%s: %s", v6lit_strerror(status), strerror(errno));
    return 0;
}

/*
 * Puts the address before the options. The options of a remount may come from the kernel, with the
 * address of the mount.
 */
static int add_address(struct request *request)
{
    const char *options = request->options.text;
    bool has_ip = has_option(options, "ip");
    if (has_ip || has_option(options, "addr")) {
        if (has_option(options, "remount"))
            return 0;
        return complain(
            STATUS_USAGE, has_ip ? "ip=" : "addr=",
            "the name already gives the address; remove the option, or use 'mount -t cifs'");
    }
    char address[CIFS_ADDRESS_SIZE];
    int status = find_address(request->source, address);
    if (status != 0)
        return status;
    static struct buffer all;
    all.overflowed = request->options.overflowed;
    buffer_format(&all, "ip=%s%s%s", address, options[0] == '\0' ? "" : ",", options);
    request->options = all;
    return 0;
}

/* Returns false if the program is to exit with *status at once. */
static bool read_arguments(int argc, char **argv, struct request *request, int *status)
{
    static const struct option long_options[] = {
        {"help", no_argument, NULL, 'h'},
        {"version", no_argument, NULL, 'V'},
        {0},
    };
    opterr = 0;
    *status = 0;
    for (int option;
         (option = getopt_long(argc, argv, ":fnsvo:N:t:hV", long_options, NULL)) != -1;) {
        const char letter[] = {'-', (char)optopt, '\0'};
        const char *word = optopt != 0 ? letter : argv[optind - 1];
        switch (option) {
        case 'f':
        case 'n':
        case 's':
        case 'v':
            if (strchr(request->flags, option) == NULL)
                request->flags[strlen(request->flags)] = (char)option;
            break;
        case 'o':
            buffer_format(&request->options, "%s%s", request->options.length > 0 ? "," : "",
                          optarg);
            break;
        case 'N':
            request->namespace = optarg;
            break;
        case 't':
            if (strcmp(optarg, "v6lit") != 0)
                *status = usage_error(optarg, "type v6lit has no subtypes");
            break;
        case 'h':
            fputs(help, stdout);
            *status = output_finish(0);
            return false;
        case 'V':
            printf("mount.v6lit %s\n", v6lit_version());
            *status = output_finish(0);
            return false;
        default:
            *status = usage_error(word, option == ':' ? "option requires an argument"
                                                      : "unrecognized option");
        }
        if (*status != 0)
            return false;
    }
    if (argc - optind != 2) {
        *status = usage_error("arguments", "//NAME/SHARE and a directory are required");
        return false;
    }
    request->source = argv[optind];
    request->directory = argv[optind + 1];
    return true;
}

/* mount.cifs has no -N. It runs inside the namespace, since it makes the mount itself. */
static int enter_namespace(const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0 || setns(fd, CLONE_NEWNS) != 0)
        return complain(STATUS_SYSTEM, path, "cannot enter mount namespace: %s", strerror(errno));
    close(fd);
    return 0;
}

static int run_mount_cifs(struct request *request)
{
    char *arguments[] = {
        "mount.cifs", (char *)request->source, (char *)request->directory,
        "-o",         request->options.text,   request->flags[1] == '\0' ? NULL : request->flags,
        NULL,
    };
    execv(MOUNT_CIFS, arguments);
    if (errno == ENOENT)
        return complain(STATUS_FAILED, MOUNT_CIFS, "%s; install the package cifs-utils%s",
                        strerror(errno),
                        request->namespace == NULL ? "" : " in that mount namespace");
    return complain(STATUS_SYSTEM, MOUNT_CIFS, "%s", strerror(errno));
}

int main(int argc, char **argv)
{
    setlocale(LC_CTYPE, "");
    message_program = "mount.v6lit";
    static struct request request = {.flags = "-"};
    int status;
    if (!read_arguments(argc, argv, &request, &status))
        return status;
    /*
     * This holds even if somebody makes this program set-user-ID: it does nothing for other users.
     */
    if (getuid() != 0)
        return complain(STATUS_USAGE, request.source,
                        "only root can mount type v6lit; see mount.v6lit(8), ORDINARY USERS");
    status = add_address(&request);
    if (status == 0 && (request.options.overflowed || request.options.length > OPTIONS_MAX))
        status = complain(STATUS_USAGE, "-o",
                          "options and address are longer than the %d bytes that "
                          "mount.cifs reads",
                          OPTIONS_MAX);
    if (status == 0 && request.namespace != NULL)
        status = enter_namespace(request.namespace);
    return status != 0 ? status : run_mount_cifs(&request);
}
