// SPDX-License-Identifier: LGPL-2.1-or-later
#include "libv6lit/idn.h"

#include <string.h>

#if WITH_LIBIDN2

#include <dlfcn.h>
#include <errno.h>
#include <idn2.h>

/* The longest UTF-8 character. */
enum { CHARACTER_MAX = 4 };

struct library {
    void *handle;
    __typeof__(idn2_to_ascii_8z) *to_ascii;
    __typeof__(idn2_free) *free;
};

/* RTLD_NODELETE keeps it mapped after unload(): the next load() is a lookup, and there is no
 * state. */
static bool load(struct library *library)
{
    library->handle = dlopen("libidn2.so.0", RTLD_LAZY | RTLD_LOCAL | RTLD_NODELETE);
    if (library->handle == NULL) {
        dlerror(); /* otherwise the program's next dlerror() would return our message */
        return false;
    }
    void *to_ascii = dlsym(library->handle, "idn2_to_ascii_8z");
    void *release = dlsym(library->handle, "idn2_free");
    memcpy(&library->to_ascii, &to_ascii, sizeof to_ascii);
    memcpy(&library->free, &release, sizeof release);
    if (to_ascii != NULL && release != NULL)
        return true;
    dlclose(library->handle);
    return false;
}

/* The length of the character at p; 1 if it is not UTF-8. */
static size_t character_length(const char *p, const char *end)
{
    unsigned char lead = (unsigned char)*p;
    size_t length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 1;
    for (size_t i = 1; i < length; i++) {
        if (p + i == end || ((unsigned char)p[i] & 0xc0) != 0x80)
            return 1;
    }
    return length;
}

/*
 * Maps one character. libidn2 gets it between two letters, where no rule for the edges of labels
 * refuses it. The result is "xn--…" unless it is ASCII. Returns false if the character is to stay
 * as it is.
 */
static bool map_character(const struct library *library, const char *character, size_t length,
                          char **label)
{
    char framed[1 + CHARACTER_MAX + 2] = "a";
    memcpy(framed + 1, character, length);
    framed[1 + length] = 'a';
    if (library->to_ascii(framed, label, IDN2_NONTRANSITIONAL) != IDN2_OK)
        return false;
    if ((*label)[0] == 'a')
        return true;
    library->free(*label);
    return false;
}

static bool append(struct idn_text *mapped, const char *bytes, size_t length, size_t origin)
{
    if (length > IDN_MAX - mapped->length)
        return false;
    memcpy(mapped->bytes + mapped->length, bytes, length);
    memset(mapped->origin + mapped->length, (int)origin, length);
    mapped->length += length;
    return true;
}

static bool map_text(const struct library *library, const char *text, size_t length,
                     struct idn_text *mapped)
{
    const char *end = text + length;
    size_t step;
    for (const char *p = text; p < end; p += step) {
        step = character_length(p, end);
        char *label = NULL;
        bool fits;
        if (step > 1 && map_character(library, p, step, &label)) {
            fits = append(mapped, label + 1, strlen(label) - 2, (size_t)(p - text));
            library->free(label);
        } else {
            fits = append(mapped, p, step, (size_t)(p - text));
        }
        if (!fits)
            return false;
    }
    mapped->origin[mapped->length] = (unsigned char)length;
    return true;
}

enum v6lit_status idn_map(const char *text, size_t length, struct idn_text *mapped)
{
    if (length > IDN_MAX)
        return V6LIT_ERROR_TOO_LONG_TO_MAP;
    int saved_errno = errno;
    enum v6lit_status status = V6LIT_ERROR_NO_LIBIDN2;
    struct library library;
    mapped->length = 0;
    if (load(&library)) {
        bool fits = map_text(&library, text, length, mapped);
        status = fits ? V6LIT_OK : V6LIT_ERROR_TOO_LONG_TO_MAP;
        dlclose(library.handle);
    }
    errno = saved_errno;
    return status;
}

#else

enum v6lit_status idn_map(const char *text, size_t length, struct idn_text *mapped)
{
    (void)text;
    (void)length;
    (void)mapped;
    return V6LIT_ERROR_NO_LIBIDN2;
}

#endif
