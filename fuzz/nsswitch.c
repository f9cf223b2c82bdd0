// SPDX-License-Identifier: LGPL-2.1-or-later
/* Fuzzes editing nsswitch.conf: every edit has the properties in test/nsswitch/properties.h. */
#include "fuzz/fuzz.h"
#include "test/nsswitch/properties.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct text text = {exact((const char *)data, size), size};
    bool good = holds(&text);
    fflush(stdout);
    DEMAND(good);
    free(text.bytes);
    return 0;
}
