// SPDX-License-Identifier: LGPL-2.1-or-later
/* v6lit llmnr: who on the links of this machine answers to a name, by RFC 4795. */
#include "tools/llmnr/llmnr.h"

#include "libv6lit/v6lit.h"
#include "llmnr/config.h"
#include "llmnr/host.h"
#include "llmnr/link.h"
#include "llmnr/query.h"
#include "tools/common/arguments.h"
#include "tools/common/buffer.h"
#include "tools/common/exit_status.h"
#include "tools/common/json.h"
#include "tools/common/message.h"
#include "tools/common/output.h"
#include "tools/common/terminal.h"
#include "tools/llmnr/llmnr_json.h"
#include "tools/llmnr/reply.h"

#include <arpa/inet.h>
#include <errno.h>
#include <inttypes.h>
#include <net/if.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/random.h>

static const char help[] =
    "Usage: v6lit llmnr [OPTION]... NAME...\n"
    "       v6lit llmnr [OPTION]... --detect-spoof\n"
    "Ask the hosts on the links of this machine for each NAME by link-local multicast name\n"
    "resolution (LLMNR), and show the first reply with an IPv6 and the first with an IPv4 "
    "address.\n"
    "\n"
    "  -4, --ipv4             as if there were no IPv6: ask over IPv4, for IPv4 addresses\n"
    "  -6, --ipv6             as if there were no IPv4: ask over IPv6, for IPv6 addresses\n"
    "  -i, --interface IFACE  ask on the link of this interface alone, a name or an index, and "
    "not\n"
    "                         on the links that " CONFIG_FILE " selects\n"
    "  -x, --reverse ADDRESS  ask for the name of an address that is on a link, beside each NAME\n"
    "      --all              show every reply, and wait as long as hosts may take: 0.4 seconds\n"
    "      --tcp              ask everybody who replies once more, over TCP\n"
    "      --detect-spoof     ask for a name that nobody has: whoever replies is an impostor\n"
    "      --json             print one JSON array with an object for each NAME and ADDRESS\n"
    "  -h, --help             print this help\n"
    "\n"
    "Nothing is sent for names that LLMNR is not for: with a dot, this machine's own, "
    "'localhost'.\n"
    "\n"
    "The exit status is 0 if each NAME and ADDRESS has an answer, 1 if one has none, 2 if nobody\n"
    "could be asked, for wrong usage, and for output that fails. With --detect-spoof it is 0 if\n"
    "nobody replies, 1 if somebody does.\n"
    "\n"
    "Examples:\n"
    "  v6lit llmnr sambabox\n"
    "  v6lit llmnr --all -i eth0 -x fe80::1 sambabox\n";

enum { OPTION_ALL = 1, OPTION_TCP, OPTION_DETECT, OPTION_JSON };

static const struct option long_options[] = {
    {"all", no_argument, NULL, OPTION_ALL},   {"detect-spoof", no_argument, NULL, OPTION_DETECT},
    {"help", no_argument, NULL, 'h'},         {"interface", required_argument, NULL, 'i'},
    {"ipv4", no_argument, NULL, '4'},         {"ipv6", no_argument, NULL, '6'},
    {"json", no_argument, NULL, OPTION_JSON}, {"reverse", required_argument, NULL, 'x'},
    {"tcp", no_argument, NULL, OPTION_TCP},   {0},
};

/* Of the columns; the others depend on the names of the interfaces. */
enum { TYPE_WIDTH = 6, TTL_WIDTH = 6, GAP = 2 };

/* A link-local address whose interface identifier comes from a MAC address, and a global one. */
enum {
    LINK_LOCAL_WIDTH = sizeof "fe80::5054:ff:fe12:3456",
    GLOBAL_WIDTH = sizeof "2001:db8:1234:5678:5054:ff:fe12:3456",
};

/* Of the name that nobody has. */
enum { RANDOM_LENGTH = 12 };

/* Replies beyond are taken for new ones. */
enum { SEEN_MAX = 256 };

