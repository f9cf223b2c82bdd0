#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Tests whether a mount by a literal name reconnects after the server was restarted, after the link was down, and after
# the interface was re-created with another index. This depends on which program gives the kernel the address: each has
# its own interface and mount, so that all run at once.
set -u

. "$top_srcdir/test/tap.sh"
. "$top_srcdir/test/env/hosts.sh"
. "$top_srcdir/test/kernel/vm.sh"
. "$top_srcdir/test/kernel/shared.sh"
go_on_among_hosts "$0"

table=$top_srcdir/test/data/reconnect.tsv
links='keyutils cifs-utils nobody v6lit'

# rules: all but v6lit get another handler than the installed rule says, which is less exact.
rules() {
    guest sh -c 'cat >> /etc/request-key.conf << end
create dns_resolver fe80--1skeyutils.ipv6-literal.net * /sbin/key.dns_resolver %k
create dns_resolver fe80--1scifs-utils.ipv6-literal.net * /usr/sbin/cifs.upcall %k
create dns_resolver fe80--1snobody.ipv6-literal.net * /bin/false
end'
}

# expect EVENT: the mounts do what the table says of the event on this $kind of host.
expect() {
    # A dead one is tried every three seconds; the others have more time than they need.
    expect_watches=$(awk -F '\t' -v event="$1" -v column=$column '
        $1 == event { print ". /source/test/kernel/links; watch", $2, $column == "dead" ? 12 : 60, "&" }
        END { print "wait" }' "$table")
    guest sh -c "$expect_watches" > /mnt/outcome
    for link in $links; do
        same "$1, $link, $kind" "$link $(awk -F '\t' -v event="$1" -v link=$link -v column=$column '
            $1 == event && $2 == link { print $column }' "$table")" \
            "$(sed -n "s/^\($link [a-z]*\).*/\1/p" /mnt/outcome)"
    done
    sed "s/^/# $1, $kind: /" /mnt/outcome
}

# reconnects KIND TYPE COLUMN: all events on this kind of host, with mounts of this type.
reconnects() {
    kind=$1
    column=$3
    rules
    guest sh -c '. /source/test/kernel/links; plug "$@"' sh $links
    for link in $links; do
        name=fe80--1s$link.ipv6-literal.net
        # The kernel asks for the name as it was written, and there is a rule for capitals.
        [ "$2 $link" != 'v6lit v6lit' ] || name=$(echo "$name" | tr a-z A-Z)
        check "mount -t $2, $link, $kind" guest mount -t "$2" "//$name/public" "/media/$link" \
            -o guest,echo_interval=1
    done
    stop_serving server
    serve server
    expect server

    guest dmesg --clear
    guest sh -c 'for link; do ip link set dev $link down; done' sh $links
    wait_for 'the mounts to break' broken
    guest sh -c 'for link; do ip link set dev $link up; done' sh $links
    expect link

    guest dmesg --clear
    guest sh -c '. /source/test/kernel/links; plug "$@"' sh $links
    wait_for 'the mounts to break' broken
    expect index

    guest sed -i /ipv6-literal/d /etc/request-key.conf
    guest sh -c 'keyctl clear 0x$(sed -n "s/ .* [.]dns_resolver:.*//p" /proc/keys)'
    expect rule
    guest sh -c 'umount /media/*'
}

# broken: whether the kernel has noticed that each mount has no server.
broken() {
    guest sh -c 'for link; do
        dmesg | grep -Fiq "s$link.ipv6-literal.net has not responded" || exit
    done' sh $links
}

# One line for who answers, in the same order as in the page.
same 'key.v6lit(8) has the table' "$(awk -F '\t' '!/^#/ {
        if (!($2 in row))
            who[++rows] = $2
        row[$2] = row[$2] " Ta " ($3 == $4 ? $3 : $3 "/" $4)
    }
    END {
        for (i = 1; i <= rows; i++)
            print row[who[i]]
    }' "$table")" "$(sed -n '/^\.It Em "Who answers"/,/^\.El/s/^\.It [a-z][^ ]*\( Ta .*\)/\1/p' "$top_srcdir/man/key.v6lit.8")"

host server
host client
on client v6lit enable > /dev/null
on client sh -c 'cd /media; mkdir "$@"' sh $links
boot client server tap0 agent
address server tap0 fe80::1/64 192.0.2.1/24
serve server
load_client
guest sh -euc 'sysctl --quiet net.ipv6.conf.default.accept_dad=0
    ip link set lo up
    ip address add 192.0.2.2/24 dev eth0
    ip link set eth0 up'
reconnects 'with IPv4' cifs 3
guest ip address delete 192.0.2.2/24 dev eth0
reconnects 'without IPv4' v6lit 4
halt_guest
finish
