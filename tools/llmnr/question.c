// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tools/llmnr/question.h"

#include "libv6lit/v6lit.h"
#include "llmnr/host.h"
#include "llmnr/query.h"
#include "tools/common/buffer.h"
#include "tools/common/exit_status.h"
#include "tools/common/json.h"
#include "tools/common/message.h"
#include "tools/common/output.h"
#include "tools/common/terminal.h"
#include "tools/llmnr/links.h"
#include "tools/llmnr/llmnr_json.h"
#include "tools/llmnr/refusal.h"
#include "tools/llmnr/reply.h"

#include <arpa/inet.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>

/* Of the name that nobody has. */
enum { RANDOM_LENGTH = 12 };

/*
 * The most answers that fit into a message: each has the fixed part of a record, and an IPv4
 * address.
 */
enum { ANSWERS_MAX = MESSAGE_MAX / (NS_RRFIXEDSZ + NS_INADDRSZ) };

struct question {
    const struct llmnr_options *options;
    const char *input;
    struct query_request request;
    struct link asked[LINKS_MAX];
    size_t asked_count;
    bool replied;
    uint32_t interface; /* of the first valid answer */
    bool shown;
    bool answered[QUERY_QUESTIONS_MAX]; /* by a valid answer */
    bool conflict;
    int error;                /* of a failure while replies were judged */
    bool usable[ANSWERS_MAX]; /* each answer of the current reply */
    struct reply_seen seen;
};

/* "eth0, eth1 over IPv6 and TCP": where no host has replied. */
static const char *write_asked(const struct question *question)
{
    static struct buffer text;
    const char *family = options_family(question->options);
    buffer_clear(&text);
    buffer_format(&text, "%s", links_text(question->asked, question->asked_count));
    if (family[0] != '\0')
        buffer_format(&text, " over %s", family);
    if (question->options->over_tcp)
        buffer_format(&text, "%sTCP", family[0] != '\0' ? " and " : " over ");
    return text.text;
}

/* Prints the heading of the replies, once. */
static void begin(struct question *question)
{
    static bool is_next;
    if (question->shown)
        return;
    question->shown = true;
    if (question->options->as_json) {
        llmnr_json_begin(question->input, question->request.name);
        return;
    }
    if (is_next)
        putchar('\n');
    is_next = true;
    terminal_show(stdout, question->input, strlen(question->input));
    putchar('\n');
    reply_show_head(question->options);
}

static void show(struct question *question, const struct query_reply *from)
{
    const bool as_json = question->options->as_json;
    const uint16_t type = from->message->query->type;
    struct llmnr_reply reply;
    struct message_answer answer;
    size_t count = 0;
    reply_read(from, &reply);
    begin(question);
    if (as_json)
        llmnr_json_add_reply(&reply);
    for (; message_next(from->message, &answer) && count < ANSWERS_MAX; count++) {
        char text[NS_MAXDNAME];
        char ttl[sizeof "4294967295"];
        reply_write_answer(type, &answer, reply.interface, text);
        snprintf(ttl, sizeof ttl, "%" PRIu32, answer.ttl);
        if (as_json)
            llmnr_json_add_answer(text, answer.ttl, question->usable[count]);
        else
            reply_show(question->options, &reply, text, ttl, question->usable[count]);
    }
    if (count == 0 && !as_json)
        reply_show(question->options, &reply, "-", "-", true);
}

/* Judges each answer of a reply, and does not consume it. Returns whether one of them is valid. */
static bool has_answer(struct question *question, const struct query_reply *reply)
{
    struct message_reply ahead = *reply->message;
    struct message_answer answer;
    bool any = false;
    for (size_t i = 0; message_next(&ahead, &answer) && i < ANSWERS_MAX; i++) {
        int error = host_takes(reply->message->query->type, reply->interface, &answer,
                               &question->usable[i]);
        if (error != 0)
            question->error = error;
        any = any || question->usable[i];
    }
    return any;
}

static size_t count_answered(const struct question *question)
{
    size_t count = 0;
    for (size_t i = 0; i < question->request.question_count; i++)
        count += question->answered[i] ? 1 : 0;
    return count;
}

/*
 * Without --all, the first answer ends the query, as in the module, unless the responder says that
 * there are others (C). A reply without an address does not end it: the same host may have an
 * address for a query over the other transport.
 */
