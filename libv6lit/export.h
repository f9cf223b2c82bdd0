/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The public header, for the files that define what is in it: only that is visible outside. */
#ifndef V6LIT_EXPORT_H
#define V6LIT_EXPORT_H

#pragma GCC visibility push(default)
#include "v6lit.h"
#pragma GCC visibility pop

#endif
