#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# What the table does not show: host keys and copies by ssh, nscd mended, Firefox kept from DNS, and a page of
# a link-local server as a picture.
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
    "$(grep -m 1 /picture /mnt/server/served-pages)"
same 'with the policy of examples/firefox Firefox asks no nameserver for the name' 0 \
    "$(on dual grep -c -i 'ipv6-literal\.net\.$' /root/heard)"
check 'which hears other names of Firefox' on dual grep -q mozilla /root/heard
percent=$(on dual python3 /source/test/clients/picture.py /root/picture.png 0b5394)
same 'its picture has the size that was asked for' '640 x 400' "${percent%,*}"
check "its picture shows the server's page: ${percent#*, } % are in its colour" [ "${percent#*, }" -gt 80 ]
finish
