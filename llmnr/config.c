// SPDX-License-Identifier: LGPL-2.1-or-later
#include "llmnr/config.h"

#include "base/ascii.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LABEL_MAX = 63 };

/*
 * Moves *pattern past a bracket expression; false if it does not end. POSIX allows more than single
 * bytes and ranges in it, such as [:alpha:], which depends on the locale.
 */
static bool skip_bracket(const char **pattern)
{
    const char *p = *pattern + 1;
    if (*p == '!')
        p++;
    do {
        if (*p == '\0' || *p == '[' || *p == '\\' || *p == '^')
            return false;
    } while (*++p != ']');
    *pattern = p + 1;
    return true;
}

static bool is_pattern(const char *pattern)
{
    while (*pattern != '\0') {
        if (*pattern == '[') {
            if (!skip_bracket(&pattern))
                return false;
        } else if (*pattern == '\\') {
            if (pattern[1] == '\0')
                return false;
            pattern += 2;
        } else {
            pattern++;
        }
    }
    return true;
}

/* Whether a byte is in the bracket expression. */
static bool is_in_bracket(const char *pattern, unsigned char c)
{
    const unsigned char *p = (const unsigned char *)pattern + 1;
    const bool negated = *p == '!';
    bool found = false;
    if (negated)
        p++;
    do {
        const unsigned char first = *p;
        unsigned char last = first;
        if (p[1] == '-' && p[2] != ']' && p[2] != '\0') {
            p += 2;
            last = *p;
        }
        found = found || (first <= c && c <= last);
    } while (*++p != ']');
    return found != negated;
}

/*
 * Whether the byte matches the first element of the pattern, which is not a star; moves past that
 * element.
 */
static bool matches_byte(const char **pattern, unsigned char c)
{
    const char *at = *pattern;
    switch (*at) {
    case '[':
        (void)skip_bracket(pattern);
        return is_in_bracket(at, c);
    case '?':
        *pattern = at + 1;
        return true;
    case '\\':
        at++;
        break;
    default:
        break;
    }
    *pattern = at + 1;
    return (unsigned char)*at == c;
}

bool config_matches(const char *pattern, const char *name)
{
    /* Only the last star matters: what an earlier one could match, the last one can match, too. */
    const char *after_star = NULL;
    const char *retry = NULL;
    while (*name != '\0') {
        const char *next = pattern;
        if (*pattern == '*') {
            after_star = ++pattern;
            retry = name;
        } else if (*pattern != '\0' && matches_byte(&next, (unsigned char)*name)) {
            pattern = next;
            name++;
        } else if (after_star != NULL) {
            pattern = after_star;
            name = ++retry;
        } else {
            return false;
        }
    }
    while (*pattern == '*')
        pattern++;
    return *pattern == '\0';
}

bool config_selects(const struct config *config, const char *interface)
{
    bool all = true;
    bool included = false;
    const char *word;
    for (size_t at = 0; (word = config_next(&config->interfaces, &at)) != NULL;) {
        if (*word != '!') {
            all = false;
            included = included || config_matches(word, interface);
        } else if (config_matches(word + 1, interface)) {
            return false;
        }
    }
    return all || included;
}

const char *config_next(const struct config_words *words, size_t *at)
{
    if (*at >= words->length)
        return NULL;
    const char *word = words->bytes + *at;
    *at += strlen(word) + 1;
    return word;
}

/* The words of a file, NULs included, are never longer than the file: each line has a keyword. */
static void add_word(struct config_words *words, const char *word)
{
    size_t size = strlen(word) + 1;
    memcpy(words->bytes + words->length, word, size);
    words->length += size;
}

/* Reads one word of a line. Returns NULL, or what is wrong with it. */
typedef const char *take_word(struct config *config, const char *word);

static const char *take_interface(struct config *config, const char *word)
{
    const char *pattern = *word == '!' ? word + 1 : word;
    if (*pattern == '\0')
        return "no pattern after \"!\"";
    if (!is_pattern(pattern))
        return "malformed pattern";
    add_word(&config->interfaces, word);
    return NULL;
}

static const char *take_name(struct config *config, const char *word)
{
    if (strchr(word, '.') != NULL || strlen(word) > LABEL_MAX)
        return "a name must be a single label of at most 63 bytes";
    add_word(&config->names, word);
    return NULL;
}

static const char *take_spoofing_watch(struct config *config, const char *word)
{
    config->spoofing_watch = strcmp(word, "yes") == 0;
    return config->spoofing_watch || strcmp(word, "no") == 0 ? NULL : "neither \"yes\" nor \"no\"";
}

static const struct keyword {
    const char *name;
    take_word *take;
    bool takes_list;
} keywords[] = {
    {"interfaces", take_interface, true},
    {"names", take_name, true},
    {"spoofing-watch", take_spoofing_watch, false},
};

