#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Tests resolvers that forward to a server for literal names, set up and removed as the pages of examples/dns say: names
# resolve, no name of the domain leaves the host, with or without that server, and other names are unaffected.
set -u
. "$top_srcdir/test/dns/shared.sh"
go_on_among_hosts "$0"
outside
joined resolver 3
booted desktop 2

# doctor_knows NAME: that the nameserver answers for the domain. Whoever queries it for that sends nothing, either.
doctor_knows() {
    same "$1: v6lit doctor" 'ok  leak' "$(on desktop v6lit doctor | grep -o '^..  leak')"
}

# without_server NAME SERVER: nor does a name leave the host if the server for literal names does not run.
without_server() {
    on desktop systemctl stop knot
    same "$1: no address without a server" '' "$(echo "2001-db8--9.$domain AAAA" | ask desktop "$2" 1 | sed 's/.* AAAA [a-zA-Z]* *//')"
    silent "$1: no name of the domain left the host, not even without a server" desktop
    on desktop systemctl start knot
}

# kept NAME: there is no address, and no name of the domain leaves the host.
kept() {
    same "$1: names have no address" "2001-db8--1.$domain AAAA none
2001-db8--1.$domain AAAA+do none
$domain A none" "$(printf '%s\n' "2001-db8--1.$domain AAAA" "2001-db8--1.$domain AAAA+do" "$domain A" | ask desktop 127.0.0.1 | plain)"
    silent "$1: no name of the domain left the host" desktop
}

section desktop knot 'Set up'

# Of what the page of dnsmasq has for itself, servers.sh has seen the rest.
etc_of desktop > /mnt/etc
section desktop dnsmasq 'A new one, for this machine'
section desktop dnsmasq 'All addresses, without reverse names'
on desktop sh -euc 'printf "%s\n" stop-dns-rebind rebind-domain-ok=/example.org/ > /etc/dnsmasq.d/test.conf
    systemctl restart dnsmasq
    rm /etc/dnsmasq.d/test.conf'
holds 'dnsmasq in front of Knot' desktop 127.0.0.1 2001:db8::80 www.example.org
without_server 'dnsmasq in front of Knot' 127.0.0.1
undo desktop dnsmasq Undo

# Each line of the example for unbound is needed, where unbound validates and keeps private addresses out.
on desktop sh -euc 'cd /etc/unbound/unbound.conf.d
    rm root-auto-trust-anchor-file.conf
    cat > site.conf <<END
server:
    trust-anchor: "net. DS 1 8 2 $(printf "%064d" 0)"
    private-address: fd00::/8
    local-zone: "8.b.d.0.1.0.0.2.ip6.arpa" nodefault
END'
etc_of desktop > /mnt/etc
section desktop unbound 'Set up'
ask_itself desktop
section desktop unbound Check
doctor_knows unbound
holds unbound desktop 127.0.0.1 2001:db8::80 www.example.org
# says_without LINE NAME: what unbound says of the name without this line of the example.
says_without() {
    on desktop sh -euc 'sed "/$1/d" /source/examples/dns/unbound/v6lit.conf > /etc/unbound/unbound.conf.d/v6lit.conf
        systemctl reset-failed
        systemctl restart unbound' sh "$1"
    echo "$2.$domain AAAA" | ask desktop 127.0.0.1
}
same 'unbound without do-not-query-localhost' "2001-db8--1.$domain AAAA SERVFAIL" \
    "$(says_without do-not-query-localhost 2001-db8--1)"
same 'unbound without domain-insecure' "2001-db8--1.$domain AAAA SERVFAIL" \
    "$(says_without domain-insecure 2001-db8--1)"
same 'unbound without private-domain' "fd00--1.$domain AAAA NOERROR" \
    "$(says_without private-domain fd00--1)"
without_server unbound 127.0.0.1
undo_itself desktop
undo desktop unbound Undo
section desktop unbound 'Without a server for literal names'
kept unbound
undo desktop unbound 'Without a server for literal names: undo'
on desktop systemctl stop unbound

