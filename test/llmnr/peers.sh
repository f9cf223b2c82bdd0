#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Tests that the module finds hosts with each LLMNR responder for Linux: systemd-resolved, llmnrd and wsdd2; that tcpdump
# can parse the messages; and that a client reaches a Samba server by its single-label name without DNS.
. "$top_srcdir/test/tap.sh"
. "$top_srcdir/test/env/hosts.sh"
go_on_among_hosts "$0"
. "$top_srcdir/test/llmnr/answering.sh"

on sambabox ip link set eth0 up
on client ip link set eth1 up
index=$(on client cat /sys/class/net/eth1/ifindex)
on client sed -i 's/^hosts:.*/hosts: files llmnr/' /etc/nsswitch.conf

ask() {
    on client sh -c 'cd /build && exec test/llmnr/ask "$@"' ask "$@"
}
is_found() {
    ask unspec sambabox | grep -q ^SUCCESS
}

# is_there PROGRAM: starts it, and waits until the name is found.
is_there() {
    answers $1
    wait_for "$1" is_found
}

# addresses ADDRESS...: the server's, and those of the client beside them.
addresses() {
    on sambabox ip address flush dev eth0
    on client ip address flush dev eth1
    for one; do
        case $one in
            *.*) address sambabox eth0 "$one.1/24"; address client eth1 "$one.2/24" ;;
            *) address sambabox eth0 "${one}1/64"; address client eth1 "${one}2/64" ;;
        esac
    done
}
# In the order of the addresses' text: each program has its own.
found() {
    ask unspec sambabox | tr ' ' '\n' | grep '^[0-9a-f]*[:.]' | sort | tr '\n' ' ' | sed 's/ $//'
}
# found_at_last WANTED: the same, for a host that on a busy machine may take longer for the other family than the
# module waits; asked no more than twenty times.
found_at_last() {
    tries=0
    seen=
    while [ $tries -lt 20 ] && [ "$seen" != "$1" ]; do
        tries=$((tries + 1))
        seen=$(found)
    done
    echo "$seen"
}

# doctor_says HOST DESCRIPTION CHECK MARK [TEXT]
doctor_says() {
    doctor_text=$(on "$1" v6lit doctor | awk -v name="$3" '/^[^ ]/ { found = $2 == name } found')
    tap_status=0
    case $doctor_text in "$4  $3 "*"${5-}"*) ;; *) tap_status=1 ;; esac
    [ $tap_status = 0 ] || printf '%s\n' "$doctor_text" | sed 's/^/# /'
    result "v6lit doctor, $2: $4" $tap_status
}

for program in systemd-resolved llmnrd wsdd2; do
    has_program $program || continue
    addresses fe80:: 192.0.2
    is_there $program
    same "$program: IPv6 and IPv4" "192.0.2.1 fe80::1%$index" "$(found_at_last "192.0.2.1 fe80::1%$index")"
    same "$program: IPv6 asked for" 'SUCCESS sambabox: fe80::1' "$(ask inet6 sambabox)"
    same "$program: IPv4 asked for" 'SUCCESS sambabox: 192.0.2.1' "$(ask inet sambabox)"
    same "$program: another name" 'NOTFOUND ENOENT HOST_NOT_FOUND' "$(ask unspec nobody)"
    name='NOTFOUND ENOENT HOST_NOT_FOUND'
    [ $program != systemd-resolved ] || name='SUCCESS sambabox: fe80::1 ttl 30'
    same "$program: the name of an address" "$name" "$(ask addr fe80::1)"
    row='AAAA fe80::1%eth1 30 eth1 fe80::1%eth1'
    same "$program: v6lit llmnr" "$row" "$(on client v6lit llmnr -6 sambabox | sed -n '3{s/^ *//; s/   */ /g; s/ [0-9.]* ms$//; p}')"
    over_tcp='v6lit: sambabox: no reply on eth1 over IPv6 and TCP'
    [ $program != systemd-resolved ] || over_tcp="$row, over TCP"
    same "$program: over TCP" "$over_tcp" \
        "$(on client v6lit llmnr -6 --tcp sambabox 2>&1 | sed -n '${s/^ *//; s/   */ /g; s/ [0-9.]* ms//; p}')"
    same "$program: it claims no other name" 0 "$(on client v6lit llmnr --detect-spoof > /mnt/spoof.log; echo $?)"
    # Two of three queries over IPv6 get lost, and all over IPv4.
    on sambabox nft -f - << 'END'
