#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Each function that v6lit.h declares has a symbol version, a manual page and a test.
. "$top_srcdir/test/tap.sh"
command -v nm > /dev/null && command -v readelf > /dev/null || skip_all 'nm and readelf are missing (Debian: binutils)'

# In the library's objects what the header declares is visible, and nothing else.
public=$(find libv6lit -name '*.o' -exec readelf -sW {} + |
    awk '$4 == "FUNC" && $5 == "GLOBAL" && $6 == "DEFAULT" && $7 != "UND" { print $8 }' | sort -u)
versioned=$(nm -D --defined-only .libs/libv6lit.so.0 | sed -n 's/.* T \(v6lit_.*\)@@V6LIT_[0-9]*$/\1/p' | sort)
called=$(find test -name '*.o' -exec nm -u {} + | sed -n 's/^ *U \(v6lit_.*\)/\1/p' | sort -u)

check 'there are public functions' [ -n "$public" ]
same 'each has a symbol version' "$public" "$versioned"
same 'each is called by a test program' "$public" "$called"
for function in $public; do
    page=$top_srcdir/man/$function.3
    check "$function has a page, which says how to call it" grep -q "^\.F[no] $function\\>" "$page"
    check "$function's page is installed" grep -q "^    man/$function\.3\\>" "$top_srcdir/man/local.mk"
    check "$function is in the list of libv6lit(3)" grep -q "^\.It Xr $function 3$" "$top_srcdir/man/libv6lit.3"
done
finish
