// SPDX-License-Identifier: LGPL-2.1-or-later
#include "libv6lit/v6lit.h"

const char *v6lit_strerror(enum v6lit_status status)
{
    switch (status) {
#define V6LIT_STATUS_TEXT(code, text)                                                              \
    case code:                                                                                     \
        return text;
        V6LIT_STATUS_MAP(V6LIT_STATUS_TEXT)
#undef V6LIT_STATUS_TEXT
    }
    return "unknown error";
}

const char *v6lit_version(void)
{
    return V6LIT_VERSION;
}