/* So many answers fit into a message: each has the rest of a record, and an IPv4 address. */
enum { ANSWERS_MAX = MESSAGE_MAX / (NS_RRFIXEDSZ + NS_INADDRSZ) };

/* What all questions have in common. */
struct llmnr_options {
    int family;
    uint32_t interface; /* or 0 */
    bool all;
    bool over_tcp;
    bool as_json;
    struct link links[LINKS_MAX]; /* that can be asked */
    size_t link_count;
    size_t name_width; /* of the longest name of an interface */
};

struct question {
    const struct llmnr_options *options;
    const char *input;
    struct query_request request;
    struct link asked[LINKS_MAX];
    size_t asked_count;
    bool replied;
    uint32_t interface; /* of the first answer that counts */
    bool shown;
    bool answered[QUERY_QUESTIONS_MAX]; /* by an answer that counts */
    bool conflict;
    int error;                /* of what failed while replies were judged */
    bool usable[ANSWERS_MAX]; /* each answer of the reply that is looked at */
    size_t seen_count;
    uint64_t seen[SEEN_MAX];
};

/* "v6lit: INPUT: REASON" on stderr, or with --json an object; returns `status`. */
__attribute__((format(printf, 4, 5))) static int
complain(const struct question *question, int status, const char *code, const char *format, ...)
{
    static char reason[BUFFER_INPUT_MAX];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(reason, sizeof reason, format, arguments);
    va_end(arguments);
    if (question->options->as_json) {
        json_add_bad_input(question->input, code, reason);
        return status;
    }
    output_flush();
    message_write(question->input, "%s", reason);
    return status;
}

static void write_interface(uint32_t index, char name[static IF_NAMESIZE])
{
    if (if_indextoname(index, name) == NULL)
        snprintf(name, IF_NAMESIZE, "%" PRIu32, index);
}

/* "eth0, eth1" */
static const char *write_links(const struct link *links, size_t count)
{
    static struct buffer names;
    buffer_clear(&names);
    for (size_t i = 0; i < count; i++) {
        char name[IF_NAMESIZE];
        write_interface(links[i].index, name);
        buffer_format(&names, "%s%s", i == 0 ? "" : ", ", name);
    }
    return names.text;
}

static const char *family_name(const struct llmnr_options *options)
{
    return options->family == AF_INET ? "IPv4" : options->family == AF_INET6 ? "IPv6" : "";
}

/* "eth0, eth1 over IPv6 and TCP": where nobody has replied. */
static const char *write_asked(const struct question *question)
{
    static struct buffer text;
    const char *family = family_name(question->options);
    buffer_clear(&text);
    buffer_format(&text, "%s", write_links(question->asked, question->asked_count));
    if (family[0] != '\0')
        buffer_format(&text, " over %s", family);
    if (question->options->over_tcp)
        buffer_format(&text, "%sTCP", family[0] != '\0' ? " and " : " over ");
    return text.text;
}

static void write_address(int family, const void *address, const char *interface,
                          char text[static LLMNR_ADDRESS_SIZE])
{
    inet_ntop(family, address, text, LLMNR_ADDRESS_SIZE);
    if (family == AF_INET6 && link_is_local(family, address))
        snprintf(text + strlen(text), IF_NAMESIZE + 1, "%%%s", interface);
}

static void write_answer(uint16_t type, const struct message_answer *answer, const char *interface,
                         char text[static NS_MAXDNAME])
{
    switch (type) {
    case ns_t_a:
        write_address(AF_INET, &answer->ipv4, interface, text);
        break;
    case ns_t_aaaa:
        write_address(AF_INET6, &answer->ipv6, interface, text);
        break;
    default:
        memcpy(text, answer->name, sizeof answer->name);
    }
}

