# SPDX-License-Identifier: LGPL-2.1-or-later
# Sets up a network in which a stranger has the domain, for the tests of DNS servers. To be sourced.
. "$top_srcdir/test/tap.sh"
. "$top_srcdir/test/env/hosts.sh"
. "$top_srcdir/test/env/booted.sh"
. "$top_srcdir/test/env/page.sh"

domain=ipv6-literal.net
examples=/source/examples/dns
address_80=0.8.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa
canonical_80=2001-db8--80.$domain

# ask HOST SERVER [SECONDS]: the answers to the questions from standard input.
ask() {
    ask_host=$1
    shift
    on "$ask_host" python3 -B /source/test/dns/ask.py "$@"
}

# plain: answers without the result where there is an address or none.
plain() {
    sed 's/ NOERROR$/ none/; s/ NXDOMAIN$/ none/; s/ NOERROR / /'
}

# listens HOST SERVER: whether a server has its socket, so that what is asked is not lost.
listens() {
    on "$1" ss --listening --udp --numeric --no-header src "[$2]:53" | grep -q .
}

# knows_others HOST SERVER: whether it has the address of another name.
knows_others() {
    echo "www.example.org AAAA" | ask "$1" "$2" | grep -q 2001:db8::80
}

# run NAME HOST COMMANDS: runs them, of which the last becomes a daemon.
run() {
    on "$2" sh -euc "echo \$\$ > /root/$1.pid; $3" > "/mnt/$1.log" 2>&1 &
    echo $! > "/mnt/$1.job"
}

# start NAME HOST SERVER COMMANDS: the same, and waits until the server is there.
start() {
    run "$1" "$2" "$4"
    (wait_for "$1" listens "$2" "$3") || { sed 's/^/# /' "/mnt/$1.log"; exit 1; }
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
2001-DB8--A1.IPV6-Literal.NET AAAA 2001:db8::a1
2001-db8--1.$domain AAAA+do 2001:db8::1
--1.$domain AAAA ::1
1-2-3-4-5-6-7--.$domain AAAA 1:2:3:4:5:6:7:0
fd00--1.$domain AAAA fd00::1
fe80--1.$domain AAAA fe80::1
2001-db8--1.$domain A none
2001-db8--1.$domain HTTPS none
2001-db8--1.$domain TXT none
fe80--1s4.$domain AAAA none
fe80--1s4.$domain A none
fe80--1seth0.$domain AAAA none
fe80--1seth0.100.$domain AAAA none
fe80--1--2.$domain AAAA none
fe80--1--2.$domain AAAA+do none
www.$domain A none
$domain AAAA none
$domain A none
www.example.org AAAA $4
$address_80 PTR $5"
    same "$1" "$holds_wanted" \
        "$(printf '%s\n' "$holds_wanted" | sed 's/\( [A-Za-z+]*\) .*/\1/' | ask "$2" "$3" | plain)"
}

dnsmasq_version() {
    on "$1" dnsmasq --version | sed -n 's/^Dnsmasq version \([^ ]*\).*/\1/p'
}

# dnsmasq_name HOST ADDRESS: the name that it gives the address, since 2.91 with all digits.
dnsmasq_name() {
    case $(dnsmasq_version "$1") in
        2.90) on "$1" v6lit encode "$2" ;;
        *) on "$1" python3 -c 'import ipaddress, sys
print(ipaddress.ip_address(sys.argv[1]).exploded.replace(":", "-"), sys.argv[2], sep=".")' "$2" $domain ;;
    esac
}

# outside: makes the world outside, a nameserver that knows www.example.org and, as the stranger who has the domain,
# an address for every name in it. What comes there is written down.
outside() {
    host site
    on site sh -euc 'ip link add lan type bridge
        printf "%s\n" no-resolv bind-interfaces listen-address=2001:db8::53 "address=/ipv6-literal.net/2001:db8:bad::bad" \
            listen-address=192.0.2.53 host-record=www.example.org,192.0.2.80,2001:db8::80 host-record=far.example.org,3fff::80 \
            local=/org/ local=/arpa/ > /etc/dnsmasq.conf'
    address site lan 2001:db8::53/64 192.0.2.53/24
    start stranger site 2001:db8::53 'exec dnsmasq --keep-in-foreground'
    on site tcpdump -i lan -U -w /root/sent 2> /mnt/tcpdump.log &
    wait_for tcpdump grep -q 'listening on' /mnt/tcpdump.log
}

# joined HOST NUMBER: makes a host beside it, which sends all that is for elsewhere there.
joined() {
    host "$1"
    join "$@"
}

# join HOST NUMBER: the same of a host that is there.
join() {
    cable site "$1-eth0" "$1" eth0
    on site ip link set "$1-eth0" master lan up
    address "$1" eth0 "2001:db8::$2/64" "192.0.2.$2/24"
    on "$1" ip route add default via 2001:db8::53
}

# booted HOST NUMBER: the same, booted, and asking the server of the world.
booted() {
    joined "$1" "$2"
    boot "$1"
    on "$1" sh -c 'echo "nameserver 192.0.2.53" > /etc/resolv.conf'
}

# section HOST PAGE HEADING: follows a section of a page of examples/dns. The services have not been started too often.
section() {
    on "$1" systemctl reset-failed
    follow "$1" "examples/dns/$2/README.md" "$3"
}

# ask_itself HOST: lets it query its own resolver alone, as the page of resolv.conf says. `undo_itself HOST` undoes it.
ask_itself() {
    section "$1" resolv.conf 'A resolver on this machine'
}

undo_itself() {
    section "$1" resolv.conf 'A resolver on this machine: undo'
}

# undo HOST PAGE HEADING: follows that section, after which /etc is as it was for `etc_of HOST > /mnt/etc`.
undo() {
    section "$@"
    etc_of "$1" > /mnt/etc.now
    same "$2: undone, /etc is as it was" '' "$(diff /mnt/etc /mnt/etc.now)"
}

# start_knot HOST: with the files of the example, where systemd does not run.
start_knot() {
    start knot "$1" 127.0.0.2 "cp $examples/knot/v6lit.conf $examples/knot/v6lit.zone /etc/knot
        echo 'include: v6lit.conf' >> /etc/knot/knot.conf
        mkdir /run/knot
        chown knot: /run/knot
        exec knotd"
}
