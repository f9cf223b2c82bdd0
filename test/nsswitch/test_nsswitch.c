// SPDX-License-Identifier: LGPL-2.1-or-later
/* Tests that the hosts: line is read as by glibc, and that an edit changes only our entry. */
#include "test/env/random.h"
#include "test/nsswitch/properties.h"

#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#ifdef __GLIBC__
#include <gnu/libc-version.h>
#include <nss.h>
#endif

enum { ASKED_OF_GLIBC = 4000, TEXT_MAX = 2000 };

static unsigned generated;

static int tests;
static int failures;

static void result(bool passed, const char *name)
{
    printf("%sok %d - %s\n", passed ? "" : "not ", ++tests, name);
    if (!passed)
        failures++;
}

struct writer {
    char bytes[TEXT_MAX];
    size_t length;
};

static void put(struct writer *writer, const char *bytes, size_t length)
{
    if (length <= sizeof writer->bytes - writer->length) {
        memcpy(writer->bytes + writer->length, bytes, length);
        writer->length += length;
    }
}

#define PICK(list) (list)[below(sizeof(list) / sizeof(list)[0])]

static void put_word(struct writer *writer, const char *word)
{
    put(writer, word, strlen(word));
}

static void put_space(struct writer *writer)
{
    static const char *const spaces[] = {" ", " ", " ", "  ", "\t", "\t\t", " \t ", "\r", "\v\f"};
    put_word(writer, PICK(spaces));
}

static void put_list(struct writer *writer, bool wild)
{
    static const char *const good[] = {
        "[NOTFOUND=return]",
        "[!UNAVAIL=return]",
        "[success=continue]",
        "[ NotFound = RETURN ]",
        "[UNAVAIL=continue\tTRYAGAIN=return]",
        "[SUCCESS=merge]",
        "[!SUCCESS=continue NOTFOUND=return]",
        "[NOTFOUND=continue]",
    };
    static const char *const bad[] = {"[",
                                      "]",
                                      "[]",
                                      "[!]",
                                      "[NOTFOUND]",
                                      "!",
                                      "=",
                                      "[NOTFOUND",
                                      "=return]",
                                      "[NOTFOUND=retrun]",
                                      "[[",
                                      "[UP=go]",
                                      "[NOTFOUND=return=]",
                                      "[notfound=returnSUCCESS=return]"};
    put_word(writer, wild && below(3) == 0 ? PICK(bad) : PICK(good));
}

static void put_services(struct writer *writer, bool wild)
{
    static const char *const services[] = {
        "files",         "files",       "files",        "dns",      "dns",        "resolve",
        "mdns4_minimal", "wins",        "myhostname",   "db",       "sss",        "nis",
        "mymachines",    "ipv6literal", "winbind",      "altfiles", "#",          "a]b",
        "x:y",           "ipv6literal", "ipv6literals", "\xc3\xa4", "ipv6litera",
    };
    for (size_t count = below(7); count > 0; count--) {
        if (below(12) == 0)
            put_word(writer, NSSWITCH_ENTRY " ");
        put_word(writer, services[below(below(2) == 0 ? 23 : 13)]);
        if (below(3) == 0) {
            if (below(2) == 0)
                put_space(writer);
            put_list(writer, wild);
            if (below(20) == 0)
                put_list(writer, wild);
            if (below(4) != 0)
                put_space(writer);
        } else if (count > 1 || below(2) == 0) {
            put_space(writer);
        }
        if (wild && below(30) == 0)
            put(writer, "\0", 1);
    }
}

static void put_line(struct writer *writer, bool wild)
{
    static const char *const names[] = {"hosts",   "hosts",    "hosts", "passwd", "group_compat",
                                        "sudoers", "networks", "Hosts", "#hosts", "host"};
    static const char *const colons[] = {":", ":", ": ", ":\t", " : ", "::", " ", ":         "};
    static const char *const others[] = {"", " ", "# a comment [x", "#", ":", "hosts", "[", "\\"};
    if (below(5) == 0) {
        put_word(writer, PICK(others));
    } else {
        if (below(10) == 0)
            put_space(writer);
        put_word(writer, PICK(names));
        put_word(writer, PICK(colons));
        put_services(writer, wild);
    }
    if (wild && below(20) == 0)
        put(writer, (char[]){(char)below(256)}, 1);
    if (below(20) == 0)
        put_word(writer, "\r");
    put_word(writer, "\n");
}

