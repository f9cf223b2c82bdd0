// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Tests that the library and the module accept exactly those interface names that this kernel
 * accepts. It renames an interface, which ifname.sh creates, to names with each byte in turn.
 *
 *   ifname INTERFACE
 */
#include "libv6lit/v6lit.h"
#include "test/module/module.h"

#include <errno.h>
#include <net/if.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

static struct module module;
static int control;

static bool rename_interface(const char *from, const char *to)
{
    struct ifreq request = {0};
    memcpy(request.ifr_name, from, strlen(from));
    memcpy(request.ifr_newname, to, strlen(to));
    return ioctl(control, SIOCSIFNAME, &request) == 0;
}

/* Asks the module for an address with this zone. */
static bool module_finds(const char *address, const char *zone, uint32_t *scope_id)
{
    char name[128], buffer[256];
    snprintf(name, sizeof name, "%ss%s" DOMAIN, address, zone);
    struct gaih_addrtuple *tuple = NULL;
    int error, host_error;
    if (module.name4(name, &tuple, buffer, sizeof buffer, &error, &host_error, NULL) !=
        NSS_STATUS_SUCCESS)
        return false;
    *scope_id = tuple->scopeid;
    return true;
}

/* The zone of an address that is not scoped is read and not looked up. */
static bool module_takes(const char *zone)
{
    uint32_t scope_id;
    return module_finds("2001-db8--1", zone, &scope_id);
}

static bool library_takes(const char *zone)
{
    char name[128];
    struct v6lit_address address;
    int length = snprintf(name, sizeof name, "fe80--1s%s" DOMAIN, zone);
    return v6lit_decode(name, (size_t)length, &address, NULL) == V6LIT_OK;
}

static bool is_ascii(const char *text)
{
    while (*text > 0)
        text++;
    return *text == '\0';
}

/* A control character is a kernel's name and no zone's. */
static bool has_control(const char *name)
{
    while ((unsigned char)*name >= 0x20 && *name != 0x7f)
        name++;
    return *name != '\0';
}

/* Whether kernel, module and library are of one mind about a name. */
static bool agree(const char *interface, uint32_t index, const char *name, const char **who)
{
    bool kernel = strcmp(interface, name) == 0 || rename_interface(interface, name);
    bool wanted = kernel && !has_control(name);
    bool good = true;
    *who = wanted ? "it is a zone" : "it is no zone";
    if (module_takes(name) != wanted)
        good = false;
    /* The library maps what is not ASCII first, and one such byte alone is nothing it could map. */
    if (is_ascii(name) && library_takes(name) != wanted)
        good = false;
    uint32_t found;
    bool is_index = name[strspn(name, "0123456789")] == '\0';
    if (wanted && !is_index && (!module_finds("fe80--1", name, &found) || found != index)) {
        *who = "the kernel takes it, but the module does not find it";
        good = false;
    }
    if (kernel && strcmp(interface, name) != 0 && !rename_interface(name, interface))
        bail_out("an interface could not be renamed back");
    return good;
}

static void escape(const char *name, char *text)
{
    for (; *name != '\0'; name++)
        text += sprintf(text, *name > ' ' && *name < 0x7f ? "%c" : "\\x%02x", (unsigned char)*name);
    *text = '\0';
}

int main(int argc, char **argv)
{
    const char *interface = argc == 2 ? argv[1] : "";
    uint32_t index = if_nametoindex(interface);
    if (index == 0)
        bail_out("usage: ifname INTERFACE");
    module = load_module();
    control = socket(AF_INET6, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (control < 0)
        bail_out("no socket");
    if (!rename_interface(interface, "renamed"))
        skip_all("this kernel does not let interfaces be renamed here");
    interface = "renamed";

    /* "%" in a new name makes a template of it ("eth%d" becomes eth0): asking shows nothing. */
    static const char *const forms[] = {"%c", "%cb", "a%cb", "a%c"};
    for (size_t form = 0; form < sizeof forms / sizeof forms[0]; form++) {
        unsigned long failures = 0;
        for (int byte = 1; byte < 256; byte++) {
            char name[IF_NAMESIZE];
            const char *who;
            if (byte == '%')
                continue;
            snprintf(name, sizeof name, forms[form], byte);
            if (!agree(interface, index, name, &who))
                wrong(&failures, "byte 0x%02x: %s", (unsigned)byte, who);
        }
        report(failures == 0, "each byte, as in \"%.*s<byte>%s\"", form >= 2, "a",
               form == 1 || form == 2 ? "b" : "");
    }

    static const char *const names[] = {".", "..", "...", "fifteen-bytes-x", "-", "a..b", "..a",
                                        "s", "1a", "+1"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        const char *who;
        bool good = agree(interface, index, names[i], &who);
        char text[4 * IF_NAMESIZE];
        escape(names[i], text);
        report(good, "\"%s\": %s", text, who);
    }
    /* The kernel's IFNAMSIZ counts the NUL: 15 bytes at most. */
    _Static_assert(IF_NAMESIZE == 16 && sizeof((struct ifreq *)NULL)->ifr_newname == IF_NAMESIZE,
                   "the kernel's names have 15 bytes");
    report(!module_takes("sixteen-bytes-xy") && !library_takes("sixteen-bytes-xy"),
           "16 bytes are too many");
    report(!module_takes("") && !library_takes(""), "no byte is too few");
    close(control);
    return end_of_report();
}
