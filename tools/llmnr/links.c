// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tools/llmnr/links.h"

#include "libv6lit/v6lit.h"
#include "llmnr/config.h"
#include "tools/common/buffer.h"
#include "tools/common/exit_status.h"
#include "tools/common/message.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

void links_name(uint32_t index, char name[static IF_NAMESIZE])
{
    if (if_indextoname(index, name) == NULL)
        snprintf(name, IF_NAMESIZE, "%" PRIu32, index);
}

/* "eth0, eth1" */
const char *links_text(const struct link *links, size_t count)
{
    static struct buffer names;
    buffer_clear(&names);
    for (size_t i = 0; i < count; i++) {
        char name[IF_NAMESIZE];
        links_name(links[i].index, name);
        buffer_format(&names, "%s%s", i == 0 ? "" : ", ", name);
    }
    return names.text;
}

bool links_has(const struct link *links, size_t count, uint32_t index)
{
    size_t at = 0;
    while (at < count && links[at].index != index)
        at++;
    return at < count;
}

/* "v6lit: SUBJECT: REASON" on stderr, and what to do on a line of its own. */
static int trouble(const char *subject, const char *reason, const char *advice)
{
    message_write(subject, "%s", reason);
    if (advice[0] != '\0') {
        message_quote(advice, strlen(advice));
        fputc('\n', stderr);
    }
    return EXIT_TROUBLE;
}

/*
 * An interface is given as in a zone: by its name, in any case if that is unambiguous, or by its
 * index.
 */
static int find_interface(const char *text, uint32_t *index, enum link_refusal *refusal)
{
    struct v6lit_address address = {.address = {{{0xfe, 0x80}}}};
    *index = 0;
    if (v6lit_read_zone(text, strlen(text), &address, NULL) != V6LIT_OK)
        return ENODEV;
    switch (v6lit_zone_index(&address, index)) {
    case V6LIT_OK:
        return link_refusal(*index, refusal);
    case V6LIT_ERROR_NO_SUCH_INTERFACE:
        return ENODEV;
    default:
        return errno;
    }
}

static int choose_interface(struct llmnr_options *options, const char *text)
{
    static const char *const reasons[] = {
        [LINK_REFUSAL_LOOPBACK] = "a loopback interface has no hosts on its link",
        [LINK_REFUSAL_POINT_TO_POINT] = "point-to-point interfaces are not queried",
        [LINK_REFUSAL_NO_MULTICAST] = "the interface does not support multicast",
        [LINK_REFUSAL_PORT] = "ports of a bridge or bond are not queried; name the bridge or bond",
        [LINK_REFUSAL_DOWN] = "the interface is down",
        [LINK_REFUSAL_NO_CARRIER] = "the interface has no carrier",
    };
    enum link_refusal refusal = LINK_REFUSAL_NONE;
    static struct buffer advice;
    int error = find_interface(text, &options->interface, &refusal);
    buffer_clear(&advice);
    if (options->link_count > 0)
        buffer_format(&advice, "Interfaces that can be queried: %s",
                      links_text(options->links, options->link_count));
    if (error == ENODEV)
        return trouble(text, "no such interface", advice.text);
    if (error != 0)
        return trouble(text, strerror(error), "");
    if (refusal != LINK_REFUSAL_NONE)
        return trouble(text, reasons[refusal], advice.text);
    options->links[0] = (struct link){.index = options->interface};
    options->link_count = 1;
    return EXIT_DONE;
}

/* Reports that llmnr.conf excludes all links that could be queried. */
static int none_selected(const struct llmnr_options *options)
{
    static struct buffer advice;
    buffer_clear(&advice);
    buffer_format(&advice, "Interfaces that can be queried with -i: %s",
                  links_text(options->links, options->link_count));
    return trouble(CONFIG_FILE, "no selected link can be queried", advice.text);
}

/* The links that can be queried and that llmnr.conf selects. */
static int select_links(struct llmnr_options *options)
{
    static struct config config;
    static char reason[BUFFER_INPUT_MAX];
    struct link selected[LINKS_MAX];
    size_t count;
    int error = config_read(&config, CONFIG_FILE);
    if (error != 0) {
        config_describe(&config, error, reason, sizeof reason);
        return trouble(
            CONFIG_FILE, reason,
            "No queries are sent until this is fixed; -i NAME queries on one link regardless.");
    }
    error = link_list_selected(selected, &count);
    if (error != 0)
        return trouble("cannot query network interfaces", strerror(error), "");
    if (count == 0)
        return none_selected(options);
    memcpy(options->links, selected, count * sizeof selected[0]);
    options->link_count = count;
    return EXIT_DONE;
}

static void measure_names(struct llmnr_options *options)
{
    for (size_t i = 0; i < options->link_count; i++) {
        char name[IF_NAMESIZE];
        links_name(options->links[i].index, name);
        options->name_width =
            strlen(name) > options->name_width ? strlen(name) : options->name_width;
    }
}

static int choose(struct llmnr_options *options, const char *interface)
{
    int error = link_list(options->links, &options->link_count);
    if (error != 0)
        return trouble("cannot query network interfaces", strerror(error), "");
    if (interface != NULL)
        return choose_interface(options, interface);
    if (options->link_count == 0)
        return trouble("no link to query",
                       "every interface is down, without multicast, a loopback or point-to-point "
                       "interface, or a port of a bridge",
                       "'ip link' shows the interfaces.");
    return select_links(options);
}

int links_choose(struct llmnr_options *options, const char *interface)
{
    int exit_status = choose(options, interface);
    if (exit_status == EXIT_DONE)
        measure_names(options);
    return exit_status;
}
