#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# The programs that answer LLMNR on Linux as hosts to be found: systemd-resolved, llmnrd and wsdd2. Then what it
# is for: a Samba server by its plain name, over link-local, without DNS.
. "$top_srcdir/test/tap.sh"
. "$top_srcdir/test/hosts.sh"
go_on_among_hosts "$0"
. "$top_srcdir/test/llmnr/shared.sh"

host sambabox
host client
cable sambabox eth0 client eth1
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

# doctor_says HOST DESCRIPTION CHECK MARK [TEXT]
doctor_says() {
    doctor_text=$(on "$1" v6lit doctor | awk -v name="$3" '/^[^ ]/ { found = $2 == name } found')
    tap_status=0
    case $doctor_text in "$4  $3 "*"${5-}"*) ;; *) tap_status=1 ;; esac
    [ $tap_status = 0 ] || printf '%s\n' "$doctor_text" | sed 's/^/# /'
    result "v6lit doctor, $2: $4" $tap_status
}

for program in systemd-resolved llmnrd wsdd2; do
    addresses fe80:: 192.0.2
    is_there $program
    same "$program: IPv6 and IPv4" "192.0.2.1 fe80::1%$index" "$(found)"
    same "$program: IPv6 asked for" 'SUCCESS sambabox: fe80::1' "$(ask inet6 sambabox)"
    same "$program: IPv4 asked for" 'SUCCESS sambabox: 192.0.2.1' "$(ask inet sambabox)"
    same "$program: another name" 'NOTFOUND ENOENT HOST_NOT_FOUND' "$(ask unspec nobody)"
    name='NOTFOUND ENOENT HOST_NOT_FOUND'
    [ $program != systemd-resolved ] || name='SUCCESS sambabox: fe80::1 ttl 30'
    same "$program: the name of an address" "$name" "$(ask addr fe80::1)"
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
doctor_says sambabox 'LLMNR=yes' llmnr '>>' 'systemd-resolved asks by LLMNR as well'
on sambabox sed -i 's/^hosts:.*/hosts: files resolve [!UNAVAIL=return] llmnr/' /etc/nsswitch.conf
doctor_says sambabox 'LLMNR=yes, and asked before' llmnr !! 'Take llmnr out of the line: systemd-resolved asks'
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
# glibc narrows look-ups to IPv6 where there is no IPv4 address, and so loses the zone.
same 'smbclient //SAMBABOX/share, without any IPv4 address' \
    'do_connect: Connection to SAMBABOX failed (Error NT_STATUS_INVALID_PARAMETER)' "$(read_file)"
# smbclient remembers the address for some minutes, without its zone.
on client rm /run/samba/gencache.tdb
on client ip address add 192.0.0.8/32 dev lo
same 'smbclient //SAMBABOX/share' hello "$(read_file)"
on client mount.cifs -f --verbose //SAMBABOX/share /mnt -o guest > /mnt/mount.log 2>&1 || :
same 'mount.cifs -f //SAMBABOX/share' "ip=fe80::1%$index" "$(grep -o 'ip=[^,]*' /mnt/mount.log | head -n 1)"
finish
