/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Whether the responder can serve, and what it does on each link. */
#ifndef LLMNRD_CHECK_H
#define LLMNRD_CHECK_H

#include "llmnr/config.h"
#include "llmnr/self.h"

#include <stdbool.h>

enum { CHECK_REASON_SIZE = 256 };

enum check_result {
    CHECK_CAN_SERVE,
    CHECK_RUNS,    /* this program serves already */
    CHECK_TAKEN,   /* another program has the port */
    CHECK_NOT_YET, /* a link or a name is missing, and may come */
    CHECK_CANNOT_SERVE
};

/* Reads the list into `self`. Every result but CHECK_CAN_SERVE comes with a reason. */
enum check_result check_can_serve(const struct config *config, struct self *self,
                                  char reason[static CHECK_REASON_SIZE]);

/* The same for the port only: never CHECK_NOT_YET. */
enum check_result check_port(char reason[static CHECK_REASON_SIZE]);

/*
 * Prints names and links on standard output, and on standard error why it cannot serve. Returns
 * false in that case, and if the output fails.
 */
bool check_print(const struct config *config, struct self *self);

#endif
