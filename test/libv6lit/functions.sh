#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Tests that each function of v6lit.h has a symbol version, a manual page and a test; and that the tools use only these.
. "$top_srcdir/test/tap.sh"
command -v nm > /dev/null && command -v readelf > /dev/null || skip_all 'nm and readelf are missing (Debian: binutils)'

# In the library's objects what the header declares is visible, and nothing else.
public=$(find libv6lit -name '*.o' -exec readelf -sW {} + |
    awk '$4 == "FUNC" && $5 == "GLOBAL" && $6 == "DEFAULT" && $7 != "UND" { print $8 }' | sort -u)
map=$top_srcdir/libv6lit/libv6lit.map
nodes=$(sed -n 's/^\([A-Z0-9_.]*\) {$/\1/p' "$map" | sort)
versioned=$(nm -D --defined-only .libs/libv6lit.so.0 | sed -n 's/.* T \(v6lit_.*\)@@.*$/\1/p' | sort)
called=$(find test -name '*.o' -exec nm -u {} + | sed -n 's/^ *U \(v6lit_.*\)/\1/p' | sort -u)

check 'there are public functions' [ -n "$public" ]
same 'each has a symbol version' "$public" "$versioned"
same 'each is called by a test program' "$public" "$called"
same 'each is listed in the map' "$public" "$(sed -n 's/^    \(v6lit_.*\);$/\1/p' "$map" | sort)"
same 'the versions are the nodes of the map' "$nodes" \
    "$(nm -D --defined-only .libs/libv6lit.so.0 | sed -n 's/.* A \(.*\)$/\1/p' | sed 's/@@.*//' | sort -u)"
same 'a Debian package knows each' "$(printf '%s\n' $nodes $public | sort)" \
    "$(sed -n 's/^ \(.*\)@.*/\1/p' "$top_srcdir/debian/libv6lit0.symbols" | sort)"
for function in $public; do
    page=$top_srcdir/man/$function.3
    check "$function has a page, which says how to call it" grep -q "^\.F[no] $function\\>" "$page"
    check "$function's page is installed" grep -q "^    man/$function\.3\\>" "$top_srcdir/man/local.mk"
    check "$function is in the list of libv6lit(3)" grep -q "^\.It Xr $function 3$" "$top_srcdir/man/libv6lit.3"
done

# included DIRECTORY...: what files there include of the library.
included() {
    (cd "$top_srcdir" && grep -rhoE '^ *# *include *["<]([^">]*/)?libv6lit/[^">]*|^ *# *include *["<]v6lit[^">]*' "$@") |
        sed 's/.*[<"]//' | sort -u
}
same 'tools include the public header alone' libv6lit/v6lit.h "$(included --include='*.[ch]' tools resolved_hook)"
same 'examples include it as it is installed' v6lit.h "$(included --include='*.c' examples)"
finish
