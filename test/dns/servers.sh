#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Tests the servers of examples/dns that compute addresses, set up and removed as their pages say: every literal name has its
# address, no name of the domain leaves the host, and each server treats random names as the table says.
set -u
. "$top_srcdir/test/dns/shared.sh"
go_on_among_hosts "$0"
outside
table=$top_srcdir/test/data/dns.tsv
tab=$(printf '\t')
booted desktop 2
etc_of desktop > /mnt/etc

# as_in_table HOST SERVER PROGRAM: for random names the server does what the table says of the program.
as_in_table() {
    on "$1" python3 -B /source/test/dns/compare.py "$2" "$3" /source/test/data/dns.tsv 10000 > "/mnt/$1/rows"
    result "$3 is asked for random names" $?
    while IFS=$tab read -r row_status row_name; do
        case $row_status in
            ok) result "$row_name" 0 ;;
            'not ok') result "$row_name" 1 ;;
            *) echo "$row_status" ;;
        esac
    done < "/mnt/$1/rows"
}

far=0.8.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.f.f.f.3.ip6.arpa
section desktop dnsmasq 'A new one, for this machine'
ask_itself desktop
section desktop dnsmasq 'A dnsmasq that runs already'
section desktop dnsmasq Check
same 'dnsmasq: names for its prefixes alone, and the other addresses keep the names that they have' "fd00--1.$domain AAAA fd00::1
3fff--80.$domain AAAA none
fe80--1.$domain AAAA none
$far PTR far.example.org" \
    "$(printf '%s\n' "fd00--1.$domain AAAA" "3fff--80.$domain AAAA" "fe80--1.$domain AAAA" "$far PTR" | ask desktop 127.0.0.1 | plain)"
# For the table it answers for all addresses, and then has the names of all, in spite of what the page says is of no use.
on desktop sh -euc 'sed -i s,fd00::/8,::/0, /etc/dnsmasq.d/v6lit.conf
    echo server=/ip6.arpa/192.0.2.53 >> /etc/dnsmasq.d/v6lit.conf
    systemctl restart dnsmasq'
holds dnsmasq desktop 127.0.0.1 2001:db8::80 "$(dnsmasq_name desktop 2001:db8::80)"
same 'dnsmasq with ::/0 names the addresses of others' "$far PTR $(dnsmasq_name desktop 3fff::80)" \
    "$(echo "$far PTR" | ask desktop 127.0.0.1 | plain)"
as_in_table desktop 127.0.0.1 "dnsmasq $(dnsmasq_version desktop)"
silent 'dnsmasq: no name of the domain left the host' desktop
undo_itself desktop
undo desktop dnsmasq Undo

section desktop powerdns 'Set up'
section desktop powerdns Check
holds PowerDNS desktop 127.0.0.2 REFUSED REFUSED
as_in_table desktop 127.0.0.2 PowerDNS
undo desktop powerdns Undo
on desktop systemctl stop pdns

section desktop knot 'Set up'
section desktop knot Check
holds Knot desktop 127.0.0.2 REFUSED $canonical_80
as_in_table desktop 127.0.0.2 Knot
undo desktop knot Undo

# What `v6lit encode` writes loads as a zone; lists.sh has servers that answer from it.
on desktop sh -euc 'cd /root
    printf "%s\n" fd00::1 "2001:db8::80 # the web server" > list
    for format in zone rpz; do v6lit encode --format=$format list > literal.$format; done'
# loads ZONE FORMAT
loads() {
    same "encode --format=$2: named-checkzone for $1" OK "$(on desktop named-checkzone "$1" "/root/literal.$2" | tail -n 1)"
}
loads $domain zone
loads 8.b.d.0.1.0.0.2.ip6.arpa zone
loads literal.rpz rpz

same 'the table in the README' "$(sed "/^#/d; /^name$tab/d; s/^\([^$tab]*\)/\`\1\`/; s/$tab/ | /g; s/^/| /; s/\$/ |/" "$table")" \
    "$(sed -n '/^| name/,/^$/p' "$top_srcdir/examples/dns/README.md" | sed '1,2d; /^$/d')"

finish
