#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Tests the options of v6lit-llmnrd, --check, and its messages when it does not start.
. "$top_srcdir/test/llmnrd/shared.sh"
in_sandbox "$recommended" "$0"
make_link
host sambabox
# runs WANTED_STATUS ARGUMENT...: what it says, on both outputs.
runs() {
    runs_wanted=$1
    shift
    runs_status=0
    on sambabox timeout 10 $daemon "$@" > /mnt/out 2>&1 || runs_status=$?
    [ $runs_status = "$runs_wanted" ] || echo "status $runs_status"
    cat /mnt/out
}
check '--help' sh -c "$daemon --help | grep -q '^Usage: v6lit-llmnrd'"
same '--version' "v6lit-llmnrd $(./v6lit --version | sed 's/.* //')" "$($daemon --version)"
same 'a full disk' 1 "$($daemon --version > /dev/full 2>&1; echo $?)"
same 'an unknown option' "$daemon: unrecognized option '--nothing'
Try 'v6lit-llmnrd --help' for more information." "$(runs 2 --nothing)"
same 'an argument' "v6lit-llmnrd: unexpected argument
Try 'v6lit-llmnrd --help' for more information." "$(runs 2 eth0)"
same '--check of anything else' "v6lit-llmnrd: --check takes no value but 'port'
Try 'v6lit-llmnrd --help' for more information." "$(runs 2 --check=ports)"
same '--check=port' '' "$(runs 0 --check=port --config /mnt/none)"
same '--check=port and an argument' "v6lit-llmnrd: unexpected argument
Try 'v6lit-llmnrd --help' for more information." "$(runs 2 --check=port eth0)"
# (No leaks are looked for: LeakSanitizer cannot work under strace.)
if command -v strace > /dev/null; then
    same '--check=port leaves other errors to the service' '0 v6lit-llmnrd: cannot bind port 5355: Cannot allocate memory' \
        "$(on sambabox sh -c 'ASAN_OPTIONS=detect_leaks=0 strace -o /dev/null -e inject=bind:error=ENOMEM "$@" 2>&1 && echo 0' sh $daemon --check=port |
            sort | tr '\n' ' ' | sed 's/ $//')"
else
    skip '--check=port leaves other errors to the service' 'no strace here'
fi
same 'no such file' '<3>v6lit-llmnrd: /mnt/none: No such file or directory' "$(runs 2 --config /mnt/none)"
same 'a directory' '<3>v6lit-llmnrd: /mnt: not a regular file' "$(runs 2 --config /mnt)"
printf 'interfaces eth0\nname x\n' > /mnt/conf
same 'a bad line' '<3>v6lit-llmnrd: /mnt/conf: line 2: unknown keyword' "$(runs 2 --config /mnt/conf)"
: > /mnt/conf
same 'no interface' \
    '<3>v6lit-llmnrd: no link to answer on: this machine has no network interface' "$(runs 1 --config /mnt/conf)"
# The notify socket is systemd's, which would not start it again: at boot, a driver may be slower.
start sambabox
same 'as a service it waits for one' \
    '<5>v6lit-llmnrd: no link to answer on: this machine has no network interface; waiting' "$(cat /mnt/sambabox.log)"
check 'and says so to systemd' says sambabox 'STATUS=Waiting for a link'
cable sambabox eth0 fe80::1/64 192.0.2.1/24
wait_until 'the link to be served' logs sambabox 'eth0: answering for sambabox'
result 'and serves it when it comes' 0
stop sambabox
on sambabox ip link add eth1 type bridge
printf 'interfaces wlan*\n' > /mnt/conf
same 'no configured interface' \
    '<3>v6lit-llmnrd: no link to answer on: none of the configured interfaces exists' \
    "$(runs 1 --config /mnt/conf)"
printf 'interfaces eth*\nnames files localhost\n' > /mnt/conf
same '--check' '<4>v6lit-llmnrd: the configured name '\''localhost'\'' is not a name that LLMNR clients query: ignored
eth0: answers over IPv6 and IPv4
eth1: not now: the interface is down
lo: no: not selected by the configuration
names: sambabox files' "$(runs 0 --check --config /mnt/conf | sort)"
on sambabox hostname localhost
: > /mnt/conf
same 'no name' '<4>v6lit-llmnrd: the host name '\''localhost'\'' is not a name that LLMNR clients query: ignored
<3>v6lit-llmnrd: no name to answer for' "$(runs 1 --config /mnt/conf)"
on sambabox hostname sambabox

same 'control characters' '<3>v6lit-llmnrd: /mnt/?[31m: No such file or directory' \
    "$(runs 2 --config "$(printf '/mnt/\033[31m')")"
# More links than it serves: 64.
for number in $(seq 66); do
    printf 'link add l%d type bridge\nlink set l%d addrgenmode none\nlink set l%d up\n' $number $number $number
    printf 'address add fe80::%d/64 dev l%d nodad\n' $number $number
done | on sambabox ip -batch -
# A bridge has a carrier once it has a port that has one.
for number in $(seq 66); do
    printf 'link add p%d type veth peer name q%d\nlink set p%d master l%d up\nlink set q%d addrgenmode none up\n' \
        $number $number $number $number $number
done | on sambabox ip -batch -
printf 'interfaces eth0 l*\n' > /mnt/sambabox.conf
start sambabox
wait_until '64 links' says sambabox 'STATUS=Answering for sambabox on 64 links$'
same 'of 67 links it serves 64' 64 "$(grep -c 'answering for sambabox' /mnt/sambabox.log)"
check 'and says so' logs sambabox '^<4>v6lit-llmnrd: not all links are served: Too many links$'
stop sambabox
for number in $(seq 66); do
    printf 'link del l%d\nlink del p%d\n' $number $number
done | on sambabox ip -batch -
rm /mnt/sambabox.conf
start sambabox
same 'beside another v6lit-llmnrd' '<3>v6lit-llmnrd: port 5355 is in use by another v6lit-llmnrd' \
    "$(runs 1 --config /mnt/conf)"
same '--check shows what the running one would do' 'eth0: answers over IPv6 and IPv4
eth1: not now: the interface is down
lo: no: the loopback interface
names: sambabox
v6lit-llmnrd is running' "$(runs 0 --check --config /mnt/conf | sort)"
same 'nothing is said but that' '<6>v6lit-llmnrd: eth0: answering for sambabox' "$(cat /mnt/sambabox.log)"
stop sambabox
same 'SIGTERM' 0 $stopped
finish
