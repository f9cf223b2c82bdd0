#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Tests how v6lit doctor checks whether a name server on this machine answers literal names itself. test/dns has real ones.
. "$top_srcdir/test/doctor/shared.sh"
command -v python3 > /dev/null || skip_all 'no python3 for the nameservers'
in_sandbox 'files dns' "$0"
prepare
ip address add 192.0.2.53/32 dev lo

# answered REPLY: from now on by every nameserver.
answered() {
    [ -z "${server-}" ] || { kill $server; wait $server 2> /dev/null; }
    rm -f /mnt/ready
    python3 -B "$top_srcdir/test/doctor/nameserver.py" /mnt/ready "$1" 127.0.0.1 127.0.0.53 ::1 192.0.2.53 >> /mnt/heard &
    server=$!
    wait_until "the nameservers" [ -e /mnt/ready ]
}

# leak RESULT TEXT HOSTS_LINE [NAMESERVER]...: what is said, and whom it asks for what.
leak() {
    leak_result=$1
    leak_text=$2
    hosts "$3"
    leak_name="$3, $(shift 3; echo ${*:-no nameserver})"
    shift 3
    printf 'nameserver %s\n' "$@" | sed '/ $/d' > /etc/resolv.conf
    : > /mnt/heard
    doctor
    says "$leak_name" leak "$leak_result" "$leak_text"
}

# asked QUESTION...: of whom.
asked() {
    same "$leak_name: the questions" "$*" "$(xargs < /mnt/heard)"
}

kept='answers for the domain itself'
of_strangers='ipv6-literal.net belongs to a stranger'
domain=ipv6-literal.net
soa=6
for reply in '0 answer localhost' 3 '3 authority localhost'; do
    answered "$reply"
    leak ok "$kept" 'files dns' 127.0.0.1
    asked "127.0.0.1 $domain $soa"
    leak ok "$kept" 'files dns' ::1
    leak ok "$kept" 'files dns'
    leak ok "$kept" 'files ipv6literal dns' 127.0.0.1 127.0.0.53
    asked "127.0.0.1 $domain $soa" "127.0.0.53 $domain $soa"
    leak ok "$kept" 'files resolve [!UNAVAIL=return] dns' 192.0.2.53
    asked "127.0.0.53 $domain $soa"
    leak !! "literal names are sent to dns" 'files resolve dns' 192.0.2.53
    leak !! "literal names are sent to mdns4" 'files dns mdns4' 127.0.0.1
    # Others are not asked.
    leak !! "$of_strangers" 'files dns' 192.0.2.53
    asked
    leak !! "$of_strangers" 'files dns' 127.0.0.1 192.0.2.53
    asked "127.0.0.1 $domain $soa"
    leak !! "$of_strangers" 'files dns' ::ffff:127.0.0.1
    asked
done
# 0x0183: a query, 0xa183: of another kind, 0x8383: cut off.
for reply in 0 5 2 '0 answer ns1.example.net' '0 authority ns1.example.net' '3 authority a.gtld-servers.net' \
    '3 authority ns:a.gtld-servers.net' '3 answer ns:ns1.example.net' '0 answer ns:ns1.example.net' \
    echo 0x0183 0xa183 0x8383 'question 3' 'question 0 answer localhost' '5 answer localhost' junk; do
    answered "$reply"
    leak !! "$of_strangers" 'files dns' 127.0.0.1
done
leak !! 'literal names are sent to resolve' 'files resolve [!UNAVAIL=return] dns' 127.0.0.1
kill $server
wait $server 2> /dev/null
leak !! "$of_strangers" 'files dns' 127.0.0.1
# A zone from a DHCP server or a router is not looked up: the kernel would load a module of that name.
if reason=$(strace -o /mnt/trace true 2>&1); then
    hosts 'files dns'
    echo 'nameserver fe80::1%evil0' > /etc/resolv.conf
    strace -o /mnt/trace -e trace=ioctl "$v6lit" doctor > /mnt/out
    check 'no interface of resolv.conf is looked up' sh -c '! grep SIOCGIFINDEX /mnt/trace'
else
    skip 'no interface of resolv.conf is looked up' "strace is refused: $reason"
fi
finish