table inet loss {
    chain input {
        type filter hook input priority 0
        ip protocol udp udp dport 5355 drop
        meta nfproto ipv6 udp dport 5355 numgen inc mod 3 < 2 drop
    }
}
END
    same "$program: two of three queries get lost" 'SUCCESS sambabox: fe80::1' "$(ask inet6 sambabox)"
    on sambabox nft delete table inet loss
    stops

    addresses fe80::
    is_there $program
    same "$program: IPv6 alone" "fe80::1%$index" "$(found)"
    stops
    addresses 192.0.2
    is_there $program
    same "$program: IPv4 alone" 192.0.2.1 "$(found)"
    stops
done

# is_known_twice: the host of the test's own replies over both families.
is_known_twice() {
    ask inet6 only-six | grep -q ^SUCCESS && ask inet only-four | grep -q ^SUCCESS
}
# What leaves the client, whatever it is, but what the kernel asks its neighbours, and tells late responders. To
# be seen it goes to a host that never answers, to one that has us ask over TCP, and is the name of an address.
addresses fe80:: 192.0.2
on sambabox sh -c 'echo $$ > /run/answering; exec python3 /source/test/llmnr/responder.py /root/heard eth0' \
    2> /mnt/responder.log &
wait_for 'the responder' on sambabox grep -qx ready /root/heard
wait_for 'both families' is_known_twice
# wire COMMAND...: runs it; then packets with how many there are: hop limit, sender, receiver, and what is said.
wire() {
    rm -f /mnt/client/root/root/wire /mnt/tcpdump.log
    on client sh -c 'echo $$ > /run/tcpdump; exec tcpdump -i any --immediate-mode -U -w /root/wire' \
        > /mnt/tcpdump.log 2>&1 &
    wait_for tcpdump grep -q 'listening on' /mnt/tcpdump.log
    "$@" > /mnt/said
    on client python3 -c '
import socket
socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"end of it", ("192.0.2.1", 9))'
    wait_for 'the last packet' grep -a -q 'end of it' /mnt/client/root/root/wire
    on client sh -c 'kill "$(cat /run/tcpdump)"'
    wait $!
    on client tcpdump -n -v -T domain -r /root/wire 2> /mnt/forgotten |
        awk '/^[0-9]/ { printf "\n" } { printf "%s", $0 } END { print "" }' > /mnt/wire
    grep ' Out ' /mnt/wire | grep -v -e ARP -e ICMP -e igmp -e '> 192.0.2.1.9:' | sed -E -e 's/: Flags .*/: by TCP/' \
        -e 's/.* (hlim|ttl) ([0-9]+),.* ([^ ]+)\.[0-9]+ > ([^ ]+): /\2 \3 > \4: /' -e 's/: [0-9]+ ([A-Z]+\?)/: \1/' |
        sort | uniq -c | sed -e 's/^ *//' -e 's/^[0-9]* \(.* by TCP\)/\1/' | sort
}
# Neither flags nor another section would tcpdump pass over in silence: "[1au]" is EDNS0, "+" asks for recursion.
same 'a name that nobody has' '2 255 192.0.2.2 > 224.0.0.252.5355: AAAA? nobody. (24)
2 255 fe80::2 > ff02::1:3.5355: A? nobody. (24)
3 255 192.0.2.2 > 224.0.0.252.5355: A? nobody. (24)
3 255 fe80::2 > ff02::1:3.5355: AAAA? nobody. (24)' "$(wire ask unspec nobody)"
same 'by one port for each family, and one id for each question' '2 2' \
    "$(grep -o '[0-9]* > [^ ]*5355:' /mnt/wire | sort -u | wc -l) $(grep -o '[0-9]* A*? nobody' /mnt/wire | sort -u | wc -l)"
