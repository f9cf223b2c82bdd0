// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tools/convert/records.h"

#include "base/reverse.h"
#include "libv6lit/v6lit.h"
#include "tools/common/exit_status.h"
#include "tools/common/lines.h"
#include "tools/common/message.h"
#include "tools/common/output.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

struct addresses {
    struct in6_addr *list;
    size_t count;
    size_t room;
};

/* How a file begins, and what it has for each address. */
struct format {
    const char *name;
    bool is_zone; /* loaded as a zone: begins with SOA and NS records */
    const char *policy;
    void (*first)(const char *name, const struct in6_addr *address);
    void (*second)(const char *name, const struct in6_addr *address);
};

/* The time to live is the zone's. */
static void write_record(const char *name, const char *dot, const struct in6_addr *address)
{
    char text[INET6_ADDRSTRLEN];
    printf("%s%s\tIN\tAAAA\t%s\n", name, dot, inet_ntop(AF_INET6, address, text, sizeof text));
}

/* With a dot a line stands for itself, whatever the $ORIGIN. */
static void write_aaaa(const char *name, const struct in6_addr *address)
{
    write_record(name, ".", address);
}

static void write_ptr(const char *name, const struct in6_addr *address)
{
    char reverse[REVERSE_SIZE];
    reverse_name(address, reverse);
    printf("%s.\tIN\tPTR\t%s.\n", reverse, name);
}

static void write_host(const char *name, const struct in6_addr *address)
{
    char text[INET6_ADDRSTRLEN];
    printf("%s\t%s\n", inet_ntop(AF_INET6, address, text, sizeof text), name);
}

/* A name in a response policy zone is relative to that zone. */
static void write_policy(const char *name, const struct in6_addr *address)
{
    write_record(name, "", address);
}

/*
 * The records without which no server loads a zone, so that nobody has to add them to output that
 * may be missing. The serial number is the time: it grows from one list to the next.
 */
static void write_zone_head(void)
{
    printf("$TTL 3600\n"
           "@\tIN\tSOA\tlocalhost. root.localhost. %" PRIu32 " 3600 600 86400 60\n"
           "@\tIN\tNS\tlocalhost.\n",
           (uint32_t)time(NULL));
}

/* The policy comes before the names, so that even a truncated file keeps the whole domain local. */
static const struct format formats[] = {
    {"hosts", false, "", write_host, NULL},
    {"rpz", true, V6LIT_DOMAIN "\tIN\tCNAME\t.\n*." V6LIT_DOMAIN "\tIN\tCNAME\t.\n", write_policy,
     NULL},
    {"zone", true, "", write_aaaa, write_ptr},
};

static const struct format *find_format(const char *name)
{
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++) {
        if (strcmp(formats[i].name, name) == 0)
            return &formats[i];
    }
    return NULL;
}

static bool add(struct addresses *addresses, const struct in6_addr *address)
{
    if (addresses->count == addresses->room) {
        size_t room = addresses->room == 0 ? 256 : 2 * addresses->room;
        struct in6_addr *list = reallocarray(addresses->list, room, sizeof *list);
        if (list == NULL)
            return false;
        addresses->list = list;
        addresses->room = room;
    }
    addresses->list[addresses->count++] = *address;
    return true;
}

/* Lines from Windows end in a carriage return, too. */
static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

/* Cuts off blanks, and a comment: "#" at the start or after a blank. Returns what is before. */
static size_t strip(const char **line, size_t length)
{
    const char *text = *line;
    for (size_t i = 0; i < length; i++) {
        if (text[i] == '#' && (i == 0 || is_blank(text[i - 1])))
            length = i;
    }
    while (length > 0 && is_blank(text[length - 1]))
        length--;
    size_t blanks = 0;
    while (blanks < length && is_blank(text[blanks]))
        blanks++;
    *line = text + blanks;
    return length - blanks;
}

