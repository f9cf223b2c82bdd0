#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# What the programs that answer LLMNR on Linux do with queries is what the table of examples/llmnr/README.md
# says; and systemd-resolved answers by the files beside it.
. "$top_srcdir/test/tap.sh"
. "$top_srcdir/test/env/hosts.sh"
go_on_among_hosts "$0"
. "$top_srcdir/test/llmnr/answering.sh"

address sambabox eth0 fe80::1/64 2001:db8::1/64 192.0.2.1/24
address client eth1 fe80::2/64 2001:db8::2/64 192.0.2.2/24
# The kernel adds this route once it sees the carrier.
for end in 'sambabox eth0' 'client eth1'; do
    wait_for "$end" on ${end% *} sh -c 'ip -6 route show table local | grep -q "^multicast ff00::/8 dev $1"' sh ${end#* }
done
printf '[global]\nnetbios name = pretty\n' > /mnt/smb.conf
on sambabox tee /etc/samba/smb.conf < /mnt/smb.conf > /mnt/forgotten

probe() {
    on client python3 /source/test/llmnr/probe.py "$1" eth1 sambabox
}
sed -n '/^| asked /,$p' "$top_srcdir/examples/llmnr/README.md" | sed -e 1,2d -e 's/\*\*//g' -e 's/^| //' -e 's/ |$//' \
    > /mnt/table
column=3
for program in v6lit-llmnrd systemd-resolved llmnrd wsdd2; do
    probe conflict > /mnt/conflict &
    conflict=$!
    wait_for 'another host of the name' grep -qx ready /mnt/conflict
    answers $program
    wait $conflict
    stops
    answers $program
    probe rows > /mnt/rows
    stops
    sed 1d /mnt/conflict >> /mnt/rows
    same "$program: the rows of the table" "$(sed 's/ |.*//' /mnt/table)" "$(cut -f 1 /mnt/rows)"
    while IFS='	' read -r row seen; do
        same "$program: $row" "$(awk -F ' [|] ' -v row="$row" -v column=$column '$1 == row { print $column }' /mnt/table)" \
            "$seen"
    done < /mnt/rows
    column=$((column + 1))
done

# Behind a firewall, and with a link of which systemd-networkd says that it is not for LLMNR.
cable sambabox eth2 client eth3
address sambabox eth2 fe80::1/64
address client eth3 fe80::2/64
on sambabox nft -f - << 'END'
table inet filter {
    chain input {
        type filter hook input priority 0; policy drop;
        meta l4proto ipv6-icmp accept
        udp dport 5355 accept
        tcp dport 5355 accept
    }
}
END
ask() {
    on client sh -c 'cd /build && exec test/llmnr/ask "$@"' ask "$@"
}
# is_found INTERFACE: by which the server replies.
is_found() {
    ask unspec sambabox | grep -q "fe80::1%$(on client cat "/sys/class/net/$1/ifindex")"
}
on client ip link set eth1 down
answers systemd-resolved
wait_for 'a reply on eth3' is_found eth3
result 'llmnr.conf, and a firewall with two rules' 0
stops
# It takes links to be ready where there is no udev, as in a container: where /sys cannot be written.
on sambabox sh -c 'mount -o remount,bind,ro /sys
    systemd-machine-id-setup
    mkdir -p /run/systemd/netif/links /run/systemd/netif/leases /run/systemd/netif/lldp
    chown -R systemd-network: /run/systemd/netif
    cp /source/examples/llmnr/eth2.network /etc/systemd/network/' > /mnt/forgotten 2>&1
on sambabox /lib/systemd/systemd-networkd > /mnt/networkd.log 2>&1 &
wait_for systemd-networkd on sambabox sh -c 'grep -q LLMNR=no "/run/systemd/netif/links/$(cat /sys/class/net/eth2/ifindex)"'
address client eth1 fe80::2/64
answers systemd-resolved
wait_for 'a reply on eth1' is_found eth1
on client ip link set eth1 down
same 'eth2.network: no reply on that link' 'NOTFOUND ENOENT HOST_NOT_FOUND' "$(ask unspec sambabox)"
stops

on sambabox wsdd2 -w -i eth0 > /mnt/wsdd2.log 2>&1 &
wait_for 'wsdd2 -w' on sambabox sh -c 'ss -Huln sport = 3702 | grep -q .'
same 'wsdd2 -w leaves the port alone' '' "$(on sambabox ss -Huln sport = 5355)"
finish
