/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Queries, judges the replies, and shows them. Each returns the exit status. */
#ifndef TOOLS_LLMNR_QUESTION_H
#define TOOLS_LLMNR_QUESTION_H

#include "tools/llmnr/options.h"

/* For the addresses of a name. */
int question_ask_name(const struct llmnr_options *options, const char *name);

/* For the name of an address. */
int question_ask_address(const struct llmnr_options *options, const char *text);

/* For a name that nobody has: whoever replies is a spoofer. */
int question_detect(struct llmnr_options *options);

#endif
