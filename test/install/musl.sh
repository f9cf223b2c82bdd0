#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# A build with musl, installed into a system that has nothing but musl's loader: the library, the static archive, the
# command, and `v6lit exec`. For script/test, in that build, and as root.
set -u
. "$top_srcdir/test/tap.sh"
loader=/lib/ld-musl-$(uname -m).so.1
[ -e "$loader" ] && command -v musl-gcc > /dev/null || skip_all 'no musl here (Debian: musl-tools)'
[ "$(id -u)" = 0 ] || skip_all 'only root can enter another system'
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
trap 'exit 1' HUP INT TERM

make -s install DESTDIR="$root" > "$root/install.log" 2>&1
result 'make install' $?
mkdir -p "$root/lib" "$root/bin"
cp -L "$loader" "$root/lib/"
for example in connect6 decode encode; do
    set -- -I"$root/usr/include" "$top_srcdir/examples/$example.c"
    musl-gcc -o "$root/bin/$example" "$@" -L"$root/usr/lib" -lv6lit &&
        musl-gcc -static -o "$root/bin/$example-static" "$@" "$root/usr/lib/libv6lit.a"
    result "$example is built, with the library and with the archive" $?
done
musl-gcc -o "$root/bin/lookup" "$top_srcdir/test/dns/lookup.c"
result 'a program that knows nothing of v6lit is built' $?

# within COMMAND...: what it prints there, on a host with lo alone.
within() {
    unshare --net sh -c 'ip link set lo up && exec chroot "$@"' sh "$root" "$@" 2>&1
}
name=fe80--1slo.ipv6-literal.net

for kind in '' -static; do
    same "decode$kind" 'address    fe80::1
interface  lo' "$(within /bin/decode$kind $name)"
    same "v6lit_getaddrinfo, connect6$kind" '0--1.ipv6-literal.net: Connection refused' \
        "$(within /bin/connect6$kind 0--1.ipv6-literal.net 9)"
    same "encode$kind" 'lo              0--1.ipv6-literal.net' "$(within /bin/encode$kind)"
done
same 'v6lit decode' fe80::1%lo "$(within /usr/bin/v6lit decode $name)"
same 'v6lit encode' fe80--1s1.ipv6-literal.net "$(within /usr/bin/v6lit encode --index fe80::1%LO)"
same 'v6lit resolve says why it cannot' 'v6lit: this C library has no Name Service Switch' \
    "$(within /usr/bin/v6lit resolve $name | sed -n '1s/,.*//p')"
same 'v6lit doctor does not want a hosts: line' '??' "$(within /usr/bin/v6lit doctor | sed -n 's/ *hosts-line.*//p')"
check 'v6lit llmnr' sh -c 'case $1 in *"no link"*) ;; *) echo "# $1"; false ;; esac' sh "$(within /usr/bin/v6lit llmnr host)"
same 'mount.v6lit' "mount.v6lit $(sed -n 's/^PACKAGE_VERSION *= *//p' Makefile)" "$(within /sbin/mount.v6lit --version)"

# musl keeps the zone for each family; the second argument is the loader's, to show that it is that of musl.
same 'v6lit exec keeps the zone' fe80::1%lo "$(within /usr/bin/v6lit exec /bin/lookup $name)"
same 'v6lit exec refuses a malformed name' 1 "$(within /usr/bin/v6lit exec /bin/lookup fe80--1--2.ipv6-literal.net | wc -l)"
same 'v6lit exec refuses static programs' 'v6lit: /bin/decode-static: cannot preload: the program is static' \
    "$(within /usr/bin/v6lit exec /bin/decode-static $name | head -n 1)"
# refused PROGRAM COMMAND...: by a v6lit of another libc.
refused() {
    refused_program=$1
    shift
    same "$refused_program is refused, of another libc" \
        "v6lit: $refused_program: cannot preload: the program uses another C library than v6lit" \
        "$("$@" exec "$refused_program" $name 2>&1 | head -n 1)"
}
refused "$(command -v getent)" ./v6lit
[ -z "${V6LIT_GLIBC-}" ] || refused "$root/bin/lookup" "$V6LIT_GLIBC"
finish
