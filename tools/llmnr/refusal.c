// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tools/llmnr/refusal.h"

#include "libv6lit/v6lit.h"
#include "tools/common/buffer.h"
#include "tools/common/exit_status.h"
#include "tools/common/json.h"
#include "tools/common/message.h"
#include "tools/common/output.h"
#include "tools/llmnr/links.h"

#include <arpa/inet.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/auxv.h>

int refusal_write(const struct llmnr_options *options, const char *input, int exit_status,
                  const char *code, const char *format, ...)
{
    static char reason[BUFFER_INPUT_MAX];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(reason, sizeof reason, format, arguments);
    va_end(arguments);
    if (options->as_json) {
        json_add_bad_input(input, code, reason);
        return exit_status;
    }
    output_flush();
    message_write(input, "%s", reason);
    return exit_status;
}

/* Why nothing could be sent on any link, judged by the addresses of this machine. */
static int cannot_send(const struct llmnr_options *options, const char *input, uint32_t interface)
{
    static const char *const reasons[] = {
        [LINK_SOURCE_NONE] = "this machine has no %s%saddress on %s",
        [LINK_SOURCE_DUPLICATE] = "another host has the %s%saddress of this machine on %s "
                                  "(duplicate address detection)",
        [LINK_SOURCE_TENTATIVE] = "the %s%saddresses of this machine on %s are tentative; "
                                  "duplicate address detection takes a second or two",
        [LINK_SOURCE_USABLE] = "this machine has no %s%sroute for multicast on %s",
    };
    const struct link only = {.index = interface};
    const struct link *links = only.index != 0 ? &only : options->links;
    const size_t count = only.index != 0 ? 1 : options->link_count;
    const char *family = options_family(options);
    enum link_source source = LINK_SOURCE_NONE;
    int error = link_find_source(links, count, options->family, &source);
    if (error != 0)
        source = LINK_SOURCE_NONE;
    static struct buffer reason;
    buffer_clear(&reason);
    buffer_format(&reason, reasons[source], family, family[0] != '\0' ? " " : "",
                  links_text(links, count));
    return refusal_write(options, input, EXIT_TROUBLE, "CANNOT_ASK", "cannot send a query: %s",
                         reason.text);
}

int refusal_cannot_ask(const struct llmnr_options *options, const char *input, uint32_t interface,
                       int error)
{
    if (error == ENETDOWN)
        return cannot_send(options, input, interface);
    if (error == EPERM && getauxval(AT_SECURE) != 0)
        return refusal_write(options, input, EXIT_TROUBLE, "CANNOT_ASK",
                             "set-user-ID and set-group-ID programs do not query");
    if (error == EPERM || error == EACCES)
        return refusal_write(options, input, EXIT_TROUBLE, "CANNOT_ASK",
                             "a firewall or sandbox on this machine blocks queries: %s",
                             strerror(error));
    return refusal_write(options, input, EXIT_TROUBLE, "CANNOT_ASK", "query failed: %s",
                         strerror(error));
}

int refusal_of_host(const struct llmnr_options *options, const char *input,
                    enum host_refusal refusal)
{
    static const char *const reasons[] = {
        [HOST_REFUSAL_DOT] = "a name with a dot belongs to DNS",
        [HOST_REFUSAL_CHARACTER] = "a host name consists of letters, digits, \"-\" and \"_\"",
        [HOST_REFUSAL_LENGTH] = "a host name has 1 to 63 bytes",
        [HOST_REFUSAL_SERVICE] = "names that begin with \"_\" are for services",
        [HOST_REFUSAL_LOCAL] = "this name never belongs to a host on a link",
        [HOST_REFUSAL_OWN] = "it belongs to this machine",
        [HOST_REFUSAL_OFF_LINK] = "it is not on any queried link",
    };
    const char *reason = reasons[refusal];
    struct in6_addr address;
    struct v6lit_address literal;
    struct v6lit_text read;
    if (refusal == HOST_REFUSAL_DOT || refusal == HOST_REFUSAL_CHARACTER) {
        if (v6lit_decode(input, strlen(input), &literal, NULL) != V6LIT_ERROR_NOT_A_LITERAL_NAME)
            reason = "a literal name needs no query; use 'v6lit decode'";
        else if (inet_pton(AF_INET, input, &address) == 1 ||
                 v6lit_read_text(input, strlen(input), &read, NULL) == V6LIT_OK)
            reason = "it is an address; use -x to query for its name";
    }
    return refusal_write(options, input, EXIT_BAD_INPUT, "NOT_ASKED", "not queried: %s", reason);
}
