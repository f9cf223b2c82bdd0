#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Real DNS servers with the files of examples/dns: every literal name has its address, no name of the domain
# leaves the host, and other names are as they were.
set -u
. "$top_srcdir/test/tap.sh"
. "$top_srcdir/test/hosts.sh"
command -v musl-gcc > /dev/null || skip_all 'musl-gcc is missing (Debian: musl-tools)'
go_on_among_hosts "$0"

domain=ipv6-literal.net
examples=/source/examples/dns
table=$top_srcdir/test/data/dns.tsv
tab=$(printf '\t')
reverse_of_80=0.8.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa

# ask HOST SERVER: the answers to the questions from standard input.
ask() {
    on "$1" python3 -B /source/test/dns/ask.py "$2"
}

# plain: answers without the result where there is an address or none.
plain() {
    sed 's/ NOERROR$/ none/; s/ NXDOMAIN$/ none/; s/ NOERROR / /'
}

# answers HOST SERVER: whether the server says anything.
answers() {
    echo "www.example.org AAAA" | ask "$1" "$2"
}

# knows_others HOST SERVER: whether it has the address of another name.
knows_others() {
    answers "$1" "$2" | grep -q 2001:db8::80
}

# run NAME HOST COMMANDS: runs them, of which the last becomes a daemon.
run() {
    on "$2" sh -euc "echo \$\$ > /root/$1.pid; $3" > "/mnt/$1.log" 2>&1 &
    echo $! > "/mnt/$1.job"
}

# start NAME HOST SERVER COMMANDS: the same, and waits until the server answers.
start() {
    run "$1" "$2" "$4"
    (wait_for "$1" answers "$2" "$3") || { sed 's/^/# /' "/mnt/$1.log"; exit 1; }
}

# stop NAME HOST
stop() {
    kill "$(cat "/mnt/$2/upper/root/$1.pid")"
    wait "$(cat "/mnt/$1.job")" 2> /dev/null
}

# sent TEXT: how often it was sent from a host; a dot stands for the byte before a label, too.
sent() {
    grep -a -i -o -e "$1" /mnt/site/upper/root/sent | wc -l
}

# all_sent HOST: waits until all that the host has sent is written down, by a last question.
all_sent() {
    lasts=$((${lasts-0} + 1))
    echo "last$lasts.example.org AAAA" | ask "$1" 2001:db8::53 > /dev/null
    wait_for 'a packet that is sent' grep -a -q "last$lasts.example.org" /mnt/site/upper/root/sent
}

# silent NAME HOST: no name of the domain has left the host.
silent() {
    all_sent "$2"
    same "$1" 0 "$(sent ipv6-literal)"
}

# holds NAME HOST SERVER FOREIGN REVERSE: what must hold of every server. FOREIGN is what it says of an address
# outside of the domain, and REVERSE of the name of 2001:db8::80.
holds() {
    holds_wanted="2001-db8--1.$domain AAAA 2001:db8::1
2001-DB8-0-0-0-0-0-1.$domain AAAA 2001:db8::1
--1.$domain AAAA ::1
1-2-3-4-5-6-7--.$domain AAAA 1:2:3:4:5:6:7:0
fd00--1.$domain AAAA fd00::1
fe80--1.$domain AAAA fe80::1
2001-db8--1.$domain A none
2001-db8--1.$domain HTTPS none
fe80--1s4.$domain AAAA none
fe80--1s4.$domain A none
fe80--1seth0.$domain AAAA none
fe80--1seth0.100.$domain AAAA none
fe80--1--2.$domain AAAA none
www.$domain A none
$domain AAAA none
$domain A none
www.example.org AAAA $4
$reverse_of_80 PTR $5"
    same "$1" "$holds_wanted" \
        "$(printf '%s\n' "$holds_wanted" | sed 's/\( [A-Z]*\) .*/\1/' | ask "$2" "$3" | plain)"
}

# as_in_table HOST SERVER PROGRAM: for random names the server does what the table says of the program.
as_in_table() {
    on "$1" python3 -B /source/test/dns/compare.py "$2" "$3" /source/test/data/dns.tsv 10000 > "/mnt/$1/rows"
    while IFS=$tab read -r row_status row_name; do
        case $row_status in
            ok) result "$row_name" 0 ;;
            'not ok') result "$row_name" 1 ;;
            *) echo "$row_status" ;;
        esac
    done < "/mnt/$1/rows"
    [ -s "/mnt/$1/rows" ]
    result "$3: random names" $?
}

