// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tools/explain/explanation.h"

#include "base/ascii.h"
#include "base/reverse.h"
#include "tools/common/text.h"

#include <arpa/inet.h>
#include <errno.h>
#include <net/if.h>
#include <stdlib.h>
#include <string.h>

/* The share if the input has none. */
#define ANY_SHARE "share"

static void add_note(struct explanation *e, char *note)
{
    e->note[e->notes++] = note;
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
        add_note(e, text_format("cannot query network interfaces: %s", strerror(errno)));
    }
}

static void note_interfaces(struct explanation *e)
{
    static struct v6lit_interface interfaces[BUFFER_INPUT_MAX / 4];
    const size_t size = sizeof interfaces / sizeof interfaces[0];
    size_t count;
    char *note = text_format(
        "the zone is missing: no program reaches a link-local address without its interface");
    if (v6lit_list_interfaces(interfaces, size, &count) != V6LIT_OK)
        count = 0;
    for (size_t i = 0; i < count && i < size; i++)
        text_append(&note, "%s%s", i == 0 ? "; add one of the interfaces that are up: " : ", ",
                    interfaces[i].name);
    add_note(e, note);
}

static void write_address(struct explanation *e)
{
    const struct v6lit_address *address = &e->reading.address;
    char text[INET6_ADDRSTRLEN];
    inet_ntop(AF_INET6, &address->address, text, sizeof text);
    /* The interface's own name: the input may have it in another case. */
    if (address->zone_name[0] != '\0')
        e->address = text_format("%s%%%s", text, e->zone_interface);
    else if (address->zone_index != 0)
        e->address = text_format("%s%%%u", text, address->zone_index);
    else
        e->address = text_format("%s", text);
}

/* Makes the name with this zone; NULL if the zone cannot be part of a name. */
static char *make_name(const struct explanation *e, uint32_t index, const char *interface)
{
    struct v6lit_address address = {.address = e->reading.address.address, .zone_index = index};
    memcpy(address.zone_name, interface, strnlen(interface, V6LIT_ZONE_MAX));
    char text[V6LIT_NAME_MAX + 1];
    if (v6lit_encode(&address, text, sizeof text) != V6LIT_OK)
        return NULL;
    return text_format("%s", text);
}

static void write_names(struct explanation *e)
{
    const struct v6lit_address *address = &e->reading.address;
    if (e->zone == EXPLANATION_ZONE_HERE) {
        e->form[EXPLANATION_BY_INDEX] = make_name(e, e->zone_index, "");
        e->form[EXPLANATION_BY_INTERFACE] = make_name(e, 0, e->zone_interface);
    }
    bool by_name = address->zone_name[0] != '\0';
    char *name = make_name(e, address->zone_index, by_name ? e->zone_interface : "");
    if (name == NULL) {
        bool is_here = e->zone == EXPLANATION_ZONE_HERE;
        add_note(e,
                 text_format("the interface name %s is not safe in a host name%s",
                             e->zone_interface, is_here ? ": the names below use its index" : ""));
        name = is_here ? make_name(e, e->zone_index, "") : NULL;
    }
    e->form[EXPLANATION_NAME] = name;
}

/* The position of the first slash after the host, and after "@SSL@8443" or ":80". */
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

/* Percent-decodes in place, except characters that a path cannot have or would misread. */
static void decode_path(char *path)
{
    char *end = path;
    for (; *path != '\0'; path++) {
        int high = path[0] == '%' ? hex_digit(path[1]) : -1;
        int low = high >= 0 ? hex_digit(path[2]) : -1;
        char c = (char)(high * 16 + low);
        if (low >= 0 && c != '/' && c != '\\' && (unsigned char)c >= ' ') {
            *end++ = c;
            path += 2;
        } else {
            *end++ = *path;
        }
    }
    *end = '\0';
}

static void replace_all(char *text, char old, char new)
{
    while ((text = strchr(text, old)) != NULL)
        *text++ = new;
}

/* Whether the input is a URL of this scheme, which is lower case and ends with a colon. */
static bool is_url_of(const struct explanation *e, const char *scheme)
{
    if (e->reading.where.place != V6LIT_PLACE_URL)
        return false;
    const char *url = e->input;
    while (*scheme != '\0' && ascii_lower(*url) == *scheme) {
        scheme++;
        url++;
    }
    return *scheme == '\0';
}

