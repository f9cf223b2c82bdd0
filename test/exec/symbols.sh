#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Tests which symbols and libraries the preloaded library adds to every program.
. "$top_srcdir/test/exec/shared.sh"

command -v readelf > /dev/null && command -v nm > /dev/null || skip_all 'no readelf and nm here'
same 'exports getaddrinfo alone' getaddrinfo \
    "$(nm -D --defined-only $preload | awk '$2 != "A" { print $3 }')"
same 'needs nothing but libc' 'libc.so.6' \
    "$(readelf -dW $preload | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p' | grep -v '^libdl\.so\.2$')"
for flag in NOW NODELETE; do
    check "has the flag $flag" sh -c "readelf -dW $preload | grep '(FLAGS' | grep -qw $flag"
done
check 'is read-only after relocation' sh -c "readelf -lW $preload | grep -q GNU_RELRO"
# One of each is the compiler's own.
pointer=$(readelf -hW $preload | awk '/Class:/ { print $2 == "ELF64" ? 8 : 4 }')
for array in INIT_ARRAYSZ FINI_ARRAYSZ; do
    size=$(readelf -dW $preload | sed -n "s/.*($array) *\([0-9]*\) .*/\1/p")
    check "has no $array but the compiler's own" [ "${size:-0}" -le "$pointer" ]
done
finish
