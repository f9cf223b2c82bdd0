#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Runs the page of examples/dns for systemd-resolved on a booted host: literal names resolve, none leaves the host while
# the link exists, other names are unaffected, and the instructions to undo it work.
set -u
. "$top_srcdir/test/dns/shared.sh"
go_on_among_hosts "$0"
page=examples/dns/systemd-resolved/README.md
outside
joined resolver 3
start_knot resolver
on resolver sh -euc 'mkdir -p /etc/systemd/resolved.conf.d
    printf "%s\n" "[Resolve]" DNS=2001:db8::53 DNSSEC=no LLMNR=no MulticastDNS=no > /etc/systemd/resolved.conf.d/site.conf
    echo "nameserver 127.0.0.53" > /etc/resolv.conf
    rm -rf /etc/systemd/network
    mkdir /etc/systemd/network'
boot resolver systemd-resolved
(wait_for resolved knows_others resolver 127.0.0.53) || bail_out 'systemd-resolved does not run'
etc() {
    on resolver find /etc/systemd/network -type f
}
# link: whether there is one. Knot, which is not of this boot, is another matter.
has_link() {
    on resolver ip link show v6lit0 > /dev/null 2>&1
}

follow resolver $page 'Set up'
if on resolver sh -c 'ip link add v6litdummy type dummy && ip link delete v6litdummy' 2> /dev/null; then
    wait_for 'the dummy link' has_link
else
    echo '# no dummy links here'
    follow resolver $page 'Where the kernel has no dummy links'
fi
follow resolver $page Check
holds systemd-resolved resolver 127.0.0.53 2001:db8::80 www.example.org
same 'v6lit doctor: the domain stays here' "ok  leak" "$(on resolver sh -c 'echo "hosts: files dns" > /etc/nsswitch.conf
    v6lit doctor' | grep -o '^..  leak')"
silent 'no name of the domain left the host' resolver
stop knot resolver
echo "2001-db8--1.$domain AAAA" | ask resolver 127.0.0.53 > /dev/null
silent 'nor without the server' resolver

# Last, since from now on names are sent.
follow resolver $page Undo
same 'nothing is left in /etc/systemd/network' '' "$(etc)"
has_link
[ $? != 0 ]
result 'the link is gone' $?
echo "2001-db8--1.$domain AAAA" | ask resolver 127.0.0.53 > /dev/null
all_sent resolver
[ "$(sent ipv6-literal)" -gt 0 ]
result 'and names go to the stranger again' $?
halt resolver
finish
