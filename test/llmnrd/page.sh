#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Runs the commands of examples/llmnr/README.md on a server with systemd-networkd, with NetworkManager, and with neither.
. "$top_srcdir/test/tap.sh"
. "$top_srcdir/test/env/hosts.sh"
. "$top_srcdir/test/env/booted.sh"
. "$top_srcdir/test/env/page.sh"
bare=yes
go_on_among_hosts "$0"
page=examples/llmnr/README.md

for name in sambabox neighbor; do
    host $name
    boot $name
    package_files $name
done
cable sambabox eth0 neighbor eth0
address sambabox eth0 fe80::1/64
address neighbor eth0 fe80::2/64
on neighbor sh -c 'apt-get install /packages/v6lit-tools_*.deb' > /mnt/log 2>&1

follow sambabox $page v6lit-llmnrd
on sambabox sh -c 'apt-get install /packages/v6lit-llmnrd_*.deb' > /mnt/log 2>&1
follow neighbor $page 'From another host'
on sambabox apt-get purge v6lit-llmnrd > /mnt/log 2>&1

on sambabox systemctl start systemd-resolved
follow sambabox $page systemd-resolved

# addresses: of eth2, with its routes.
addresses() {
    on sambabox sh -c 'ip -oneline address show dev eth2 | grep -o "inet6* [^ ]*"; ip -6 route show dev eth2 | grep -v ^fe80'
}
cable sambabox eth2 neighbor eth2
address neighbor eth2 fe80::2/64
address sambabox eth2 fe80::1/64 2001:db8:2::1/64
on sambabox ip route add default via fe80::2 dev eth2
before=$(addresses)
wait_for 'LLMNR on eth2' on sambabox sh -c 'resolvectl llmnr eth2 | grep yes'
follow sambabox $page Neither
same 'Neither: the link has its addresses' "$before" "$(addresses)"
# What the page warns of: a drop-in for a link that has no network file.
on sambabox systemctl start systemd-networkd
on sambabox sh -c 'mkdir -p /etc/systemd/network/eth2.network.d; cp "$1" /etc/systemd/network/eth2.network.d' sh \
    /source/examples/llmnr/no-llmnr.conf
on sambabox networkctl reload
same 'no-llmnr.conf without a network file: the link has its addresses' "$before" "$(addresses)"
on sambabox rm -r /etc/systemd/network/eth2.network.d

on sambabox sh -c 'printf "%s\n" "[Match]" Name=eth2 "[Network]" Address=2001:db8:2::1/64 LinkLocalAddressing=no \
    IPv6AcceptRA=no Gateway=2001:db8:2::2 > /etc/systemd/network/eth2.network; networkctl reload'
wait_for systemd-networkd on sambabox sh -c 'networkctl status eth2 | grep "(configured)"'
before=$(addresses)
follow sambabox $page systemd-networkd
same 'systemd-networkd: the link has its addresses' "$before" "$(addresses)"
on sambabox sh -c 'rm /etc/systemd/network/eth2.network; systemctl stop systemd-networkd.socket systemd-networkd'

on sambabox sh -c 'nmcli --offline connection add type ethernet con-name eth2 ifname eth2 ipv4.method disabled \
        ipv6.method manual ipv6.addresses 2001:db8:2::1/64 > /etc/NetworkManager/system-connections/eth2.nmconnection
    chmod 600 /etc/NetworkManager/system-connections/eth2.nmconnection
    systemctl start NetworkManager
    nmcli --wait 20 connection up eth2' > /mnt/log 2>&1
follow sambabox $page NetworkManager
finish
