#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Tests \\sambabox\share on a link with only IPv6 and no DNS. The server runs
# smbd and v6lit-llmnrd; the client finds it by nss-llmnr, and then by systemd-resolved.
. "$top_srcdir/test/tap.sh"
. "$top_srcdir/test/env/hosts.sh"
go_on_among_hosts "$0"

host sambabox
host client
cable sambabox eth0 client eth1
address sambabox eth0 fe80::1/64 fd00::1/64
address client eth1 fe80::2/64 fd00::2/64
on sambabox sh -c 'mkdir /srv/share; echo hello > /srv/share/file; cp /source/examples/server/smb.conf /etc/samba/'
on sambabox smbd -D
wait_for smbd on sambabox sh -c 'ss -Hltn sport = 445 | grep -q .'
on sambabox sh -c 'exec v6lit-llmnrd' > /mnt/llmnrd.log 2>&1 &
wait_for v6lit-llmnrd grep -q 'answering for sambabox' /mnt/llmnrd.log

read_file() {
    on client timeout 20 smbclient --no-pass --command 'get file -' "//$1/share" 2>&1 | sed -n 1p
}
on client sh -c 'mkdir /mnt/share; sed -i "s/^hosts:.*/hosts: files llmnr/" /etc/nsswitch.conf'
same 'smbclient by nss-llmnr' hello "$(read_file SAMBABOX)"
same 'getent' 'fd00::1' "$(on client getent ahosts sambabox | awk '/STREAM/ && !/fe80/ { print $1 }')"
check 'mount.cifs -f' on client mount.cifs -f --verbose -o guest //SAMBABOX/share /mnt/share
check 'v6lit llmnr' sh -c "nsenter --target $(cat /mnt/client/pid) --net --uts --mount /usr/local/bin/v6lit llmnr sambabox |
    grep -q 'fd00::1'"

# systemd-resolved asks: for every program that queries DNS.
on client sh -c 'mkdir -p /run/systemd/resolve /etc/systemd/resolved.conf.d
    chown systemd-resolve: /run/systemd/resolve
    cp /source/examples/llmnr/llmnr.conf /etc/systemd/resolved.conf.d/
    mount -o remount,bind,ro /sys
    sed -i "s/^hosts:.*/hosts: files dns/" /etc/nsswitch.conf
    echo nameserver 127.0.0.53 > /etc/resolv.conf'
on client sh -c 'exec /lib/systemd/systemd-resolved' > /mnt/resolved.log 2>&1 &
wait_for systemd-resolved on client sh -c 'getent ahostsv6 sambabox | grep -q fd00::1'
same 'smbclient by systemd-resolved' hello "$(read_file SAMBABOX)"
check 'mount.cifs -f by it' on client mount.cifs -f --verbose -o guest //SAMBABOX/share /mnt/share

finish
