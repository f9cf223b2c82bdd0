#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Tests v6lit-llmnrd with many changes of addresses, interfaces, names and configurations (V6LIT_ROUNDS, default 300),
# during a flood by a neighbor: it uses no more memory or descriptors at the end, and still answers.
. "$top_srcdir/test/llmnrd/shared.sh"
in_sandbox "$recommended" "$0"
make_link
host sambabox
cable sambabox eth0 fe80::1/64 192.0.2.1/24
start sambabox
descriptors() {
    ls "/proc/$daemon_sambabox/fd" | wc -l
}
memory() {
    awk '/^Private_Dirty/ { sum += $2 } END { print sum }' "/proc/$daemon_sambabox/smaps_rollup"
}
# What a first round needs counts as much as what all rounds need.
on sambabox ip link add eth1 type veth peer name eth2
on sambabox sh -c 'ip link set eth1 up; ip link set eth2 up'
on sambabox ip address add fe80::7/64 dev eth1 nodad
wait_until 'eth1' logs sambabox 'eth1: answering for sambabox'
lan tcp br0 fe80::1 sambabox AAAA > /dev/null
on sambabox ip link del eth1
wait_until 'no eth1' logs sambabox 'eth1: no longer served'
settle() {
    [ "$(descriptors)" = "$1" ]
}
sleep 1
before=$(descriptors)
memory_before=$(memory)

lan_begin /dev/null flood br0 6 sambabox 1000000000 20000
flood=$lan_pid
rounds=${V6LIT_ROUNDS-300}
cat > /mnt/round.py << 'END'
import os, signal, socket, subprocess, sys
rounds, daemon = map(int, sys.argv[1:])
batch = subprocess.Popen(["ip", "-force", "-batch", "-"], stdin=subprocess.PIPE, text=True, stderr=subprocess.DEVNULL)
for i in range(rounds):
    commands = [
        f"address add 2001:db8::{i % 9 + 1:x}:{i:x}/64 dev eth0 nodad",
        f"link add v{i} type veth peer name w{i}",
        f"link set v{i} up",
        f"link set w{i} up",
        f"address add fe80::{i + 16:x}/64 dev v{i} nodad",
        f"address add 198.51.100.{i % 250 + 1}/24 dev v{i}",
        f"link del v{i}",
        f"address del 2001:db8::{i % 9 + 1:x}:{i:x}/64 dev eth0",
    ]
    for command in commands:
        print(command, file=batch.stdin, flush=True)
    if i % 10 == 0:
        os.kill(daemon, signal.SIGHUP)
    if i % 10 == 5:
        socket.sethostname("other" if i % 20 == 5 else "sambabox")
batch.stdin.close()
batch.wait()
socket.sethostname("sambabox")
END
on sambabox python3 /mnt/round.py "$rounds" "$daemon_sambabox"
on sambabox ip address add 192.0.2.99/24 dev eth0
wait_reply '8000 192.0.2.1 192.0.2.99' ask br0 4 sambabox A
result 'it answers beside a flood' 0
lan_end $flood
wait_until "$before descriptors" settle "$before"
result "descriptors: $before" 0
memory_after=$(memory)
check "private memory: $memory_before KB before, $memory_after KB after" [ $memory_after -le $((memory_before + 64)) ]
check 'less than 1 MB' [ $memory_after -lt 1024 ]
stop sambabox
same 'SIGTERM' 0 $stopped
finish
