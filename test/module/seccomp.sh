#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Not under valgrind, which itself makes system calls all the time and would be killed.
. "$top_srcdir/test/module/shared.sh"
exec $programs/seccomp
