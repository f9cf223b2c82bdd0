#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Tests that the library accepts the interface names that this kernel accepts.
. "$top_srcdir/test/module/shared.sh"
in_sandbox "$recommended" "$0"

link_pair v6lit-a v6lit-b
exec $programs/ifname v6lit-a
