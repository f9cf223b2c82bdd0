/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What tells the ABIs of one machine apart in an ELF file. */
#ifndef TOOLS_COMMON_ELF_H
#define TOOLS_COMMON_ELF_H

#include "tools/common/presence.h"

#include <stdbool.h>
#include <stddef.h>

/* At the same place in the ELF files of every class. */
struct elf_abi {
    unsigned char ident[2]; /* EI_CLASS, EI_DATA */
    unsigned char machine[2];
};

/* How many bytes at the start of a file identify its ABI. */
enum { ELF_HEAD_SIZE = 20 };

/* Identifies the ABI of a file by its first bytes. Returns false if this is not an ELF file. */
bool elf_abi_of(const char *head, size_t length, struct elf_abi *abi);

bool elf_is_same(const struct elf_abi *abi, const struct elf_abi *other);

/* Whether the path is an ELF file, and of which ABI. */
enum presence elf_read(const char *path, struct elf_abi *abi);

/* Whether the path is an ELF file of this ABI. */
enum presence elf_find(const char *path, const struct elf_abi *abi);

#endif
