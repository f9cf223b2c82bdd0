#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Runs the commands of README.md on two new Debian hosts with only IPv6: from the packages to an open share.
. "$top_srcdir/test/tap.sh"
. "$top_srcdir/test/env/hosts.sh"
. "$top_srcdir/test/env/booted.sh"
. "$top_srcdir/test/env/page.sh"
bare=yes
go_on_among_hosts "$0"

host sambabox
host client
cable sambabox eth0 client eth0
address sambabox eth0 fe80::1/64
address client eth0 fe80::2/64
boot sambabox smbd
boot client
package_files sambabox
package_files client
follow sambabox README.md 'The server'
follow client README.md 'A Linux client'

# The other program that asks.
on client sh -c 'apt-get purge libnss-llmnr' > /mnt/log 2>&1
same 'without the module' '' "$(on client getent ahosts sambabox)"
on client sh -c 'systemctl start systemd-resolved; ln -sf ../run/systemd/resolve/stub-resolv.conf /etc/resolv.conf'
wait_for 'systemd-resolved to find it' on client sh -c 'resolvectl query sambabox | grep fe80::1'
result 'systemd-resolved asks, too' 0

check 'it goes' on sambabox sh -c 'apt-get purge v6lit-llmnrd > /dev/null 2>&1'
on client resolvectl flush-caches
same 'and is not found any more' '' "$(on client resolvectl query sambabox 2> /mnt/log)"
finish
