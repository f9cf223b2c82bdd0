// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tools/common/elf.h"

#include "tools/common/close.h"
#include "tools/common/stream.h"

#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>

_Static_assert(ELF_HEAD_SIZE == offsetof(Elf32_Ehdr, e_machine) + sizeof(Elf32_Half), "");
_Static_assert(offsetof(Elf32_Ehdr, e_machine) == offsetof(Elf64_Ehdr, e_machine), "");

bool elf_abi_of(const char *head, size_t length, struct elf_abi *abi)
{
    if (length < ELF_HEAD_SIZE || memcmp(head, ELFMAG, SELFMAG) != 0)
        return false;
    memcpy(abi->ident, head + EI_CLASS, sizeof abi->ident);
    memcpy(abi->machine, head + offsetof(Elf32_Ehdr, e_machine), sizeof abi->machine);
    return true;
}

bool elf_is_same(const struct elf_abi *abi, const struct elf_abi *other)
{
    return memcmp(abi, other, sizeof *abi) == 0;
}

enum presence elf_read(const char *path, struct elf_abi *abi)
{
    char head[ELF_HEAD_SIZE];
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0)
        return errno == ENOENT || errno == ENOTDIR ? PRESENCE_NO : PRESENCE_UNKNOWN;
    ssize_t length = stream_read_at(fd, head, sizeof head, 0);
    close_and_keep_errno(fd);
    if (length < 0)
        return PRESENCE_UNKNOWN;
    return elf_abi_of(head, (size_t)length, abi) ? PRESENCE_YES : PRESENCE_NO;
}

enum presence elf_find(const char *path, const struct elf_abi *abi)
{
    struct elf_abi here;
    enum presence found = elf_read(path, &here);
    return found == PRESENCE_YES && !elf_is_same(&here, abi) ? PRESENCE_NO : found;
}
