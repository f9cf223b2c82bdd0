#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Runs test/module/soak. V6LIT_SOAK="LOOKUPS LOADS" in the environment makes it longer. Not under valgrind or with
# sanitizers, whose own memory grows.
. "$top_srcdir/test/module/shared.sh"
! is_sanitized $module || skip_all 'built with sanitizers, which keep memory back'
exec $programs/soak ${V6LIT_SOAK-1000000 10000}
