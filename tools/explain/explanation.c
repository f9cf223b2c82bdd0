// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tools/explain/explanation.h"

#include "base/ascii.h"

#include <arpa/inet.h>
#include <errno.h>
#include <net/if.h>
#include <string.h>

/* What stands for the share where the input names none. */
#define ANY_SHARE "share"

static struct buffer *add_note(struct explanation *e)
{
    struct buffer *note = &e->note[e->notes++];
    buffer_clear(note);
    return note;
}

static void find_zone(struct explanation *e)
{
    const struct v6lit_address *address = &e->reading.address;
    e->zone_index = address->zone_index;
    memcpy(e->zone_interface, address->zone_name, sizeof e->zone_interface);
    e->zone = EXPLANATION_ZONE_NEEDLESS;
    if (!v6lit_is_scoped(&address->address))
        return;
    e->zone = EXPLANATION_ZONE_NONE;
    if (address->zone_index == 0 && address->zone_name[0] == '\0')
        return;

    e->zone = EXPLANATION_ZONE_UNKNOWN;
    enum v6lit_status status = v6lit_zone_index(address, &e->zone_index);
    if (status == V6LIT_ERROR_NO_SUCH_INTERFACE)
        return;
    char name[IF_NAMESIZE];
    if (status == V6LIT_OK && if_indextoname(e->zone_index, name) != NULL) {
        e->zone = EXPLANATION_ZONE_HERE;
        memcpy(e->zone_interface, name, sizeof name);
    } else if (status == V6LIT_ERROR_SYSTEM || errno != ENXIO) {
        e->zone = EXPLANATION_ZONE_UNASKED;
        buffer_format(add_note(e), "the interfaces could not be asked for: %s", strerror(errno));
    }
}

static void note_interfaces(struct explanation *e)
{
    static struct v6lit_interface interfaces[BUFFER_INPUT_MAX / 4];
    const size_t size = sizeof interfaces / sizeof interfaces[0];
    size_t count;
    struct buffer *note = add_note(e);
    buffer_format(note,
                  "the zone is missing: without it nobody knows on which link this address is, "
                  "and no program reaches it");
    if (v6lit_list_interfaces(interfaces, size, &count) != V6LIT_OK)
        return;
    for (size_t i = 0; i < count && i < size; i++)
        buffer_format(note, "%s%s",
                      i == 0 ? "; add one of the interfaces that are up here: " : ", ",
                      interfaces[i].name);
}

static void write_address(struct explanation *e)
{
    const struct v6lit_address *address = &e->reading.address;
    char text[INET6_ADDRSTRLEN];
    inet_ntop(AF_INET6, &address->address, text, sizeof text);
    buffer_format(&e->address, "%s", text);
    /* The own name of the interface: it may have been written in another case. */
    if (address->zone_name[0] != '\0')
        buffer_format(&e->address, "%%%s", e->zone_interface);
    else if (address->zone_index != 0)
        buffer_format(&e->address, "%%%u", address->zone_index);
}

/* The name with this zone; false if it cannot be part of a name. */
static bool write_name(const struct explanation *e, uint32_t index, const char *interface,
                       struct buffer *name)
{
    struct v6lit_address address = {.address = e->reading.address.address, .zone_index = index};
    memcpy(address.zone_name, interface, strnlen(interface, V6LIT_ZONE_MAX));
    char text[V6LIT_NAME_MAX + 1];
    if (v6lit_encode(&address, text, sizeof text) != V6LIT_OK)
        return false;
    buffer_format(name, "%s", text);
    return true;
}

static void write_names(struct explanation *e)
{
    const struct v6lit_address *address = &e->reading.address;
    struct buffer *name = &e->form[EXPLANATION_NAME];
    if (e->zone == EXPLANATION_ZONE_HERE) {
        write_name(e, e->zone_index, "", &e->form[EXPLANATION_BY_INDEX]);
        write_name(e, 0, e->zone_interface, &e->form[EXPLANATION_BY_INTERFACE]);
    }
    bool by_name = address->zone_name[0] != '\0';
    if (write_name(e, address->zone_index, by_name ? e->zone_interface : "", name))
        return;
    struct buffer *note = add_note(e);
    buffer_format(note, "the interface name %s is not safe in a host name", e->zone_interface);
    if (e->zone == EXPLANATION_ZONE_HERE) {
        *name = e->form[EXPLANATION_BY_INDEX];
        buffer_format(note, ": its index stands in its place");
    }
}

/* What stands between the host and the first slash: "@SSL@8443" in a UNC path, ":80" in a URL. */
static size_t share_start(const struct explanation *e)
{
    size_t at = e->reading.where.start + e->reading.where.length;
    while (at < e->length && strchr("/\\?#", e->input[at]) == NULL)
        at++;
    return at;
}

static int hex_digit(char c)
{
    static const char digits[] = "0123456789abcdef0123456789ABCDEF";
    const char *found = c == '\0' ? NULL : strchr(digits, c);
    return found == NULL ? -1 : (int)(found - digits) % 16;
}