static void read_reply(const struct query_reply *from, struct llmnr_reply *reply)
{
    const uint16_t type = from->message->query->type;
    const void *sender = from->sender;
    const void *address = &((const struct sockaddr_in *)sender)->sin_addr;
    if (from->sender->sa_family == AF_INET6)
        address = &((const struct sockaddr_in6 *)sender)->sin6_addr;
    reply->type = type == ns_t_a ? "A" : type == ns_t_aaaa ? "AAAA" : "PTR";
    write_interface(from->interface, reply->interface);
    write_address(from->sender->sa_family, address, reply->interface, reply->sender);
    reply->time_taken = from->time_taken;
    reply->over_tcp = from->over_tcp;
    reply->conflict = from->message->conflict;
}

static void show_cell(const char *text, size_t width)
{
    size_t length = strlen(text);
    terminal_show(stdout, text, length);
    output_fill(terminal_columns(text, length, length), width);
}

static size_t longer(size_t a, size_t b)
{
    return a > b ? a : b;
}

/* The columns before the time. */
static void show_cells(const struct llmnr_options *options, const char *type, const char *answer,
                       const char *ttl, const char *interface, const char *sender)
{
    const size_t scoped = LINK_LOCAL_WIDTH + options->name_width;
    fputs("  ", stdout);
    show_cell(type, TYPE_WIDTH);
    show_cell(answer, longer(scoped, GLOBAL_WIDTH) + GAP);
    show_cell(ttl, TTL_WIDTH);
    show_cell(interface, longer(options->name_width, strlen("interface")) + GAP);
    show_cell(sender, scoped + GAP);
}

static void show_row(const struct llmnr_options *options, const struct llmnr_reply *reply,
                     const char *answer, const char *ttl, bool usable)
{
    show_cells(options, reply->type, answer, ttl, reply->interface, reply->sender);
    printf("%.1f ms%s%s%s\n", reply->time_taken / 1000.0, reply->over_tcp ? ", over TCP" : "",
           reply->conflict ? ", conflict" : "", usable ? "" : ", not usable");
    /* Who waits for all of them sees each when it comes. */
    output_flush();
}

/* What stands before the replies, once. */
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
    show_cells(question->options, "type", "answer", "TTL", "interface", "sender");
    puts("time");
}

static void show(struct question *question, const struct query_reply *from)
{
    const bool as_json = question->options->as_json;
    const uint16_t type = from->message->query->type;
    struct llmnr_reply reply;
    struct message_answer answer;
    size_t count = 0;
    read_reply(from, &reply);
    begin(question);
    if (as_json)
        llmnr_json_add_reply(&reply);
    for (; message_next(from->message, &answer) && count < ANSWERS_MAX; count++) {
        char text[NS_MAXDNAME];
        char ttl[sizeof "4294967295"];
        write_answer(type, &answer, reply.interface, text);
        snprintf(ttl, sizeof ttl, "%" PRIu32, answer.ttl);
        if (as_json)
            llmnr_json_add_answer(text, answer.ttl, question->usable[count]);
        else
            show_row(question->options, &reply, text, ttl, question->usable[count]);
    }
    if (count == 0 && !as_json)
        show_row(question->options, &reply, "-", "-", true);
}

/* Judges each answer of a reply, which is not used up. Returns whether there is one that counts. */
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

static uint64_t add_to_hash(uint64_t hash, const void *bytes, size_t length)
{
    /* FNV-1a */
    for (const unsigned char *byte = bytes; length > 0; byte++, length--)
        hash = (hash ^ *byte) * 0x100000001b3;
    return hash;
}

/* Who takes his time replies to each transmission, in the same words. */
static bool is_repeated(struct question *question, const struct query_reply *reply)
{
    const struct message_reply *message = reply->message;
    size_t size = reply->sender->sa_family == AF_INET ? sizeof(struct sockaddr_in)
                                                      : sizeof(struct sockaddr_in6);
    uint64_t hash = 0xcbf29ce484222325;
    hash = add_to_hash(hash, &reply->interface, sizeof reply->interface);
    hash = add_to_hash(hash, reply->sender, size);
    hash = add_to_hash(hash, message->bytes, (size_t)(message->end - message->bytes));
    for (size_t i = 0; i < question->seen_count; i++) {
        if (question->seen[i] == hash)
            return true;
    }
    if (question->seen_count < SEEN_MAX)
        question->seen[question->seen_count++] = hash;
    return false;
}

