#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Tests a Samba server started with the files in examples/server, as a daemon, by systemd and by xinetd: on which addresses
# it listens, which clients reach it by literal names, and by which addresses it identifies them.
. "$top_srcdir/test/server/shared.sh"
go_on_among_hosts "$0"
two_hosts

# reached HOW WANTED...: over the link, by a ULA and by IPv4.
reached() {
    reached_how=$1
    peers > /dev/null
    same "$1: link-local" "$2" "$(read_file $link_local)"
    same "$1: ULA" "$3" "$(read_file $ula)"
    same "$1: IPv4" "$4" "$(read_file $ipv4)"
}

refused() {
    echo "do_connect: Connection to $1 failed (Error NT_STATUS_CONNECTION_REFUSED)"
}

# peers: whom smbd has seen since the last time, by its log.
peers() {
    on server sh -c 'cd /var/log/samba
        cat log.* 2> /dev/null | sed -n "s/.*client (\(.*\):[0-9]*) connect to service share.*/\1/p" | sort | xargs
        rm -f log.*'
}
seen='ipv4:192.0.2.2 ipv6:fd00::2 ipv6:fe80::2'

# hold NAME: a connection, until let_go.
hold() {
    rm -f /mnt/hold
    mkfifo /mnt/hold
    on client smbclient --no-pass "//$1/share" < /mnt/hold > /dev/null 2>&1 &
    holder=$!
    exec 9> /mnt/hold
    wait_for 'a connection' is_held
}

is_held() {
    on client ss --no-header --tcp state established 'dport = :445' | grep -q .
}

let_go() {
    exec 9>&-
    wait $holder
}

session() {
    on server smbstatus --shares | grep -q '^share '
}

# peer: how the server's socket shows the client, of the connection that is held.
peer() {
    on server ss --no-header --tcp --numeric state established 'sport = :445' | awk '{ print $4 }' |
        sed 's/:[0-9]*$//'
}

# The daemon.
start_smbd
same 'smbd: two sockets' '0.0.0.0:445 [::]:445' "$(listens 445)"
reached smbd hello hello hello
same 'smbd: who it was' "$seen" "$(peers)"
same 'smbd: a name that it does not decode itself' hello "$(read_file FE80--1SETH1.IPV6-LITERAL.NET)"
doctor_says smbd ok 'tcp 0.0.0.0:445 LISTEN, tcp6 :::445 LISTEN'
hold $link_local
wait_for 'a session' session
same 'smbstatus shows a link-local peer without its zone' 'fe80::2 (ipv6:fe80::2:PORT)' \
    "$(on server smbstatus --processes | sed -n 's/.* \(fe80::2 (.*:\)[0-9]*) .*/\1PORT)/p')"
let_go
stop_smbd

# only INTERFACES: with `bind interfaces only`.
only() {
    { sed '/^\[share\]/,$d' "$top_srcdir/examples/server/smb.conf"
        printf 'interfaces = %s\nbind interfaces only = yes\n' "$1"
        sed -n '/^\[share\]/,$p' "$top_srcdir/examples/server/smb.conf"
    } | on server sh -c 'cat > /etc/samba/smb.conf'
    on server sh -c 'rm -f /var/log/samba/log.*'
}

only 'lo eth0'
start_smbd
same 'bind interfaces only: no link-local address' '127.0.0.1:445 192.0.2.1:445 [::1]:445 [fd00::1]:445' \
    "$(listens 445)"
reached 'bind interfaces only' "$(refused $link_local)" hello hello
doctor_says 'bind interfaces only' '>>' 'LISTEN: not on a link-local address'
stop_smbd
only 192.0.2.1/24
start_smbd
doctor_says 'interfaces by IPv4 address' !! 'tcp 192.0.2.1:445 LISTEN: on IPv4 only'
stop_smbd
only fe80::1%eth0
on server timeout 20 smbd -F < /dev/null > /mnt/smbd.out 2>&1
same 'interfaces = fe80::1%eth0, bind interfaces only: smbd does not start' \
    'WARNING: no network interfaces found' \
    "$(on server sed -n 's/^ *\(WARNING: no network.*\)/\1/p' /var/log/samba/log.smbd | sed -n 1p)"
check 'so it does not' nobody_listens
on server cp /source/examples/server/smb.conf /etc/samba/
peers > /dev/null

# systemd.
boot server
on server cp /source/examples/server/smbd.socket /source/examples/server/smbd@.service /etc/systemd/system/
same 'systemd-analyze verify' '' \
    "$(on server systemd-analyze verify --man=no /etc/systemd/system/smbd.socket smbd@1.service 2>&1)"

# socket_is LINE...: the unit with these lines in place of its ListenStream=.
socket_is() {
    on server systemctl stop smbd.socket
    on server mkdir -p /run/systemd/system/smbd.socket.d
    printf '%s\n' '[Socket]' 'ListenStream=' "$@" |
        on server sh -c 'cat > /run/systemd/system/smbd.socket.d/test.conf'
    on server systemctl daemon-reload
    on server systemctl start smbd.socket
}

