// SPDX-License-Identifier: LGPL-2.1-or-later
#include "nss_common/answer.h"

#include <nss.h>
#include <string.h>

/* What is left of the caller's buffer. */
struct space {
    char *start;
    size_t size;
};

/* Takes `size` bytes, aligned to `alignment`, from the start; NULL if there is no room. */
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

bool answer_tuples(const char *name, const struct answer_address *addresses, size_t count,
                   struct gaih_addrtuple **result, char *buffer, size_t size)
{
    struct space space = {buffer, size};
    size_t name_size = strlen(name) + 1;
    struct gaih_addrtuple *first = *result;
    size_t wanted = first == NULL ? count : count - 1;
    struct gaih_addrtuple *tuples = NULL;
    if (wanted > 0)
        tuples = take(&space, wanted * sizeof *tuples, _Alignof(struct gaih_addrtuple));
    char *name_copy = take(&space, name_size, 1);
    if ((wanted > 0 && tuples == NULL) || name_copy == NULL)
        return false;

    memcpy(name_copy, name, name_size);
    if (first == NULL)
        first = tuples++;
    for (size_t i = 0; i < count; i++) {
        const struct answer_address *address = &addresses[i];
        struct gaih_addrtuple *tuple = i == 0 ? first : &tuples[i - 1];
        *tuple = (struct gaih_addrtuple){.next = i + 1 < count ? &tuples[i] : NULL,
                                         .name = name_copy,
                                         .family = address->family,
                                         .scopeid = address->scope_id};
        memcpy(tuple->addr, &address->ipv6,
               address->family == AF_INET ? sizeof address->ipv4 : sizeof address->ipv6);
    }
    *result = first;
    return true;
}

bool answer_hostent(const char *name, int family, const struct answer_address *addresses,
                    size_t count, struct hostent *result, char *buffer, size_t size)
{
    struct space space = {buffer, size};
    size_t name_size = strlen(name) + 1;
    size_t of_family = 0;
    for (size_t i = 0; i < count; i++)
        of_family += addresses[i].family == family;

    /* The list of addresses with its terminator, and an empty list of aliases. */
    char **list = take(&space, (of_family + 2) * sizeof *list, _Alignof(char *));
    struct in6_addr *copies =
        list == NULL ? NULL : take(&space, of_family * sizeof *copies, _Alignof(struct in6_addr));
    char *name_copy = copies == NULL ? NULL : take(&space, name_size, 1);
    if (name_copy == NULL)
        return false;

    memcpy(name_copy, name, name_size);
    size_t length = family == AF_INET ? sizeof(struct in_addr) : sizeof(struct in6_addr);
    size_t added = 0;
    for (size_t i = 0; i < count; i++) {
        if (addresses[i].family != family)
            continue;
        memcpy(&copies[added], &addresses[i].ipv6, length);
        list[added] = (char *)&copies[added];
        added++;
    }
    list[of_family] = NULL;
    list[of_family + 1] = NULL;
    *result = (struct hostent){
        .h_name = name_copy,
        .h_aliases = &list[of_family + 1],
        .h_addrtype = family,
        .h_length = (int)length,
        .h_addr_list = list,
    };
    return true;
}