/* Percent-decodes all but what a path could not hold or would take for something else. */
static void decode_path(const char *path, size_t length, struct buffer *share)
{
    for (size_t i = 0; i < length; i++) {
        int high = i + 2 < length && path[i] == '%' ? hex_digit(path[i + 1]) : -1;
        int low = high >= 0 ? hex_digit(path[i + 2]) : -1;
        char c = (char)(high * 16 + low);
        if (low >= 0 && c != '/' && c != '\\' && (unsigned char)c >= ' ') {
            buffer_bytes(share, &c, 1);
            i += 2;
        } else {
            buffer_bytes(share, path + i, 1);
        }
    }
}

/* Whether the path of a URL begins with a share: that of https: or nfs: means something else. */
static bool has_share(const char *url)
{
    char scheme[] = "xxxxx";
    for (size_t i = 0; i < sizeof scheme - 1 && url[i] != '\0'; i++)
        scheme[i] = ascii_lower(url[i]);
    return strncmp(scheme, "smb:", 4) == 0 || strcmp(scheme, "cifs:") == 0 ||
           strcmp(scheme, "file:") == 0;
}

/* The share and path of a UNC path or URL, with slashes between and none before. */
static void find_share(const struct explanation *e, struct buffer *share)
{
    size_t at = share_start(e);
    at += strspn(e->input + at, "/\\");
    if (e->reading.where.place == V6LIT_PLACE_URL && has_share(e->input))
        decode_path(e->input + at, strcspn(e->input + at, "?#"), share);
    else if (e->reading.where.place == V6LIT_PLACE_UNC)
        buffer_bytes(share, e->input + at, e->length - at);
    for (size_t i = 0; i < share->length; i++) {
        if (share->text[i] == '\\')
            share->text[i] = '/';
    }
    if (share->length == 0)
        buffer_format(share, ANY_SHARE);
}

static bool is_from_windows(const struct explanation *e)
{
    return e->reading.where.place == V6LIT_PLACE_UNC && e->input[0] == '\\';
}

/*
 * Windows knows no interface names of ours, and its indexes count its own interfaces: it gets a
 * zone only if it wrote it itself. An address without one works where it has one link.
 */
static void write_unc(struct explanation *e, const struct buffer *share)
{
    struct buffer *unc = &e->form[EXPLANATION_UNC];
    bool keep = is_from_windows(e) && e->reading.address.zone_index != 0;
    buffer_format(unc, "\\\\");
    write_name(e, keep ? e->reading.address.zone_index : 0, "", unc);
    if (e->reading.where.place == V6LIT_PLACE_UNC) {
        size_t end = e->reading.where.start + e->reading.where.length;
        buffer_bytes(unc, e->input + end, share_start(e) - end);
    }
    buffer_format(unc, "\\");
    size_t start = unc->length;
    buffer_bytes(unc, share->text, share->length);
    for (size_t i = start; i < unc->length; i++) {
        if (unc->text[i] == '/')
            unc->text[i] = '\\';
    }
    if (keep)
        buffer_format(add_note(e), "in a path from Windows the zone %u is Windows' own index",
                      e->reading.address.zone_index);
    else if (e->zone != EXPLANATION_ZONE_NEEDLESS)
        buffer_format(add_note(e),
                      "Windows counts its own interfaces: if it has several, add \"s\" "
                      "and the index from 'netsh interface ipv6 show interface'");
}

/* The URL of the input with another host, or one for it. */
static void write_url(const struct explanation *e, const char *host, const struct buffer *share,
                      struct buffer *url)
{
    struct v6lit_host where = e->reading.where;
    size_t end = where.start + where.length;
    if (where.place == V6LIT_PLACE_URL) {
        buffer_bytes(url, e->input, where.start);
        buffer_format(url, "%s", host);
        buffer_bytes(url, e->input + end, e->length - end);
    } else if (where.place == V6LIT_PLACE_UNC) {
        buffer_format(url, "smb://%s/", host);
        buffer_percent_encoded(url, share->text, share->length, "/!$&'()*+,;=:@");
    } else {
        buffer_format(url, "http://%s/", host);
    }
}

static void write_urls(struct explanation *e, const struct buffer *share)
{
    static struct buffer host;
    const char *name = e->form[EXPLANATION_NAME].text;
    if (name[0] != '\0')
        write_url(e, name, share, &e->form[EXPLANATION_URL]);

    size_t zone = strcspn(e->address.text, "%");
    buffer_clear(&host);
    buffer_format(&host, "[%.*s", (int)zone, e->address.text);
    if (zone < e->address.length)
        buffer_format(&host, "%%25%s", e->address.text + zone + 1);
    buffer_format(&host, "]");
    /* No program takes a zone that would have to be percent-encoded. */
    for (size_t i = zone + 1; i < e->address.length; i++) {
        if (!ascii_is_unreserved(e->address.text[i]))
            return;
    }
    write_url(e, host.text, share, &e->form[EXPLANATION_URL_ADDRESS]);
}