static size_t count_answered(const struct question *question)
{
    size_t count = 0;
    for (size_t i = 0; i < question->request.question_count; i++)
        count += question->answered[i] ? 1 : 0;
    return count;
}

/*
 * Without --all the first answer counts, as for the module, unless who gives it says that there are
 * others (C). One that has no address is not the last word: the same host may have one for who asks
 * over the other family.
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
    /* As for the module, one link alone counts. */
    if (!question->options->all && question->interface != 0 &&
        question->interface != reply->interface)
        return QUERY_GO_ON;
    if (answers)
        question->interface = reply->interface;
    question->conflict = question->conflict || reply->message->conflict;
    if ((question->options->all || question->conflict || (answers && !*answered)) &&
        !is_repeated(question, reply))
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

static bool has_link(const struct link *links, size_t count, uint32_t index)
{
    size_t at = 0;
    while (at < count && links[at].index != index)
        at++;
    return at < count;
}

/* In the order of the interfaces, not in that of the queries, which is random. */
static void note_link(void *context, uint32_t interface)
{
    struct question *question = context;
    size_t at = question->asked_count;
    if (has_link(question->asked, question->asked_count, interface))
        return;
    for (; at > 0 && question->asked[at - 1].index > interface; at--)
        question->asked[at] = question->asked[at - 1];
    question->asked[at] = (struct link){.index = interface};
    question->asked_count++;
}

/* Leaves the links that were asked and cannot be asked any more in `gone`. Returns an error number
 * as link_list. */
static int find_gone(const struct question *question, struct link gone[LINKS_MAX],
                     size_t *gone_count)
{
    struct link links[LINKS_MAX];
    size_t count;
    int error = link_list(links, &count);
    *gone_count = 0;
    for (size_t i = 0; i < question->asked_count && error == 0; i++) {
        if (!has_link(links, count, question->asked[i].index))
            gone[(*gone_count)++] = question->asked[i];
    }
    return error;
}

/* Why nothing could be sent on any link: what the addresses of this machine there say. */
static int cannot_send(const struct question *question)
{
    static const char *const reasons[] = {
        [LINK_SOURCE_NONE] = "this machine has no %s%saddress on %s",
        [LINK_SOURCE_DUPLICATE] = "another host has the %s%saddress of this machine on %s "
                                  "(duplicate address detection)",
        [LINK_SOURCE_TENTATIVE] = "the %s%saddresses of this machine on %s are tentative; "
                                  "duplicate address detection takes a second or two",
        [LINK_SOURCE_USABLE] = "this machine has no %s%sroute for multicast on %s",
    };
    const struct llmnr_options *options = question->options;
    const struct link only = {.index = question->request.interface};
    const struct link *links = only.index != 0 ? &only : options->links;
    const size_t count = only.index != 0 ? 1 : options->link_count;
    const char *family = family_name(options);
    enum link_source source;
    int error = link_find_source(links, count, options->family, &source);
    if (error != 0)
        source = LINK_SOURCE_NONE;
    static struct buffer reason;
    buffer_clear(&reason);
    buffer_format(&reason, reasons[source], family, family[0] != '\0' ? " " : "",
                  write_links(links, count));
    return complain(question, EXIT_TROUBLE, "CANNOT_ASK", "nothing could be sent: %s", reason.text);
}

static int cannot_ask(const struct question *question, int error)
{
    if (error == ENETDOWN)
        return cannot_send(question);
    if (error == EPERM && getauxval(AT_SECURE) != 0)
        return complain(question, EXIT_TROUBLE, "CANNOT_ASK",
                        "a program with the rights of another user asks nobody");
    if (error == EPERM || error == EACCES)
        return complain(question, EXIT_TROUBLE, "CANNOT_ASK",
                        "a firewall or a sandbox of this machine lets nothing out: %s",
                        strerror(error));
    return complain(question, EXIT_TROUBLE, "CANNOT_ASK", "could not be asked for: %s",
                    strerror(error));
}