/* Whether the input is a URL for SMB. */
static bool is_smb(const struct explanation *e)
{
    return is_url_of(e, "smb:") || is_url_of(e, "cifs:");
}

/* The share and path of a UNC path or URL, with slashes between them and none at the start. */
static char *make_share(const struct explanation *e)
{
    size_t at = share_start(e);
    at += strspn(e->input + at, "/\\");
    size_t length = 0;
    /* The path of other URLs, such as https: and nfs:, means something else. */
    bool is_url = is_smb(e) || is_url_of(e, "file:");
    if (is_url)
        length = strcspn(e->input + at, "?#");
    else if (e->reading.where.place == V6LIT_PLACE_UNC)
        length = e->length - at;
    if (length == 0)
        return text_format(ANY_SHARE);
    char *share = text_format("%.*s", (int)length, e->input + at);
    if (is_url)
        decode_path(share);
    replace_all(share, '\\', '/');
    return share;
}

static bool is_from_windows(const struct explanation *e)
{
    return e->reading.where.place == V6LIT_PLACE_UNC && e->input[0] == '\\';
}

/*
 * Windows has its own interface names and indexes, so the name gets a zone only if the input came
 * from Windows with one. Without a zone it works on a host with one link.
 */
static void write_unc(struct explanation *e, const char *share)
{
    bool keep = is_from_windows(e) && e->reading.address.zone_index != 0;
    bool is_unc = e->reading.where.place == V6LIT_PLACE_UNC;
    size_t end = e->reading.where.start + e->reading.where.length;
    /* With an index or without a zone, an address always has a name. */
    char *name = make_name(e, keep ? e->reading.address.zone_index : 0, "");
    /* Neither a name nor the text between it and the share has a slash. */
    char *unc = text_format("\\\\%s%.*s\\%s", name, is_unc ? (int)(share_start(e) - end) : 0,
                            e->input + end, share);
    free(name);
    replace_all(unc, '/', '\\');
    e->form[EXPLANATION_UNC] = unc;
    if (keep)
        add_note(e, text_format("in a path from Windows, the zone %u is the index on Windows",
                                e->reading.address.zone_index));
    else if (e->zone != EXPLANATION_ZONE_NEEDLESS)
        add_note(e, text_format(
                        "Windows uses its own interface indexes: with several interfaces, append "
                        "\"s\" and the index that 'netsh interface ipv6 show interface' prints"));
}

/* The input with another host. */
static char *with_host(const struct explanation *e, const char *host)
{
    struct v6lit_host where = e->reading.where;
    return text_format("%.*s%s%s", (int)where.start, e->input, host,
                       e->input + where.start + where.length);
}

/* The URL of the input with another host, or a new URL. */
static char *make_url(const struct explanation *e, const char *host, const char *share)
{
    if (e->reading.where.place == V6LIT_PLACE_URL)
        return with_host(e, host);
    if (e->reading.where.place != V6LIT_PLACE_UNC)
        return text_format("http://%s/", host);
    char *encoded = text_percent_encoded(share, "/!$&'()*+,;=:@");
    char *url = text_format("smb://%s/%s", host, encoded);
    free(encoded);
    return url;
}

static void write_urls(struct explanation *e, const char *share)
{
    const char *name = e->form[EXPLANATION_NAME];
    if (name != NULL)
        e->form[EXPLANATION_URL] = make_url(e, name, share);

    size_t length = strcspn(e->address, "%");
    bool has_zone = e->address[length] != '\0';
    const char *zone = e->address + length + (has_zone ? 1 : 0);
    /* No program accepts a zone that must be percent-encoded. */
    for (const char *c = zone; *c != '\0'; c++) {
        if (!ascii_is_unreserved(*c))
            return;
    }
    char *host = text_format("[%.*s%s%s]", (int)length, e->address, has_zone ? "%25" : "", zone);
    e->form[EXPLANATION_URL_ADDRESS] = make_url(e, host, share);
    free(host);
}

