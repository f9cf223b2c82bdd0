#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# What the library takes for an interface name is what this kernel takes.
. "$top_srcdir/test/module/shared.sh"
in_sandbox "$recommended" "$0"

link_pair v6lit-a v6lit-b
exec $programs/ifname v6lit-a