# The world outside: a nameserver that knows www.example.org and, as the stranger who has the domain, an
# address for every name in it.
host site
on site sh -euc 'ip link add lan type bridge
    printf "%s\n" no-resolv bind-interfaces listen-address=2001:db8::53 "address=/ipv6-literal.net/2001:db8:bad::bad" \
        host-record=www.example.org,192.0.2.80,2001:db8::80 local=/org/ local=/arpa/ > /etc/dnsmasq.conf'
address site lan 2001:db8::53/64

# joined HOST NUMBER: makes a host beside it, which sends all that is for elsewhere there.
joined() {
    host "$1"
    cable site "$1-eth0" "$1" eth0
    on site ip link set "$1-eth0" master lan up
    address "$1" eth0 "2001:db8::$2/64"
    on "$1" ip route add default via 2001:db8::53
}
joined resolver 2
joined desktop 3
start stranger site 2001:db8::53 'exec dnsmasq --keep-in-foreground'
on site tcpdump -i lan -U -w /root/sent 2> /mnt/tcpdump.log &
wait_for tcpdump grep -q 'listening on' /mnt/tcpdump.log

canonical=2001-db8--80.$domain

start dnsmasq desktop 127.0.0.1 "mkdir /etc/dnsmasq.d
    cp $examples/dnsmasq/v6lit.conf /etc/dnsmasq.d
    printf '%s\n' conf-dir=/etc/dnsmasq.d no-resolv server=2001:db8::53 > /etc/dnsmasq.conf
    exec dnsmasq --keep-in-foreground"
holds dnsmasq desktop 127.0.0.1 2001:db8::80 $canonical
as_in_table desktop 127.0.0.1 dnsmasq
silent 'dnsmasq: no name of the domain left the host' desktop

# Containers on the same host, which have their own C library or none: programs that are linked statically, in a
# file system without anything else.
containers() {
    on "$1" mkdir -p /srv/etc
    for libc in musl go; do
        on "$1" sh -euc 'cat > "$1"; chmod +x "$1"' sh /srv/lookup-$libc < /mnt/lookup-$libc
    done
}
# finds NAME WANTED HOST PROGRAM NAME: the addresses that the program in the container finds.
finds() {
    same "$1" "$2" "$(on "$3" chroot /srv "/lookup-$4" "$5" | sort | xargs)"
}
musl-gcc -static -o /mnt/lookup-musl "$top_srcdir/test/dns/lookup.c" || exit
on desktop sh -euc 'CGO_ENABLED=0 go build -o /root/lookup /source/test/dns/lookup.go
    cat /root/lookup' > /mnt/lookup-go || exit
containers desktop
on desktop sh -euc 'v6lit enable > /dev/null
    echo nameserver 127.0.0.1 | tee /etc/resolv.conf > /srv/etc/resolv.conf'
on desktop tcpdump -i any -U -w /root/heard 2> /mnt/desktop/tcpdump.log &
wait_for tcpdump grep -q 'listening on' /mnt/desktop/tcpdump.log
same 'glibc: by the module' fd00::6 "$(on desktop getent ahosts fd00--6.$domain | sed -n 's/ *STREAM.*//p')"
same 'glibc: and with the zone' fe80::6%eth0 "$(on desktop python3 -c 'import socket, sys
print(socket.getnameinfo(socket.getaddrinfo(sys.argv[1], 80)[0][4], socket.NI_NUMERICHOST)[0])' fe80--6seth0.$domain)"
for libc in musl go; do
    finds "$libc, static: by dnsmasq" 2001:db8::1 desktop $libc 2001-db8--1.$domain
    finds "$libc, static: other names" '192.0.2.80 2001:db8::80' desktop $libc www.example.org
done
finds 'musl, static: no address without its zone' 'Name does not resolve' desktop musl fe80--1seth0.$domain
finds 'go, static: no address without its zone' \
    "lookup fe80--1seth0.$domain on 127.0.0.1:53: no such host" desktop go fe80--1seth0.$domain