/* Cuts the next word off a line. Returns 0 at its end, else the length, also if that is too long
 * for `word`, which is then cut short. */
static size_t next_word(const char **line, const char *end, char word[static CONFIG_WORD_MAX + 2])
{
    const char *start = *line;
    while (start < end && ascii_is_blank(*start))
        start++;
    if (start == end || *start == '#')
        return 0;
    const char *stop = start;
    while (stop < end && !ascii_is_blank(*stop))
        stop++;
    size_t length = (size_t)(stop - start);
    size_t copied = length <= CONFIG_WORD_MAX + 1 ? length : CONFIG_WORD_MAX + 1;
    memcpy(word, start, copied);
    word[copied] = '\0';
    *line = stop;
    return length;
}

static const struct keyword *find_keyword(const char *word)
{
    for (size_t i = 0; i < sizeof keywords / sizeof keywords[0]; i++) {
        if (strcmp(word, keywords[i].name) == 0)
            return &keywords[i];
    }
    return NULL;
}

/* An editor of another system wrote it, or it is not text: its meaning is unknown. */
static bool has_control(const char *line, const char *end)
{
    for (; line < end; line++) {
        if (((unsigned char)*line < 0x20 && *line != '\t') || *line == 0x7f)
            return true;
    }
    return false;
}

/* Returns NULL, or what is wrong with the line. */
static const char *parse_line(struct config *config, const char *line, const char *end)
{
    char word[CONFIG_WORD_MAX + 2];
    if (has_control(line, end))
        return "control character";
    if (next_word(&line, end, word) == 0)
        return NULL;
    const struct keyword *keyword = find_keyword(word);
    if (keyword == NULL)
        return "unknown keyword";
    size_t count = 0;
    for (size_t length; (length = next_word(&line, end, word)) != 0; count++) {
        if (length - (word[0] == '!') > CONFIG_WORD_MAX)
            return "word too long";
        if (count > 0 && !keyword->takes_list)
            return "more than one word after the keyword";
        const char *reason = keyword->take(config, word);
        if (reason != NULL)
            return reason;
    }
    return count > 0 ? NULL : "no word after the keyword";
}

static void reset(struct config *config)
{
    config->interfaces.length = 0;
    config->names.length = 0;
    config->spoofing_watch = false;
    config->reason = NULL;
    config->line = 0;
}

static int refuse(struct config *config, int error, const char *reason)
{
    config->reason = reason;
    return error;
}

int config_parse(struct config *config, const char *text, size_t length)
{
    reset(config);
    if (length > CONFIG_SIZE_MAX)
        return refuse(config, EFBIG, "larger than 16 KiB");
    const char *end = text + length;
    for (unsigned line = 1; text < end; line++) {
        const char *stop = memchr(text, '\n', (size_t)(end - text));
        if (stop == NULL)
            stop = end;
        const char *reason = parse_line(config, text, stop);
        if (reason != NULL) {
            config->line = line;
            return refuse(config, EBADMSG, reason);
        }
        text = stop < end ? stop + 1 : end;
    }
    return 0;
}

/* Reads up to the end of the file, or one byte more than it may have. Returns an error number. */
static int read_text(int fd, char *text, size_t size, size_t *length)
{
    ssize_t count;
    *length = 0;
    do {
        count = read(fd, text + *length, size - *length);
        if (count > 0)
            *length += (size_t)count;
    } while ((count > 0 && *length < size) || (count < 0 && errno == EINTR));
    return count < 0 ? errno : 0;
}

static int read_file(struct config *config, int fd)
{
    struct stat status;
    if (fstat(fd, &status) != 0)
        return errno;
    if (!S_ISREG(status.st_mode))
        return refuse(config, ENOTSUP, "not a regular file");
    size_t length;
    int error = read_text(fd, config->text, sizeof config->text, &length);
    if (error != 0)
        return error;
    /* Part of a file could select what the whole file excludes. */
    if (length <= CONFIG_SIZE_MAX && (off_t)length != status.st_size)
        return refuse(config, EAGAIN, "changed while it was read");
    return config_parse(config, config->text, length);
}

int config_read(struct config *config, const char *path)
{
    reset(config);
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (fd < 0) {
        /* A dangling symbolic link is a file that cannot be read, not an absent one. */
        int error = errno;
        struct stat status;
        return error == ENOENT && lstat(path, &status) != 0 && errno == ENOENT ? 0 : error;
    }
    int error = read_file(config, fd);
    close(fd);
    return error;
}

void config_describe(const struct config *config, int error, char *text, size_t size)
{
    const char *reason = config->reason != NULL ? config->reason : strerror(error);
    if (config->line != 0)
        snprintf(text, size, "line %u: %s", config->line, reason);
    else
        snprintf(text, size, "%s", reason);
}