static struct text generate(bool wild)
{
    static struct writer writer;
    writer.length = 0;
    for (size_t lines = below(6); lines > 0; lines--)
        put_line(&writer, wild);
    /* Sometimes the last newline is missing. */
    if (writer.length > 0 && below(8) == 0)
        writer.length--;
    return (struct text){exact(writer.bytes, writer.length), writer.length};
}

/* How often each case came: one that never comes is not tested. */
static size_t seen_fault[4];
static size_t seen_entry[6];
static size_t seen_no_line;

static void count(const struct text *text)
{
    struct nsswitch hosts = read_text(text);
    seen_fault[hosts.fault.kind]++;
    if (hosts.fault.kind != NSSWITCH_NO_FAULT)
        return;
    seen_no_line += hosts.lines == 0;
    seen_entry[hosts.entry]++;
}

static void test_generated(void)
{
    int bad = 0;
    for (unsigned i = 0; i < generated && bad < 5; i++) {
        struct text text = generate(i % 2 == 1);
        count(&text);
        bad += !holds(&text);
        free(text.bytes);
    }
    result(bad == 0, "generated files: enable twice is enable, disable gives back each byte");

    const size_t enough = generated / 1500;
    bool all = seen_no_line > enough;
    printf("# no hosts: line: %zu; faults:", seen_no_line);
    for (size_t i = 0; i < sizeof seen_fault / sizeof seen_fault[0]; i++) {
        printf(" %zu", seen_fault[i]);
        all = all && seen_fault[i] > enough;
    }
    printf("; entries:");
    for (size_t i = 0; i < sizeof seen_entry / sizeof seen_entry[0]; i++) {
        printf(" %zu", seen_entry[i]);
        all = all && seen_entry[i] > enough;
    }
    putchar('\n');
    result(all, "and each kind of fault and of entry was among them");
}