silent 'containers: no name of the domain left the host' desktop
same 'glibc asked nobody' 0 "$(grep -a -c -e fd00--6 -e fe80--6 /mnt/desktop/upper/root/heard)"
check 'the others asked dnsmasq' grep -a -q 2001-db8--1 /mnt/desktop/upper/root/heard

stop dnsmasq desktop
on desktop sh -euc 'cd /etc/NetworkManager
    cp /source/examples/dns/networkmanager/dns.conf conf.d
    cp /source/examples/dns/dnsmasq/v6lit.conf dnsmasq.d
    printf "%s\n" "[main]" rc-manager=file > conf.d/test.conf
    printf "%s\n" "[connection]" id=eth0 type=ethernet interface-name=eth0 "[ipv4]" method=disabled "[ipv6]" method=manual \
        addresses=2001:db8::3/64 gateway=2001:db8::53 "dns=2001:db8::53;" > system-connections/eth0.nmconnection
    chmod 600 system-connections/eth0.nmconnection
    mkdir /run/dbus
    # Where /sys can be written, it waits for udev.
    mount -o remount,bind,ro /sys'
run dbus desktop 'exec dbus-daemon --system --nofork --nopidfile'
wait_for dbus-daemon on desktop test -e /run/dbus/system_bus_socket
start networkmanager desktop 127.0.0.1 'exec NetworkManager --no-daemon'
wait_for 'the nameserver of NetworkManager' knows_others desktop 127.0.0.1
holds NetworkManager desktop 127.0.0.1 2001:db8::80 $canonical
same 'NetworkManager: resolv.conf' 'nameserver 127.0.0.1' "$(on desktop grep ^nameserver /etc/resolv.conf)"
silent 'NetworkManager: no name of the domain left the host' desktop
stop networkmanager desktop
stop dbus desktop

start pdns resolver 127.0.0.2 "cp $examples/powerdns/* /etc/powerdns
    mkdir /run/pdns
    exec pdns_server --guardian=no --daemon=no"
holds PowerDNS resolver 127.0.0.2 REFUSED REFUSED
as_in_table resolver 127.0.0.2 PowerDNS
silent 'PowerDNS: no name of the domain left the host' resolver
stop pdns resolver

start knot resolver 127.0.0.2 "cp $examples/knot/* /etc/knot
    mkdir /run/knot
    chown knot: /run/knot
    exec knotd"
holds Knot resolver 127.0.0.2 REFUSED $canonical
as_in_table resolver 127.0.0.2 Knot
silent 'Knot: no name of the domain left the host' resolver

# Without a resolver on the machine.
containers resolver
on resolver sh -euc "sed s/192.0.2.53/2001:db8::53/ $examples/resolv.conf/resolv.conf |
    tee /etc/resolv.conf > /srv/etc/resolv.conf"
for name in 2001-db8--1.$domain fe80--1seth0.$domain www.example.org; do
    on resolver getent ahosts $name | sed -n 's/ *STREAM.*//p'
done | sort > /mnt/resolver/found
same 'two nameservers: glibc' '2001:db8::1 2001:db8::80' "$(xargs < /mnt/resolver/found)"
finds 'two nameservers: go' 2001:db8::1 resolver go 2001-db8--1.$domain
finds 'two nameservers: go, other names' '192.0.2.80 2001:db8::80' resolver go www.example.org
silent 'two nameservers: no name of the domain left the host' resolver

# networkd, with the files of the example, makes the link. A veth stands in for the dummy, which not every kernel has.
on resolver sh -euc 'cd /etc/systemd
    cp /source/examples/dns/systemd-resolved/v6lit.network network/50-v6lit.network
    sed s/dummy/veth/ /source/examples/dns/systemd-resolved/v6lit.netdev > network/50-v6lit.netdev
    printf "%s\n" "[Peer]" Name=v6lit1 >> network/50-v6lit.netdev
    printf "%s\n" "[Match]" Name=v6lit1 "[Network]" LinkLocalAddressing=no > network/51-peer.network
    printf "%s\n" "[Match]" Name=eth0 "[Network]" Address=2001:db8::2/64 Gateway=2001:db8::53 DNS=2001:db8::53 DNSSEC=no \
        > network/10-eth0.network
    mkdir resolved.conf.d
    printf "%s\n" "[Resolve]" DNSSEC=yes > resolved.conf.d/dnssec.conf
    for folder in netif netif/leases netif/links netif/lldp; do
        install -d -o systemd-network -g systemd-network /run/systemd/$folder
    done
    # Where /sys can be written, networkd waits for udev.
    mount -o remount,bind,ro /sys'
