#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Tests the replies of v6lit-llmnrd by UDP and TCP, and that it follows changes of addresses, interfaces, names and its
# configuration.
. "$top_srcdir/test/llmnrd/shared.sh"
in_sandbox "$recommended" "$0"
make_link
host sambabox
cable sambabox eth0 fe80::1/64 2001:db8::1/64 192.0.2.1/24
start sambabox
six='8000 fe80::1 2001:db8::1'
four='8000 192.0.2.1'
same 'what it tells systemd' 'READY=1 STATUS=Answering for sambabox on 1 link ' \
    "$(sed 1d /mnt/sambabox.said | tr '\n' ' ')"
same 'AAAA over IPv6' "$six" "$(lan ask br0 6 sambabox AAAA)"
same 'AAAA over IPv4' '8000 2001:db8::1 fe80::1' "$(lan ask br0 4 sambabox AAAA)"
same 'A over IPv4' "$four" "$(lan ask br0 4 SAMBABOX A)"
same 'A over IPv6' "$four" "$(lan ask br0 6 sambabox A)"
same 'from a routable address' '8000 2001:db8::1 fe80::1' "$(lan ask br0 6 sambabox AAAA --source 2001:db8::c)"
ip address add 169.254.9.9/16 dev br0
on sambabox ip route add default via 192.0.2.254
same 'from a link-local address of IPv4, beside a default route' "$four" \
    "$(lan ask br0 4 sambabox A --source 169.254.9.9)"
on sambabox ip address add 203.0.113.5/32 dev eth0 scope host
same 'another type' '8000 | SOA' "$(lan ask br0 6 sambabox TXT)"
reverse=$(python3 -c 'import ipaddress, sys; print(ipaddress.ip_address(sys.argv[1]).reverse_pointer)' 2001:db8::1)
same 'PTR over IPv6' '8000 sambabox' "$(lan ask br0 6 "$reverse" PTR)"
same 'PTR over IPv4' '8000 sambabox' "$(lan ask br0 4 1.2.0.192.in-addr.arpa PTR)"
same 'PTR over TCP' '8000 sambabox' "$(lan tcp br0 192.0.2.1 1.2.0.192.in-addr.arpa PTR)"
same 'EDNS0, version 1' '8200 + OPT1' "$(lan ask br0 6 sambabox AAAA --opt 1)"
same 'EDNS0, version 1, over TCP' '8000 + OPT1' "$(lan tcp br0 fe80::1 sambabox AAAA --opt 1)"
for size in 1232 1500 9194; do
    same "a query of $size bytes over IPv6" "$six" "$(lan ask br0 6 sambabox AAAA --pad $size)"
    same "a query of $size bytes over IPv4" "$four" "$(lan ask br0 4 sambabox A --pad $size)"
    same "a query of $size bytes over TCP" "$six" "$(lan tcp br0 fe80::1 sambabox AAAA --pad $size)"
done
same 'one of 9195 bytes' silent "$(lan ask br0 6 sambabox AAAA --pad 9195 --wait 0.5)"
same 'to fe80::1' silent "$(lan ask br0 6 sambabox AAAA --to fe80::1 --wait 0.3)"
same 'to 192.0.2.1' silent "$(lan ask br0 4 sambabox A --to 192.0.2.1 --wait 0.3)"
same 'to ff02::1' silent "$(lan ask br0 6 sambabox AAAA --to ff02::1 --wait 0.3)"
same 'to 224.0.0.1' silent "$(lan ask br0 4 sambabox A --to 224.0.0.1 --wait 0.3)"
for address in 2001:db8:ff::c/128 198.51.100.12/32; do
    case $address in *:*) ip address add $address dev br0 nodad ;; *) ip address add $address dev br0 ;; esac
done
on sambabox ip route add 198.51.100.0/24 dev eth0
on sambabox ip route add 2001:db8:ff::/64 dev eth0
same 'from no address of the link, IPv6' silent "$(lan ask br0 6 sambabox AAAA --source 2001:db8:ff::c --wait 0.3)"
same 'from no address of the link, IPv4' silent "$(lan ask br0 4 sambabox A --source 198.51.100.12 --wait 0.3)"

