#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Runs test/module/seccomp, but not under valgrind, which makes other system calls and would be killed.
. "$top_srcdir/test/module/shared.sh"
exec $programs/seccomp
