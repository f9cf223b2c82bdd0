#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# What stands in front of a server for literal names, and what keeps names in files, with the files of examples/dns:
# they have their addresses, no name of the domain leaves the host, and other names are as they were.
set -u
. "$top_srcdir/test/dns/shared.sh"
go_on_among_hosts "$0"
outside
joined desktop 2
joined resolver 3

on desktop sh -euc 'cd /etc/NetworkManager
    cp /source/examples/dns/networkmanager/dns.conf conf.d
    cp /source/examples/dns/dnsmasq/v6lit.conf dnsmasq.d
    printf "%s\n" "[main]" rc-manager=file > conf.d/test.conf
    printf "%s\n" "[connection]" id=eth0 type=ethernet interface-name=eth0 "[ipv4]" method=disabled "[ipv6]" method=manual \
        addresses=2001:db8::2/64 gateway=2001:db8::53 "dns=2001:db8::53;" > system-connections/eth0.nmconnection
    chmod 600 system-connections/eth0.nmconnection
    mkdir /run/dbus
    # Where /sys can be written, it waits for udev.
    mount -o remount,bind,ro /sys'
run dbus desktop 'exec dbus-daemon --system --nofork --nopidfile'
wait_for dbus-daemon on desktop test -e /run/dbus/system_bus_socket
start networkmanager desktop 127.0.0.1 'exec NetworkManager --no-daemon'
wait_for 'the nameserver of NetworkManager' knows_others desktop 127.0.0.1
holds NetworkManager desktop 127.0.0.1 2001:db8::80 $canonical_80
same 'NetworkManager: resolv.conf' 'nameserver 127.0.0.1' "$(on desktop grep ^nameserver /etc/resolv.conf)"
silent 'NetworkManager: no name of the domain left the host' desktop
stop networkmanager desktop
stop dbus desktop

start_knot resolver

# networkd, with the files of the example, makes the link. A veth stands in for the dummy, which not every kernel has.
on resolver sh -euc 'cd /etc/systemd
    cp /source/examples/dns/systemd-resolved/v6lit.network network/50-v6lit.network
    sed s/dummy/veth/ /source/examples/dns/systemd-resolved/v6lit.netdev > network/50-v6lit.netdev
    printf "%s\n" "[Peer]" Name=v6lit1 >> network/50-v6lit.netdev
    printf "%s\n" "[Match]" Name=v6lit1 "[Network]" LinkLocalAddressing=no > network/51-peer.network
    printf "%s\n" "[Match]" Name=eth0 "[Network]" Address=2001:db8::3/64 Gateway=2001:db8::53 DNS=2001:db8::53 DNSSEC=no \
        > network/10-eth0.network
    mkdir resolved.conf.d
    printf "%s\n" "[Resolve]" DNSSEC=yes > resolved.conf.d/dnssec.conf
    for directory in netif netif/leases netif/links netif/lldp; do
        install -d -o systemd-network -g systemd-network /run/systemd/$directory
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
echo "2001-db8--1.$domain AAAA" | ask resolver 127.0.0.1 1 > /mnt/resolver/dead
silent 'unbound: no name of the domain left the host, not even without a server' resolver
stop unbound resolver

# Names in files. The resolvers have no server behind them that makes addresses.
printf '%s\n' fd00::1 '2001:db8::80 # the web server' 2001-db8--1.$domain fd00::1 | on resolver sh -euc 'cat > /root/addresses
    rm /etc/unbound/unbound.conf.d/v6lit.conf
    cd /root
    for format in zone rpz; do
        v6lit encode --format=$format addresses > literal.$format
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
    printf '%s\n' "2001-db8--80.$domain AAAA" "2001-db8--80.$domain AAAA+do" "fd00--2.$domain AAAA+do" "fd00--1.$domain AAAA" "fd00--1.$domain A" "fd00--2.$domain AAAA" \
        "fe80--1--2.$domain AAAA" "$domain A" "$address_80 PTR" | ask "$1" "$2" | sed 's/^[^ ]* //' | plain
}
listed='AAAA 2001:db8::80
AAAA+do 2001:db8::80
AAAA+do none
AAAA fd00::1
A none
AAAA none
AAAA none
A none'
start knot-static resolver 127.0.0.2 "sed '/module: /d; s,/etc/knot,/root,; s,empty,literal,' $examples/knot/knot.conf \
        > /etc/knot/knot.conf
    chmod 755 /root
    exec knotd"
same 'encode --format=zone: Knot' "$listed
PTR $canonical_80" "$(in_files resolver 127.0.0.2)"
stop knot-static resolver

policy="$listed
PTR www.example.org"
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

# Last, since from now on something is sent.
start_named 's/ qname-wait-recurse no//'
in_files resolver 127.0.0.1 > /dev/null
stop named resolver
all_sent resolver
[ "$(sent ipv6-literal)" -gt 0 ]
result 'encode --format=rpz: named without qname-wait-recurse asks the stranger' $?

# With a search domain glibc looks for what has no address below that, too. `searched` sees how often that was sent.
on resolver sh -c 'printf "%s\n" "nameserver 127.0.0.1" "search corp.example" > /etc/resolv.conf'
searched() {
    start dnsmasq-searched resolver 127.0.0.1 "printf '%s\n' bind-interfaces listen-address=127.0.0.1 no-resolv no-hosts \
            server=2001:db8::53 local=/$domain/ $1 > /etc/dnsmasq.conf
        exec dnsmasq --keep-in-foreground"
    on resolver getent -s dns ahosts "fe80--1seth0.$domain" > /dev/null
    all_sent resolver
    stop dnsmasq-searched resolver
    searched=$(sent corp.example)
}
searched local=/$domain.corp.example/
same 'a search domain that dnsmasq keeps in' 0 "$searched"
searched ''
[ "$searched" != 0 ]
result 'without that the name goes out below it' $?
finish
