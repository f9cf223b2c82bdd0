#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Tests that v6lit-llmnrd claims its names again when the machine wakes up, but not when only the clock is set.
LLMNRD=${LLMNRD-test/llmnrd/staged-llmnrd}
. "$top_srcdir/test/llmnrd/shared.sh"
in_sandbox "$recommended" "$0"
make_link
mkfifo /mnt/wake
host sambabox
cable sambabox eth0 fe80::1/64 192.0.2.1/24
listen() {
    lan_begin /mnt/heard rival br0 6 sambabox "$@"
    wait_until 'the listener' grep -qsx ready /mnt/heard
}
hears() {
    [ "$(grep -cx 'asked 255' /mnt/heard)" -ge "$1" ]
}
# The clock is set: eight bytes, as of a timer.
set_clock() {
    printf '12345678' > /mnt/wake
}

# Another host has the name, and goes.
listen
run sambabox
wait_until 'the conflict' logs sambabox 'fe80::c, has the name sambabox'
wait_until 'the status' says sambabox '^STATUS=Not answering for sambabox on 1 link; names in use by other hosts: 1$'
result 'the name is lost' 0
lan_end $lan_pid
set_clock
same 'the clock is set: it stays lost' silent "$(lan ask br0 6 sambabox AAAA --wait 1)"
: > /mnt/slept
set_clock
wait_reply '8000 fe80::1' ask br0 6 sambabox AAAA
result 'the machine wakes up: the name is free' 0
wait_until 'the status' says sambabox '^STATUS=Answering for sambabox on 1 link$'

listen --flags 1
set_clock
same 'the clock is set again' '8000 fe80::1' "$(lan ask br0 6 sambabox AAAA)"
sleep 1
same 'nothing is asked' 0 "$(grep -cx 'asked 255' /mnt/heard)"
stop sambabox
rm /mnt/slept
start sambabox
wait_until 'three queries' hears 3
before=$(grep -cx 'asked 255' /mnt/heard)
: > /mnt/slept
set_clock
wait_until 'three more' hears $((before + 3))
result 'the machine wakes up: it asks three times' 0
lan_end $lan_pid
stop sambabox
same 'SIGTERM' 0 $stopped
finish
