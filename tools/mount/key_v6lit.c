// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * key.v6lit: tells the kernel the address of a server with a literal name. The kernel runs it when
 * a cifs mount reconnects; the interface may have another index by then.
 */
#include "libv6lit/v6lit.h"
#include "tools/common/buffer.h"
#include "tools/common/message.h"
#include "tools/common/output.h"
#include "tools/common/terminal.h"
#include "tools/mount/cifs_address.h"

#include <errno.h>
#include <getopt.h>
#include <keyutils.h>
#include <locale.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <syslog.h>

/*
 * How long the kernel keeps an answer, or the lack of one. The cifs client tries to connect every
 * three seconds and is to query each time. With one second, the answer could expire before it is
 * read, since the kernel counts whole seconds.
 */
enum { SECONDS = 2 };

enum { STATUS_NO_ADDRESS = 1, STATUS_USAGE = 2, STATUS_SYSTEM = 2 };

static const char help[] = "Usage: key.v6lit KEY\n"
                           "       key.v6lit -n NAME\n"
                           "Answer the kernel's request for the address of a server whose name is "
                           "a literal name, with the\n"
                           "current index of the interface. request-key(8) runs this when a mount "
                           "of type cifs reconnects,\n"
                           "as a rule in /etc/request-key.d says.\n"
                           "\n"
                           "  -n NAME        print the answer for NAME\n"
                           "  -h, --help     print this help\n"
                           "  -V, --version  print the version\n"
                           "\n"
                           "Exit status: 0 if there is an address, 1 if there is none, 2 for wrong "
                           "usage or a system error.\n";

/* Writes the address of a name, or the reason why it has none. Returns the exit status. */
static int find_address(const char *name, struct buffer *text)
{
    struct v6lit_address parts;
    size_t column;
    char address[CIFS_ADDRESS_SIZE];
    buffer_clear(text);
    enum v6lit_status status = v6lit_decode(name, strlen(name), &parts, &column);
    if (status == V6LIT_ERROR_NOT_A_LITERAL_NAME) {
        buffer_format(text, "%s", v6lit_strerror(status));
        return STATUS_NO_ADDRESS;
    }
    if (status != V6LIT_OK) {
        buffer_format(text, "%s at column %zu", v6lit_strerror(status), column);
        return STATUS_NO_ADDRESS;
    }
    if (cifs_address_lacks_zone(&parts)) {
        buffer_format(text, CIFS_ADDRESS_NO_ZONE);
        return STATUS_NO_ADDRESS;
    }
    status = cifs_address_write(&parts, address);
    if (status == V6LIT_OK)
        buffer_format(text, "%s", address);
    else if (status == V6LIT_ERROR_NO_SUCH_INTERFACE)
        buffer_format(text, "no interface %s", parts.zone_name);
    else
        buffer_format(text, "%s: %s", v6lit_strerror(status), strerror(errno));
    if (status == V6LIT_ERROR_SYSTEM)
        return STATUS_SYSTEM;
    return status == V6LIT_OK ? 0 : STATUS_NO_ADDRESS;
}

static int print_address(const char *name)
{
    static struct buffer text;
    int status = find_address(name, &text);
    if (status == 0) {
        puts(text.text);
        return output_finish(0);
    }
    message_write(name, "%s", text.text);
    return status;
}

/*
 * Answers that there is no address, as key.dns_resolver does: the mount keeps the address that it
 * has, and the kernel queries again. Every user may request a key and so choose the name: it is
 * escaped in the log.
 */
static int refuse(key_serial_t key, const char *name, const char *reason)
{
    char line[1024] = "";
    FILE *stream = fmemopen(line, sizeof line - 1, "w");
    if (stream != NULL) {
        terminal_show(stream, name, strlen(name));
        fputs(": ", stream);
        terminal_show(stream, reason, strlen(reason));
        fclose(stream);
    }
    syslog(LOG_WARNING, "%s", line);
    if (keyctl_negate(key, SECONDS, KEY_REQKEY_DEFL_DEFAULT) < 0)
        syslog(LOG_WARNING, "key %d: %s", key, strerror(errno));
    return STATUS_NO_ADDRESS;
}

/*
 * The description after the type, two ids and the permissions; NULL if the key is of another type.
 */
static const char *find_name(const char *key)
{
    static const char type[] = "dns_resolver;";
    if (strncmp(key, type, sizeof type - 1) != 0)
        return NULL;
    const char *rest = key;
    for (int i = 0; i < 4 && rest != NULL; i++) {
        rest = strchr(rest, ';');
        if (rest != NULL)
            rest++;
    }
    return rest;
}

static int answer(key_serial_t key)
{
    static char description[BUFFER_INPUT_MAX + 64];
    static struct buffer text;
    long length = keyctl_describe(key, description, sizeof description);
    if (length < 0 || (size_t)length > sizeof description)
        return refuse(key, "the key", length < 0 ? strerror(errno) : "too long");
    const char *name = find_name(description);
    if (name == NULL)
        return refuse(key, description, "not a key of type dns_resolver");
    if (find_address(name, &text) != 0)
        return refuse(key, name, text.text);
    /* The kernel expects the NUL at the end (dns_resolver_preparse). */
    if (keyctl_set_timeout(key, SECONDS) < 0 ||
        keyctl_instantiate(key, text.text, text.length + 1, KEY_REQKEY_DEFL_DEFAULT) < 0)
        return refuse(key, name, strerror(errno));
    return 0;
}

static int usage_error(const char *reason)
{
    message_write(NULL, "%s; see 'key.v6lit --help'", reason);
    return STATUS_USAGE;
}

int main(int argc, char **argv)
{
    static const struct option long_options[] = {
        {"help", no_argument, NULL, 'h'},
        {"version", no_argument, NULL, 'V'},
        {0},
    };
    setlocale(LC_CTYPE, "");
    message_program = "key.v6lit";
    openlog("key.v6lit", 0, LOG_DAEMON);
    opterr = 0;
    switch (getopt_long(argc, argv, "n:hV", long_options, NULL)) {
    case 'n':
        return optind == argc ? print_address(optarg) : usage_error("one NAME is required");
    case 'h':
        fputs(help, stdout);
        return output_finish(0);
    case 'V':
        printf("key.v6lit %s\n", v6lit_version());
        return output_finish(0);
    case -1:
        break;
    default:
        return usage_error("invalid option, or option without its argument");
    }
    if (argc - optind != 1)
        return usage_error("one KEY is required");
    char *end;
    errno = 0;
    long key = strtol(argv[optind], &end, 10);
    if (errno != 0 || end == argv[optind] || *end != '\0' || key <= 0 || key > INT32_MAX)
        return usage_error("KEY must be a number");
    return answer((key_serial_t)key);
}
