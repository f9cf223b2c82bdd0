#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Tests that the LLMNR responders for Linux behave as the table of examples/llmnr/README.md says, and that
# systemd-resolved answers with the configuration files there.
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
column=2
for program in v6lit-llmnrd systemd-resolved llmnrd wsdd2; do
    column=$((column + 1))
    has_program $program || continue
    rm -f /mnt/conflict
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
done

# Behind a firewall.
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
is_found() {
    ask unspec sambabox | grep -q 'fe80::1%'
}
answers systemd-resolved
wait_for 'a reply' is_found
result 'llmnr.conf, and a firewall with two rules' 0
stops
on sambabox wsdd2 -w -i eth0 > /mnt/wsdd2.log 2>&1 &
wait_for 'wsdd2 -w' on sambabox sh -c 'ss -Huln sport = 3702 | grep -q .'
same 'wsdd2 -w leaves the port alone' '' "$(on sambabox ss -Huln sport = 5355)"
finish
