// SPDX-License-Identifier: LGPL-2.1-or-later
#include "answer.h"

#include <string.h>

/* What is left of the caller's buffer. */
struct space {
    char *start;
    size_t size;
};

/* Cuts `size` bytes at a multiple of `alignment` off the start; NULL if there is no room. */
static void *take(struct space *space, size_t size, size_t alignment)
{
    size_t padding = -(uintptr_t)space->start % alignment;
    if (padding > space->size || size > space->size - padding)
        return NULL;
    char *taken = space->start + padding;
    space->start = taken + size;
    space->size -= padding + size;
    return taken;
}

bool answer_tuple(const char *name, const struct in6_addr *address, uint32_t scope_id,
                  struct gaih_addrtuple **result, char *buffer, size_t size)
{
    struct space space = {buffer, size};
    size_t name_size = strlen(name) + 1;
    struct gaih_addrtuple *tuple = *result;
    if (tuple == NULL)
        tuple = take(&space, sizeof *tuple, _Alignof(struct gaih_addrtuple));
    char *name_copy = take(&space, name_size, 1);
    if (tuple == NULL || name_copy == NULL)
        return false;

    memcpy(name_copy, name, name_size);
    *tuple = (struct gaih_addrtuple){.name = name_copy, .family = AF_INET6, .scopeid = scope_id};
    memcpy(tuple->addr, address, sizeof *address);
    *result = tuple;
    return true;
}

bool answer_hostent(const char *name, int family, const void *address, size_t length,
                    struct hostent *result, char *buffer, size_t size)
{
    struct content {
        char *addresses[2];
        char *aliases[1];
        struct in6_addr address;
    };
    struct space space = {buffer, size};
    size_t name_size = strlen(name) + 1;
    struct content *content = take(&space, sizeof *content, _Alignof(struct content));
    char *name_copy = content == NULL ? NULL : take(&space, name_size, 1);
    if (name_copy == NULL)
        return false;

    memcpy(name_copy, name, name_size);
    memcpy(&content->address, address, length);
    content->addresses[0] = (char *)&content->address;
    content->addresses[1] = NULL;
    content->aliases[0] = NULL;
    *result = (struct hostent){
        .h_name = name_copy,
        .h_aliases = content->aliases,
        .h_addrtype = family,
        .h_length = (int)length,
        .h_addr_list = content->addresses,
    };
    return true;
}
