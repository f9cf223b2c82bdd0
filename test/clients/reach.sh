#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Tests that ordinary programs reach a link-local address by a literal name, over a link.
set -u

. "$top_srcdir/test/tap.sh"

link_local=fe80::20c:29ff:fea3:8bb1
body=fe80--20c-29ff-fea3-8bb1

# has PROGRAM NAME: or the test is skipped.
has() {
    command -v "$1" > /dev/null || { skip "$2" "no $1 here"; false; }
}

# reach HOW ZONE: every client by a name with this zone.
reach() {
    name=${body}s$2.ipv6-literal.net
    same "getent: $1" "$link_local%$index" "$(getent ahosts "$name" | sed -n '1s/ .*//p')"
    if has curl "curl: $1"; then
        same "curl: $1" "Hello, fe80::2. You asked $name for /x." "$(curl -sS "http://$name/x")"
    fi
    if has ping "ping: $1"; then
        same "ping: $1" 'bytes from' "$(ping -c 1 -W 5 "$name" | grep -o -m 1 'bytes from')"
    fi
    if has python3 "python: $1"; then
        same "python: $1" "$link_local%$LINK" "$(python3 -c '
import socket, sys
peer = socket.create_connection((sys.argv[1], 80)).getpeername()
print(socket.getnameinfo(peer, socket.NI_NUMERICHOST)[0])' "$name")"
    fi
    if has mount.cifs "mount.cifs: $1"; then
        same "mount.cifs: $1" "ip=$link_local%$index,unc=\\\\$name\\share" \
            "$(mount.cifs -f --verbose "//$name/share" /mnt -o guest 2>&1 |
                sed -n 's/.* \(ip=[^ ]*share\),.*/\1/p')"
    fi
    same "getaddrinfo in C: $1" "connected to $link_local%$LINK" "$(examples/connect "$name" 80)"
    same "v6lit_getaddrinfo for AF_INET6: $1" "connected to $link_local%$LINK" \
        "$(examples/connect6 "$name" 80)"
}

on_the_first_host() {
    index=$(cat "/sys/class/net/$LINK/ifindex" 2> /dev/null) ||
        index=$(ip -o link show "$LINK" | sed 's/:.*//')
    reach "interface name $LINK" "$LINK"
    reach "index" "$index"
    reach "interface name in capitals" "$(echo "$LINK" | tr a-z A-Z)"

    same 'an example reads a name' "address    $link_local
interface  $LINK" "$(examples/decode "${body}s$LINK.ipv6-literal.net")"
    same 'an example says where a name is wrong' "fe80--1--2.ipv6-literal.net
       ^ second \"--\"" "$(examples/decode fe80--1--2.ipv6-literal.net 2>&1)"
    same "an example names this machine's addresses" "lo              0--1.ipv6-literal.net
$LINK$(printf "%$((16 - ${#LINK}))s" '')fe80--2s$LINK.ipv6-literal.net" "$(examples/encode)"

    # Known, and not for a module to fix: see nss-ipv6literal(8).
    ip address del 192.0.2.2/24 dev "$LINK"
    if has mount.cifs 'mount.cifs loses the zone on a host without an IPv4 address'; then
        same 'mount.cifs loses the zone on a host without an IPv4 address' "ip=$link_local" \
            "$(mount.cifs -f --verbose "//${body}s$LINK.ipv6-literal.net/share" /mnt -o guest 2>&1 |
                grep -o 'ip=[^,]*')"
        ip address add 192.0.0.8/32 dev lo
        same 'and keeps it with 192.0.0.8 on lo' "ip=$link_local%$index" \
            "$(mount.cifs -f --verbose "//${body}s$LINK.ipv6-literal.net/share" /mnt -o guest 2>&1 |
                grep -o 'ip=[^,]*')"
    fi
    finish
}

command -v python3 > /dev/null || skip_all 'no python3 for the web server'
export LINK=eth0.100
in_sandbox "$recommended" "$0" "$top_srcdir/test/env/two-hosts"
on_the_first_host
