// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tools/common/find_program.h"

#include <errno.h>
#include <paths.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Returns 0, or the error with which execve would refuse to run this file. */
static int why_not(const char *path)
{
    struct stat file;
    if (stat(path, &file) != 0)
        return errno;
    if (!S_ISREG(file.st_mode))
        return EACCES;
    return eaccess(path, X_OK) == 0 ? 0 : errno;
}

char *find_program(const char *name)
{
    if (strchr(name, '/') != NULL) {
        errno = why_not(name);
        return errno == 0 ? strdup(name) : NULL;
    }

    const char *path = getenv("PATH");
    if (path == NULL)
        path = _PATH_DEFPATH;
    int error = ENOENT;
    for (const char *end; *name != '\0' && path != NULL; path = *end == ':' ? end + 1 : NULL) {
        end = strchrnul(path, ':');
        char *candidate = NULL;
        /* An empty entry is the working directory. */
        if (asprintf(&candidate, "%.*s/%s", end > path ? (int)(end - path) : 1,
                     end > path ? path : ".", name) < 0)
            return NULL;
        int why = why_not(candidate);
        if (why == 0)
            return candidate;
        free(candidate);
        if (why != ENOENT && why != ENOTDIR)
            error = why;
    }
    errno = error;
    return NULL;
}
