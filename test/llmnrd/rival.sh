#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Tests v6lit-llmnrd and systemd-resolved on two hosts with the same name: the first host keeps it.
. "$top_srcdir/test/tap.sh"
. "$top_srcdir/test/env/hosts.sh"
go_on_among_hosts "$0"

host ours
host theirs
cable ours eth0 theirs eth0
address ours eth0 fe80::1/64 192.0.2.1/24
address theirs eth0 fe80::2/64 192.0.2.2/24
on ours hostname sambabox
on theirs hostname sambabox
on theirs sh -c 'mkdir -p /run/systemd/resolve /etc/systemd/resolved.conf.d
    chown systemd-resolve: /run/systemd/resolve
    cp /source/examples/llmnr/llmnr.conf /etc/systemd/resolved.conf.d/
    mount -o remount,bind,ro /sys'
ask() {
    on "$1" python3 /source/test/llmnrd/lan.py ask eth0 6 "$2" AAAA --wait 1
}
start_ours() {
    on ours sh -c 'echo $$ > /run/pid; exec v6lit-llmnrd' > /mnt/ours.log 2>&1 &
}
start_theirs() {
    on theirs sh -c 'echo $$ > /run/pid; exec /lib/systemd/systemd-resolved' > /mnt/theirs.log 2>&1 &
}
end() {
    on "$1" sh -c 'kill "$(cat /run/pid)"'
    wait_for 'the end of it' on "$1" sh -c '! ss -Huln sport = 5355 | grep -q .'
}
answers_to() {
    [ "$(ask "$1" "$2")" = "$3" ]
}

start_ours
wait_for v6lit-llmnrd grep -q 'answering for sambabox' /mnt/ours.log
start_theirs
wait_for 'systemd-resolved under another name' grep -q 'sambabox[0-9]' /mnt/theirs.log
same 'v6lit-llmnrd came first, and answers' '8000 fe80::1' "$(ask theirs sambabox)"
end ours
end theirs

start_theirs
wait_for systemd-resolved answers_to ours sambabox '8000 fe80::2'
start_ours
wait_for 'the conflict' grep -q 'fe80::2, has the name sambabox' /mnt/ours.log
same 'systemd-resolved came first: v6lit-llmnrd is silent' silent "$(ask theirs sambabox)"
end ours

# On the host of systemd-resolved itself it does not start, and says why.
status=0
on theirs v6lit-llmnrd > /mnt/said 2>&1 || status=$?
same 'beside systemd-resolved: status' 1 $status
check 'and what to do' grep -q 'port 5355 is in use by systemd-resolved: set LLMNR=no' /mnt/said
finish
