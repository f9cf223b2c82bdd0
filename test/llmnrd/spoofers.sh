#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# The spoofing watch of v6lit-llmnrd, here three times a second instead of every ten minutes or more: whoever replies to a random name is
# in the log and in the status.
LLMNRD=${LLMNRD-test/llmnrd/staged-llmnrd}
. "$top_srcdir/test/llmnrd/shared.sh"
in_sandbox "$recommended" "$0"
make_link
host sambabox
cable sambabox eth0 fe80::1/64 192.0.2.1/24

# replier FAMILY [OPTION]...: a host that hears all queries; with --flags 1 it does not reply.
replier() {
    replier_family=$1
    shift
    : > /mnt/heard
    lan_begin /mnt/heard rival br0 "$replier_family" '*' "$@"
    replier=$lan_pid
    wait_until 'the replier' grep -qx ready /mnt/heard
}
hears() {
    [ "$(grep -c '^asked' /mnt/heard)" -ge "$1" ]
}
has_read() {
    [ "$(grep -c 'configuration reloaded' /mnt/sambabox.log)" = "$1" ]
}
status() {
    grep STATUS /mnt/sambabox.said | tail -n 1 | sed 's/^STATUS=//'
}

start sambabox
replier 6 --flags 1
sleep 1
same 'off by default: nothing is asked' 0 "$(grep -c '^asked' /mnt/heard)"
echo 'spoofing-watch yes' > /mnt/sambabox.conf
kill -HUP $daemon_sambabox
wait_until 'three queries' hears 3
same 'as by a client, for AAAA' 'asked 28' "$(sed -n 's/^asked/&/p' /mnt/heard | sort -u)"
same 'nobody replies' 'Answering for sambabox on 1 link' "$(status)"
lan_end $replier

replier 6
wait_until 'the spoofer in the log' logs sambabox \
    '^<4>v6lit-llmnrd: eth0: fe80::c replied to a query for a random name: it spoofs names$'
result 'the log, over IPv6' 0
wait_until 'the spoofer in the status' says sambabox \
    '^STATUS=Answering for sambabox on 1 link; spoofed replies seen: 1$'
result 'the status' 0
lan_end $replier
replier 4 --tentative
wait_until 'the spoofer in the log' logs sambabox \
    '^<4>v6lit-llmnrd: eth0: 192.0.2.12 replied to a query for a random name: it spoofs names$'
result 'the log, over IPv4, with the bit T' 0
lan_end $replier

replier 6 --flags 1
wait_until 'three queries' hears 3
same 'it keeps its own name' '8000 fe80::1' "$(lan ask br0 6 sambabox AAAA)"
lan_end $replier
: > /mnt/sambabox.conf
kill -HUP $daemon_sambabox
wait_until 'SIGHUP' has_read 2
sleep 0.5 # what was sent before
replier 6 --flags 1
sleep 1
same 'off again' 0 "$(grep -c '^asked' /mnt/heard)"
lan_end $replier
stop sambabox
same 'SIGTERM' 0 $stopped
finish
