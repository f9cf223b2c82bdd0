#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Tests what the table does not show: host keys and copies by ssh, programs that bind to a name, reverse lookups, the
# remedies for nscd and for Firefox's DNS queries, and a page of a link-local server in Firefox.
set -u
. "$top_srcdir/test/tap.sh"
. "$top_srcdir/test/env/hosts.sh"
go_on_among_hosts "$0"
. "$top_srcdir/test/clients/lan.sh"
lan dual nscd

name=fe80--20c-29ff-fea3-8bb1seth1.ipv6-literal.net

check 'ssh logs in by key' on dual ssh -o BatchMode=yes -o StrictHostKeyChecking=accept-new "$name" true 2> /dev/null
check 'the host key is known under the literal name' on dual sh -c 'ssh-keygen -F "$1" > /dev/null' sh "$name"
check 'and accepted under it' on dual ssh -o BatchMode=yes -o StrictHostKeyChecking=yes "$name" true
on dual scp -q -o BatchMode=yes "$name:/etc/hosts" /root/copy
same 'scp copies from the server' "$(on server cat /etc/hosts)" "$(on dual cat /root/copy)"

# Where a program asks for AF_INET6 alone, v6lit exec keeps the zone.
own=fe80--1-2seth1.ipv6-literal.net
on server sh -c 'printf "[etc]\npath = /etc\nuse chroot = no\n" > /etc/rsyncd.conf; rsync --daemon'
# inet6 WHAT WANTED COMMAND...: what it prints, alone and under v6lit exec.
inet6() {
    inet6_what=$1
    inet6_wanted=$2
    shift 2
    same "$inet6_what loses the zone" lost "$(on dual "$@" 2>&1 |
        sed -n "s/.*Invalid argument.*\\|.*error in socket IO.*/lost/p; s/.*\\($inet6_wanted\\).*/\\1/p")"
    same "$inet6_what keeps it under v6lit exec" "$inet6_wanted" \
        "$(on dual v6lit exec "$@" 2>&1 | grep -o -m 1 -e 'Invalid argument' -e "$inet6_wanted")"
}
inet6 'ssh -b' fe80::1:2%lan-eth1 ssh -b $own -o BatchMode=yes "$name" 'echo $SSH_CONNECTION'
inet6 'AddressFamily inet6 of ssh' fe80::1:2%lan-eth1 ssh -o AddressFamily=inet6 -o BatchMode=yes "$name" \
    'echo $SSH_CONNECTION'
# sshd stays, and ends with the test; two of them cannot both have the port.
inet6 'AddressFamily inet6 of sshd, with ListenAddress,' 'fe80::1:2%eth1 port 2222' sh -c ': > /root/sshd.log
    "$@" >> /root/sshd.log 2>&1 &
    while kill -0 $! && ! grep -q "^Server listening" /root/sshd.log; do sleep 0.05; done; cat /root/sshd.log' sh \
    /usr/sbin/sshd -D -e -p 2222 -o AddressFamily=inet6 -o ListenAddress=$own
inet6 'rsync --address' hostname rsync --address=$own "rsync://$name/etc/hostname"

# reverse COMMAND...: whether the nameserver is queried for the name of an address.
reverse() {
    on dual sh -c ': > /root/heard; "$@" > /dev/null; getent ahosts last.example.com
        grep -q "^last\.example\.com\.$" /root/heard || echo hears nothing
        if grep -q "ip6\.arpa\.$" /root/heard; then echo asked; else echo silent; fi' sh "$@"
}
getfqdn='import socket, sys; print(socket.getfqdn(sys.argv[1]))'
same 'ping asks who an address is' asked "$(reverse ping -c 1 "$name")"
same 'ping -n does not' silent "$(reverse ping -n -c 1 "$name")"
same 'getent hosts NAME does not' silent "$(reverse getent hosts "$name")"
same 'getent hosts ADDRESS does' asked "$(reverse getent hosts fe80::20c:29ff:fea3:8bb1)"
same 'getfqdn does' asked "$(reverse python3 -c "$getfqdn" "$name")"
on dual sh -c 'cp /etc/hosts /root/hosts; echo fe80::20c:29ff:fea3:8bb1 fileserver >> /etc/hosts'
same 'with a line in /etc/hosts, ping asks nobody' silent "$(reverse ping -c 1 "$name")"
same 'nor does getfqdn' silent "$(reverse python3 -c "$getfqdn" "$name")"
on dual cp /root/hosts /etc/hosts

set -- 'getent ahosts' curl ping python3 mount.cifs
on nscd sh -euc '
    nscd --shutdown
    sed -i "s/^\(\s*enable-cache\s*hosts\s*\)yes/\1no/" /etc/nscd.conf
    nscd'
same 'with "enable-cache hosts no" nscd takes no zone away' "$(cells dual 'index name upper' "$@")" \
    "$(cells nscd 'index name upper' "$@")"

on dual sh -euc 'mkdir -p /etc/firefox/policies /root/profile
    cp /source/examples/firefox/policies.json /etc/firefox/policies/
    : > /root/heard'
on dual firefox-esr --headless --profile /root/profile --window-size 640,400 \
    --screenshot /root/picture.png "http://$name/picture" > /mnt/firefox.log 2>&1
same 'the server hears from Firefox over the link' "Hello, fe80::1:2. You asked $name for /picture." \
    "$(grep -m 1 /picture /mnt/server/served-web-server)"
same 'with the policy of examples/firefox Firefox asks no nameserver for the name' 0 \
    "$(on dual grep -c -i 'ipv6-literal\.net\.$' /root/heard)"
check 'which hears other names of Firefox' on dual grep -q mozilla /root/heard
percent=$(on dual python3 /source/test/clients/picture.py /root/picture.png 0b5394)
same 'its picture has the size that was asked for' '640 x 400' "${percent%,*}"
check "its picture shows the server's page: ${percent#*, } % are in its colour" [ "${percent#*, }" -gt 80 ]
finish
