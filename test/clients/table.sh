#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Tests that every program, with every form of a name, on every kind of host, does what test/data/clients.tsv says,
# and that none of these names leaves the host. On Debian 13 (test/env/world DIR trixie) clients-13.tsv has the rows that differ.
#
#   table.sh [CLIENT]...: all that are in the table, or these
set -u
. "$top_srcdir/test/tap.sh"
. "$top_srcdir/test/env/hosts.sh"
go_on_among_hosts "$0" "$@"
. "$top_srcdir/test/clients/lan.sh"

# The rows of the release of which the hosts are, in place of those that they replace.
data=$top_srcdir/test/data
later=$data/clients-$(. "$V6LIT_WORLD/etc/os-release" && echo "$VERSION_ID").tsv
[ -e "$later" ] || later=/dev/null
table=/mnt/clients.tsv
printf '%s\n' "$@" > /mnt/clients
awk -F '\t' '/^#/ { next }
    FILENAME == ARGV[1] { row[$1, $2] = $0; next }
    FILENAME == ARGV[2] { if ($0 != "") wanted[$1] = some = 1; next }
    !some || $1 in wanted { print ($1, $2) in row ? row[$1, $2] : $0 }' \
    "$later" /mnt/clients "$data/clients.tsv" > $table
kinds='dual six four nscd'
lan $kinds off
# From version 4.22 on smbd looks up the name by which a client calls it, if it cannot decode that itself.
on server v6lit enable > /dev/null

# What leaves a host for a nameserver or the neighbours, by DNS, mDNS, LLMNR or NetBIOS.
on server tcpdump -i any -U -w /root/asked 'port 53 or port 5353 or port 5355 or port 137' 2> /mnt/tcpdump.log &
wait_for tcpdump grep -q 'listening on' /mnt/tcpdump.log

# A client may be two words. Firefox asks the nameserver in any case.
jobs=
spaces=$IFS
IFS='
'
set -- $(cut -f 1 $table | uniq | grep -v '^firefox$')
cells off 'name malformed' "$@" > /mnt/off/cells &
jobs=$!
set -- $(cut -f 1 $table | uniq)
IFS=$spaces
for kind in $kinds; do
    cells $kind 'index name dotted upper global ula loopback malformed' "$@" > /mnt/$kind/cells &
    jobs="$jobs $!"
done
wait $jobs

for kind in $kinds; do
    sed "s/^/$kind	/" /mnt/$kind/cells
done > /mnt/seen
[ -z "${V6LIT_SEEN-}" ] || cp /mnt/seen "$V6LIT_SEEN"
# A test for each line of the table.
awk -F '\t' -v kinds="$kinds" '
    function differ(where, wanted, got) {
        bad = 1
        printf "# %s: wanted %s, got %s\n", where, wanted, got
    }
    FNR == NR {
        plain[$1, $2, $3] = $4
        exec[$1, $2, $3] = $5
        next
    }
    {
        bad = 0
        ran = 0
        for (f = split($2, form, " "); f > 0; f--) {
            for (k = split(kinds, kind, " "); k > 0; k--) {
                here = kind[k] SUBSEP $1 SUBSEP form[f]
                where = form[f] " on " kind[k]
                if (plain[here] != $(2 + k))
                    differ(where, $(2 + k), plain[here])
                if (exec[here] != "-" && ++ran && exec[here] != $7)
                    differ(where " under v6lit exec", $7, exec[here])
                delete plain[here]
            }
        }
        if ($7 != "-" && !ran)
            differ("under v6lit exec", $7, "nothing")
        print (bad ? "not ok" : "ok") "\t" $1 ": " $2
    }
    END {
        for (here in plain) {
            split(here, part, SUBSEP)
            print "not ok\tthe table knows " part[2] " by " part[3] " on " part[1]
        }
    }' /mnt/seen $table > /mnt/rows
while IFS='	' read -r status name; do
    case $status in
        ok) result "$name" 0 ;;
        'not ok') result "$name" 1 ;;
        *) echo "$status" ;;
    esac
done < /mnt/rows

# Samba and mount.v6lit decode these names themselves, and query for none that they cannot decode.
same 'without the module, the nameserver is asked by all but smbclient and mount.v6lit' '' \
    "$(awk -F '\t' '$2 == "dns" && $3 != ($1 ~ /^smbclient|v6lit/ ? "silent" : "asked")' /mnt/off/cells)"

on server tcpdump -n -r /root/asked 2> /dev/null | grep -i ipv6-literal | sed 's/^/# /'
same 'no query for a name of the domain left a host' 0 "$(grep -a -i -c ipv6-literal /mnt/server/upper/root/asked)"
on dual python3 -c '
import socket
socket.socket(socket.AF_INET6, socket.SOCK_DGRAM).sendto(b"ipv6-literal", ("2001:db8::1", 5353))'
wait_for 'a packet that is sent' grep -a -q ipv6-literal /mnt/server/upper/root/asked
finish
