// SPDX-License-Identifier: LGPL-2.1-or-later
/* Any nsswitch.conf, edited: what test_nsswitch demands of those that it makes up. */
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
