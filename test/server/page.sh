#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Runs the commands of examples/server/README.md on a server and a client that have only link-local addresses.
. "$top_srcdir/test/tap.sh"
. "$top_srcdir/test/env/hosts.sh"
. "$top_srcdir/test/env/booted.sh"
. "$top_srcdir/test/env/page.sh"
bare=yes
go_on_among_hosts "$0"
page=examples/server/README.md

host server
host client
cable server eth0 client eth0
address server eth0 fe80::1/64
address client eth0 fe80::2/64
boot server smbd
boot client
package_files client
on client sh -c 'apt-get install /packages/v6lit-tools_*.deb /packages/libnss-ipv6literal_*.deb' > /mnt/log 2>&1
# As after its installation. Without IPv4 it is never ready.
on server systemctl start --no-block nmbd
on server cp /etc/samba/smb.conf /root/before

# from_client NAME: the client still gets the file.
from_client() {
    same "$1: the client gets a file" 'getting file \hello' "$(on client timeout 20 smbclient --no-pass \
        --command 'get hello /dev/null' //fe80--1seth0.ipv6-literal.net/share 2>&1 | grep -o '^getting file .hello')"
}

follow server $page 'The server'
same 'nmbd is not there' inactive "$(on server systemctl is-active nmbd)"
follow client $page 'From another host'

# A host that is not let in.
on client ip address add 2001:db8::2/64 dev eth0 nodad
on server ip address add 2001:db8::1/64 dev eth0 nodad
refused=$(sed -n 's/^    \(protocol negotiation failed.*\)/\1/p' "$top_srcdir/$page")
same 'what a host sees that is not let in' "$refused" \
    "$(on client smbclient --no-pass --command ls //2001-db8--1.ipv6-literal.net/share 2>&1)"
check 'and the log says so' on server grep -q 'Denied connection from 2001:db8::2' /var/log/samba/log.smbd
on client ip address delete 2001:db8::2/64 dev eth0

# The commands of a section that undo it come last.
follow server $page 'Started by systemd'
from_client 'after systemd'
follow server $page 'Started by xinetd'
from_client 'after xinetd'
follow server $page "Back to Debian's file"
same "Debian's file" '' "$(on server diff /root/before /etc/samba/smb.conf)"
check 'smbd runs' on server systemctl --quiet is-active smbd

# What they are for is tested with a domain, by domain.sh.
follow client $page 'A client of the domain'
follow client $page 'A client without an IPv4 address'
finish
