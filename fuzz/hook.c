// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Fuzzes a connection to v6lit-resolved-hook with any bytes: each reply is valid Varlink, and each
 * record in it has the address of its name.
 */
#include "resolved_hook/hook.h"

#include "fuzz/fuzz.h"
#include "libv6lit/v6lit.h"

#include <arpa/nameser.h>
#include <errno.h>
#include <resolv.h>
#include <sys/socket.h>
#include <systemd/sd-event.h>
#include <unistd.h>

enum { TTL_MAX = 60, REPLIES_MAX = 1 << 20 };

/* What came back. */
static struct {
    char bytes[REPLIES_MAX];
    size_t length;
} replies;

static void demand_record(const unsigned char *record, size_t size)
{
    char owner[NS_MAXDNAME];
    struct v6lit_address address;
    int length = dn_expand(record, record + size, record, owner, sizeof owner);
    DEMAND(length > 0 && size >= (size_t)length + NS_RRFIXEDSZ);
    const unsigned char *at = record + length;
    const unsigned char *data = at + NS_RRFIXEDSZ;
    unsigned type = ns_get16(at);
    DEMAND(ns_get16(at + 2) == ns_c_in && ns_get32(at + 4) <= TTL_MAX);
    DEMAND(size == (size_t)length + NS_RRFIXEDSZ + ns_get16(at + 8));
    DEMAND(v6lit_decode(owner, strlen(owner), &address, NULL) == V6LIT_OK || strchr(owner, '\\'));
    if (strchr(owner, '\\') != NULL)
        return;
    DEMAND(address.zone_index == 0 && address.zone_name[0] == '\0');
    if (type == ns_t_a) {
        DEMAND(IN6_IS_ADDR_V4MAPPED(&address.address));
        DEMAND(ns_get16(at + 8) == NS_INADDRSZ);
        DEMAND(memcmp(data, address.address.s6_addr + 12, NS_INADDRSZ) == 0);
    } else {
        DEMAND(type == ns_t_aaaa && ns_get16(at + 8) == NS_IN6ADDRSZ);
        DEMAND(memcmp(data, address.address.s6_addr, NS_IN6ADDRSZ) == 0);
    }
}

static void demand_answer(sd_json_variant *parameters)
{
    sd_json_variant *code = sd_json_variant_by_key(parameters, "rcode");
    sd_json_variant *answer = sd_json_variant_by_key(parameters, "answer");
    DEMAND(code == NULL || sd_json_variant_unsigned(code) == ns_r_noerror ||
           sd_json_variant_unsigned(code) == ns_r_nxdomain);
    DEMAND(answer == NULL || (code != NULL && sd_json_variant_unsigned(code) == ns_r_noerror));
    for (size_t i = 0; answer != NULL && i < sd_json_variant_elements(answer); i++) {
        void *record;
        size_t size;
        sd_json_variant *element = sd_json_variant_by_index(answer, i);
        DEMAND(sd_json_variant_unbase64(sd_json_variant_by_key(element, "raw"), &record, &size) >=
               0);
        demand_record(record, size);
        free(record);
    }
}

static void demand_replies(void)
{
    const char *end;
    for (const char *reply = replies.bytes;
         (end = memchr(reply, '\0', replies.length - (size_t)(reply - replies.bytes))) != NULL;
         reply = end + 1) {
        sd_json_variant *value = NULL;
        DEMAND(sd_json_parse(reply, 0, &value, NULL, NULL) >= 0);
        demand_answer(sd_json_variant_by_key(value, "parameters"));
        sd_json_variant_unref(value);
    }
}

/* Reads what has come back by now. */
static void drain(int fd)
{
    ssize_t count;
    while ((count = recv(fd, replies.bytes + replies.length, REPLIES_MAX - replies.length,
                         MSG_DONTWAIT)) > 0) {
        replies.length += (size_t)count;
        DEMAND(replies.length < REPLIES_MAX);
    }
    DEMAND(count == 0 || errno == EAGAIN || errno == ECONNRESET);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct input input = {bytes, size};
    size_t piece = (size_t)1 << take(&input) % 11;
    sd_varlink_server *server;
    sd_event *event;
    int ends[2];
    DEMAND(sd_event_new(&event) >= 0 && hook_new_server(&server) >= 0);
    DEMAND(sd_varlink_server_attach_event(server, event, 0) >= 0);
    DEMAND(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends) == 0);
    DEMAND(sd_varlink_server_add_connection(server, ends[0], NULL) >= 0);
    replies.length = 0;
    while (input.size > 0) {
        size_t part = input.size < piece ? input.size : piece;
        if (send(ends[1], input.data, part, MSG_NOSIGNAL) < 0)
            break; /* the server has hung up */
        input.data += part;
        input.size -= part;
        while (sd_event_run(event, 0) > 0)
            drain(ends[1]);
    }
    shutdown(ends[1], SHUT_WR);
    while (sd_event_run(event, 0) > 0)
        drain(ends[1]);
    drain(ends[1]);
    demand_replies();
    /* The server gives up what it has kept for the connection. */
    close(ends[1]);
    while (sd_event_run(event, 0) > 0)
        ;
    DEMAND(sd_varlink_server_current_connections(server) == 0);
    sd_varlink_server_unref(server);
    sd_event_unref(event);
    return 0;
}
