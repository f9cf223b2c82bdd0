// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tools/common/reading.h"

#include "tools/common/buffer.h"

#include <stdbool.h>
#include <string.h>

/* Reads the text as if the domain followed its host. */
static enum v6lit_status read_label(const char *text, size_t length, struct reading *reading,
                                    size_t *column)
{
    static struct buffer named;
    struct v6lit_text found;
    struct v6lit_host where = v6lit_find_host(text, length);
    size_t end = where.start + where.length;
    buffer_clear(&named);
    buffer_bytes(&named, text, end);
    buffer_format(&named, ".%s", V6LIT_DOMAIN);
    buffer_bytes(&named, text + end, length - end);
    enum v6lit_status status = v6lit_read_text(named.text, named.length, &found, column);
    if (status == V6LIT_OK)
        *reading = (struct reading){where, READING_LABEL, found.address};
    else if (*column > end)
        *column = end + 1;
    return status;
}

static bool is_missing(const struct v6lit_address *address)
{
    uint32_t index;
    return v6lit_zone_index(address, &index) == V6LIT_ERROR_NO_SUCH_INTERFACE;
}

/* What surrounds an interface name and is not part of it. */
#define MORE "@(),;<>\"'`"

bool reading_has_more(const char *text, size_t length)
{
    size_t at = 0;
    while (at < length && (text[at] == '\0' || strchr(MORE, text[at]) == NULL))
        at++;
    return at < length;
}

static bool has_encoded_percent(const char *text, const struct v6lit_text *read, size_t *at)
{
    const char *percent = memchr(text + read->host.start, '%', read->host.length);
    if (percent == NULL || read->host.place == V6LIT_PLACE_URL)
        return false;
    *at = (size_t)(percent + 1 - text);
    /* A name of digits would be an index: something must follow the "25". */
    return strncmp(read->address.zone_name, "25", 2) == 0 && is_missing(&read->address);
}

bool reading_has_encoded_percent(const char *text, size_t length, size_t *at)
{
    struct v6lit_text read;
    return memchr(text, '%', length) != NULL &&
           v6lit_read_text(text, length, &read, NULL) == V6LIT_OK &&
           has_encoded_percent(text, &read, at);
}

/* Accepts what was read, unless people write it only by mistake. */
static enum v6lit_status take_pasted(const char *text, struct v6lit_text *read,
                                     struct reading *reading, size_t *column)
{
    size_t at;
    char *zone_name = read->address.zone_name;
    if (has_encoded_percent(text, read, &at))
        memmove(zone_name, zone_name + 2, sizeof read->address.zone_name - 2);
    if (reading_has_more(zone_name, strlen(zone_name)) && is_missing(&read->address)) {
        /* In a URL it may be percent-encoded. */
        *column = read->host.start + 1;
        while (*column < read->host.start + read->host.length &&
               !reading_has_more(text + *column - 1, 1))
            (*column)++;
        return V6LIT_ERROR_NO_SUCH_INTERFACE;
    }
    reading->where = read->host;
    reading->host = read->form == V6LIT_FORM_NAME ? READING_NAME : READING_ADDRESS;
    reading->address = read->address;
    return V6LIT_OK;
}

enum v6lit_status reading_of(const char *text, size_t length, struct reading *reading,
                             size_t *column)
{
    struct v6lit_text read;
    enum v6lit_status status = v6lit_read_text(text, length, &read, column);
    if (status == V6LIT_OK)
        return take_pasted(text, &read, reading, column);
    if (status != V6LIT_ERROR_NEITHER_NAME_NOR_ADDRESS)
        return status;
    size_t label_column;
    enum v6lit_status label_status = read_label(text, length, reading, &label_column);
    if (label_status == V6LIT_OK || label_column <= *column)
        return label_status == V6LIT_OK ? V6LIT_OK : status;
    *column = label_column;
    return label_status;
}

bool reading_is_whole(const struct reading *reading)
{
    return reading->host != READING_LABEL || reading->where.place == V6LIT_PLACE_ALONE;
}
