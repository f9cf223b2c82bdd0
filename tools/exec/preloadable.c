// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tools/exec/preloadable.h"

#include "tools/common/close.h"
#include "tools/common/elf.h"
#include "tools/common/message.h"
#include "tools/common/stream.h"

#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <link.h>
#include <paths.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/xattr.h>
#include <unistd.h>

/*
 * How much of a script's first line the kernel reads (BINPRM_BUF_SIZE), and how many scripts can be
 * each other's interpreters before it gives up.
 */
enum { SCRIPT_LINE_MAX = 256, SCRIPT_DEPTH_MAX = 5 };

static void *or_die(void *memory)
{
    if (memory != NULL)
        return memory;
    message_write(NULL, "%s", strerror(errno));
    exit(EXIT_REFUSED);
}

/*
 * Whether an id exists in this user namespace; true also if that is unknown. The kernel ignores
 * set-ID bits for ids that do not, and shows these as that of "nobody".
 */
static bool is_mapped(const char *map, unsigned long id)
{
    struct stream *file = stream_open(map);
    if (file == NULL)
        return true;
    bool mapped = false;
    for (const char *line; !mapped && (line = stream_line(file)) != NULL;) {
        unsigned long first;
        unsigned long count;
        mapped =
            sscanf(line, "%lu %*u %lu", &first, &count) == 2 && id >= first && id - first < count;
    }
    return !stream_close(file) || mapped;
}

/*
 * Whether the kernel would set AT_SECURE, by the rules of its bprm_fill_uid and
 * cap_bprm_creds_from_file: the new effective ids are not the real ones, or a user who is not root
 * gets capabilities from the file. The rules of security modules are unknown here.
 */
static enum program_refusal find_privileges(const char *path)
{
    struct stat file;
    struct statvfs mount;
    if (stat(path, &file) != 0 || statvfs(path, &mount) != 0)
        return PROGRAM_REFUSAL_NONE;
    bool nosuid = (mount.f_flag & ST_NOSUID) != 0;

    bool gives_ids = !nosuid && prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) != 1 &&
                     is_mapped("/proc/self/uid_map", file.st_uid) &&
                     is_mapped("/proc/self/gid_map", file.st_gid);
    /* Without the execute bit, a set-group-ID bit means mandatory locking. */
    const mode_t set_gid = S_ISGID | S_IXGRP;
    bool gives_uid = gives_ids && (file.st_mode & S_ISUID) != 0;
    bool gives_gid = gives_ids && (file.st_mode & set_gid) == set_gid;
    if ((gives_uid && file.st_uid != getuid()) || (gives_gid && file.st_gid != getgid()))
        return PROGRAM_REFUSAL_SET_ID;
    if ((!gives_uid && geteuid() != getuid()) || (!gives_gid && getegid() != getgid()))
        return PROGRAM_REFUSAL_CALLER;

    /*
     * It does not matter which capabilities they are, except for a file that only passes on
     * inherited ones (cap_...+i). That has no effect for most users, and is refused like the
     * others.
     */
    if (!nosuid && getuid() != 0 && getxattr(path, "security.capability", NULL, 0) > 0)
        return PROGRAM_REFUSAL_CAPABILITIES;
    return PROGRAM_REFUSAL_NONE;
}

/*
 * The loader that an ELF file of this machine names; "" if there is none. Returns false if the file
 * cannot be read.
 */
static bool read_loader(int fd, char loader[static PATH_MAX])
{
    ElfW(Ehdr) header;
    ElfW(Phdr) segment;
    loader[0] = '\0';
    ssize_t length = stream_read_at(fd, &header, sizeof header, 0);
    if (length != (ssize_t)sizeof header || header.e_phentsize != sizeof segment ||
        header.e_phoff > INT32_MAX)
        return length >= 0;
    for (size_t i = 0; i < header.e_phnum; i++) {
        off_t at = (off_t)(header.e_phoff + i * sizeof segment);
        length = stream_read_at(fd, &segment, sizeof segment, at);
        if (length != (ssize_t)sizeof segment)
            return length >= 0;
        if (segment.p_type != PT_INTERP)
            continue;
        if (segment.p_filesz == 0 || segment.p_filesz >= PATH_MAX || segment.p_offset > INT32_MAX)
            return true;
        length = stream_read_at(fd, loader, segment.p_filesz, (off_t)segment.p_offset);
        loader[length > 0 ? length : 0] = '\0';
        return length >= 0;
    }
    return true;
}

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash == NULL ? path : slash + 1;
}

