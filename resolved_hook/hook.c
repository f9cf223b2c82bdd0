// SPDX-License-Identifier: LGPL-2.1-or-later
#include "resolved_hook/hook.h"

#include "libv6lit/v6lit.h"
#include "resolved_hook/record.h"

#include <arpa/nameser.h>
#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <systemd/sd-json.h>

/* resolved sends two types for two spellings of a name. */
enum { KEYS_MAX = 16 };

/* The codes of DNS in a reply (RFC 1035, section 4.1.1). */
enum { NO_ERROR = ns_r_noerror, NO_SUCH_NAME = ns_r_nxdomain };

/* A key of the question: class, type and name. */
struct key {
    const char *name;
    uint64_t class;
    uint64_t type;
};

/* A number of 16 bits; false if it is not there, or is not one. */
static bool read_number(sd_json_variant *object, const char *name, uint64_t *number)
{
    sd_json_variant *value = sd_json_variant_by_key(object, name);
    if (!sd_json_variant_is_unsigned(value))
        return false;
    *number = sd_json_variant_unsigned(value);
    return *number <= UINT16_MAX;
}

/*
 * Reads one element of the question. Fields that are not known are ignored: later versions of
 * resolved may send more, and an error would leave the name to DNS.
 */
static bool read_key(sd_json_variant *element, struct key *key)
{
    sd_json_variant *object = sd_json_variant_by_key(element, "key");
    sd_json_variant *name = sd_json_variant_by_key(object, "name");
    if (!sd_json_variant_is_string(name))
        return false;
    key->name = sd_json_variant_string(name);
    return read_number(object, "class", &key->class) && read_number(object, "type", &key->type);
}

/* The answer to a question: what holds for its best key, and the records. */
struct answer {
    enum record_result result;
    const char *owner; /* of the records; NULL without any */
    sd_json_variant *records;
};

/*
 * Adds what holds for a key. Returns a negative errno value if memory runs out. All keys stand for
 * one address, so it is given for the first spelling only: resolved sends the ASCII one first.
 */
static int add_key(struct answer *answer, const struct key *key)
{
    struct record record;
    enum record_result result = record_find(key->name, (uint16_t)key->type, &record);
    if (result == RECORD_FOUND && key->class != ns_c_in && key->class != ns_c_any)
        result = RECORD_NONE;
    if (result > answer->result)
        answer->result = result;
    if (result != RECORD_FOUND || (answer->owner != NULL && strcmp(answer->owner, key->name) != 0))
        return 0;
    answer->owner = key->name;
    return sd_json_variant_append_arraybo(
        &answer->records, SD_JSON_BUILD_PAIR_BASE64("raw", record.bytes, record.length));
}

/*
 * Replies to a question. Without a code resolved goes on to DNS, which is for names outside the
 * domain alone.
 */
static int reply(sd_varlink *link, const struct answer *answer)
{
    switch (answer->result) {
    case RECORD_OUTSIDE:
        return sd_varlink_reply(link, NULL);
    case RECORD_MALFORMED:
        return sd_varlink_replybo(link, SD_JSON_BUILD_PAIR_INTEGER("rcode", NO_SUCH_NAME));
    case RECORD_NONE:
        return sd_varlink_replybo(link, SD_JSON_BUILD_PAIR_INTEGER("rcode", NO_ERROR));
    default:
        return sd_varlink_replybo(link, SD_JSON_BUILD_PAIR_INTEGER("rcode", NO_ERROR),
                                  SD_JSON_BUILD_PAIR_VARIANT("answer", answer->records));
    }
}

/* Reads no more from a client that leaves its replies unread: they would fill the memory. */
static void limit_replies(sd_varlink *link)
{
    int events = sd_varlink_get_events(link);
    if (events >= 0 && ((uint32_t)events & EPOLLOUT) != 0)
        shutdown(sd_varlink_get_fd(link), SHUT_RD);
}

static int resolve_record(sd_varlink *link, sd_json_variant *parameters,
                          sd_varlink_method_flags_t flags, void *data)
{
    (void)flags;
    (void)data;
    limit_replies(link);
    sd_json_variant *question = sd_json_variant_by_key(parameters, "question");
    size_t count = sd_json_variant_is_array(question) ? sd_json_variant_elements(question) : 0;
    if (count == 0 || count > KEYS_MAX)
        return sd_varlink_error_invalid_parameter_name(link, "question");

    struct answer answer = {.result = RECORD_OUTSIDE};
    int error = 0;
    for (size_t i = 0; i < count && error >= 0; i++) {
        struct key key;
        if (read_key(sd_json_variant_by_index(question, i), &key))
            error = add_key(&answer, &key);
        else
            error = -EBADMSG;
    }
    if (error >= 0)
        error = reply(link, &answer);
    else if (error == -EBADMSG)
        error = sd_varlink_error_invalid_parameter_name(link, "question");
    sd_json_variant_unref(answer.records);
    return error;
}

/*
 * Names the domain. A caller that wants "more" keeps the connection open to hear of changes, of
 * which there are none. The server keeps it open only as long as somebody refers to it; the
 * connection itself, as its user data, says that this is so.
 */
static int query_filter(sd_varlink *link, sd_json_variant *parameters,
                        sd_varlink_method_flags_t flags, void *data)
{
    (void)parameters;
    limit_replies(link);
    if ((flags & SD_VARLINK_METHOD_MORE) == 0)
        return sd_varlink_replybo(
            link, SD_JSON_BUILD_PAIR_ARRAY("filterDomains", SD_JSON_BUILD_STRING(V6LIT_DOMAIN)));
    int error = sd_varlink_notifybo(
        link, SD_JSON_BUILD_PAIR_ARRAY("filterDomains", SD_JSON_BUILD_STRING(V6LIT_DOMAIN)));
    if (error < 0)
        return error;
    if (data == NULL)
        sd_varlink_set_userdata(link, sd_varlink_ref(link));
    return 0;
}

static void release(sd_varlink_server *server, sd_varlink *link, void *data)
{
    (void)server;
    (void)data;
    sd_varlink_unref(sd_varlink_set_userdata(link, NULL));
}

int hook_new_server(sd_varlink_server **server)
{
    __attribute__((cleanup(sd_varlink_server_unrefp))) sd_varlink_server *made = NULL;
    int error = sd_varlink_server_new(&made, 0);
    if (error >= 0)
        error =
            sd_varlink_server_set_info(made, "v6lit", "v6lit-resolved-hook", V6LIT_VERSION, NULL);
    if (error >= 0)
        error = sd_varlink_server_bind_method_many(
            made, "io.systemd.Resolve.Hook.QueryFilter", query_filter,
            "io.systemd.Resolve.Hook.ResolveRecord", resolve_record);
    if (error >= 0)
        error = sd_varlink_server_bind_disconnect(made, release);
    if (error < 0)
        return error;
    *server = made;
    made = NULL;
    return 0;
}