/* Lines with every place and every repair, and what they become; \n is left out. */
static const struct {
    const char *before;
    const char *after;
    enum nsswitch_entry entry;
} edits[] = {
    {"hosts: files dns", "hosts: files ipv6literal [NOTFOUND=return] dns", NSSWITCH_MISSING},
    {"hosts:\t\tfiles\tdns", "hosts:\t\tfiles ipv6literal [NOTFOUND=return]\tdns",
     NSSWITCH_MISSING},
    {"hosts:dns", "hosts:ipv6literal [NOTFOUND=return] dns", NSSWITCH_MISSING},
    {"hosts:", "hosts: ipv6literal [NOTFOUND=return]", NSSWITCH_MISSING},
    {"hosts files", "hosts files ipv6literal [NOTFOUND=return]", NSSWITCH_MISSING},
    {"hosts: files [NOTFOUND=continue]dns",
     "hosts: files [NOTFOUND=continue] ipv6literal [NOTFOUND=return]dns", NSSWITCH_MISSING},
    /* Debian with nss-mdns, Fedora, and systemd's own file */
    {"hosts: files mdns4_minimal [NOTFOUND=return] dns",
     "hosts: files ipv6literal [NOTFOUND=return] mdns4_minimal [NOTFOUND=return] dns",
     NSSWITCH_MISSING},
    {"hosts: files myhostname resolve [!UNAVAIL=return] dns",
     "hosts: files ipv6literal [NOTFOUND=return] myhostname resolve [!UNAVAIL=return] dns",
     NSSWITCH_MISSING},
    {"hosts: mymachines resolve [!UNAVAIL=return] files myhostname dns",
     "hosts: ipv6literal [NOTFOUND=return] mymachines resolve [!UNAVAIL=return] files myhostname "
     "dns",
     NSSWITCH_MISSING},
    /* A template of authselect's */
    {"hosts: files {if \"with-mdns4\":mdns4_minimal [NOTFOUND=return] }dns {exclude if \"x\"}",
     "hosts: files ipv6literal [NOTFOUND=return] {if \"with-mdns4\":mdns4_minimal "
     "[NOTFOUND=return] }dns {exclude if \"x\"}",
     NSSWITCH_MISSING},
    {"hosts: db files dns", "hosts: db files ipv6literal [NOTFOUND=return] dns", NSSWITCH_MISSING},
    {"hosts: files # old", "hosts: files ipv6literal [NOTFOUND=return] # old", NSSWITCH_MISSING},
    /* Nothing after it is asked, so it cannot stand before us. */
    {"hosts: files [NOTFOUND=return] dns",
     "hosts: ipv6literal [NOTFOUND=return] files [NOTFOUND=return] dns", NSSWITCH_MISSING},
    {"hosts: files ipv6literal [!UNAVAIL=return] dns",
     "hosts: files ipv6literal [!UNAVAIL=return] dns", NSSWITCH_RIGHT},
    {"hosts: files db ipv6literal[notfound = RETURN] dns",
     "hosts: files db ipv6literal[notfound = RETURN] dns", NSSWITCH_RIGHT},
    /* Services that query nobody on the network may stand before it. */
    {"hosts: files myhostname ipv6literal [NOTFOUND=return] dns",
     "hosts: files myhostname ipv6literal [NOTFOUND=return] dns", NSSWITCH_RIGHT},
    {"hosts: mymachines libvirt libvirt_guest files llmnr ipv6literal [NOTFOUND=return] dns",
     "hosts: mymachines libvirt libvirt_guest files llmnr ipv6literal [NOTFOUND=return] dns",
     NSSWITCH_RIGHT},
    {"hosts: myhostname files dns", "hosts: myhostname files ipv6literal [NOTFOUND=return] dns",
     NSSWITCH_MISSING},
    {"hosts: myhostname ipv6literal [NOTFOUND=return] files dns",
     "hosts: myhostname files ipv6literal [NOTFOUND=return] dns", NSSWITCH_TOO_EARLY},
    {"hosts: files myhostname [NOTFOUND=return] ipv6literal [NOTFOUND=return] dns",
     "hosts: files ipv6literal [NOTFOUND=return] myhostname [NOTFOUND=return] dns",
     NSSWITCH_TOO_LATE},
    {"hosts: files mdns4 ipv6literal [NOTFOUND=return] dns",
     "hosts: files ipv6literal [NOTFOUND=return] mdns4 dns", NSSWITCH_TOO_LATE},
    {"hosts: ipv6literal [NOTFOUND=return] resolve files",
     "hosts: ipv6literal [NOTFOUND=return] resolve files", NSSWITCH_RIGHT},
    {"hosts: files ipv6literal dns", "hosts: files ipv6literal [NOTFOUND=return] dns",
     NSSWITCH_WRONG_ACTIONS},
    {"hosts: files ipv6literal [!NOTFOUND=return] dns",
     "hosts: files ipv6literal [NOTFOUND=return] dns", NSSWITCH_WRONG_ACTIONS},
    {"hosts: files ipv6literal [UNAVAIL=return NOTFOUND=return] dns",
     "hosts: files ipv6literal [NOTFOUND=return] dns", NSSWITCH_WRONG_ACTIONS},
    {"hosts: files dns ipv6literal [NOTFOUND=return]",
     "hosts: files ipv6literal [NOTFOUND=return] dns", NSSWITCH_TOO_LATE},
    {"hosts: ipv6literal [NOTFOUND=return] files dns",
     "hosts: files ipv6literal [NOTFOUND=return] dns", NSSWITCH_TOO_EARLY},
    {"hosts: files ipv6literal [NOTFOUND=return] dns ipv6literal",
     "hosts: files ipv6literal [NOTFOUND=return] dns", NSSWITCH_TWICE},
    {"hosts: file ipv6litera dns", "hosts: ipv6literal [NOTFOUND=return] file ipv6litera dns",
     NSSWITCH_MISSING},
    {"hosts: dns\nhost: files", "hosts: ipv6literal [NOTFOUND=return] dns\nhost: files",
     NSSWITCH_MISSING},
    {"hosts: dns\nhosts: files", "hosts: dns\nhosts: files ipv6literal [NOTFOUND=return]",
     NSSWITCH_MISSING},
};

