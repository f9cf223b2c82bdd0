#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Tests how the LLMNR module handles the replies of honest and hostile hosts: the statuses of nss_llmnr/nss_llmnr.c, and
# the rules of RFC 4795 for senders.
. "$top_srcdir/test/llmnr/shared.sh"
in_sandbox "$recommended" "$0"
ask=test/llmnr/ask
make_hosts

none='NOTFOUND ENOENT HOST_NOT_FOUND'
not_asked='UNAVAIL ENOENT HOST_NOT_FOUND'
no_link='UNAVAIL ENETDOWN HOST_NOT_FOUND'
same 'no link at all: lo is none' "$no_link" "$($ask unspec peer)"
ip link set here1 up
there ip link set there1 up
wait_until 'the carrier' has_carrier here1
same 'a link where this machine has no address' "$no_link" "$($ask unspec peer)"
ip address add fe80::2/64 dev here1 nodad
ip address add 192.0.2.2/26 dev here1
one=$(ip -oneline link show here1 | sed 's/:.*//')
two=$(ip -oneline link show here2 | sed 's/:.*//')
same 'nobody is there' "$none" "$($ask unspec peer)"

start_responder $log there1 there2

# said NAME WANTED DESCRIPTION: what is said of a name with AF_UNSPEC.
said() {
    same "$3 ($1)" "$2" "$($ask unspec "$1")"
}
both="fe80::1%$one 2001:db8::1 192.0.2.1 ttl 30"

# Honest hosts.
said peer "SUCCESS peer: $both" 'all addresses, and the zone of the link'
said PEER "SUCCESS PEER: $both" 'a name has no case'
said only-six "SUCCESS only-six: fe80::1%$one 2001:db8::1 ttl 30" 'IPv6 alone'
said only-four "SUCCESS only-four: 192.0.2.1 ttl 30" 'IPv4 alone'
said mute-on-four "SUCCESS mute-on-four: fe80::1%$one 2001:db8::1 ttl 30" 'no reply for IPv4'
said no-address 'NOTFOUND ENOENT NO_DATA' 'a host without an address'
said twice "SUCCESS twice: fe80::1%$one 192.0.2.1 ttl 30" 'an address that is named twice'
said conflict "SUCCESS conflict: fe80::1%$one fe80::3%$one 192.0.2.1 192.0.2.3 ttl 30" \
    'hosts that share a name and say so: all of them'
same 'the last of them replies later' 'SUCCESS slow-conflict: fe80::1 fe80::3' "$($ask inet6 slow-conflict)"
said two-answers "SUCCESS two-answers: $both" 'the first reply counts'
said late-150 "SUCCESS late-150: $both" 'a host that takes its time'

# By each entry. struct hostent has no zone: what needs one comes last.
same gethostbyname2_r+inet6 'SUCCESS peer: 2001:db8::1 fe80::1' "$($ask inet6 peer)"
same gethostbyname2_r+inet 'SUCCESS peer: 192.0.2.1' "$($ask inet peer)"
same gethostbyname2_r+unix 'UNAVAIL EAFNOSUPPORT NO_DATA' "$($ask unix peer)"
same gethostbyname3_r 'SUCCESS (peer) peer: 2001:db8::1 fe80::1 ttl 30' "$($ask canonical peer)"
same gethostbyname_r 'SUCCESS peer: 192.0.2.1' "$($ask old peer)"
same 'no IPv4 address for who asks so' 'NOTFOUND ENOENT NO_DATA' "$($ask inet only-six)"
same 'no IPv6 address for who asks so' 'NOTFOUND ENOENT NO_DATA' "$($ask inet6 only-four)"

# What is asked: AAAA over IPv6 and A over IPv4, and both over both for who does not reply to that.
heard > /mnt/forgotten
$ask unspec peer > /mnt/said
same 'two packets for a host that replies' '1 udp4 there1 A peer
1 udp6 there1 AAAA peer' "$(heard)"
said nobody "$none" 'nobody has the name'
same 'three times, and without a fault' '3 udp4 there1 A nobody
2 udp4 there1 AAAA nobody
2 udp6 there1 A nobody
3 udp6 there1 AAAA nobody' "$(heard)"
said mute-on-a 'NOTFOUND ENOENT NO_DATA' 'no address for one question, no reply to the other'
same 'what has a reply is not asked again' '3 udp4 there1 A mute-on-a
2 udp6 there1 A mute-on-a
1 udp6 there1 AAAA mute-on-a' "$(heard)"
said deaf-1 "SUCCESS deaf-1: $both" 'the first transmission is lost'
said deaf-2 "SUCCESS deaf-2: $both" 'the second one, too'
said deaf-3 "$none" 'and the third'
heard > /mnt/forgotten
first=$(wc -l < $log)
for i in 1 2 3 4 5 6 7 8; do
    $ask inet6 mute-on-four > /mnt/said
