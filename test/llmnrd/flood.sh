#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Tests that v6lit-llmnrd still answers others while a neighbor sends more queries than it can read, or queries from the
# addresses of thousands of hosts that do not exist.
. "$top_srcdir/test/llmnrd/shared.sh"
in_sandbox "$recommended" "$0"
make_link
host sambabox
cable sambabox eth0 fe80::1/64 2001:db8::1/64 192.0.2.1/24
ip address add fe80::d/64 dev br0 nodad
ip address add 2001:db8::d/64 dev br0 nodad
ip address add 192.0.2.13/24 dev br0
start sambabox
starved() {
    lan starve br0 "$1" sambabox "$daemon_sambabox" "$2"
}
# The kernel chooses the source of the other query: this one is not to be the same.
noisy=fe80::d
ip -6 route get ff02::1:3 dev br0 2> /dev/null | grep -q 'src fe80::d' && noisy=fe80::c
same 'beside a link-local address' '8000 fe80::1 2001:db8::1' "$(starved 6 $noisy)"
same 'beside a routable address' '8000 fe80::1 2001:db8::1' "$(starved 6 2001:db8::d)"
same 'beside an address of IPv4' '8000 192.0.2.1' "$(starved 4 192.0.2.13)"
# It is heard again when it has been quiet for a second.
wait_reply '8000 192.0.2.1' ask br0 4 sambabox A --source 192.0.2.13
result 'the source is heard again' 0

# A known neighbor that asks often, within its limit, leaves the replies to unknown ones to these.
lan_begin /mnt/busy flood br0 6 sambabox 4000 400 --source $noisy
sleep 1
for number in 1 2 3 4; do
    ip address add fe80::e$number/64 dev br0 nodad
    same "beside a busy neighbor, unknown host $number" '8000 fe80::1 2001:db8::1' \
        "$(lan ask br0 6 sambabox AAAA --source fe80::e$number --wait 1)"
    ip address del fe80::e$number/64 dev br0
done
lan_end $lan_pid

# What is sent to a host that there is not waits for its hardware address, and has to leave room for others.
on sambabox ip address add 198.18.0.1/15 dev eth0
wait_reply '8000 192.0.2.1 198.18.0.1' ask br0 4 sambabox A
memory() {
    awk '/^Private_Dirty/ { sum += $2 } END { print sum }' "/proc/$daemon_sambabox/smaps_rollup"
}
memory_before=$(memory)
for family in 6 4; do
    same "a neighbor, over IPv$family" '1 of 1' "$(lan client br0 $family sambabox 1)"
    lan_begin /mnt/forged forge br0 $family sambabox 4000 1500 60
    wait_until 'the forged queries' grep -qs ready /mnt/forged
    sleep 1
    same "beside 4000 forged addresses, over IPv$family" '5 of 5' "$(lan client br0 $family sambabox 5)"
    lan_end $lan_pid
done
memory_after=$(memory)
# Sanitizers take memory of their own.
is_sanitized $daemon ||
    check "private memory: $memory_before KB before, $memory_after KB after" [ $memory_after -le $((memory_before + 64)) ]
stop sambabox
same 'SIGTERM' 0 $stopped
finish