/* Asks, and shows the replies. EXIT_DONE also if there are none. */
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
        return cannot_ask(question, error);
    if (gone_count > 0)
        return complain(question, EXIT_TROUBLE, "CANNOT_ASK", "%s cannot be asked any more",
                        write_links(gone, gone_count));
    if (question->options->as_json)
        begin(question);
    return EXIT_DONE;
}

/* Asks, and says if nobody has an answer. `what` is looked for. */
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
        return complain(question, EXIT_BAD_INPUT, "",
                        "who has replied has no %s that can be used%s", what,
                        options->all ? "" : "; --all shows what was said");
    return complain(question, EXIT_BAD_INPUT, "", "nobody has replied on %s",
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

/* Says why nothing is sent. */
static int refuse(const struct question *question, enum host_bar bar)
{
    static const char *const reasons[] = {
        [HOST_BAR_DOT] = "a name with a dot is for DNS",
        [HOST_BAR_CHARACTER] = "a host's name has letters, digits, \"-\" and \"_\" alone",
        [HOST_BAR_LENGTH] = "a host's name has 1 to 63 bytes",
        [HOST_BAR_SERVICE] = "names that begin with \"_\" are for services",
        [HOST_BAR_LOCAL] = "this name is no host's on a link",
        [HOST_BAR_OWN] = "this machine itself has it",
        [HOST_BAR_OFF_LINK] = "no link that is asked has this address",
    };
    const char *reason = reasons[bar];
    const char *input = question->input;
    struct in6_addr address;
    struct v6lit_address literal;
    struct v6lit_text read;
    if (bar == HOST_BAR_DOT || bar == HOST_BAR_CHARACTER) {
        if (v6lit_decode(input, strlen(input), &literal, NULL) != V6LIT_ERROR_NOT_A_LITERAL_NAME)
            reason = "a literal name needs nobody's answer; see 'v6lit decode'";
        else if (inet_pton(AF_INET, input, &address) == 1 ||
                 v6lit_read_text(input, strlen(input), &read, NULL) == V6LIT_OK)
            reason = "an address; -x asks for its name";
    }
    return complain(question, EXIT_BAD_INPUT, "NOT_ASKED", "not asked for: %s", reason);
}

static int ask_name(const struct llmnr_options *options, const char *name)
{
    struct question question = make_question(options, name);
    enum host_bar bar = host_bar(name);
    if (bar != HOST_BAR_NONE)
        return refuse(&question, bar);
    ask_for_addresses(&question.request);
    return find(&question, "address");
}

/* The link of an address with a zone. */
static int read_zone(struct question *question, const struct v6lit_address *address)
{
    uint32_t zone;
    enum v6lit_status status = v6lit_zone_index(address, &zone);
    if (status == V6LIT_ERROR_SYSTEM)
        return complain(question, EXIT_TROUBLE, "CANNOT_ASK", "%s: %s", v6lit_strerror(status),
                        strerror(errno));
    if (status != V6LIT_OK)
        return complain(question, EXIT_BAD_INPUT, "NOT_ASKED", "%s", v6lit_strerror(status));
    if (zone == 0)
        return EXIT_DONE;
    if (question->request.interface != 0 && question->request.interface != zone)
        return complain(question, EXIT_BAD_INPUT, "NOT_ASKED",
                        "not asked for: its zone is another interface than that of --interface");
    question->request.interface = zone;
    return EXIT_DONE;
}

static int ask_address(const struct llmnr_options *options, const char *text)
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
            return complain(&question, EXIT_BAD_INPUT, "NOT_AN_ADDRESS", "%s at column %zu",
                            v6lit_strerror(status), column);
        int exit_status = read_zone(&question, &ipv6.address);
        if (exit_status != EXIT_DONE)
            return exit_status;
        const uint32_t zone = question.request.interface;
        if (zone != 0 && !has_link(options->links, options->link_count, zone))
            return refuse(&question, HOST_BAR_OFF_LINK);
        family = AF_INET6;
        address = &ipv6.address.address;
    }
    enum host_bar bar;
    int error = host_reverse(family, address, name, &question.request.interface, &bar);
    if (error != 0)
        return cannot_ask(&question, error);
    if (bar != HOST_BAR_NONE)
        return refuse(&question, bar);
    question.request.name = name;
    question.request.questions[question.request.question_count++] =
        (struct query_question){ns_t_ptr, family};
    return find(&question, "name");
}