same 'TCP in pieces' "$six" "$(lan tcp br0 fe80::1 sambabox AAAA --pieces 1)"
same 'TCP, another name' closed "$(lan tcp br0 fe80::1 nobody AAAA)"
same 'TCP, silent' closed "$(lan tcp br0 fe80::1 sambabox AAAA --raw '')"
same 'TCP, half a query' closed "$(lan tcp br0 fe80::1 sambabox AAAA --raw 00ff1234)"
same 'TCP, too long' closed "$(lan tcp br0 fe80::1 sambabox AAAA --raw ffff12340000)"
same 'TCP, no message' closed "$(lan tcp br0 fe80::1 sambabox AAAA --raw 0000)"
same 'TCP, with C' closed "$(lan tcp br0 fe80::1 sambabox AAAA --flags 0400)"
same 'TCP, twelve at once from one source' '4 open, 8 closed' "$(python3 -c '
import select, socket, time
ones = [socket.create_connection(("192.0.2.1", 5355)) for _ in range(12)]
time.sleep(0.5)
closed = len(select.select(ones, [], [], 0)[0])
print(f"{12 - closed} open, {closed} closed")')"

# The link's part of a change takes a while; the responder's is what the last answer shows.
on sambabox ip address add 2001:db8::2/64 dev eth0 nodad
has_second() {
    lan ask br0 6 sambabox AAAA | grep -q 2001:db8::2
}
wait_until 'the new address' has_second
result 'a new address' 0
on sambabox ip address del 2001:db8::2/64 dev eth0
wait_reply "$six" ask br0 6 sambabox AAAA
result 'an address that goes' 0
on sambabox ip address del 192.0.2.1/24 dev eth0
wait_reply silent ask br0 4 sambabox A
same 'no IPv4 address' '8000 | SOA' "$(lan ask br0 6 sambabox A)"
on sambabox ip address add 192.0.2.1/24 dev eth0
wait_reply "$four" ask br0 4 sambabox A
result 'IPv4 again' 0
on sambabox ip link set eth0 down
on sambabox ip link set eth0 up
addresses sambabox eth0 fe80::1/64 2001:db8::1/64
wait_reply "$six" ask br0 6 sambabox AAAA
result 'down and up' 0
on sambabox ip link del eth0
wait_reply silent ask br0 6 sambabox AAAA
cable sambabox eth0 fe80::1/64 2001:db8::1/64 192.0.2.1/24
wait_reply "$six" ask br0 6 sambabox AAAA
result 'an interface that goes and comes' 0
on sambabox hostname other.example
wait_reply "$six" ask br0 6 other AAAA
same 'the host name has changed' silent "$(lan ask br0 6 sambabox AAAA --wait 0.3)"
on sambabox hostname sambabox
wait_reply "$six" ask br0 6 sambabox AAAA
result 'and again' 0

echo 'names files' > /mnt/sambabox.conf
kill -HUP $daemon_sambabox
wait_reply "$six" ask br0 6 files AAAA
same 'SIGHUP: one more name' "$six" "$(lan ask br0 6 sambabox AAAA)"
same 'and systemd is told' 'STATUS=Answering for sambabox and other names on 1 link' \
    "$(grep STATUS /mnt/sambabox.said | tail -n 1)"
echo 'name files' > /mnt/sambabox.conf
kill -HUP $daemon_sambabox
wait_until 'the reason' logs sambabox 'line 1: unknown keyword; the previous settings stay in effect'
same 'SIGHUP: a file that cannot be read' "$six" "$(lan ask br0 6 files AAAA)"
echo 'interfaces !eth*' > /mnt/sambabox.conf
kill -HUP $daemon_sambabox
wait_reply silent ask br0 6 sambabox AAAA
result 'SIGHUP: the interface is excluded' 0
: > /mnt/sambabox.conf
kill -HUP $daemon_sambabox
wait_reply "$six" ask br0 6 sambabox AAAA
result 'SIGHUP: all interfaces' 0
# A program that is not ours loads no module with a sanitizer.
is_sanitized $llmnr ||
    same 'the module finds it' 'fe80::1' "$(hosts_line llmnr; getent ahosts sambabox | sed -n 's/%.*STREAM.*//p' | head -n 1)"
# For the reader: a result would depend on the machine.
for family in 6 4; do
    echo "# over IPv$family, query to reply: $(lan latency br0 $family sambabox 20)"
done
stop sambabox
same 'SIGTERM' 0 $stopped
start sambabox
kill -KILL $daemon_sambabox
start sambabox
same 'killed and started again' "$six" "$(lan ask br0 6 sambabox AAAA)"
stop sambabox
same 'SIGTERM again' 0 $stopped
finish