static void test_edits(void)
{
    for (size_t i = 0; i < sizeof edits / sizeof edits[0]; i++) {
        char with_newline[200];
        int length = snprintf(with_newline, sizeof with_newline, "%s\n", edits[i].before);
        struct text text = {exact(with_newline, (size_t)length), (size_t)length};
        struct text with = enable(&text);
        bool good = read_text(&text).entry == edits[i].entry &&
                    with.length == strlen(edits[i].after) + 1 &&
                    memcmp(with.bytes, edits[i].after, with.length - 1) == 0;
        char name[200];
        snprintf(name, sizeof name, "%s", edits[i].before);
        for (char *newline; (newline = strchr(name, '\n')) != NULL;)
            *newline = '/';
        result(good, name);
        if (!good)
            print_escaped("got", with.bytes, with.length);
        free(text.bytes);
        free(with.bytes);
    }
}

#define TEXT(bytes) bytes, sizeof bytes - 1

static const struct {
    const char *name;
    const char *bytes;
    size_t length;
    enum nsswitch_fault_kind fault;
    size_t line;
    size_t column;
    const char *word;
} faults[] = {
    {"a misspelt action", TEXT("\nhosts: files x [NOTFOUND=retrun] dns\n"), NSSWITCH_SYNTAX, 2, 26,
     "retrun"},
    {"a misspelt status", TEXT("hosts: files [NOTFUND=return]\n"), NSSWITCH_SYNTAX, 1, 15,
     "NOTFUND"},
    {"no equals sign", TEXT("hosts: files [NOTFOUND return]\n"), NSSWITCH_SYNTAX, 1, 24, ""},
    {"no closing bracket", TEXT("hosts: files [NOTFOUND=return\n"), NSSWITCH_SYNTAX, 1, 31, ""},
    {"no continuation line", TEXT("hosts: files [NOTFOUND=return \\\n]\n"), NSSWITCH_SYNTAX, 1, 31,
     "\\"},
    {"a NUL ends the line", TEXT("hosts: files [NOTFOUND=return\0]\n"), NSSWITCH_SYNTAX, 1, 30, ""},
    {"an earlier hosts: line", TEXT("hosts: [a]\nhosts: a [b]\nhosts: dns\n"), NSSWITCH_SYNTAX, 2,
     11, "b"},
    {"another database", TEXT("passwd: a [b]\nhosts: dns\n"), NSSWITCH_SYNTAX, 1, 12, "b"},
    {"not a database of glibc", TEXT("sudoers: a [b]\nhosts: dns\n"), NSSWITCH_NO_FAULT, 0, 0, ""},
    {"a bracket before all services", TEXT("hosts: [a]\n"), NSSWITCH_REST_IGNORED, 1, 8, "["},
    {"a second list", TEXT("hosts: a [NOTFOUND=return] [x\n"), NSSWITCH_REST_IGNORED, 1, 28, "["},
    {"an earlier line that ends early", TEXT("hosts: [a]\nhosts: a\n"), NSSWITCH_NO_FAULT, 0, 0,
     ""},
    {"the hosts: line without newline", TEXT("hosts: dns"), NSSWITCH_NO_NEWLINE, 1, 11, ""},
    {"no hosts: line and no newline", TEXT("#"), NSSWITCH_NO_NEWLINE, 1, 2, ""},
    {"another line without newline", TEXT("hosts: dns\n#"), NSSWITCH_NO_FAULT, 0, 0, ""},
    {"an empty file", TEXT(""), NSSWITCH_NO_FAULT, 0, 0, ""},
};

static void test_faults(void)
{
    for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++) {
        struct text text = {exact(faults[i].bytes, faults[i].length), faults[i].length};
        struct nsswitch hosts = read_text(&text);
        bool good = hosts.fault.kind == faults[i].fault && hosts.fault.line == faults[i].line &&
                    hosts.fault.column == faults[i].column &&
                    hosts.fault.length == strlen(faults[i].word) &&
                    memcmp(text.bytes + hosts.fault.start, faults[i].word, hosts.fault.length) == 0;
        result(good, faults[i].name);
        if (!good)
            printf("# fault %d, line %zu, column %zu, %zu bytes\n", (int)hosts.fault.kind,
                   hosts.fault.line, hosts.fault.column, hosts.fault.length);
        free(text.bytes);
    }
}

