// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tools/doctor/check.h"

#include "tools/common/close.h"
#include "tools/common/find_program.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>

void check_says(struct check_report *report, enum check_result result, const char *format, ...)
{
    static char text[BUFFER_INPUT_MAX];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    report->result = result;
    buffer_clear(&report->seen);
    buffer_format(&report->seen, "%s", text);
}

void check_advises(struct check_report *report, const char *format, ...)
{
    static char text[BUFFER_INPUT_MAX];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    /* A newline in the text would make two lines of one. */
    for (char *p = text; (p = strchr(p, '\n')) != NULL;)
        *p = '?';
    buffer_format(&report->advice, "%s\n", text);
}

void check_advises_access(struct check_report *report, int error)
{
    if (error == EACCES || error == EPERM)
        check_advises(report, "Run 'v6lit doctor' as root.");
    else
        check_advises(report, "Replace it with a readable regular file.");
}

int check_connect(const char *path)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    snprintf(address.sun_path, sizeof address.sun_path, "%s", path);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd >= 0 && connect(fd, (struct sockaddr *)&address, sizeof address) != 0) {
        close_and_keep_errno(fd);
        fd = -1;
    }
    return fd;
}

/* Checks one candidate for a program. A file that is not executable does not count. */
static enum presence look_for_program(const char *name)
{
    char *path = find_program(name);
    if (path == NULL)
        return errno == ENOENT || errno == ENOTDIR || errno == EACCES ? PRESENCE_NO
                                                                      : PRESENCE_UNKNOWN;
    free(path);
    return PRESENCE_YES;
}

enum presence check_program(const char *name)
{
    static const char *const directories[] = {"/usr/local/sbin", "/usr/sbin", "/sbin"};
    enum presence found = look_for_program(name);
    int error = errno;
    for (size_t i = 0; found != PRESENCE_YES && i < sizeof directories / sizeof directories[0];
         i++) {
        char candidate[256];
        snprintf(candidate, sizeof candidate, "%s/%s", directories[i], name);
        enum presence here = look_for_program(candidate);
        if (here == PRESENCE_NO)
            continue;
        found = here;
        error = errno;
    }
    errno = error;
    return found;
}
