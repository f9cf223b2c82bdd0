// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tools/doctor/find_text.h"

#include "tools/common/close.h"
#include "tools/common/stream.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BLOCK = 65536, FILE_MAX = 1 << 30 };

static bool continues_a_word(char before)
{
    return (before >= '0' && before <= '9') || (before >= 'A' && before <= 'Z') ||
           (before >= 'a' && before <= 'z') || before == '.' || before == '_';
}

/* Whether a text is in a block. The byte before the block is known only at the start of a file. */
static bool is_in(const char *bytes, size_t size, const char *text, bool is_start)
{
    const char *end = bytes + size;
    const char *at = bytes;
    while ((at = memmem(at, (size_t)(end - at), text, strlen(text))) != NULL) {
        if (at == bytes ? is_start : !continues_a_word(at[-1]))
            return true;
        at++;
    }
    return false;
}

/* Searches at most FILE_MAX bytes, however much the file grows meanwhile. */
static enum find_text find_in(int fd, const char *text)
{
    static char bytes[FIND_TEXT_MAX + BLOCK];
    const size_t length = strlen(text);
    size_t kept =
        0; /* bytes kept from the previous block: the text may begin there, after the first byte */
    for (off_t at = 0; at < FILE_MAX;) {
        ssize_t got = stream_read_at(fd, bytes + kept, BLOCK, at);
        if (got <= 0)
            return got < 0 ? FIND_TEXT_UNKNOWN : FIND_TEXT_NO;
        size_t filled = kept + (size_t)got;
        if (is_in(bytes, filled, text, at == 0))
            return FIND_TEXT_YES;
        kept = filled < length ? filled : length;
        memmove(bytes, bytes + filled - kept, kept);
        at += got;
    }
    return FIND_TEXT_NO;
}

enum find_text find_text(const char *path, const char *text)
{
    struct stat status;
    if (text[0] == '\0' || strlen(text) > FIND_TEXT_MAX)
        return text[0] == '\0' ? FIND_TEXT_YES : FIND_TEXT_NO;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0)
        return FIND_TEXT_UNKNOWN;
    enum find_text found = FIND_TEXT_UNKNOWN;
    if (fstat(fd, &status) == 0) {
        if (S_ISREG(status.st_mode) && status.st_size <= FILE_MAX)
            found = find_in(fd, text);
        else
            errno = EINVAL;
    }
    close_and_keep_errno(fd);
    return found;
}
