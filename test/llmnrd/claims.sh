#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Tests how v6lit-llmnrd claims and defends its name (RFC 4795, sections 4.1 and 4.2): of two hosts that claim a name, the
# one with the smaller address gets it, and a host that has already claimed it keeps it.
. "$top_srcdir/test/llmnrd/shared.sh"
in_sandbox "$recommended" "$0"
make_link
host sambabox
host rival

# rivals FAMILY ADDRESS [OPTION]...: another host with that address has the name "sambabox", or "*": all.
rivals() {
    rivals_family=$1
    on rival ip address flush dev eth0 scope global
    on rival ip address flush dev eth0 scope link
    addresses rival eth0 "$2"
    # The host that it replies to may be another one of the same address.
    on rival ip neighbor flush dev eth0
    rivals_name=$3
    shift 3
    : > /mnt/rival.heard
    nsenter --target "$(cat /mnt/rival.pid)" --net python3 "$top_srcdir/test/llmnrd/lan.py" rival eth0 $rivals_family \
        "$rivals_name" "$@" > /mnt/rival.heard 2>&1 &
    rival=$!
    pids="$pids $rival"
    wait_until 'the rival' grep -qx ready /mnt/rival.heard
}
rival_ends() {
    kill $rival
    wait $rival 2> /dev/null || true
}
heard() {
    grep -c "^asked $1\$" /mnt/rival.heard
}
heard_at_least() {
    [ "$(heard "$2")" -ge "$1" ]
}

cable rival eth0
# duel FAMILY OWN RIVAL TENTATIVE WANTED: in PROBE.
duel() {
    cable sambabox eth0 "$2"
    rivals "$1" "$3" sambabox $4
    start sambabox
    case $5 in
        lost) wait_until 'the conflict' logs sambabox 'has the name sambabox' ;;
        kept) wait_until 'the claim' logs sambabox 'answering for sambabox' ;;
    esac
    rival_ends
    shown=$(lan ask br0 "$1" sambabox ANY --wait 0.5)
    case $5:$shown in
        lost:silent | kept:8000\ *) result "IPv$1, $2 and $3 $4: $5" 0 ;;
        *) result "IPv$1, $2 and $3 $4: $5, not $shown" 1 ;;
    esac
    stop sambabox
    on sambabox ip link del eth0
}
for tentative in '' --tentative; do
    kept=${tentative:+kept}
    duel 6 fe80::5/64 fe80::1/64 "$tentative" lost
    duel 6 fe80::5/64 fe80::9/64 "$tentative" ${kept:-lost}
    duel 4 192.0.2.5/24 192.0.2.1/24 "$tentative" lost
    duel 4 192.0.2.5/24 192.0.2.9/24 "$tentative" ${kept:-lost}
done

# A name that is lost over one family is silent over both, and other names are not.
cable sambabox eth0 fe80::5/64 192.0.2.5/24
echo 'names files' > /mnt/sambabox.conf
rivals 6 fe80::1/64 sambabox
start sambabox
wait_until 'the conflict' logs sambabox 'fe80::1, has the name sambabox'
same 'lost over IPv6, asked over IPv4' silent "$(lan ask br0 4 sambabox A --wait 0.5)"
same 'the other name' '8000 192.0.2.5' "$(lan ask br0 4 files A)"
same 'the name of its address' '8000 files' "$(lan ask br0 4 5.2.0.192.in-addr.arpa PTR)"
same 'what systemd is told' 'STATUS=Answering for sambabox and other names on 1 link; names in use by other hosts: 1' \
    "$(grep STATUS /mnt/sambabox.said | tail -n 1)"
# The rival goes, and a new address has the name probed again.
rival_ends
on sambabox ip address add 192.0.2.6/24 dev eth0
wait_reply '8000 192.0.2.5 192.0.2.6' ask br0 4 sambabox A
result 'free again, with a new address' 0
rm /mnt/sambabox.conf
stop sambabox

# T until it is certain: somebody asks all the time while it starts.
lan_begin /mnt/shown stream br0 6 sambabox '8000 fe80::5'
wait_until 'the stream' grep -qsx ready /mnt/shown
start sambabox
wait $lan_pid
same 'in PROBE it replies with T' '8100 fe80::5, 8000 fe80::5' "$(tail -n 1 /mnt/shown)"