same 'a reply that is cut off' '1 255 fe80::2 > ff02::1:3.5355: AAAA? truncated. (27)
1 fe80::2 > fe80::1.5355: by TCP' "$(wire ask inet6 truncated)"
on client nft -f - << 'END'
table ip6 none {
    chain output {
        type filter hook output priority 0
        udp dport 5355 drop
    }
}
END
same 'the same over IPv4 alone' '1 192.0.2.2 > 192.0.2.1.5355: by TCP
1 255 192.0.2.2 > 224.0.0.252.5355: A? truncated. (27)' \
    "$(wire ask inet truncated)"
on client nft delete table ip6 none
same 'a host that is there' '1 255 192.0.2.2 > 224.0.0.252.5355: A? peer. (22)
1 255 fe80::2 > ff02::1:3.5355: AAAA? peer. (22)' "$(wire ask unspec peer)"
same 'the name of an address' '1 255 192.0.2.2 > 224.0.0.252.5355: PTR? 1.2.0.192.in-addr.arpa. (40)' "$(wire ask addr 192.0.2.1)"
on client sh -c 'cp /build/test/llmnr/ask /usr/local/bin/set-uid; chmod 4755 /usr/local/bin/set-uid'
same 'a set-uid program' '' "$(wire on client sh -c 'cd /build; setpriv --reuid=65534 --clear-groups set-uid unspec peer')"
same 'says why not' 'UNAVAIL EPERM HOST_NOT_FOUND' "$(cat /mnt/said)"
stops

# Firewalls that let in what belongs to a connection, as most do.
addresses fe80::
is_there systemd-resolved
doctor_says client 'no firewall' firewall ok
on client nft -f - << 'END'
table inet filter {
    chain input {
        type filter hook input priority 0; policy drop;
        ct state established,related accept
        iifname "lo" accept
        meta l4proto ipv6-icmp accept
    }
}
END
same 'a firewall on the client' 'NOTFOUND ENOENT HOST_NOT_FOUND' "$(ask inet6 sambabox)"
doctor_says client 'a firewall' firewall !! 'table inet filter drops'
on client nft add rule inet filter input udp sport 5355 accept
same 'with the rule that v6lit doctor names' 'SUCCESS sambabox: fe80::1' "$(ask inet6 sambabox)"
doctor_says client 'with that rule' firewall ok
on client nft delete table inet filter

# On the host that answers, the module is beside systemd-resolved.
on sambabox sed -i 's/^hosts:.*/hosts: files dns llmnr/' /etc/nsswitch.conf
doctor_says sambabox 'LLMNR=yes' llmnr '>>' 'systemd-resolved queries by LLMNR as well'
on sambabox sed -i 's/^hosts:.*/hosts: files resolve [!UNAVAIL=return] llmnr/' /etc/nsswitch.conf
doctor_says sambabox 'LLMNR=yes, and asked before' llmnr !! 'Remove llmnr from the line: systemd-resolved queries'
stops
doctor_says sambabox 'without systemd-resolved' llmnr ok
doctor_says client 'nothing but the module' llmnr ok

# Two hosts, IPv6 alone, no DNS.
on sambabox sh -c 'mkdir /srv/share; echo hello > /srv/share/file; cp /source/examples/server/smb.conf /etc/samba/'
addresses fe80::
is_there systemd-resolved
on sambabox smbd -F > /mnt/smbd.log 2>&1 &
wait_for smbd on sambabox sh -c 'ss -Htln sport = 445 | grep -q .'
read_file() {
    on client timeout 20 smbclient --no-pass --command 'get file -' //SAMBABOX/share 2>&1 | sed -n 1p
}
# glibc narrows lookups to IPv6 where there is no IPv4 address, and so loses the zone.
same 'smbclient //SAMBABOX/share, without any IPv4 address' \
    'do_connect: Connection to SAMBABOX failed (Error NT_STATUS_INVALID_PARAMETER)' "$(read_file)"
# smbclient remembers the address for some minutes, without its zone.
on client rm /run/samba/gencache.tdb
on client ip address add 192.0.0.8/32 dev lo
same 'smbclient //SAMBABOX/share' hello "$(read_file)"
on client mount.cifs -f --verbose //SAMBABOX/share /mnt -o guest > /mnt/mount.log 2>&1 || :
same 'mount.cifs -f //SAMBABOX/share' "ip=fe80::1%$index" "$(grep -o 'ip=[^,]*' /mnt/mount.log | head -n 1)"
finish