/*
 * What systemd waits for before it mounts: the interface of the zone. A path needs no escapes of
 * systemd's own. Other characters than these would need them in fstab, and are in no usual name.
 */
static void write_requirement(const struct explanation *e, struct buffer *fstab)
{
    static const char usual[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._@";
    const char *name = e->zone_interface;
    /* udev does not tell systemd of lo. */
    if (name[0] != '\0' && name[strspn(name, usual)] == '\0' && strcmp(name, "lo") != 0)
        buffer_format(fstab, ",x-systemd.requires=/sys/subsystem/net/devices/%s", name);
}

static void write_mount(struct explanation *e, const struct buffer *share)
{
    const char *name = e->form[EXPLANATION_NAME].text;
    struct buffer *source = &e->form[EXPLANATION_CIFS];
    struct buffer *fstab = &e->form[EXPLANATION_FSTAB];
    if (name[0] == '\0')
        return;
    buffer_format(source, "//%s/", name);
    buffer_bytes(source, share->text, share->length);
    buffer_fstab_field(fstab, source->text, source->length);
    buffer_format(fstab, " /mnt v6lit guest,_netdev,nofail");
    if (e->zone == EXPLANATION_ZONE_HERE)
        write_requirement(e, fstab);
    buffer_format(fstab, " 0 0");
}

/* The text with another host before its colon. */
static void write_text(const struct explanation *e, const char *host, struct buffer *text)
{
    struct v6lit_host where = e->reading.where;
    size_t end = where.start + where.length;
    if (host[0] == '\0')
        return;
    buffer_bytes(text, e->input, where.start);
    buffer_format(text, "%s", host);
    buffer_bytes(text, e->input + end, e->length - end);
}

static void write_texts(struct explanation *e)
{
    static struct buffer host;
    buffer_clear(&host);
    buffer_format(&host, "[%s]", e->address.text);
    write_text(e, e->form[EXPLANATION_NAME].text, &e->form[EXPLANATION_TEXT]);
    write_text(e, host.text, &e->form[EXPLANATION_TEXT_ADDRESS]);
}

/* Whether the zone leads anywhere on this machine: else no line that needs it would work. */
static bool is_reachable(const struct explanation *e)
{
    return e->zone != EXPLANATION_ZONE_NONE && e->zone != EXPLANATION_ZONE_UNKNOWN;
}

/* Nothing listens at the unspecified address, and TCP reaches no group of hosts. */
static bool is_of_a_host(const struct in6_addr *address)
{
    return !IN6_IS_ADDR_MULTICAST(address) && !IN6_IS_ADDR_UNSPECIFIED(address);
}

static void write_all(struct explanation *e)
{
    static struct buffer share;
    const struct in6_addr *address = &e->reading.address.address;
    buffer_clear(&share);
    e->kind = kind_of(address);
    find_zone(e);
    write_address(e);
    buffer_reverse_name(&e->form[EXPLANATION_REVERSE], address);
    write_names(e);
    if (e->zone == EXPLANATION_ZONE_NONE)
        note_interfaces(e);
    if (e->zone == EXPLANATION_ZONE_UNKNOWN)
        buffer_format(add_note(e), "no program here reaches this address: the zone is no interface "
                                   "of this machine");
    if (!is_of_a_host(address))
        return;
    if (e->reading.where.place == V6LIT_PLACE_COLON) {
        write_texts(e);
        return;
    }
    find_share(e, &share);
    write_unc(e, &share);
    if (is_reachable(e)) {
        write_mount(e, &share);
        write_urls(e, &share);
    }
}

static bool can_be_read(const struct suggest *suggest, const char *text, size_t length)
{
    struct reading reading;
    size_t column;
    (void)suggest;
    return reading_of(text, length, &reading, &column) == V6LIT_OK && reading_is_whole(&reading);
}

void explanation_of(const char *input, size_t length, struct explanation *e)
{
    e->input = input;
    e->length = length;
    e->notes = 0;
    e->has_correction = false;
    buffer_clear(&e->address);
    for (size_t i = 0; i < EXPLANATION_FORMS; i++)
        buffer_clear(&e->form[i]);

    e->suggest.takes = can_be_read;
    e->status = reading_of(input, length, &e->reading, &e->column);
    if (e->status == V6LIT_OK)
        write_all(e);
    else
        e->has_correction = suggest(&e->suggest, input, length);
}

const char *explanation_form_name(const struct explanation *e)
{
    static const char *const names[][3] = {
        [V6LIT_PLACE_ALONE] = {"literal name", "label without the domain", "address"},
        [V6LIT_PLACE_UNC] = {"UNC path with a literal name",
                             "UNC path with a label without the domain",
                             "UNC path with an address"},
        [V6LIT_PLACE_URL] = {"URL with a literal name", "URL with a label without the domain",
                             "URL with an address"},
        [V6LIT_PLACE_COLON] = {"literal name with a port or path",
                               "label without the domain with a port or path",
                               "address with a port or path"},
    };
    return names[e->reading.where.place][e->reading.host];
}