# Replies with T are delayed at random. A busy machine may hear the queries when it is already certain.
stop sambabox
for try in 1 2 3 4 5; do
    lan_begin /mnt/shown order br0 6 sambabox
    wait_until 'the port' grep -qsx ready /mnt/shown
    start sambabox
    wait $lan_pid
    shown=$(tail -n 1 /mnt/shown)
    [ "$shown" = 'in order' ] || break
    stop sambabox
done
same 'in PROBE it replies after a random time' 'T, not in order' "$shown"
stop sambabox
start sambabox

# CHECK: a query with C is silent; another query follows, of its type; a smaller address wins, at once.
wait_until 'the claim' logs sambabox 'answering for sambabox'
rivals 6 fe80::9/64 sambabox
checked_at=$(date +%s)
same 'with C' silent "$(lan ask br0 6 sambabox A --flags 0400 --wait 0.3)"
wait_until 'three queries' heard_at_least 3 1
same 'it asks for the same type' 3 "$(heard 1)"
wait_until 'the log' logs sambabox 'another host, fe80::9, also claims the name sambabox'
result 'and says so' 0
shown=$(lan stream br0 6 sambabox '8000 fe80::5')
check 'and keeps its name: fe80::9 is larger' [ "$shown" != "${shown%8000 fe80::5*}" ]
before=$(heard 28)
same 'a flood with C' '2000 in, 0 replies' "$(lan flood br0 6 sambabox 2000 4000 --flags 0400 | sed 's/in [0-9.]* s/in/')"
checks=$(heard 28)
if [ $(($(date +%s) - checked_at)) -lt 9 ]; then
    same 'is no other check, for ten seconds' "$before" "$checks"
else
    skip 'is no other check, for ten seconds' 'they are over: this machine is busy'
fi
rival_ends
stop sambabox
start sambabox
rivals 6 fe80::1/64 sambabox
same 'with C, and a smaller address' silent "$(lan ask br0 6 sambabox AAAA --flags 0400 --wait 0.3)"
wait_until 'the conflict' logs sambabox 'fe80::1, has the name sambabox'
result 'the name is lost' 0
rival_ends
same 'and silent' silent "$(lan ask br0 6 sambabox AAAA --wait 0.5)"
stop sambabox

# One of two: they start together, and one has the name in the end; a third that comes later has not.
host second
on second hostname sambabox
cable second eth0 fe80::3/64
run sambabox
run second
wait_until 'the first to know' says second READY=1
wait_until 'the other one' says sambabox READY=1
case $(lan ask br0 6 sambabox AAAA) in
    '8000 fe80::3' | '8000 fe80::5') result 'two responders: one answers' 0 ;;
    *) result "two responders: $(lan ask br0 6 sambabox AAAA)" 1 ;;
esac
answering=$(grep -l 'eth0: answering for' /mnt/sambabox.log /mnt/second.log | wc -l)
lost=$(grep -l 'has the name' /mnt/sambabox.log /mnt/second.log | wc -l)
same 'the other has lost it' '1 1' "$answering $lost"
stop second
stop sambabox
start sambabox
start second
same 'who comes later' '8000 fe80::5' "$(lan ask br0 6 sambabox AAAA)"
check 'has lost it' logs second 'fe80::5, has the name sambabox'
stop second

# Twice on one link: its own query is no conflict, and replies have C, so that others do not take them for one.
stop sambabox
cable sambabox eth1 fe80::6/64
start sambabox
wait_until 'eth0' logs sambabox 'eth0: answering for sambabox'
wait_until 'eth1' logs sambabox 'eth1: answering for sambabox'
same 'two interfaces on one link' '8400' "$(lan ask br0 6 sambabox AAAA | cut -c 1-4)"
stop sambabox
on sambabox ip link del eth1

same 'SIGTERM' 0 $stopped
[ $tap_failed = 0 ] || tail -n 20 /mnt/*.log | sed 's/^/# /'
finish