on desktop sh -euc 'cd /etc/bind
    sed -i "/dnssec-validation/d
        /^options {/a dnssec-validation yes; empty-zones-enable no; forward only; forwarders { 192.0.2.53; };" named.conf.options
    echo "trust-anchors { net. static-ds 1 8 2 \"$(printf "%064d" 0)\"; };" >> named.conf.local'
etc_of desktop > /mnt/etc
section desktop bind 'Set up'
ask_itself desktop
section desktop bind Check
doctor_knows BIND
holds BIND desktop 127.0.0.1 2001:db8::80 www.example.org
without_server BIND 127.0.0.1
undo_itself desktop
undo desktop bind Undo
section desktop bind 'Without a server for literal names'
kept BIND
undo desktop bind 'Without a server for literal names: undo'
on desktop systemctl stop named

# What NetworkManager manages, and that it does not write resolv.conf through systemd-resolved, which is installed. Not every
# kernel has dummy links: a veth stands in for one.
on desktop sh -euc 'printf "%s\n" "[main]" rc-manager=file > /etc/NetworkManager/conf.d/test.conf
    cd /etc/NetworkManager/system-connections
    printf "%s\n" "[connection]" id=eth0 type=ethernet interface-name=eth0 "[ipv4]" method=manual addresses=192.0.2.2/24 \
        "dns=192.0.2.53;" "[ipv6]" method=manual addresses=2001:db8::2/64 gateway=2001:db8::53 > eth0.nmconnection
    chmod 600 eth0.nmconnection
    cat > /usr/local/sbin/nmcli <<"END"
#!/bin/sh
[ "$1 $2 $3 $4" = "connection add type dummy" ] || exec /usr/bin/nmcli "$@"
shift 4
exec /usr/bin/nmcli connection add type veth veth.peer v6lit1 "$@"
END
    chmod +x /usr/local/sbin/nmcli
    # The page takes a file of its neighbour.
    cp -r /source/examples/dns/dnsmasq /home/reader
    systemctl start NetworkManager
    nm-online --quiet'
etc_of desktop > /mnt/etc
section desktop networkmanager 'With dnsmasq'
on desktop sh -euc 'sed -i s,fd00::/8,::/0, /etc/NetworkManager/dnsmasq.d/v6lit.conf
    systemctl restart NetworkManager
    # Before, the old dnsmasq may still reply, which NetworkManager then ends.
    nm-online --quiet --wait-for-startup'
wait_for 'the nameserver of NetworkManager' knows_others desktop 127.0.0.1
holds 'NetworkManager with dnsmasq' desktop 127.0.0.1 2001:db8::80 "$(dnsmasq_name desktop 2001:db8::80)"
doctor_knows 'NetworkManager with dnsmasq'
silent 'NetworkManager with dnsmasq: no name of the domain left the host' desktop
undo desktop networkmanager 'With dnsmasq: undo'

on desktop sh -euc 'systemctl stop NetworkManager
    rm /etc/NetworkManager/conf.d/test.conf
    ln -sf ../run/systemd/resolve/stub-resolv.conf /etc/resolv.conf
    systemctl start systemd-resolved NetworkManager
    nm-online --quiet'
etc_of desktop > /mnt/etc
section desktop networkmanager 'With systemd-resolved'
holds 'NetworkManager with systemd-resolved' desktop 127.0.0.53 2001:db8::80 www.example.org
doctor_knows 'NetworkManager with systemd-resolved'
without_server 'NetworkManager with systemd-resolved' 127.0.0.53
undo desktop networkmanager 'With systemd-resolved: undo'
halt desktop

start_knot resolver

# networkd, with the files of the example for kernels without dummy links, makes the link. systemd_resolved.sh follows the page.
on resolver sh -euc 'cd /etc/systemd
    cp /source/examples/dns/systemd-resolved/v6lit.network network/50-v6lit.network
    cp /source/examples/dns/systemd-resolved/v6lit-veth.netdev network/50-v6lit.netdev
    cp /source/examples/dns/systemd-resolved/v6lit-peer.network network/50-v6lit-peer.network
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
