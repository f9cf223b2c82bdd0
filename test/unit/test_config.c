// SPDX-License-Identifier: LGPL-2.1-or-later
/* Tests llmnr.conf(5): the meaning of a file, the interfaces that it selects, and invalid files. */
#include "llmnr/config.h"

#include "test/unit/cunit.h"
#include "test/unit/table.h"

#include <errno.h>
#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static struct config config;
static char directory[] = "/tmp/v6lit-config-XXXXXX";
static char path[sizeof directory + sizeof "/llmnr.conf"];

static void add_words(const struct config_words *words, const char *keyword, char *text,
                      size_t size)
{
    const char *word;
    for (size_t at = 0; (word = config_next(words, &at)) != NULL;) {
        size_t length = strlen(text);
        snprintf(text + length, size - length, "%s%s=%s", length > 0 ? " " : "", keyword, word);
    }
}

/* "i=PATTERN n=NAME watch", or what is wrong. */
static void describe(int error, char *text, size_t size)
{
    text[0] = '\0';
    if (error != 0) {
        config_describe(&config, error, text, size);
        return;
    }
    add_words(&config.interfaces, "i", text, size);
    add_words(&config.names, "n", text, size);
    size_t length = strlen(text);
    if (config.spoofing_watch)
        snprintf(text + length, size - length, " watch");
}

static void check_text(const struct table_row *row)
{
    char text[1024];
    memset(&config, 0xa5, sizeof config);
    describe(config_parse(&config, row->fields[0].bytes, row->fields[0].length), text, sizeof text);
    table_compare(row, row->fields[0].text, row->fields[1].text, text);
}

static void test_texts(void)
{
    table_each("llmnr-conf.tsv", 2, check_text);
}

static void check_selection(const struct table_row *row)
{
    if (config_parse(&config, row->fields[0].bytes, row->fields[0].length) != 0) {
        tap_fail(row->file, row->line, "%s", config.reason);
        return;
    }
    table_compare(row, row->fields[0].text, row->fields[2].text,
                  config_selects(&config, row->fields[1].text) ? "yes" : "no");
}

static void test_selections(void)
{
    table_each("llmnr-interfaces.tsv", 3, check_selection);
}

/* Every pattern of up to four of these characters, on every such name: fnmatch(3) agrees. */
static void test_patterns(void)
{
    static const char letters[] = "ab*?[]!-\\";
    enum { LETTERS = sizeof letters - 1, ALL = LETTERS * LETTERS * LETTERS * LETTERS };
    static const char *const names[] = {"",   "a",  "b",  "-",  "]",   "!",   "aa",  "ab", "ba",
                                        "a]", "[a", "a-", "*?", "aba", "abb", "a-b", "\\", "aab]"};
    unsigned accepted = 0;
    for (unsigned i = 0; i < ALL; i++) {
        char text[] = "interfaces ....\n";
        char *pattern = text + sizeof "interfaces";
        for (unsigned digit = 0, rest = i; digit < 4; digit++, rest /= LETTERS)
            pattern[digit] = letters[rest % LETTERS];
        if (pattern[0] == '!' || config_parse(&config, text, strlen(text)) != 0)
            continue;
        pattern[4] = '\0';
        accepted++;
        for (size_t j = 0; j < sizeof names / sizeof names[0]; j++) {
            if (config_matches(pattern, names[j]) != (fnmatch(pattern, names[j], 0) == 0))
                tap_fail(__FILE__, __LINE__, "\"%s\" and \"%s\"", pattern, names[j]);
        }
    }
    CU_ASSERT_TRUE(accepted > ALL / 2);
}

static void write_file(const char *text, size_t length)
{
    FILE *file = fopen(path, "w");
    if (file == NULL || fwrite(text, 1, length, file) != length || fclose(file) != 0)
        tap_fail(__FILE__, __LINE__, "%s cannot be written", path);
}

static void expect(int error, const char *wanted)
{
    char text[1024];
    memset(&config, 0xa5, sizeof config);
    int result = config_read(&config, path);
    describe(result, text, sizeof text);
    if (result != error || strcmp(text, wanted) != 0)
        tap_fail(__FILE__, __LINE__, "error %d, \"%s\", not %d, \"%s\"", result, text, error,
                 wanted);
}

static void test_files(void)
{
    static char large[CONFIG_SIZE_MAX + 1];
    memset(large, '#', sizeof large);
    expect(0, "");
    write_file("", 0);
    expect(0, "");
    write_file("interfaces eth0\nnames nas", 25);
    expect(0, "i=eth0 n=nas");
    write_file(large, CONFIG_SIZE_MAX);
    expect(0, "");
    write_file(large, CONFIG_SIZE_MAX + 1);
    expect(EFBIG, "larger than 16 KiB");
    memcpy(large + CONFIG_SIZE_MAX - 14, "\ninterfaces e0", 14);
    write_file(large, CONFIG_SIZE_MAX);
    expect(0, "i=e0");
    remove(path);
    CU_ASSERT_EQUAL(mkfifo(path, 0600), 0);
    expect(ENOTSUP, "not a regular file");
    remove(path);
    CU_ASSERT_EQUAL(mkdir(path, 0700), 0);
    expect(ENOTSUP, "not a regular file");
    remove(path);
    CU_ASSERT_EQUAL(symlink("/dev/null", path), 0);
    expect(ENOTSUP, "not a regular file");
    remove(path);
    CU_ASSERT_EQUAL(symlink("nowhere", path), 0);
    expect(ENOENT, strerror(ENOENT));
    remove(path);
    CU_ASSERT_EQUAL(symlink("llmnr.conf", path), 0);
    expect(ELOOP, strerror(ELOOP));
    remove(path);
    /* Of /proc: the size that it has is not the one that it says. */
    CU_ASSERT_EQUAL(symlink("/proc/self/status", path), 0);
    expect(EAGAIN, "changed while it was read");
    remove(path);
}

static void test_unreadable(void)
{
    enum { NOBODY = 65534 };
    const uid_t user = geteuid();
    write_file("interfaces eth0\n", 16);
    CU_ASSERT_EQUAL(chmod(path, 0), 0);
    /* Root may read every file. */
    CU_ASSERT_EQUAL(user == 0 ? seteuid(NOBODY) : 0, 0);
    expect(EACCES, strerror(EACCES));
    CU_ASSERT_EQUAL(user == 0 ? seteuid(user) : 0, 0);
    remove(path);
}

int main(void)
{
    CU_TestInfo tests[] = {
        {"what a file says (llmnr-conf.tsv)", test_texts},
        {"which interfaces it selects (llmnr-interfaces.tsv)", test_selections},
        {"patterns match as by fnmatch(3)", test_patterns},
        {"which files are read", test_files},
        {"a file that may not be read", test_unreadable},
        CU_TEST_INFO_NULL,
    };
    if (mkdtemp(directory) == NULL) {
        printf("Bail out! no temporary directory\n");
        return EXIT_FAILURE;
    }
    snprintf(path, sizeof path, "%s/llmnr.conf", directory);
    int status = tap_run("config", tests);
    rmdir(directory);
    return status;
}
