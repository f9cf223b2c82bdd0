// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Fuzzes converting a UNC path, a URL, a host before a colon, or a host alone: compares with the
 * second implementation, and converts there and back.
 */
#include "fuzz/fuzz.h"
#include "fuzz/interfaces.h"
#include "libv6lit/v6lit.h"
#include "test/unit/reference.h"

#include <errno.h>
#include <strings.h>

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
        bool has_device = host.start == 8 && strchr("?.", bytes[2]) != NULL &&
                          strchr("/\\", bytes[3]) != NULL &&
                          strncasecmp(bytes + 4, "unc", 3) == 0 && strchr("/\\", bytes[7]) != NULL;
        DEMAND(host.start == 2 || has_device);
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
    } else if (host.place == V6LIT_PLACE_COLON) {
        DEMAND(bytes[end] == ':' && host.length > 0);
        DEMAND(host.start == 0 || start[-1] == '@');
        DEMAND(strcspn(bytes, "@:/\\[") >= (host.start == 0 ? 0 : host.start - 1));
        DEMAND(start[0] == '[' ? memchr(start, ']', host.length) == start + host.length - 1
                               : memchr(start, ':', host.length) == NULL);
    } else {
        DEMAND(host.start == 0 && host.length == length);
    }
    free(bytes);
}

/* The second implementation reads names only: of an address it gets the name. */
static enum reference_result read_as_name(const char *host, size_t length, bool is_url,
                                          struct reference_address *found)
{
    const char *percent = memchr(host, '%', length);
    size_t address = percent == NULL ? length : (size_t)(percent - host);
    size_t skipped = is_url && length - address >= 3 && memcmp(percent, "%25", 3) == 0 ? 2 : 0;
    char *name = allocate(length + sizeof "." V6LIT_DOMAIN);
    bool is_address = true;
    for (size_t i = 0; i < address; i++) {
        is_address = is_address && strchr("-sS", host[i]) == NULL;
        name[i] = host[i] == ':' ? '-' : host[i];
    }
    size_t zone = length - address - skipped;
    if (percent != NULL) {
        memcpy(name + address, percent + skipped, zone);
        name[address] = 's';
    }
    memcpy(name + address + zone, "." V6LIT_DOMAIN, sizeof "." V6LIT_DOMAIN);
    enum reference_result result = reference_decode(name, strlen(name), found);
    free(name);
    return is_address ? result : REFERENCE_MALFORMED;
}

/* Whether the host is right, and is the address that the second implementation finds. */
static void demand_reference(const struct text *text, enum v6lit_status status,
                             const struct v6lit_address *address)
{
    const char *host = text->bytes + text->host.start;
    size_t length = text->host.length;
    for (size_t i = 0; i < text->length; i++) {
        /* A NUL is refused wherever it is, and what is not ASCII may be mapped. */
        if (text->bytes[i] == '\0' || (unsigned char)text->bytes[i] >= 0x80)
            return;
    }
    struct reference_address found;
    enum reference_result expected = reference_decode(host, length, &found);
    if (expected == REFERENCE_OUTSIDE) {
        bool is_url = text->host.place == V6LIT_PLACE_URL;
        bool opened = length > 0 && host[0] == '[';
        bool closed = length > 1 && host[length - 1] == ']';
        if (opened && closed)
            expected = read_as_name(host + 1, length - 2, is_url, &found);
        else if (!opened && !is_url && text->host.place != V6LIT_PLACE_COLON)
            expected = read_as_name(host, length, is_url, &found);
        else
            expected = REFERENCE_MALFORMED;
    }
    struct v6lit_address same = {.address = found.address, .zone_index = found.index};
    memcpy(same.zone_name, found.name, sizeof same.zone_name);
    DEMAND((status == V6LIT_OK) == (expected == REFERENCE_VALID));
    DEMAND(status != V6LIT_OK || is_same(address, &same));
}

/* Whether an output is the text with something else in the place of its host. */
static bool is_replaced(const struct text *text, const char *output)
{
    size_t before = text->host.start;
    size_t after = text->length - before - text->host.length;
    size_t length = strlen(output);
    return length >= before + after && length <= text->length + V6LIT_TEXT_GROWTH &&
           memcmp(output, text->bytes, before) == 0 &&
           memcmp(output + length - after, text->bytes + text->length - after, after) == 0;
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
    DEMAND(errno == 12345 && status != V6LIT_ERROR_BUFFER_TOO_SMALL &&
           status != V6LIT_ERROR_SYSTEM);
    DEMAND(only_used(&large, status == V6LIT_OK ? enough : 0));
    DEMAND(status == V6LIT_OK ? column == 0 : column >= 1 && column <= text->length + 1);

    size_t needed = status == V6LIT_OK ? strlen(large.start) + 1 : enough;
    struct room room = make_room(wish % (needed + 4), 1);
    size_t room_column = 0;
    enum v6lit_status room_status = function(text, form, room.start, room.size, &room_column);
    if (status == V6LIT_OK && room.size < needed) {
        DEMAND(room_status == V6LIT_ERROR_BUFFER_TOO_SMALL && room_column == text->length + 1);
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
    struct v6lit_text found;
    DEMAND(is_replaced(text, output));
    DEMAND(v6lit_read_text(output, strlen(output), &found, NULL) == V6LIT_OK);
    DEMAND(is_same(&found.address, address));
}

/* The numeric form of what has been read is read as the same, in a buffer that just suffices. */
static void demand_numeric(const struct v6lit_address *address)
{
    char text[V6LIT_ADDRESS_MAX + 1];
    struct v6lit_text again;
    DEMAND(v6lit_format(address, text, sizeof text) == V6LIT_OK);
    DEMAND(v6lit_read_text(text, strlen(text), &again, NULL) == V6LIT_OK);
    DEMAND(is_same(&again.address, address) && again.form == V6LIT_FORM_ADDRESS);

    struct room room = make_room(strlen(text) + 1, 1);
    DEMAND(v6lit_format(address, room.start, room.size - 1) == V6LIT_ERROR_BUFFER_TOO_SMALL);
    DEMAND(only_used(&room, 0));
    DEMAND(v6lit_format(address, room.start, room.size) == V6LIT_OK);
    DEMAND(only_used(&room, room.size) && strcmp(room.start, text) == 0);
    free_room(&room);
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

    struct v6lit_text read;
    memset(&read, ROOM_BYTE, sizeof read);
    size_t column = 0;
    enum v6lit_status status = v6lit_read_text(text.bytes, text.length, &read, &column);
    if (status == V6LIT_OK)
        demand_numeric(&read.address);
    else
        DEMAND(column >= 1 && column <= text.length + 1 && is_untouched(&read, sizeof read));
    DEMAND((status == V6LIT_OK) == (column == 0));
    DEMAND(status != V6LIT_ERROR_NEITHER_NAME_NOR_ADDRESS || column == text.host.start + 1);
    struct v6lit_address address = read.address;
    demand_reference(&text, status, &address);

    char *decoded = convert(decode, &text, form, wish);
    char *encoded = convert(encode, &text, form, wish);
    DEMAND(decoded == NULL || encoded == NULL);
    if (status == V6LIT_OK) {
        DEMAND(read.host.place == text.host.place && read.host.start == text.host.start &&
               read.host.length == text.host.length);
        DEMAND(read.form == V6LIT_FORM_NAME ? encoded == NULL : decoded == NULL);
    }
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
