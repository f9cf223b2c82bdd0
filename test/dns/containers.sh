#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Tests containers: static programs on musl and in Go, which load no module, and glibc with the module.
set -u
. "$top_srcdir/test/dns/shared.sh"
command -v musl-gcc > /dev/null || skip_all 'musl-gcc is missing (Debian: musl-tools)'
go_on_among_hosts "$0"
outside
booted desktop 2
booted resolver 3

section desktop dnsmasq 'A new one, for this machine'
ask_itself desktop
# Containers on the same host, which have their own C library or none: programs that are linked statically, in a
# file system without anything else.
containers() {
    on "$1" mkdir -p /srv/etc
    for libc in musl go; do
        on "$1" sh -euc 'cat > "$1"; chmod +x "$1"' sh /srv/lookup-$libc < /mnt/lookup-$libc
    done
}
# finds NAME WANTED HOST PROGRAM NAME: the addresses that the program in the container finds.
finds() {
    same "$1" "$2" "$(on "$3" chroot /srv "/lookup-$4" "$5" | sort | xargs)"
}
musl-gcc -static -o /mnt/lookup-musl "$top_srcdir/test/dns/lookup.c" || exit
on desktop sh -euc 'CGO_ENABLED=0 go build -o /root/lookup /source/test/dns/lookup.go
    cat /root/lookup' > /mnt/lookup-go || exit
containers desktop
on desktop sh -euc 'v6lit enable > /dev/null
    cp /etc/resolv.conf /srv/etc'
on desktop tcpdump -i any -U -w /root/heard 2> /mnt/desktop/tcpdump.log &
wait_for tcpdump grep -q 'listening on' /mnt/desktop/tcpdump.log
same 'glibc: by the module' fd00::6 "$(on desktop getent ahosts fd00--6.$domain | sed -n 's/ *STREAM.*//p')"
same 'glibc: and with the zone' fe80::6%eth0 "$(on desktop python3 -c 'import socket, sys
print(socket.getnameinfo(socket.getaddrinfo(sys.argv[1], 80)[0][4], socket.NI_NUMERICHOST)[0])' fe80--6seth0.$domain)"
for libc in musl go; do
    finds "$libc, static: by dnsmasq" 2001:db8::1 desktop $libc 2001-db8--1.$domain
    finds "$libc, static: other names" '192.0.2.80 2001:db8::80' desktop $libc www.example.org
done
finds 'musl, static: no address without its zone' 'Name does not resolve' desktop musl fe80--1seth0.$domain
finds 'go, static: no address without its zone' \
    "lookup fe80--1seth0.$domain on 127.0.0.1:53: no such host" desktop go fe80--1seth0.$domain
silent 'containers: no name of the domain left the host' desktop
# They asked later, and tcpdump writes down one after the other.
wait_for 'what the others asked dnsmasq' grep -a -q 2001-db8--1 /mnt/desktop/upper/root/heard
same 'glibc asked nobody' 0 "$(grep -a -c -e fd00--6 -e fe80--6 /mnt/desktop/upper/root/heard)"

# Without a resolver on the machine.
etc_of resolver > /mnt/etc
section resolver knot 'Set up'
section resolver resolv.conf 'Two nameservers'
containers resolver
on resolver cp /etc/resolv.conf /srv/etc
for name in 2001-db8--1.$domain fe80--1seth0.$domain www.example.org; do
    on resolver getent ahosts $name | sed -n 's/ *STREAM.*//p'
done | sort > /mnt/resolver/found
same 'two nameservers: glibc' '192.0.2.80 2001:db8::1 2001:db8::80' "$(xargs < /mnt/resolver/found)"
finds 'two nameservers: go' 2001:db8::1 resolver go 2001-db8--1.$domain
finds 'two nameservers: go, other names' '192.0.2.80 2001:db8::80' resolver go www.example.org
silent 'two nameservers: no name of the domain left the host' resolver

# Last, since from now on something is sent.
on resolver chroot /srv /lookup-musl 2001-db8--5.$domain > /mnt/resolver/found
all_sent resolver
[ "$(sent 2001-db8--5)" -gt 0 ]
result "two nameservers: musl asks the stranger, too, and got $(cat /mnt/resolver/found)" $?
section resolver resolv.conf 'Two nameservers: undo'
undo resolver knot Undo
finish