/* enable adds a line only where there is none: with another before it, it is the user's. */
static void test_added_line(void)
{
    static const char added[] = NSSWITCH_MARK NSSWITCH_LINE;
    static const char both[] = "hosts: dns\n" NSSWITCH_MARK NSSWITCH_LINE;
    static const char rest[] = "hosts: dns\n" NSSWITCH_MARK "hosts:          files dns\n";
    struct text text = {exact(added, sizeof added - 1), sizeof added - 1};
    struct text without = disable(&text);
    result(without.length == 0, "the added line goes as a whole");
    free(without.bytes);
    free(text.bytes);
    text = (struct text){exact(both, sizeof both - 1), sizeof both - 1};
    without = disable(&text);
    result(without.length == sizeof rest - 1 && memcmp(without.bytes, rest, without.length) == 0,
           "a line after another stays, without our entry");
    free(without.bytes);
    free(text.bytes);
}

/* A megabyte of services, and of our own ones, in a time that a user waits for. */
static void test_long_line(void)
{
    static const char *const words[] = {"dns ", "ipv6literal "};
    for (size_t i = 0; i < 2; i++) {
        size_t step = strlen(words[i]);
        size_t length = (1 << 20) / step * step;
        struct text text = {malloc(length + 8), 7};
        if (text.bytes == NULL)
            abort();
        memcpy(text.bytes, "hosts: ", 7);
        for (; text.length < length; text.length += step)
            memcpy(text.bytes + text.length, words[i], step);
        text.bytes[text.length++] = '\n';
        result(holds(&text), "a line of a megabyte");
        free(text.bytes);
    }
}

/* glibc takes a line exactly if we find no syntax error in it. */
#ifdef __GLIBC__
static bool agrees_with_glibc(void)
{
    int bad = 0;
    int taken = 0;
    for (int i = 0; i < ASKED_OF_GLIBC; i++) {
        static struct writer writer;
        writer.length = 0;
        put_word(&writer, "hosts: files ");
        put_services(&writer, true);
        put(&writer, "\n", 2);
        struct nsswitch hosts;
        nsswitch_read(writer.bytes, writer.length - 1, &hosts);
        bool ours = hosts.fault.kind != NSSWITCH_SYNTAX;
        bool theirs = __nss_configure_lookup("hosts", writer.bytes + strlen("hosts: ")) == 0;
        taken += theirs;
        if (ours != theirs && ++bad < 5)
            print_escaped(theirs ? "only glibc takes" : "glibc refuses", writer.bytes,
                          writer.length);
    }
    return bad == 0 && taken > ASKED_OF_GLIBC / 10 && taken < ASKED_OF_GLIBC * 9 / 10;
}
#endif

static void test_against_glibc(void)
{
    static const char name[] = "glibc takes the same lines";
#ifdef __GLIBC__
    const char *version = gnu_get_libc_version();
    if (strverscmp(version, "2.33") < 0) {
        printf("ok %d - %s # SKIP glibc %s takes what stands before a fault, and says nothing\n",
               ++tests, name, version);
        return;
    }
    /*
     * glibc leaks what it had read of a line that it refuses. Only a process that is killed gets
     * past leak checkers.
     */
    fflush(stdout);
    int ends[2];
    if (pipe(ends) != 0)
        abort();
    pid_t child = fork();
    if (child == 0) {
        char good = agrees_with_glibc() ? 1 : 0;
        fflush(stdout);
        if (write(ends[1], &good, 1) == 1)
            raise(SIGKILL);
        _exit(1);
    }
    char good = 0;
    close(ends[1]);
    ssize_t count = read(ends[0], &good, 1);
    close(ends[0]);
    waitpid(child, NULL, 0);
    result(count == 1 && good == 1, name);
#else
    printf("ok %d - %s # SKIP not glibc\n", ++tests, name);
#endif
}

int main(void)
{
    random_state = 20240607;
    generated = wanted_rounds(150000);
    test_edits();
    test_faults();
    test_generated();
    test_added_line();
    test_long_line();
    test_against_glibc();
    printf("1..%d\n", tests);
    return failures == 0 ? 0 : 1;
}
