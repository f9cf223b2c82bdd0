// SPDX-License-Identifier: LGPL-2.1-or-later
/* A text with a host in it: a UNC path, a URL, or the host alone. */
#include "fuzz.h"
#include "interfaces.h"
#include "v6lit.h"

#include <errno.h>

struct text {
    const char *bytes;
    size_t length;
    struct v6lit_host host;
};

static bool is_same(const struct v6lit_address *a, const struct v6lit_address *b)
{
    return memcmp(&a->address, &b->address, sizeof a->address) == 0 &&
           a->zone_index == b->zone_index && strcmp(a->zone_name, b->zone_name) == 0;
}

/* The rules of MS-DTYP 2.2.57 and RFC 3986, from what was found. */
static void demand_host(const struct input *input, struct v6lit_host host)
{
    char *bytes = string_of(input);
    size_t length = strlen(bytes);
    DEMAND(host.start <= length && host.length <= length - host.start);
    const char *start = bytes + host.start;
    size_t end = host.start + host.length;
    bool slashes =
        length >= 2 && strchr("/\\", bytes[0]) != NULL && strchr("/\\", bytes[1]) != NULL;
    DEMAND(slashes == (host.place == V6LIT_PLACE_UNC));
    if (host.place == V6LIT_PLACE_UNC) {
        DEMAND(host.start == 2);
        DEMAND(end == length || strchr("/\\@", bytes[end]) != NULL);
        DEMAND(memchr(start, '/', host.length) == NULL && memchr(start, '@', host.length) == NULL);
        DEMAND(memchr(start, '\\', host.length) == NULL);
    } else if (host.place == V6LIT_PLACE_URL) {
        const char *scheme_end = strstr(bytes, "://");
        DEMAND(scheme_end != NULL && scheme_end + 3 <= start);
        DEMAND(end == length || strchr("/\\?#:", bytes[end]) != NULL);
        /* All between is the user, whose end is the last "@" of the authority. */
        DEMAND(scheme_end + 3 == start || start[-1] == '@');
        size_t rest = strcspn(start, "/\\?#");
        DEMAND(memchr(start, '@', rest) == NULL);
        DEMAND(host.length <= rest);
        DEMAND(host.length == 0 || start[0] == '[' || memchr(start, ':', host.length) == NULL);
    } else {
        DEMAND(host.start == 0 && host.length == length);
    }
    free(bytes);
}

/* Whether an output is the text with something else in the place of its host. */
static bool is_replaced(const struct text *text, const char *output)
{
    size_t before = text->host.start;
    size_t behind = text->length - before - text->host.length;
    size_t length = strlen(output);
    return length >= before + behind && length <= text->length + V6LIT_TEXT_GROWTH &&
           memcmp(output, text->bytes, before) == 0 &&
           memcmp(output + length - behind, text->bytes + text->length - behind, behind) == 0;
}

typedef enum v6lit_status converter(const struct text *text, enum v6lit_zone_form form,
                                    char *buffer, size_t size, size_t *column);

static enum v6lit_status decode(const struct text *text, enum v6lit_zone_form form, char *buffer,
                                size_t size, size_t *column)
{
    (void)form;
    return v6lit_decode_text(text->bytes, text->length, buffer, size, column);
}

static enum v6lit_status encode(const struct text *text, enum v6lit_zone_form form, char *buffer,
                                size_t size, size_t *column)
{
    return v6lit_encode_text(text->bytes, text->length, form, buffer, size, column);
}

/* Converts in a room that suffices, and in one as large as is wished. NULL if it is an error. */
static char *convert(converter *function, const struct text *text, enum v6lit_zone_form form,
                     unsigned wish)
{
    size_t enough = text->length + V6LIT_TEXT_GROWTH + 1;
    struct room large = make_room(enough, 3);
    size_t column = 0;
    errno = 12345;
    enum v6lit_status status = function(text, form, large.start, large.size, &column);
    DEMAND(errno == 12345 && status != V6LIT_ERROR_BUFFER && status != V6LIT_ERROR_SYSTEM);
    DEMAND(only_used(&large, status == V6LIT_OK ? enough : 0));
    DEMAND(status == V6LIT_OK ? column == 0 : column >= 1 && column <= text->length + 1);

    size_t needed = status == V6LIT_OK ? strlen(large.start) + 1 : enough;
    struct room room = make_room(wish % (needed + 4), 1);
    size_t room_column = 0;
    enum v6lit_status room_status = function(text, form, room.start, room.size, &room_column);
    if (status == V6LIT_OK && room.size < needed) {
        DEMAND(room_status == V6LIT_ERROR_BUFFER && room_column == text->length + 1);
        DEMAND(only_used(&room, 0));
    } else {
        DEMAND(room_status == status && room_column == column);
        DEMAND(only_used(&room, status == V6LIT_OK ? needed : 0));
        DEMAND(status != V6LIT_OK || strcmp(room.start, large.start) == 0);
    }
    char *output = status == V6LIT_OK ? exact_copy(large.start, needed) : NULL;
    free_room(&room);
    free_room(&large);
    return output;
}

/* The output has the text's address as its host, and what is around the host stays. */
static void demand_output(const struct text *text, const char *output,
                          const struct v6lit_address *address)
{
    struct v6lit_address found;
    DEMAND(is_replaced(text, output));
    DEMAND(v6lit_read_text(output, strlen(output), &found, NULL) == V6LIT_OK);
    DEMAND(is_same(&found, address));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct input input = {data, size};
    unsigned wish = take(&input) << 8;
    wish |= take(&input);
    enum v6lit_zone_form form = (enum v6lit_zone_form)(take(&input) % 2);
    char *bytes = exact_copy(input.data, input.size);
    struct text text = {bytes, input.size, v6lit_find_host(bytes, input.size)};
    demand_host(&input, text.host);

    struct v6lit_address address;
    memset(&address, ROOM_BYTE, sizeof address);
    size_t column = 0;
    enum v6lit_status status = v6lit_read_text(text.bytes, text.length, &address, &column);
    if (status == V6LIT_OK)
        DEMAND(column == 0);
    else
        DEMAND(column >= 1 && column <= text.length + 1 && is_untouched(&address, sizeof address));

    char *decoded = convert(decode, &text, form, wish);
    char *encoded = convert(encode, &text, form, wish);
    DEMAND(decoded == NULL || encoded == NULL);
    DEMAND(status == V6LIT_OK || (decoded == NULL && encoded == NULL));
    if (decoded != NULL)
        demand_output(&text, decoded, &address);
    if (encoded != NULL) {
        if (form == V6LIT_ZONE_AS_INDEX && address.zone_name[0] != '\0') {
            address.zone_index = find_interface(address.zone_name);
            address.zone_name[0] = '\0';
        }
        demand_output(&text, encoded, &address);
    }
    free(encoded);
    free(decoded);
    free(bytes);
    return 0;
}