done
ids=$(awk -v from="$first" 'NR > from && $1 == "udp6" { print $5 }' $log | sort -u | wc -l)
ports=$(awk -v from="$first" 'NR > from && $1 == "udp6" { print $6 }' $log | sort -u | wc -l)
check "ids are random: $ids of 8" [ "$ids" -ge 7 ]
check "ports are random: $ports of 8" [ "$ports" -ge 7 ]

# How long it takes.
same 'a name that nobody has takes less than 0.4 seconds' "$none" "$($ask -b 401 unspec nobody)"
same 'a present one is there with the first reply' "SUCCESS peer: $both" "$($ask -b 95 unspec peer)"
same 'no reply for IPv4 costs little' "SUCCESS mute-on-four: fe80::1%$one 2001:db8::1 ttl 30" \
    "$($ask -b 110 unspec mute-on-four)"
same 'signals do no harm' "SUCCESS late-150: $both" "$($ask -s unspec late-150)"
same 'nor to a name that nobody has' "$none" "$($ask -s -b 401 unspec nobody)"
same 'nor to TCP' "SUCCESS truncated: $both" "$($ask -s unspec truncated)"

# What is not believed. All are asked for at once.
disbelieved='wrong-id wrong-question wrong-type no-question two-questions tentative refused no-such-name a-query
loop cut-off garbage wrong-port off-link late-450
short-stream mute-stream closed-stream long-stream truncated-stream wrong-id-stream'
mkdir /mnt/said-of
first=$(wc -l < $log)
asking=
for name in $disbelieved; do
    $ask unspec $name > /mnt/said-of/$name &
    asking="$asking $!"
done
wait $asking
awk -v from="$first" 'NR > from' $log > /mnt/heard-of
for name in $disbelieved; do
    same "not believed ($name)" "$none" "$(cat /mnt/said-of/$name)"
    check "but heard ($name)" grep -q " $name [0-9]* [0-9]*$" /mnt/heard-of
done
same 'over TCP, too, if it is cut off' 12 "$(awk '/^tcp. there1 connection$/' /mnt/heard-of | wc -l)"
for name in other-owner additional to-ourselves; do
    said $name 'NOTFOUND ENOENT NO_DATA' 'no answer, though a reply'
done
said evil-first "SUCCESS evil-first: $both" 'an honest reply after others'
same 'a message of 9195 bytes' "$none" "$($ask inet6 too-long)"
same 'a message of 9194 bytes, as many addresses as fit' \
    "SUCCESS longest:$(i=1; while [ $i -le 24 ]; do printf ' fe80::1:%x%%%s' $i "$one"; i=$((i + 1)); done) ttl 30" \
    "$($ask unspec longest)"

# TC: once more over TCP.
heard > /mnt/forgotten
same 'what is cut off is asked for over TCP' 'SUCCESS truncated: 2001:db8::1 fe80::1' \
    "$($ask inet6 truncated)"
check 'by the same question' grep -q '^tcp. there1 AAAA truncated [0-9]* [0-9]*$' $log
same 'over IPv4, too' 'SUCCESS truncated: 192.0.2.1' "$($ask inet truncated)"
same 'who does not reply over TCP costs a tenth of a second for each question more' "$none" \
    "$($ask -b 601 unspec mute-stream)"

# Names and addresses for which nothing is sent.
heard > /mnt/forgotten
long=$(printf '%064d' 0)
for name in localhost LOCALHOST local "$(uname -n | sed 's/\..*//')" peer. a.b peer.local fe80--1.ipv6-literal.net \
    _gateway 'a b' 'a\b' fe80::1 fe80::1%here1 '*' '' "$long"; do
    said "$name" "$not_asked" 'not asked for'
done
for address in 127.0.0.1 ::1 fe80::2 192.0.2.2 192.0.2.65 2001:db8::1 ff02::1 ::; do
    same "no name is asked for $address" "$not_asked" "$($ask addr $address)"
done
$ask inet6 peer > /mnt/said
same 'and nothing was sent' '1 udp6 there1 AAAA peer' "$(heard)"

# Addresses on the link.
same 'the name of a link-local address' 'SUCCESS peer: fe80::1 ttl 30' "$($ask addr fe80::1)"
same 'the name of an address of the prefix' 'SUCCESS peer: 192.0.2.1 ttl 30' "$($ask addr 192.0.2.1)"
for address in 192.0.2.9 192.0.2.10 192.0.2.11 192.0.2.12; do
    same "a name that no other host can have, of $address" 'NOTFOUND ENOENT NO_DATA' "$($ask addr $address)"
done

# 1 is HOST_NOT_FOUND, 2 TRY_AGAIN, 4 NO_DATA.
same 'after a service that does not know the name' "$none" "$($ask -e 1 unspec nobody)"
same 'that could not find out' 'UNAVAIL ENOENT TRY_AGAIN' "$($ask -e 2 unspec nobody)"
same 'that has no such address' 'NOTFOUND ENOENT NO_DATA' "$($ask -e 4 inet nobody)"
same 'that could not find out what nobody is asked for' 'UNAVAIL ENOENT TRY_AGAIN' "$($ask -e 2 inet www.example.com)"
same 'that has no such address of it' 'UNAVAIL ENOENT NO_DATA' "$($ask -e 4 inet6 www.example.com)"
same 'that could not find out, but somebody replies' "SUCCESS peer: $both" "$($ask -e 2 unspec peer)"

