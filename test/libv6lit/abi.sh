#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Tests that the library's ABI is the recorded one, so that programs linked with it continue to work.
. "$top_srcdir/test/tap.sh"
library=.libs/libv6lit.so.0
recorded=$top_srcdir/libv6lit/libv6lit.abi

command -v abidiff > /dev/null || skip_all 'abidiff is missing (Debian: abigail-tools)'
command -v readelf > /dev/null || skip_all 'readelf is missing (Debian: binutils)'
case $(readelf -hW $library | sed -n 's/^ *\(Class\|Machine\): *//p' | tr '\n' ' ') in
    'ELF64 Advanced Micro Devices X86-64 ') ;;
    *) skip_all 'the record is that of x86-64' ;;
esac
readelf -SW $library | grep -q ' \.debug_info ' || skip_all 'the library was built without -g, which tells the types'
! abidw $library | grep -q "name='v6it_" || skip_all 'libabigail 3.0 reads v6lit_address as v6it_address'

status=0
changes=$(abidiff --harmless --no-corpus-path --exported-interfaces-only "$recorded" $library 2>&1) || status=$?
[ $status = 0 ] || printf '%s\nCONTRIBUTING.md says what may change, and how to record it\n' "$changes" | sed 's/^/# /'
result 'the library has the recorded binary interface' $status
finish