link_is_up() {
    on resolver sh -c 'grep -q OPER_STATE=routable "/run/systemd/netif/links/$(cat /sys/class/net/v6lit0/ifindex)"'
}
start_resolved() {
    run networkd resolver 'exec /lib/systemd/systemd-networkd'
    wait_for 'the link of its own' link_is_up
    run resolved resolver 'exec /lib/systemd/systemd-resolved'
    wait_for resolved knows_others resolver 127.0.0.53
}
start_resolved
holds systemd-resolved resolver 127.0.0.53 2001:db8::80 www.example.org
stop resolved resolver
stop networkd resolver
on resolver sed -i /DNSSECNegativeTrustAnchors/d /etc/systemd/network/50-v6lit.network
start_resolved
same 'systemd-resolved without DNSSECNegativeTrustAnchors' SERVFAIL \
    "$(echo "2001-db8--1.$domain AAAA" | ask resolver 127.0.0.53 | cut -d ' ' -f 3)"
stop resolved resolver
stop networkd resolver
silent 'systemd-resolved: no name of the domain left the host' resolver

start dnsmasq-before-knot resolver 127.0.0.1 "printf '%s\n' bind-interfaces listen-address=127.0.0.1 no-resolv \
        server=2001:db8::53 server=/$domain/127.0.0.2 stop-dns-rebind rebind-domain-ok=/$domain/example.org/ > /etc/dnsmasq.conf
    exec dnsmasq --keep-in-foreground"
holds 'dnsmasq in front of Knot' resolver 127.0.0.1 2001:db8::80 www.example.org
silent 'dnsmasq in front of Knot: no name of the domain left the host' resolver
stop dnsmasq-before-knot resolver

# Each line of the example for unbound is needed, where unbound validates and keeps private addresses out.
unbound_conf='cp /source/examples/dns/unbound/v6lit.conf /etc/unbound/unbound.conf.d
    rm -f /etc/unbound/unbound.conf.d/root-auto-trust-anchor-file.conf
    cat > /etc/unbound/unbound.conf.d/site.conf <<END
server:
    trust-anchor: "net. DS 1 8 2 $(printf "%064d" 0)"
    private-address: fd00::/8
    local-zone: "8.b.d.0.1.0.0.2.ip6.arpa" nodefault
forward-zone:
    name: "."
    forward-addr: 2001:db8::53
END
    exec unbound -d'
start unbound resolver 127.0.0.1 "$unbound_conf"
holds unbound resolver 127.0.0.1 2001:db8::80 www.example.org
stop unbound resolver

# says_without LINE NAME: what unbound says of the name without this line of the example.
says_without() {
    start unbound resolver 127.0.0.1 "$(printf '%s\n' "$unbound_conf" |
        sed "s,^cp \(.*\) \(.*\),sed '/$1/d' \1 > \2/v6lit.conf,")"
    echo "$2.$domain AAAA" | ask resolver 127.0.0.1
    stop unbound resolver
}
same 'unbound without do-not-query-localhost' "2001-db8--1.$domain AAAA SERVFAIL" \
    "$(says_without do-not-query-localhost 2001-db8--1)"
same 'unbound without domain-insecure' "2001-db8--1.$domain AAAA SERVFAIL" \
    "$(says_without domain-insecure 2001-db8--1)"
same 'unbound without private-domain' "fd00--1.$domain AAAA NOERROR" \
    "$(says_without private-domain fd00--1)"
stop knot resolver
start unbound resolver 127.0.0.1 "$unbound_conf"
echo "2001-db8--1.$domain AAAA" | on resolver timeout 1 python3 -B /source/test/dns/ask.py 127.0.0.1
silent 'unbound: no name of the domain left the host, not even without a server' resolver
stop unbound resolver

