#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# The servers of examples/dns that make addresses: every literal name has its own, no name of the domain leaves
# the host, and of random names each server says what the table has of it.
set -u
. "$top_srcdir/test/dns/shared.sh"
go_on_among_hosts "$0"
outside
table=$top_srcdir/test/data/dns.tsv
tab=$(printf '\t')
joined resolver 2
joined desktop 3

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

start_dnsmasq desktop
holds dnsmasq desktop 127.0.0.1 2001:db8::80 $canonical_80
as_in_table desktop 127.0.0.1 dnsmasq
silent 'dnsmasq: no name of the domain left the host' desktop
stop dnsmasq desktop
on desktop sed -i 's,::/0,fd00::/8,' /etc/dnsmasq.d/v6lit.conf
start dnsmasq desktop 127.0.0.1 'exec dnsmasq --keep-in-foreground'
same 'dnsmasq for one range leaves the other addresses and their names alone' "fd00--1.$domain AAAA fd00::1
2001-db8--1.$domain AAAA none
$address_80 PTR www.example.org" \
    "$(printf '%s\n' "fd00--1.$domain AAAA" "2001-db8--1.$domain AAAA" "$address_80 PTR" | ask desktop 127.0.0.1 | plain)"

start pdns resolver 127.0.0.2 "cp $examples/powerdns/* /etc/powerdns
    mkdir /run/pdns
    exec pdns_server --guardian=no --daemon=no"
holds PowerDNS resolver 127.0.0.2 REFUSED REFUSED
as_in_table resolver 127.0.0.2 PowerDNS
stop pdns resolver

start_knot resolver
holds Knot resolver 127.0.0.2 REFUSED $canonical_80
as_in_table resolver 127.0.0.2 Knot

same 'the table in the README' "$(sed "/^#/d; /^name$tab/d; s/^\([^$tab]*\)/\`\1\`/; s/$tab/ | /g; s/^/| /; s/\$/ |/" "$table")" \
    "$(sed -n '/^| name/,/^$/p' "$top_srcdir/examples/dns/README.md" | sed '1,2d; /^$/d')"

finish