static int take(void *context, const struct query_reply *reply)
{
    struct question *question = context;
    bool *answered =
        &question->answered[reply->message->query->type != question->request.questions[0].type];
    const bool answers = has_answer(question, reply);
    if (question->error != 0)
        return QUERY_STOP;
    question->replied = true;
    /* As in the module, only the answers of one link count. */
    if (!question->options->all && question->interface != 0 &&
        question->interface != reply->interface)
        return QUERY_GO_ON;
    if (answers)
        question->interface = reply->interface;
    question->conflict = question->conflict || reply->message->conflict;
    if ((question->options->all || question->conflict || (answers && !*answered)) &&
        !reply_is_repeated(&question->seen, reply))
        show(question, reply);
    *answered = *answered || answers;
    if (question->options->all)
        return QUERY_GO_ON;
    if (question->conflict)
        return QUERY_CONFLICT;
    if (count_answered(question) == question->request.question_count)
        return QUERY_STOP;
    return question->interface != 0 ? QUERY_GO_ON_HERE : QUERY_GO_ON;
}

/* In the order of the interfaces, not of the queries, which is random. */
static void note_link(void *context, uint32_t interface)
{
    struct question *question = context;
    size_t at = question->asked_count;
    if (links_has(question->asked, question->asked_count, interface))
        return;
    for (; at > 0 && question->asked[at - 1].index > interface; at--)
        question->asked[at] = question->asked[at - 1];
    question->asked[at] = (struct link){.index = interface};
    question->asked_count++;
}

/*
 * Stores the links that were queried and no longer can be in `gone`. Returns an error number as
 * link_list does.
 */
static int find_gone(const struct question *question, struct link gone[LINKS_MAX],
                     size_t *gone_count)
{
    struct link links[LINKS_MAX];
    size_t count;
    int error = link_list(links, &count);
    *gone_count = 0;
    for (size_t i = 0; i < question->asked_count && error == 0; i++) {
        if (!links_has(links, count, question->asked[i].index))
            gone[(*gone_count)++] = question->asked[i];
    }
    return error;
}

/* Queries, and shows the replies. Returns EXIT_DONE also if there are none. */
static int ask(struct question *question)
{
    struct link gone[LINKS_MAX];
    size_t gone_count = 0;
    int error = query_run(&question->request, take, question);
    if (error == 0)
        error = question->error;
    if (error == 0 && !question->replied)
        error = find_gone(question, gone, &gone_count);
    if (error != 0)
        return refusal_cannot_ask(question->options, question->input, question->request.interface,
                                  error);
    if (gone_count > 0)
        return refusal_write(question->options, question->input, EXIT_TROUBLE, "CANNOT_ASK",
                             "%s can no longer be queried", links_text(gone, gone_count));
    if (question->options->as_json)
        begin(question);
    return EXIT_DONE;
}

/* Queries, and reports if there is no answer. `what` is what is looked for. */
static int find(struct question *question, const char *what)
{
    const struct llmnr_options *options = question->options;
    int status = ask(question);
    if (status != EXIT_DONE)
        return status;
    bool found = count_answered(question) > 0;
    if (options->as_json) {
        llmnr_json_end(found);
        return found ? EXIT_DONE : EXIT_BAD_INPUT;
    }
    if (found)
        return EXIT_DONE;
    if (question->replied)
        return refusal_write(question->options, question->input, EXIT_BAD_INPUT, "",
                             "the replies hold no usable %s%s", what,
                             options->all ? "" : "; --all shows them");
    return refusal_write(question->options, question->input, EXIT_BAD_INPUT, "", "no reply on %s",
                         write_asked(question));
}

static struct question make_question(const struct llmnr_options *options, const char *input)
{
    return (struct question){.options = options,
                             .input = input,
                             .request = {.name = input,
                                         .family = options->family,
                                         .interface = options->interface,
                                         .over_tcp = options->over_tcp,
                                         .collect_all = options->all,
                                         .queried = note_link}};
}

static void ask_for_addresses(struct query_request *request)
{
    if (request->family != AF_INET)
        request->questions[request->question_count++] =
            (struct query_question){ns_t_aaaa, AF_INET6};
    if (request->family != AF_INET6)
        request->questions[request->question_count++] = (struct query_question){ns_t_a, AF_INET};
}

