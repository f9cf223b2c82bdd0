// SPDX-License-Identifier: LGPL-2.1-or-later
/* Fuzzes llmnr.conf: words lie within the file, and patterns match as by glibc's fnmatch. */
#include "llmnr/config.h"

#include "fuzz/fuzz.h"

#include <fnmatch.h>

static const char *const names[] = {"eth0", "veth12ab", "a", "-", "]", "\xff", "wlp0s20f3"};

/* Whether the words lie in the text in this order, and each is complete. */
static void check_words(const struct config_words *words, const char *text, size_t size)
{
    const char *word;
    const char *end = text + size;
    for (size_t at = 0; (word = config_next(words, &at)) != NULL;) {
        size_t length = strlen(word);
        DEMAND(length > 0 && length <= CONFIG_WORD_MAX + 1);
        text = memmem(text, (size_t)(end - text), word, length);
        DEMAND(text != NULL);
        text += length;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct config config;
    char *text = exact_copy(data, size);
    int error = config_parse(&config, text, size);
    DEMAND((error == 0) == (config.reason == NULL));
    if (error == 0) {
        check_words(&config.interfaces, text, size);
        check_words(&config.names, text, size);
        const char *word;
        for (size_t at = 0; (word = config_next(&config.interfaces, &at)) != NULL;) {
            word += *word == '!';
            for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
                DEMAND(config_matches(word, names[i]) == (fnmatch(word, names[i], 0) == 0));
        }
    }
    free(text);
    return 0;
}