/* The column of the zone in what has been read: after its mark. */
static size_t zone_column(const char *text, struct v6lit_host host)
{
    size_t end = host.start + host.length;
    size_t at = host.start;
    while (at < end && text[at] != '%' && text[at] != 's' && text[at] != 'S')
        at++;
    return (at < end ? at + 1 : host.start) + 1;
}

/* The exit status of one line: EXIT_TROUBLE if there is no memory for its address. */
static int read_line(struct addresses *addresses, size_t number, const char *line, size_t length)
{
    const char *text = line;
    size_t text_length = strip(&text, length);
    if (text_length == 0)
        return EXIT_DONE;
    struct v6lit_text read;
    size_t column;
    enum v6lit_status status = v6lit_read_text(text, text_length, &read, &column);
    const char *reason = v6lit_strerror(status);
    if (status == V6LIT_OK) {
        if (read.address.zone_index == 0 && read.address.zone_name[0] == '\0')
            return add(addresses, &read.address.address) ? EXIT_DONE : EXIT_TROUBLE;
        reason = "zone not allowed in this format";
        column = zone_column(text, read.host);
    }
    message_reason(number, line, length, reason, (size_t)(text - line) + column, "%s", "");
    return EXIT_BAD_INPUT;
}

static int read_lines(struct addresses *addresses, int fd, const char *path)
{
    static struct lines lines;
    lines.fd = fd;
    int exit_status = EXIT_DONE;
    for (size_t number = 1;; number++) {
        const char *line;
        size_t length;
        int line_status = EXIT_DONE;
        switch (lines_next(&lines, &line, &length)) {
        case LINES_LINE:
            line_status = read_line(addresses, number, line, length);
            break;
        case LINES_TOO_LONG:
            message_too_long(number, LINES_MAX);
            line_status = EXIT_BAD_INPUT;
            break;
        case LINES_END:
            return exit_status;
        case LINES_ERROR:
            message_write(path, "%s", strerror(errno));
            return EXIT_TROUBLE;
        }
        if (line_status == EXIT_TROUBLE) {
            message_write(path, "%s", strerror(ENOMEM));
            return EXIT_TROUBLE;
        }
        if (line_status != EXIT_DONE)
            exit_status = line_status;
    }
}

static int compare(const void *left, const void *right)
{
    return memcmp(left, right, sizeof(struct in6_addr));
}

static void sort_once_each(struct addresses *addresses)
{
    if (addresses->count == 0)
        return;
    struct in6_addr *list = addresses->list;
    qsort(list, addresses->count, sizeof *list, compare);
    size_t kept = 1;
    for (size_t i = 1; i < addresses->count; i++) {
        if (compare(&list[i], &list[kept - 1]) != 0)
            list[kept++] = list[i];
    }
    addresses->count = kept;
}

static void write_all(const struct addresses *addresses,
                      void (*write_one)(const char *name, const struct in6_addr *address))
{
    for (size_t i = 0; i < addresses->count; i++) {
        const struct v6lit_address address = {.address = addresses->list[i]};
        char name[V6LIT_NAME_MAX + 1];
        if (v6lit_encode(&address, name, sizeof name) == V6LIT_OK)
            write_one(name, &address.address);
    }
}

int records_run(const char *format_name, const char *path)
{
    const struct format *format = find_format(format_name);
    if (format == NULL)
        return message_usage_error("encode", "unknown format '%s'", format_name);
    int fd = path == NULL ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        message_write(path, "%s", strerror(errno));
        return EXIT_TROUBLE;
    }
    if (path == NULL)
        path = "standard input";

    struct addresses addresses = {0};
    int exit_status = read_lines(&addresses, fd, path);
    if (exit_status == EXIT_DONE) {
        sort_once_each(&addresses);
        if (format->is_zone)
            write_zone_head();
        fputs(format->policy, stdout);
        write_all(&addresses, format->first);
        if (format->second != NULL)
            write_all(&addresses, format->second);
    }
    free(addresses.list);
    if (fd != STDIN_FILENO)
        close(fd);
    return output_finish(exit_status);
}
