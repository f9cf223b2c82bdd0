#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Tests lists of addresses, set up and removed as examples/dns/static says: listed addresses have names, and no others;
# no name leaves the host except where the page says so; and a bad line in the list changes nothing.
set -u
. "$top_srcdir/test/dns/shared.sh"
go_on_among_hosts "$0"
outside
booted desktop 2
page=examples/dns/static/README.md
on desktop sh -euc 'systemctl start knot
    rm /etc/unbound/unbound.conf.d/root-auto-trust-anchor-file.conf
    printf "%s\n" "forward-zone:" "    name: ." "    forward-addr: 192.0.2.53" server: "    local-zone: 8.b.d.0.1.0.0.2.ip6.arpa nodefault" \
        > /etc/unbound/unbound.conf.d/site.conf
    cd /etc/bind
    sed -i "/dnssec-validation/d
        /^options {/a dnssec-validation no; empty-zones-enable no; forward only; forwarders { 192.0.2.53; };" named.conf.options'
section desktop static 'The list'
etc_of desktop > /mnt/etc

# in_lists SERVER: what it says of names that are in the list, or not.
in_lists() {
    printf '%s\n' "2001-db8--80.$domain AAAA" "2001-db8--80.$domain AAAA+do" "fd00--2.$domain AAAA+do" "fd00--1.$domain AAAA" \
        "fd00--1.$domain A" "fd00--2.$domain AAAA" "fe80--1--2.$domain AAAA" "$domain A" "$address_80 PTR" |
        ask desktop "$1" | sed 's/^[^ ]* //' | plain
}
listed='AAAA 2001:db8::80
AAAA+do 2001:db8::80
AAAA+do none
AAAA fd00::1
A none
AAAA none
AAAA none
A none
PTR www.example.org'

# unchanged_by_bad_line: with one more line that is bad, none of the commands of the page that write files succeeds, and none
# changes a file that a server reads.
unchanged_by_bad_line() {
    sed -n 's/^    # \(.*v6lit encode .*\)/\1/p' "$top_srcdir/$page" | on desktop sh -c 'cp /etc/v6lit/addresses /root
        echo fd00::x >> /etc/v6lit/addresses
        cksum /etc/hosts /etc/*/literal.zone /etc/*/literal.rpz /etc/knot/v6lit.zone 2> /root/none > /root/before
        while read -r command; do
            (eval "$command") < /dev/null 2> /root/said && echo "succeeds: $command"
            grep -q "addresses: line 3\|line 3: fd00::x" /root/said || cat /root/said
        done
        cksum /etc/hosts /etc/*/literal.zone /etc/*/literal.rpz /etc/knot/v6lit.zone 2> /root/none | diff /root/before -
        rm -f /etc/*/literal.new /etc/hosts.new literal.new reverse.records
        cp /root/addresses /etc/v6lit'
}

# without_policy NAME SERVICE FILE WANTED: an empty file lets no name out, neither after a reload nor at the start.
without_policy() {
    on desktop sh -euc ': > "$2"; systemctl reload "$1"; systemctl restart "$1"' sh "$2" "$3"
    same "$1 with an empty policy" "$4" "$(echo "2001-db8--80.$domain AAAA" | ask desktop 127.0.0.1 | sed 's/^[^ ]* //')"
    silent "$1: no name of the domain left the host, not even without a policy" desktop
}

section desktop static hosts
undo desktop static 'hosts: undo'

section desktop static BIND
same 'BIND with a list' "$listed" "$(in_lists 127.0.0.1)"
for zone in $domain 8.b.d.0.1.0.0.2.ip6.arpa; do
    same "named-checkzone for $zone" OK "$(on desktop named-checkzone "$zone" /etc/bind/literal.zone | tail -n 1)"
done
same 'a bad line changes no file' '' "$(unchanged_by_bad_line)"
on desktop sh -c ': > /etc/bind/literal.zone; systemctl restart named'
same 'BIND with an empty file' "2001-db8--80.$domain AAAA SERVFAIL" "$(echo "2001-db8--80.$domain AAAA" | ask desktop 127.0.0.1)"
silent 'BIND: no name of the domain left the host, not even without a list' desktop
undo desktop static 'BIND: undo'

# The page takes a file of its neighbour.
on desktop cp -r /source/examples/dns/bind /home/reader
section desktop static 'RPZ with BIND'
wait_for 'the policy of named' on desktop sh -c 'journalctl -u named | grep "rpz: literal.rpz: reload done: success"'
section desktop static 'RPZ with BIND: check'
same 'BIND with a policy' "$listed" "$(in_lists 127.0.0.1)"
without_policy BIND named /etc/bind/literal.rpz 'AAAA NXDOMAIN'
undo desktop static 'RPZ with BIND: undo'
on desktop systemctl stop named

section desktop static unbound
same 'unbound with a list' "$listed" "$(in_lists 127.0.0.1)"
on desktop sh -c ': > /etc/unbound/literal.zone; systemctl restart unbound'
same 'unbound with an empty file' "2001-db8--80.$domain AAAA SERVFAIL" "$(echo "2001-db8--80.$domain AAAA" | ask desktop 127.0.0.1)"
undo desktop static 'unbound: undo'
section desktop static 'RPZ with unbound'
same 'unbound with a policy' "$listed" "$(in_lists 127.0.0.1)"
without_policy unbound unbound /etc/unbound/literal.rpz 'AAAA SERVFAIL'
undo desktop static 'RPZ with unbound: undo'
on desktop systemctl stop unbound

section desktop knot 'Set up'
section desktop static Knot
same 'Knot with a list' "$(echo "$listed" | sed s/www.example.org/$canonical_80/)" "$(in_lists 127.0.0.2)"
undo desktop knot Undo
silent 'lists: no name of the domain left the host' desktop

# Last, since from now on something is sent: the zone beside the policy is needed.
section desktop static 'RPZ with BIND'
on desktop sh -euc ': > /etc/bind/literal.rpz
    sed -i /ipv6-literal/d /etc/bind/named-rpz.conf
    systemctl restart named'
echo "2001-db8--80.$domain AAAA" | ask desktop 127.0.0.1 > /mnt/desktop/answer
all_sent desktop
[ "$(sent ipv6-literal)" -gt 0 ]
result 'BIND without the empty zone sends names on if its policy is empty' $?
finish