# Through glibc.
hosts_line 'files llmnr'
# It puts last what there is no route to.
same 'getaddrinfo has all, with the zone' "unspec+canonname: fe80::1%$one stream dgram raw 192.0.2.1 \
stream dgram raw 2001:db8::1%0 stream dgram raw = peer" \
    "$(test/module/gai peer unspec+canonname | tr '\n' ' ' | sed 's/ $//')"
same 'getnameinfo' 'getnameinfo: peer' "$(test/module/gai 192.0.2.1 getnameinfo)"

# To the kernel.
if PATH=$PATH:/sbin strace -o /mnt/trace true 2> /mnt/errors; then
    ASAN_OPTIONS=detect_leaks=0 strace -o /mnt/trace -e trace=socket $ask unspec truncated > /mnt/said
    same 'every socket is closed on exec' 0 "$(grep '^socket(' /mnt/trace | grep -vc SOCK_CLOEXEC)"
    check 'and there were some of all kinds' [ "$(grep -c '^socket(' /mnt/trace)" -ge 5 ]
    ASAN_OPTIONS=detect_leaks=0 strace -o /mnt/trace -e trace=socket $ask unspec localhost > /mnt/said
    same 'no socket for a name that is not asked for' 0 "$(grep -c '^socket(' /mnt/trace)"
else
    skip 'sockets' "strace: $(tail -n 1 /mnt/errors)"
fi

# A program with the rights of another user sends nothing.
cp $ask /mnt/set-uid
chmod u+s /mnt/set-uid
if setpriv --reuid=65534 --clear-groups true 2> /dev/null; then
    heard > /mnt/forgotten
    same 'a set-uid program' 'UNAVAIL EPERM HOST_NOT_FOUND' \
        "$(setpriv --reuid=65534 --clear-groups /mnt/set-uid unspec peer)"
    same 'sends nothing' '' "$(heard)"
else
    skip 'a set-uid program' 'there is no other user in here'
fi

# A second link, where the host has the same address.
ip address add fe80::2/64 dev here2 nodad
ip address add 192.0.2.66/26 dev here2
ip link set here2 up
wait_until 'the carrier' has_carrier here2
said on-there1 "SUCCESS on-there1: $both" 'the zone is that of the link that replied'
said on-there2 "SUCCESS on-there2: fe80::1%$two 2001:db8::1 ttl 30" 'on the other one, without an address of the first one'
same 'the name of an IPv4 link-local address, which may be on each link' 'SUCCESS peer: 169.254.7.7 ttl 30' \
    "$($ask addr 169.254.7.7)"
heard > /mnt/forgotten
$ask inet6 nobody > /mnt/said
same 'all links are asked' '2 udp4 there1 AAAA nobody
2 udp4 there2 AAAA nobody
3 udp6 there1 AAAA nobody
3 udp6 there2 AAAA nobody' "$(heard)"

# Without an IPv4 address of its own the kernel would send with another interface's.
ip address del 192.0.2.66/26 dev here2
$ask inet6 nobody > /mnt/said
same 'a link without an IPv4 address is not asked over IPv4' '3 udp6 there2 AAAA nobody' "$(heard | grep there2)"

# Interfaces that are not asked: what they carry goes by another, or to one host.
ip link set here2 down
ip link set here2 multicast off
ip link set here2 up
wait_until 'the carrier' has_carrier here2
$ask inet6 nobody > /mnt/said
same 'an interface without multicast is not asked' '' "$(heard | grep there2)"
ip link set here2 multicast on

bridge_is_up() {
    ip link show bridge0 | grep -q 'state UP'
}
# A port of a bridge is not asked, the bridge is.
if reason=$(ip link add bridge0 type bridge mcast_snooping 0 2>&1); then
    ip link set bridge0 addrgenmode none
    ip link set here2 master bridge0
    ip address add fe80::3/64 dev bridge0 nodad
    ip link set bridge0 up
    wait_until 'the bridge' bridge_is_up
    heard > /mnt/forgotten
    $ask inet6 nobody > /mnt/said
    same 'a bridge is asked, and not its port, too' '3 udp6 there2 AAAA nobody' "$(heard | grep 'udp6 there2')"
    ip link del bridge0
else
    skip 'a bridge and its port' "no bridges here: $reason"
fi

# It goes down in the middle.
ip link set here2 down
until=$(wc -l < $log)
$ask unspec nobody > /mnt/said &
asking=$!
wait_until 'the question' is_heard nobody "$until"
ip link set here1 down
wait $asking
same 'the interface goes down meanwhile' "$none" "$(cat /mnt/said)"
same 'and is none to ask then' "$no_link" "$($ask unspec peer)"
finish
