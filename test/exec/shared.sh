# SPDX-License-Identifier: LGPL-2.1-or-later
# Functions for the scripts of this directory. To be sourced.
set -u
. "$top_srcdir/test/tap.sh"

preload=.libs/libv6lit-preload.so
[ -e $preload ] || skip_all "no $preload here: made without shared libraries"
case $(nm -D $preload 2> /dev/null) in
    *__asan_* | *__ubsan_* | *__tsan_*) skip_all 'built with sanitizers, which no program here has' ;;
esac

# has PROGRAM NAME: or the test is skipped.
has() {
    command -v "$1" > /dev/null || { skip "$2" "no $1 here"; false; }
}
