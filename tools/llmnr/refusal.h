/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Why nothing is queried, or could be: on stderr, or in the output of --json. */
#ifndef TOOLS_LLMNR_REFUSAL_H
#define TOOLS_LLMNR_REFUSAL_H

#include "llmnr/host.h"
#include "tools/llmnr/options.h"

/* "v6lit: INPUT: REASON" on stderr, or with --json an object; returns the exit status. */
__attribute__((format(printf, 5, 6))) int refusal_write(const struct llmnr_options *options,
                                                        const char *input, int exit_status,
                                                        const char *code, const char *format, ...);

/* Why an attempt on this interface, or for 0 on all links, has failed; returns the exit status. */
int refusal_cannot_ask(const struct llmnr_options *options, const char *input, uint32_t interface,
                       int error);

/* Why LLMNR is not for a name or address; returns the exit status. */
int refusal_of_host(const struct llmnr_options *options, const char *input,
                    enum host_refusal refusal);

#endif
