#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Every program, by every form of a name, on every kind of host, does what test/data/clients.tsv says, and
# none of these names leaves the host.
#
#   table.sh [CLIENT]...: all that are in the table, or these
set -u
. "$top_srcdir/test/tap.sh"
. "$top_srcdir/test/hosts.sh"
go_on_among_hosts "$0" "$@"

table=/mnt/clients.tsv
grep -v '^#' "$top_srcdir/test/data/clients.tsv" > $table
[ $# = 0 ] || {
    printf '%s\n' "$@" > /mnt/clients
    awk -F '\t' 'FNR == NR { wanted[$1]; next } $1 in wanted' /mnt/clients "$top_srcdir/test/data/clients.tsv" > $table
}
kinds='dual six four nscd'
links='eth0 eth1 eth0.100'
forms='index name dotted upper global ula loopback malformed'
link_local=fe80::20c:29ff:fea3:8bb1

# serve HOST: a web server, sshd and smbd. Each tells the client by which address it came.
serve() {
    on "$1" sh -euc '
        mkdir -p /run/sshd /root/.ssh
        cat > /root/.ssh/authorized_keys
        cp /source/test/clients/smb.conf /etc/samba/smb.conf
        /usr/sbin/sshd
        smbd -D
    ' < /mnt/key.pub
    mkfifo "/mnt/$1/served"
    on "$1" /source/script/web-server > "/mnt/$1/asked" 3> "/mnt/$1/served" &
    read -r served < "/mnt/$1/served" || { echo "Bail out! no web server on $1"; exit 1; }
    [ "$served" = ready ]
}

# The server has the same link-local address on each of its networks: the zone alone decides which of them a
# program takes, and the client's address tells the server which it was.
ssh-keygen -q -t ed25519 -N '' -f /mnt/key
host server
for link in $links; do
    on server ip link add "lan-$link" type bridge
    on server ip link set "lan-$link" addrgenmode none
    address server "lan-$link" $link_local/64
done
address server lan-eth0 2001:db8::1/64 fd00::1/64 192.0.2.1/24
serve server

# What leaves a host for a nameserver or the neighbours, by DNS, mDNS, LLMNR or NetBIOS.
on server tcpdump -i any -U -w /root/asked 'port 53 or port 5353 or port 5355 or port 137' 2> /mnt/tcpdump.log &
wait_for tcpdump grep -q 'listening on' /mnt/tcpdump.log

number=1
for kind in $kinds off; do
    number=$((number + 1))
    host $kind
    echo $number > /mnt/$kind/number
    for link in $links; do
        cable server "$kind-$link" $kind $link
        on server ip link set "$kind-$link" master "lan-$link" up
        case $kind/$link in
            four/eth0) address $kind $link 192.0.2.$number/24 ;;
            four/*) address $kind $link ;;
            six/eth0) address $kind $link fe80::$number/64 2001:db8::$number/64 fd00::$number/64 ;;
            */eth0) address $kind $link fe80::$number/64 2001:db8::$number/64 fd00::$number/64 192.0.2.$number/24 ;;
            */eth1) address $kind $link fe80::1:$number/64 ;;
            */eth0.100) address $kind $link fe80::100:$number/64 ;;
        esac
    done
    serve $kind
    on $kind sh -euc 'echo nameserver 127.0.0.1 > /etc/resolv.conf; umask 77; cat > /root/.ssh/id_ed25519' < /mnt/key
    on $kind /build/test/module/nameserver /root/heard &
    wait_for "the nameserver of $kind" test -e /mnt/$kind/upper/root/heard
    [ $kind = off ] || on $kind v6lit enable > /dev/null
done
on nscd sh -euc 'mkdir /run/nscd; nscd'

# cells KIND 'FORM...' CLIENT...: runs them there.
cells() {
    cells_kind=$1
    shift
    on "$cells_kind" sh /source/test/clients/cells.sh "$cells_kind" "$(cat "/mnt/$cells_kind/number")" "$@"
}

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
    cells $kind "$forms" "$@" > /mnt/$kind/cells &
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
        for (here in plain)
            print "not ok\tin the table: " here
    }' /mnt/seen $table > /mnt/rows
while IFS='	' read -r status name; do
    case $status in
        ok) result "$name" 0 ;;
        'not ok') result "$name" 1 ;;
        *) echo "$status" ;;
    esac
done < /mnt/rows

# Samba decodes these names itself, and asks for none that it cannot decode.
same 'without the module, the nameserver is asked by all but smbclient' '' \
    "$(awk -F '\t' '$2 == "dns" && $3 != ($1 == "smbclient" ? "silent" : "asked")' /mnt/off/cells)"

same 'no query for a name of the domain left a host' 0 "$(grep -a -i -c ipv6-literal /mnt/server/upper/root/asked)"
on dual python3 -c '
import socket
socket.socket(socket.AF_INET6, socket.SOCK_DGRAM).sendto(b"ipv6-literal", ("2001:db8::1", 5353))'
wait_for 'a packet that is sent' grep -a -q ipv6-literal /mnt/server/upper/root/asked
finish