on server systemctl start smbd.socket
same 'systemd: two sockets' '0.0.0.0:445 [::]:445' "$(listens 445)"
reached systemd hello hello hello
same 'systemd: who it was' "$seen" "$(peers)"
doctor_says systemd ok 'tcp6 :::445 LISTEN'
hold $ipv4
same 'systemd, IPv4: the peer of the socket' 192.0.2.2 "$(peer)"
let_go
same 'systemd: nothing failed' '' "$(on server systemctl --plain --no-legend --failed)"

socket_is ListenStream=0.0.0.0:445
doctor_says 'systemd, IPv4 alone' !! "'ListenStream=445'"
socket_is ListenStream=445 BindIPv6Only=default
same 'systemd, one socket' '*:445' "$(listens 445)"
doctor_says 'systemd, what it says' ok 'tcp6 :::445 LISTEN'
reached 'systemd, one socket' hello hello hello
same 'systemd, one socket: who it was' 'ipv6:::ffff:192.0.2.2 ipv6:fd00::2 ipv6:fe80::2' "$(peers)"
hold $ipv4
same 'systemd, one socket, IPv4: the peer of the socket' '[::ffff:192.0.2.2]' "$(peer)"
let_go
socket_is 'ListenStream=[fe80::1]:445%%eth0'
doctor_says 'systemd, one link-local address' ok 'tcp6 fe80::1:445 LISTEN'
reached 'systemd, one link-local address' hello "$(refused $ula)" "$(refused $ipv4)"
halt server
wait_for 'the end of the socket' nobody_listens
# As after a boot: the processes in there had other numbers.
on server rm -r /run/samba

# slow_notifyd OPTION...: what the client is told while smbd's notify daemon takes its time.
slow_notifyd() {
    activate --accept strace -f -o /var/log/slow.trace $delay smbd -F "$@"
    read_file $ula
    deactivate
}

case $(on server smbd --version) in
    *' 4.17.'*)
        # This library is the first that the daemon looks for by itself, and smbd does not wait for that.
        delay='-P /usr/lib/libgpfs.so -e inject=openat:delay_enter=6000000:when=1'
        same 'without its notify daemon, smbd lets nobody in' 'tree connect failed: NT_STATUS_NO_MEMORY' \
            "$(slow_notifyd)"
        check 'and says so' on server grep -q 'No notify daemon around' -r /var/log/samba
        ;;
    *)
        # The first prctl of the daemon gives it its name. Now smbd waits for more.
        delay='-e inject=prctl:delay_enter=4000000:when=1'
        same 'smbd waits for its notify daemon' hello "$(slow_notifyd)"
        ;;
esac
same 'the option of the examples' hello \
    "$(slow_notifyd $(sed -n 's,^ExecStart=/usr/sbin/smbd -F,,p' "$top_srcdir/examples/server/smbd@.service"))"

# With the listening socket as its standard input.
activate smbd -F
same 'Accept=no: smbd cannot' 'protocol negotiation failed: NT_STATUS_CONNECTION_RESET' "$(read_file $ula)"
deactivate

# xinetd.
start_xinetd() {
    on server sh -c 'cat > /etc/xinetd.d/smbd; rm -f /var/log/xinetd.log'
    on server setsid xinetd -dontfork -filelog /var/log/xinetd.log -pidfile /run/xinetd.pid < /dev/null &
    xinetd=$!
    wait_for xinetd listens_on_445
}

stop_xinetd() {
    kill "$(on server cat /run/xinetd.pid)"
    wait $xinetd
    wait_for 'the end of xinetd' nobody_listens
}

# callers: whom xinetd has seen.
callers() {
    on server sed -n 's/.*START: .* from=//p' /var/log/xinetd.log | sort | xargs
}

on server sed -i '/^defaults/,/^}/s|^{|{\nlog_type = FILE /var/log/xinetd.log|' /etc/xinetd.conf
conf=$top_srcdir/examples/server/xinetd.conf
start_xinetd < "$conf"
same 'xinetd: two sockets' '0.0.0.0:445 [::]:445' "$(listens 445)"
reached xinetd hello hello hello
same 'xinetd: who it was, for smbd' "$seen" "$(peers)"
same 'xinetd: who it was' '192.0.2.2 fd00::2 fe80::2%eth0' "$(callers)"
doctor_says xinetd ok 'tcp6 :::445 LISTEN'
stop_xinetd
sed -n '/ipv4$/,$p' "$conf" | sed '1i service smbd\n{' | start_xinetd
doctor_says 'xinetd, IPv4 alone' !! "'flags = IPv6'"
stop_xinetd
sed -n '/ipv4$/,$p' "$conf" | sed '1i service smbd\n{' | sed 's/IPv4/IPv6/' | start_xinetd
same 'xinetd, one socket' '*:445' "$(listens 445)"
doctor_says 'xinetd, what it says' ok 'tcp6 :::445 LISTEN'
reached 'xinetd, one socket' hello hello hello
same 'xinetd, one socket: who it was, for smbd' "$seen" "$(peers)"
same 'xinetd, one socket: who it was' '::ffff:192.0.2.2 fd00::2 fe80::2%eth0' "$(callers)"
stop_xinetd

no_leaks client
finish
