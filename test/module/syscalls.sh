#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Tests that a name outside the domain, or with an interface index, causes no system call, and an interface name only
# those of its lookup.
. "$top_srcdir/test/module/shared.sh"
need strace strace
ASAN_OPTIONS=detect_leaks=0 # its leak detector cannot work in a process that is traced
export ASAN_OPTIONS
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
trap 'exit 1' HUP INT TERM
reason=$(strace -o "$scratch/trace" true 2>&1) || skip_all "strace is refused: $reason"

# The kinds of system calls between the two markers, each once.
calls() {
    awk '/^getppid\(/ { markers++; next }
        markers == 1 { sub(/\(.*/, ""); if (!seen[$0]++) print }
        END { if (markers != 2) print "no markers" }' "$scratch/trace" | sort | tr '\n' ' '
}

# one NAME STATUSES CALLS: the four entries' statuses, and what they call.
one() {
    statuses=$(strace -o "$scratch/trace" $programs/syscalls "$1" 2> "$scratch/errors")
    same "'$1': system calls" "${3:+$3 }" "$(calls)"
    same "'$1': status" "$2" "$statuses"
}

one www.example.com '-1 -1 -1 -1' ''
one localhost '-1 -1 -1 -1' ''
one fe80--1.ipv6-literal.net.example.com '-1 -1 -1 -1' ''
one 2001-db8--1.ipv6-literal.net '1 1 1 0' ''
one fe80--1s4.ipv6-literal.net '1 1 1 0' ''
one fe80--1s4294967295.ipv6-literal.net '1 1 1 0' ''
one --ffff-192.0.2.1.ipv6-literal.net '1 1 1 1' ''
one 2001-db8--1slo.ipv6-literal.net '1 1 1 0' ''
one www.ipv6-literal.net '0 0 0 0' ''
one fe80--1s.ipv6-literal.net '0 0 0 0' ''
# No ioctl: by one that takes an interface name, the kernel loads a module for a privileged process.
one fe80--1slo.ipv6-literal.net '1 1 1 0' 'close recvmsg sendto socket'
one fe80--1sLO.ipv6-literal.net '1 1 1 0' 'close recvmsg sendto socket'
one fe80--1s-no-such-if.ipv6-literal.net '0 0 0 0' 'close recvmsg sendto socket'
same "netlink is all that is asked" AF_NETLINK \
    "$(sed -n 's/^socket(\(AF_[A-Z0-9]*\),.*/\1/p' "$scratch/trace" | sort -u)"

if strace -o "$scratch/trace" -e trace=socket $programs/syscalls fe80--1sLO.ipv6-literal.net \
    > /dev/null 2>&1; then
    same "every socket is closed on exec" 0 "$(grep '^socket(' "$scratch/trace" | grep -vc CLOEXEC)"
fi

# Nor does a program of ours or one that runs under `v6lit exec` give the kernel the name.
# no_ioctl COMMAND...
no_ioctl() {
    strace -f -o "$scratch/trace" -e trace=ioctl "$@" > /dev/null 2>&1 < /dev/null
    same "$*: no ioctl takes an interface name" '' "$(grep -e SIOCGIF -e SIOCETHTOOL "$scratch/trace" |
        grep -v SIOCGIFNAME)"
}
for zone in no-such-if LO; do
    no_ioctl ./v6lit explain "fe80--1s$zone.ipv6-literal.net"
    no_ioctl ./v6lit explain "fe80::1%$zone"
    no_ioctl ./v6lit encode --index "fe80::1%$zone"
    no_ioctl ./v6lit resolve "fe80--1s$zone.ipv6-literal.net"
    no_ioctl ./v6lit llmnr -i "$zone" host
    no_ioctl ./v6lit llmnr -x "fe80::1%$zone"
    no_ioctl ./mount.v6lit "//fe80--1s$zone.ipv6-literal.net/share" /no-such-directory
    [ ! -e key.v6lit ] || no_ioctl ./key.v6lit -n "fe80--1s$zone.ipv6-literal.net"
    ! can_be_foreign || no_ioctl ./v6lit exec getent ahosts "fe80::1%$zone"
    ! can_be_foreign || no_ioctl ./v6lit exec getent ahosts "fe80--1s$zone.ipv6-literal.net"
done
finish