int question_ask_name(const struct llmnr_options *options, const char *name)
{
    struct question question = make_question(options, name);
    enum host_refusal refusal = host_refusal(name);
    if (refusal != HOST_REFUSAL_NONE)
        return refusal_of_host(options, question.input, refusal);
    ask_for_addresses(&question.request);
    return find(&question, "address");
}

/* The link of an address with a zone. */
static int read_zone(struct question *question, const struct v6lit_address *address)
{
    uint32_t zone;
    enum v6lit_status status = v6lit_zone_index(address, &zone);
    if (status == V6LIT_ERROR_SYSTEM)
        return refusal_write(question->options, question->input, EXIT_TROUBLE, "CANNOT_ASK",
                             "%s: %s", v6lit_strerror(status), strerror(errno));
    if (status != V6LIT_OK)
        return refusal_write(question->options, question->input, EXIT_BAD_INPUT, "NOT_ASKED", "%s",
                             v6lit_strerror(status));
    if (zone == 0)
        return EXIT_DONE;
    if (question->request.interface != 0 && question->request.interface != zone)
        return refusal_write(question->options, question->input, EXIT_BAD_INPUT, "NOT_ASKED",
                             "not queried: its zone differs from --interface");
    question->request.interface = zone;
    return EXIT_DONE;
}

int question_ask_address(const struct llmnr_options *options, const char *text)
{
    struct question question = make_question(options, text);
    char name[HOST_REVERSE_SIZE];
    struct in_addr ipv4;
    struct v6lit_text ipv6;
    int family = AF_INET;
    const void *address = &ipv4;
    if (inet_pton(AF_INET, text, &ipv4) != 1) {
        size_t column;
        enum v6lit_status status = v6lit_read_text(text, strlen(text), &ipv6, &column);
        if (status != V6LIT_OK)
            return refusal_write(options, text, EXIT_BAD_INPUT, "NOT_AN_ADDRESS",
                                 "%s at column %zu", v6lit_strerror(status), column);
        int exit_status = read_zone(&question, &ipv6.address);
        if (exit_status != EXIT_DONE)
            return exit_status;
        const uint32_t zone = question.request.interface;
        if (zone != 0 && !links_has(options->links, options->link_count, zone))
            return refusal_of_host(options, question.input, HOST_REFUSAL_OFF_LINK);
        family = AF_INET6;
        address = &ipv6.address.address;
    }
    enum host_refusal refusal;
    int error = host_reverse(family, address, name, &question.request.interface, &refusal);
    if (error != 0)
        return refusal_cannot_ask(options, question.input, question.request.interface, error);
    if (refusal != HOST_REFUSAL_NONE)
        return refusal_of_host(options, question.input, refusal);
    question.request.name = name;
    question.request.questions[question.request.question_count++] =
        (struct query_question){ns_t_ptr, family};
    return find(&question, "name");
}

/* A name that nobody has: a responder that replies has not checked that the name is its own. */
int question_detect(struct llmnr_options *options)
{
    char name[RANDOM_LENGTH + 1] = "";
    unsigned char random[RANDOM_LENGTH];
    options->all = true;
    struct question question = make_question(options, name);
    if (getrandom(random, sizeof random, GRND_NONBLOCK) != sizeof random)
        return refusal_cannot_ask(options, question.input, question.request.interface, EAGAIN);
    for (size_t i = 0; i < sizeof random; i++)
        name[i] = (char)('a' + random[i] % 26);
    ask_for_addresses(&question.request);
    int status = ask(&question);
    if (status != EXIT_DONE)
        return status;
    if (options->as_json) {
        llmnr_json_end(question.replied);
    } else if (question.replied) {
        terminal_style(stdout, TERMINAL_BAD);
        printf("This name does not exist: every host that replied is a spoofer.");
        terminal_style(stdout, TERMINAL_PLAIN);
        putchar('\n');
    } else {
        const char *asked = write_asked(&question);
        printf("No reply to the random name %s on ", name);
        terminal_show(stdout, asked, strlen(asked));
        putchar('\n');
    }
    return question.replied ? EXIT_BAD_INPUT : EXIT_DONE;
}