/*
 * Adds what systemd waits for before it mounts: the interface of the zone. A path needs no escapes
 * of systemd. Other characters than these would need some in fstab; no usual interface has them.
 */
static void add_requirement(const struct explanation *e, char **fstab)
{
    static const char usual[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._@";
    const char *name = e->zone_interface;
    /* udev does not report lo to systemd. */
    if (name[0] != '\0' && name[strspn(name, usual)] == '\0' && strcmp(name, "lo") != 0)
        text_append(fstab, ",x-systemd.requires=/sys/subsystem/net/devices/%s", name);
}

/* Adds the port of a URL for SMB as an option of mount.cifs(8). */
static void add_port(struct explanation *e, char **fstab)
{
    const char *port = e->input + e->reading.where.start + e->reading.where.length;
    int digits = *port == ':' ? (int)strspn(port + 1, "0123456789") : 0;
    if (digits == 0 || !is_smb(e))
        return;
    text_append(fstab, ",port=%.*s", digits, port + 1);
    add_note(e, text_format("mount needs the option port=%.*s", digits, port + 1));
}

static void write_mount(struct explanation *e, const char *share)
{
    const char *name = e->form[EXPLANATION_NAME];
    if (name == NULL)
        return;
    char *source = text_format("//%s/%s", name, share);
    char *fstab = text_fstab_field(source);
    text_append(&fstab, " /mnt v6lit guest,_netdev,nofail");
    add_port(e, &fstab);
    if (e->zone == EXPLANATION_ZONE_HERE)
        add_requirement(e, &fstab);
    text_append(&fstab, " 0 0");
    e->form[EXPLANATION_CIFS] = source;
    e->form[EXPLANATION_FSTAB] = fstab;
}

/* The input with another host before the colon. */
static void write_texts(struct explanation *e)
{
    const char *name = e->form[EXPLANATION_NAME];
    if (name != NULL)
        e->form[EXPLANATION_TEXT] = with_host(e, name);
    char *host = text_format("[%s]", e->address);
    e->form[EXPLANATION_TEXT_ADDRESS] = with_host(e, host);
    free(host);
}

/* Whether the address can be reached from this machine. If not, no line with it would work. */
static bool is_reachable(const struct explanation *e)
{
    return e->zone != EXPLANATION_ZONE_NONE && e->zone != EXPLANATION_ZONE_UNKNOWN;
}

/* Nothing listens on the unspecified address, and TCP does not reach multicast groups. */
static bool is_of_a_host(const struct in6_addr *address)
{
    return !IN6_IS_ADDR_MULTICAST(address) && !IN6_IS_ADDR_UNSPECIFIED(address);
}

static void write_all(struct explanation *e)
{
    const struct in6_addr *address = &e->reading.address.address;
    char reverse[REVERSE_SIZE];
    e->kind = kind_of(address);
    find_zone(e);
    write_address(e);
    reverse_name(address, reverse);
    e->form[EXPLANATION_REVERSE] = text_format("%s", reverse);
    write_names(e);
    if (e->zone == EXPLANATION_ZONE_NONE)
        note_interfaces(e);
    if (e->zone == EXPLANATION_ZONE_UNKNOWN)
        add_note(e, text_format("no program reaches this address: no such interface here"));
    if (!is_of_a_host(address))
        return;
    if (e->reading.where.place == V6LIT_PLACE_COLON) {
        write_texts(e);
        return;
    }
    char *share = make_share(e);
    write_unc(e, share);
    if (is_reachable(e)) {
        write_mount(e, share);
        write_urls(e, share);
    }
    free(share);
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
    e->address = NULL;
    memset(e->form, 0, sizeof e->form);

    e->suggest.takes = can_be_read;
    e->status = reading_of(input, length, &e->reading, &e->column);
    if (e->status == V6LIT_OK)
        write_all(e);
    else
        e->has_correction = suggest(&e->suggest, input, length);
}

void explanation_free(struct explanation *e)
{
    free(e->address);
    for (size_t i = 0; i < EXPLANATION_FORMS; i++)
        free(e->form[i]);
    for (size_t i = 0; i < e->notes; i++)
        free(e->note[i]);
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
