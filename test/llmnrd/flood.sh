#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# A neighbor that asks more often than v6lit-llmnrd can read does not keep it from answering another one.
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
stop sambabox
same 'SIGTERM' 0 $stopped
finish