/* Compares the program with this one, which was built together with the library. */
static enum program_refusal inspect_elf(int fd, const struct elf_abi *abi)
{
    char own_head[ELF_HEAD_SIZE] = "";
    struct elf_abi own;
    static char own_loader[PATH_MAX];
    int self = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
    if (self >= 0) {
        ssize_t length = stream_read_at(self, own_head, sizeof own_head, 0);
        bool is_read = length >= 0 && read_loader(self, own_loader);
        close_and_keep_errno(self);
        if (!is_read)
            return PROGRAM_REFUSAL_UNKNOWN;
        if (!elf_abi_of(own_head, (size_t)length, &own) || !elf_is_same(abi, &own))
            return PROGRAM_REFUSAL_MACHINE;
    }

    static char loader[PATH_MAX];
    if (!read_loader(fd, loader))
        return PROGRAM_REFUSAL_UNKNOWN;
    if (loader[0] == '\0')
        return PROGRAM_REFUSAL_STATIC;
    /*
     * Loaders of one name in different directories are versions of one C library. With another C
     * library, the loader may find everything that our library needs, or end the program because of
     * one missing function. The loader of this program is unknown if the program was started
     * through it.
     */
    if (own_loader[0] != '\0' && strcmp(base_name(loader), base_name(own_loader)) != 0)
        return PROGRAM_REFUSAL_LIBC;
    return PROGRAM_REFUSAL_NONE;
}

/*
 * The interpreter in a script's first line, which is cut out of `head`. NULL if this is not a
 * script.
 */
static char *interpreter_in(char *head)
{
    if (strncmp(head, "#!", 2) != 0)
        return NULL;
    char *line = head + 2;
    line[strcspn(line, "\n")] = '\0';
    line += strspn(line, " \t");
    line[strcspn(line, " \t")] = '\0';
    return line[0] == '\0' ? NULL : line;
}

enum program_refusal program_refusal(const char *path, char **culprit)
{
    char *file = or_die(strdup(path));
    enum program_refusal refusal = PROGRAM_REFUSAL_NONE;
    bool is_script = true;
    for (int depth = 0; is_script && depth <= SCRIPT_DEPTH_MAX; depth++) {
        int fd = open(file, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
        if (fd < 0) {
            if (errno != EACCES)
                break;
            refusal = find_privileges(file);
            if (refusal == PROGRAM_REFUSAL_NONE)
                refusal = PROGRAM_REFUSAL_UNREADABLE;
            break;
        }
        char head[SCRIPT_LINE_MAX + 1] = "";
        ssize_t length = stream_read_at(fd, head, SCRIPT_LINE_MAX, 0);
        struct elf_abi abi;
        bool is_elf =
            length >= (ssize_t)sizeof(ElfW(Ehdr)) && elf_abi_of(head, (size_t)length, &abi);
        is_script = length >= 0 && !is_elf;
        if (length < 0) {
            refusal = PROGRAM_REFUSAL_UNKNOWN;
        } else if (is_script) {
            /*
             * The set-ID bits of a script have no effect, those of its interpreter have. A file
             * that is neither ELF nor names an interpreter is run by the shell, as execvp does.
             */
            const char *interpreter = interpreter_in(head);
            char *next = or_die(strdup(interpreter == NULL ? _PATH_BSHELL : interpreter));
            free(file);
            file = next;
        } else {
            refusal = inspect_elf(fd, &abi);
            if (refusal == PROGRAM_REFUSAL_NONE)
                refusal = find_privileges(file);
        }
        close_and_keep_errno(fd);
    }
    *culprit = file;
    return refusal;
}

const char *program_refusal_text(enum program_refusal refusal)
{
    static const char *const texts[] = {
#define PROGRAM_REFUSAL_TEXT(code, text) [PROGRAM_REFUSAL_##code] = (text),
        PROGRAM_REFUSAL_MAP(PROGRAM_REFUSAL_TEXT)
#undef PROGRAM_REFUSAL_TEXT
    };
    return texts[refusal];
}