/* A name that nobody has: who replies has not looked whether it is his. */
static int detect(struct llmnr_options *options)
{
    char name[RANDOM_LENGTH + 1] = "";
    unsigned char random[RANDOM_LENGTH];
    options->all = true;
    struct question question = make_question(options, name);
    if (getrandom(random, sizeof random, GRND_NONBLOCK) != sizeof random)
        return cannot_ask(&question, EAGAIN);
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
        printf("Nobody has this name: who replies is an impostor.");
        terminal_style(stdout, TERMINAL_PLAIN);
        putchar('\n');
    } else {
        const char *asked = write_asked(&question);
        printf("Nobody has replied to the random name %s on ", name);
        terminal_show(stdout, asked, strlen(asked));
        putchar('\n');
    }
    return question.replied ? EXIT_BAD_INPUT : EXIT_DONE;
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

/* An interface is given as in a zone: its name, in any case if no other is called so, or its index.
 */
static int find_interface(const char *text, uint32_t *index, enum link_bar *bar)
{
    struct v6lit_address address = {.address = {{{0xfe, 0x80}}}};
    *index = 0;
    if (v6lit_read_zone(text, strlen(text), &address, NULL) != V6LIT_OK)
        return ENODEV;
    switch (v6lit_zone_index(&address, index)) {
    case V6LIT_OK:
        return link_bar(*index, bar);
    case V6LIT_ERROR_NO_SUCH_INTERFACE:
        return ENODEV;
    default:
        return errno;
    }
}

static int choose_interface(struct llmnr_options *options, const char *text)
{
    static const char *const reasons[] = {
        [LINK_BAR_LOOPBACK] = "a loopback interface has no hosts on its link",
        [LINK_BAR_POINT_TO_POINT] = "a point-to-point interface is not asked",
        [LINK_BAR_NO_MULTICAST] = "the interface does no multicast",
        [LINK_BAR_PORT] = "a port of a bridge or bond is not asked; ask on the bridge or bond",
        [LINK_BAR_DOWN] = "the interface is down",
        [LINK_BAR_NO_CARRIER] = "the interface has no carrier",
    };
    enum link_bar bar = LINK_BAR_NONE;
    static struct buffer advice;
    int error = find_interface(text, &options->interface, &bar);
    buffer_clear(&advice);
    if (options->link_count > 0)
        buffer_format(&advice, "These can be asked: %s",
                      write_links(options->links, options->link_count));
    if (error == ENODEV)
        return trouble(text, "no such interface", advice.text);
    if (error != 0)
        return trouble(text, strerror(error), "");
    if (bar != LINK_BAR_NONE)
        return trouble(text, reasons[bar], advice.text);
    options->links[0] = (struct link){.index = options->interface};
    options->link_count = 1;
    return EXIT_DONE;
}

/* Says why there is no link to ask, though some could be. */
static int none_selected(const struct llmnr_options *options)
{
    static struct buffer advice;
    buffer_clear(&advice);
    buffer_format(&advice, "These could be asked, with -i: %s",
                  write_links(options->links, options->link_count));
    return trouble(CONFIG_FILE, "it selects no link that can be asked", advice.text);
}

