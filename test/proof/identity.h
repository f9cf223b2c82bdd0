/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the proofs of identity.c and their contracts share. */
#ifndef TEST_PROOF_IDENTITY_H
#define TEST_PROOF_IDENTITY_H

#include "libv6lit/text.h"

/* Functions that text.c keeps to itself, as goto-cc names them. */
#define text_put_group __CPROVER_file_local_text_c_put_group
#define text_read_group __CPROVER_file_local_text_c_read_group

char *text_put_group(char *p, const unsigned char *group);
const char *text_read_group(const char *p, unsigned *group);

/* Where the address is written. */
extern char text[TEXT_BUFFER];

#endif
