/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A query to one responder over TCP, within the link: RFC 4795, section 2.5. */
#ifndef LLMNR_TCP_H
#define LLMNR_TCP_H

#include "llmnr/link.h"
#include "llmnr/message.h"
#include "llmnr/udp.h"

#include <stddef.h>
#include <stdint.h>

/* Returns the length of the reply in the buffer; 0 if there is none in time. */
size_t tcp_ask(const union udp_address *responder, const struct link *link,
               const struct message_query *query, unsigned char buffer[static MESSAGE_MAX],
               int64_t until);

#endif