/* The links that llmnr.conf selects, of those that can be asked. */
static int select_links(struct llmnr_options *options)
{
    static struct config config;
    static char reason[BUFFER_INPUT_MAX];
    struct link selected[LINKS_MAX];
    size_t count;
    int error = config_read(&config, CONFIG_FILE);
    if (error != 0) {
        config_describe(&config, error, reason, sizeof reason);
        return trouble(CONFIG_FILE, reason,
                       "Nobody is asked until this is fixed; -i asks on one link all the same.");
    }
    error = link_list_selected(selected, &count);
    if (error != 0)
        return trouble("the links of this machine", strerror(error), "");
    if (count == 0)
        return none_selected(options);
    memcpy(options->links, selected, count * sizeof selected[0]);
    options->link_count = count;
    return EXIT_DONE;
}

static int choose_links(struct llmnr_options *options, const char *interface)
{
    int error = link_list(options->links, &options->link_count);
    if (error != 0)
        return trouble("the links of this machine", strerror(error), "");
    if (interface != NULL)
        return choose_interface(options, interface);
    if (options->link_count == 0)
        return trouble("there is no link to ask",
                       "no interface is up that does multicast and is no loopback, point-to-point "
                       "interface or port of a bridge",
                       "'ip link' shows the interfaces.");
    return select_links(options);
}

static void measure_names(struct llmnr_options *options)
{
    for (size_t i = 0; i < options->link_count; i++) {
        char name[IF_NAMESIZE];
        write_interface(options->links[i].index, name);
        options->name_width = longer(options->name_width, strlen(name));
    }
}

/* What the command line says beside the options. */
struct wishes {
    const char *interface; /* or NULL */
    bool detects;
    bool *is_address; /* for each operand */
};

/* False if nothing is left to do but to return *exit_status. */
static bool read_arguments(struct arguments *arguments, struct llmnr_options *options,
                           struct wishes *wishes, int *exit_status)
{
    for (int option; (option = arguments_next(arguments)) != -1;) {
        switch (option) {
        case '4':
            options->family = AF_INET;
            break;
        case '6':
            options->family = AF_INET6;
            break;
        case 'i':
            wishes->interface = optarg;
            break;
        case 'x':
            /* Among the names, in the order of the command line. */
            wishes->is_address[arguments->operands] = true;
            arguments->argv[arguments->operands++] = optarg;
            break;
        case OPTION_ALL:
            options->all = true;
            break;
        case OPTION_TCP:
            options->over_tcp = true;
            break;
        case OPTION_DETECT:
            wishes->detects = true;
            break;
        case OPTION_JSON:
            options->as_json = true;
            break;
        default:
            *exit_status = option == 'h' ? output_help(help) : EXIT_TROUBLE;
            return false;
        }
    }
    if (wishes->detects != (arguments->operands == 0)) {
        *exit_status = wishes->detects
                           ? message_usage_error("llmnr",
                                                 "'%s' is too much: --detect-spoof takes a random "
                                                 "name",
                                                 arguments->argv[0])
                           : message_usage_error("llmnr", "a name is missing");
        return false;
    }
    return !options->as_json || arguments_allow_json(arguments, exit_status);
}

static int run(struct arguments *arguments, bool *is_address)
{
    static struct llmnr_options options = {.family = AF_UNSPEC};
    struct wishes wishes = {.is_address = is_address};
    int exit_status;
    if (!read_arguments(arguments, &options, &wishes, &exit_status))
        return exit_status;
    exit_status = choose_links(&options, wishes.interface);
    if (exit_status != EXIT_DONE)
        return exit_status;
    measure_names(&options);
    if (wishes.detects)
        exit_status = detect(&options);
    for (int i = 0; i < arguments->operands; i++) {
        const char *operand = arguments->argv[i];
        int status = is_address[i] ? ask_address(&options, operand) : ask_name(&options, operand);
        if (status > exit_status)
            exit_status = status;
    }
    if (options.as_json)
        json_print();
    return output_finish(exit_status);
}

int command_llmnr(int argc, char **argv)
{
    struct arguments arguments = {
        .command = "llmnr", .argc = argc, .argv = argv, .options = long_options};
    bool *is_address = calloc((size_t)argc, sizeof *is_address);
    if (is_address == NULL)
        return trouble("the command line", strerror(errno), "");
    int exit_status = run(&arguments, is_address);
    free(is_address);
    return exit_status;
}