# Names in files. The resolvers have no server behind them that makes addresses.
printf '%s\n' fd00::1 '2001:db8::80 # the web server' 2001-db8--1.$domain fd00::1 | on resolver sh -euc 'cat > /root/addresses
    rm /etc/unbound/unbound.conf.d/v6lit.conf
    cd /root
    for format in zone rpz; do
        { cat /source/examples/dns/knot/empty.zone; v6lit encode --format=$format addresses; } > literal.$format
    done
    v6lit encode --format=hosts addresses >> /etc/hosts'
same 'encode --format=hosts: glibc reads it' '2001:db8::80 fd00::1' "$(
    for address in 2001-db8--80 fd00--1; do
        on resolver getent -s files ahosts $address.$domain | sed -n 's/ *STREAM.*//p'
    done | xargs)"
for zone in $domain 8.b.d.0.1.0.0.2.ip6.arpa; do
    same "encode --format=zone: named-checkzone for $zone" OK \
        "$(on resolver named-checkzone "$zone" /root/literal.zone | tail -n 1)"
done

# in_files HOST SERVER: what it says of names that are in the files, or not.
in_files() {
    printf '%s\n' "2001-db8--80.$domain AAAA" "fd00--1.$domain AAAA" "fd00--1.$domain A" "fd00--2.$domain AAAA" \
        "fe80--1--2.$domain AAAA" "$domain A" "$reverse_of_80 PTR" | ask "$1" "$2" | sed 's/^[^ ]* //' | plain
}
start knot-static resolver 127.0.0.2 "sed '/module: /d; s,/etc/knot,/root,; s,empty,literal,' $examples/knot/knot.conf \
        > /etc/knot/knot.conf
    chmod 755 /root
    exec knotd"
same 'encode --format=zone: Knot' "AAAA 2001:db8::80
AAAA fd00::1
A none
AAAA none
AAAA none
A none
PTR $canonical" "$(in_files resolver 127.0.0.2)"
stop knot-static resolver

policy='AAAA 2001:db8::80
AAAA fd00::1
A none
AAAA none
AAAA none
A none
PTR www.example.org'
start unbound-rpz resolver 127.0.0.1 "cp /root/literal.rpz /etc/unbound
    cp $examples/static/unbound-rpz.conf /etc/unbound/unbound.conf.d
    exec unbound -d"
same 'encode --format=rpz: unbound' "$policy" "$(in_files resolver 127.0.0.1)"
stop unbound-rpz resolver

# start_named [EXPRESSION]: with the lines of the example, of which sed leaves something out.
start_named() {
    start named resolver 127.0.0.1 "cp /root/literal.rpz $examples/static/named-rpz.conf /etc/bind
        { echo 'options { forward only; forwarders { 2001:db8::53; }; dnssec-validation no;'
            sed -n 's,^//  *\(response-policy .*\),\1 };,; ${1-}; /^response/p' $examples/static/named-rpz.conf
            echo 'include \"/etc/bind/named-rpz.conf\";'
        } > /etc/bind/named.conf
        mkdir -p /run/named
        exec named -g"
    wait_for 'the policy of named' grep -q 'rpz: .* reload done: success' /mnt/named.log
}
start_named
same 'encode --format=rpz: named' "$policy" "$(in_files resolver 127.0.0.1)"
silent 'encode --format=rpz: no name of the domain left the host' resolver
stop named resolver

same 'the table in the README' "$(sed "/^#/d; /^name$tab/d; s/^\([^$tab]*\)/\`\1\`/; s/$tab/ | /g; s/^/| /; s/\$/ |/" "$table")" \
    "$(sed -n '/^| name/,/^$/p' "$top_srcdir/examples/dns/README.md" | sed '1,2d; /^$/d')"

# Last, since from now on something is sent.
start_named 's/ qname-wait-recurse no//'
in_files resolver 127.0.0.1 > /dev/null
stop named resolver
all_sent resolver
[ "$(sent ipv6-literal)" -gt 0 ]
result 'encode --format=rpz: named without qname-wait-recurse asks the stranger' $?
start knot resolver 127.0.0.2 "cp $examples/knot/* /etc/knot
    exec knotd"
on resolver chroot /srv /lookup-musl 2001-db8--5.$domain > /mnt/resolver/found
all_sent resolver
[ "$(sent 2001-db8--5)" -gt 0 ]
result "two nameservers: musl asks the stranger, too, and got $(cat /mnt/resolver/found)" $?
finish
