#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Tests that a literal name means what its numeric form means, on a machine with all kinds of interface names.
. "$top_srcdir/test/module/shared.sh"
in_sandbox "$recommended" "$0"

link_pair 7 v6lit
link_pair enX0 br-lan
link_pair eth0.100 wg_home
link_pair Up uP
exec $programs/numeric_form ${V6LIT_NUMERIC_FORMS-}
