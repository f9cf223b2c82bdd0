// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tools/common/reading.h"

#include "tools/common/buffer.h"

#include <stdbool.h>
#include <string.h>

/* Reads the text as if the domain stood behind its host. */
static enum v6lit_status read_label(const char *text, size_t length, struct v6lit_host where,
                                    struct v6lit_address *address, size_t *column)
{
    static struct buffer named;
    size_t end = where.start + where.length;
    buffer_clear(&named);
    buffer_bytes(&named, text, end);
    buffer_format(&named, ".%s", V6LIT_DOMAIN);
    buffer_bytes(&named, text + end, length - end);
    enum v6lit_status status = v6lit_read_text(named.text, named.length, address, column);
    if (status != V6LIT_OK && *column > end)
        *column = end + 1;
    return status;
}

/* Whether the reason why a host is no address says more than why it is no label. */
static bool is_rather_address(const char *text, size_t length, struct v6lit_host where,
                              enum v6lit_status label_status)
{
    const char *host = text + where.start;
    size_t end = where.start + where.length;
    if (where.length == 0 || host[0] == '[' || memchr(host, ':', where.length) != NULL)
        return true;
    /* The host of http://fe80::1/ ends at the first colon, as if a port followed. */
    return where.place == V6LIT_PLACE_URL && label_status == V6LIT_ERROR_TOO_FEW_GROUPS &&
           end < length && text[end] == ':';
}

static bool is_missing(const struct v6lit_address *address)
{
    uint32_t index;
    return v6lit_zone_index(address, &index) == V6LIT_ERROR_NO_SUCH_INTERFACE;
}

bool reading_has_encoded_percent(const char *text, size_t length, size_t *at)
{
    struct v6lit_host where = v6lit_find_host(text, length);
    struct v6lit_address address;
    const char *percent = memchr(text + where.start, '%', where.length);
    if (percent == NULL || where.place == V6LIT_PLACE_URL ||
        v6lit_read_text(text, length, &address, NULL) != V6LIT_OK)
        return false;
    *at = (size_t)(percent + 1 - text);
    /* A name of digits would be an index: something follows the "25". */
    return strncmp(address.zone_name, "25", 2) == 0 && is_missing(&address);
}

/* What v6lit_read_text says, but for what is written so by mistake alone. */
static enum v6lit_status read_pasted(const char *text, size_t length, struct v6lit_address *address,
                                     size_t *column)
{
    size_t at;
    enum v6lit_status status = v6lit_read_text(text, length, address, column);
    if (status != V6LIT_OK)
        return status;
    if (reading_has_encoded_percent(text, length, &at))
        memmove(address->zone_name, address->zone_name + 2, sizeof address->zone_name - 2);
    if (strchr(address->zone_name, '@') == NULL || !is_missing(address))
        return V6LIT_OK;
    struct v6lit_host where = v6lit_find_host(text, length);
    const char *peer = memrchr(text + where.start, '@', where.length);
    *column = peer == NULL ? where.start + 1 : (size_t)(peer - text) + 1;
    return V6LIT_ERROR_NO_SUCH_INTERFACE;
}

enum v6lit_status reading_of(const char *text, size_t length, struct reading *reading,
                             size_t *column)
{
    struct v6lit_host where = v6lit_find_host(text, length);
    enum v6lit_status inside =
        v6lit_decode(text + where.start, where.length, &reading->address, NULL);
    enum v6lit_status status = read_pasted(text, length, &reading->address, column);
    reading->where = where;
    reading->host = inside == V6LIT_ERROR_NOT_A_LITERAL_NAME ? READING_ADDRESS : READING_NAME;
    if (status == V6LIT_OK || inside != V6LIT_ERROR_NOT_A_LITERAL_NAME)
        return status;

    size_t label_column;
    enum v6lit_status label_status =
        read_label(text, length, where, &reading->address, &label_column);
    reading->host = READING_LABEL;
    if (label_status == V6LIT_OK)
        return V6LIT_OK;
    if (is_rather_address(text, length, where, label_status))
        return status;
    *column = where.start + 1;
    if (label_column <= *column)
        return V6LIT_ERROR_NOT_A_LITERAL_NAME;
    *column = label_column;
    return label_status;
}
