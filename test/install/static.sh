#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Tests the static library: which symbols it exports, and that programs link with the flags of the .pc file.
. "$top_srcdir/test/tap.sh"
[ -e libv6lit.a ] || skip_all 'no static library in this build'
command -v nm > /dev/null || skip_all 'nm is missing (Debian: binutils)'
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
trap 'exit 1' HUP INT TERM

same 'what can be seen of it is what the shared one exports' \
    "$(nm -D --defined-only .libs/libv6lit.so.0 | awk '$2 != "A" { sub(/@.*/, "", $3); print $3 }' | sort)" \
    "$(nm --extern-only --defined-only libv6lit.a | awk 'NF == 3 { print $3 }' | sort)"
same 'it loads nothing' '' "$(nm --undefined-only libv6lit.a | grep -w dlopen)"

# Where the .pc file will lead to.
mkdir "$scratch/lib"
cp libv6lit.a "$scratch/lib/"
sed "s|^libdir=.*|libdir=$scratch/lib|; s|^includedir=.*|includedir=$top_srcdir/libv6lit|" libv6lit/libv6lit.pc \
    > "$scratch/libv6lit.pc"
if ! command -v pkg-config > /dev/null; then
    skip 'static programs' 'pkg-config is missing'
elif ! echo 'int main(void) { return 0; }' | $CC -static -x c -o "$scratch/empty" - 2> /dev/null; then
    skip 'static programs' 'this compiler makes none: there is no libc.a, or the flags are against it'
else
    for example in decode encode; do
        # glibc has the linker warn of getaddrinfo in any static program.
        $CC -static -o "$scratch/$example" "$top_srcdir/examples/$example.c" \
            $(PKG_CONFIG_PATH=$scratch pkg-config --static --cflags --libs libv6lit) 2> "$scratch/warnings"
        result "$example is linked" $?
        grep -v 'getaddrinfo\|in function' "$scratch/warnings" | sed 's/^/# /'
    done
    same 'it is static' '' "$(readelf -lW "$scratch/decode" | grep INTERP)"
    same 'it reads names' "$(examples/decode fe80--1s7.ipv6-literal.net 2>&1)" \
        "$("$scratch/decode" fe80--1s7.ipv6-literal.net 2>&1)"
    same 'it writes the names of this machine' "$(examples/encode)" "$("$scratch/encode")"
fi
finish
