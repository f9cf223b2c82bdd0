#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Tests that programs are built with hardening options, in a build by hand and in a package.
. "$top_srcdir/test/tap.sh"
command -v readelf > /dev/null || skip_all 'readelf is missing (Debian: binutils)'
flags=$(sed -n 's/^HARDENING_CFLAGS = *//p; s/^HARDENING_LDFLAGS = *//p' Makefile | tr '\n' ' ')
case $(nm -D v6lit) in
    *__asan_* | *__ubsan_* | *__tsan_*) skip_all 'built with sanitizers, which need the flags for themselves' ;;
esac

# has FLAG NAME COMMAND...: passed if the compiler does not take the flag.
has() {
    case " $flags " in
        *" $1"*)
            shift
            check "$@"
            ;;
        *) skip "$2" "this compiler does not take $1" ;;
    esac
}
shows() {
    readelf "$1" -W "$2" | grep -q -e "$3"
}

for program in v6lit mount.v6lit key.v6lit v6lit-llmnrd v6lit-resolved-hook; do
    [ -e $program ] || continue
    check "$program is loaded anywhere (PIE)" shows -h $program 'Type: *DYN'
    has -Wl,-z,now "$program is bound at once" shows -d $program '(FLAGS_1).*NOW'
    has -Wl,-z,relro "$program's tables are read-only then" shows -l $program GNU_RELRO
    check "$program's stack is no code" shows -l $program 'GNU_STACK.* RW '
    has -fstack-protector-strong "$program watches over its return addresses" shows -s $program __stack_chk_fail
    has -D_FORTIFY_SOURCE "$program watches over the sizes of buffers" shows -s $program '__[a-z]*_chk@'
done
finish
