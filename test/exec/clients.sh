#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Tests that ordinary programs under `v6lit exec` reach a link-local address by a literal name, in all cases in which
# glibc loses the zone, and without the module; and that none of these names is sent to DNS.
. "$top_srcdir/test/exec/shared.sh"

if [ "${inside-}" != yes ]; then
    command -v python3 > /dev/null || skip_all 'no python3 for the web server'
    export LINK=eth0.100
fi
in_sandbox 'files dns' "$0" "$top_srcdir/test/env/two-hosts"

link_local=fe80::20c:29ff:fea3:8bb1
body=fe80--20c-29ff-fea3-8bb1
name=${body}s$LINK.ipv6-literal.net
index=$(ip -o link show "$LINK" | sed 's/:.*//')

# A stand-in for the nameserver, which has no name and writes down what it is asked for.
heard=/mnt/heard
python3 -c '
import socket, sys
server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind(("127.0.0.1", 53))
log = open(sys.argv[1], "a", buffering=1)
while True:
    query, client = server.recvfrom(4096)
    labels, at = [], 12
    while query[at]:
        labels.append(query[at + 1:at + 1 + query[at]].decode("latin-1"))
        at += 1 + query[at]
    log.write(".".join(labels).lower() + "\n")
    server.sendto(query[:2] + b"\x81\x83" + query[4:6] + bytes(6) + query[12:at + 5], client)
' $heard &
nameserver=$!
trap 'kill $nameserver' EXIT
tries=0
until [ -e $heard ]; do
    tries=$((tries + 1))
    [ $tries -lt 200 ] || skip_all 'the nameserver does not start'
    sleep 0.05
done

exec_() {
    ./v6lit exec "$@"
}

# first_address COMMAND...: of getent's answer.
first_address() {
    "$@" | sed -n '1s/ .*//p'
}

# clients HOW: every one by $name.
clients() {
    for database in ahosts ahostsv6; do
        same "getent $database$1" "$link_local%$index" "$(first_address exec_ getent $database "$name")"
    done
    if has curl "curl -6$1"; then
        same "curl -6$1" "Hello, fe80::2. You asked $name for /x." \
            "$(exec_ curl -6 -sS "http://$name/x")"
    fi
    if has ping "ping -6$1"; then
        same "ping -6$1" 'bytes from' "$(exec_ ping -6 -c 1 -W 5 "$name" | grep -o -m 1 'bytes from')"
    fi
    same "python, AF_INET6$1" "$link_local%$LINK" "$(exec_ python3 -c '
import socket, sys
for *_, address in socket.getaddrinfo(sys.argv[1], 80, socket.AF_INET6, socket.SOCK_STREAM):
    client = socket.socket(socket.AF_INET6)
    client.connect(address)
    print(socket.getnameinfo(client.getpeername(), socket.NI_NUMERICHOST)[0])' "$name")"
    if ! nc -h 2>&1 | grep -q -e -6; then
        skip "nc -6$1" 'no nc with -6 here'
    else
        check "nc -6$1" exec_ nc -6 -z -w 5 "$name" 80
    fi
    if has ssh "ssh -6$1"; then
        same "ssh -6$1" "[$link_local%$LINK]" "$(exec_ ssh -6 -v -F /dev/null -o BatchMode=yes \
            "$name" true 2>&1 | sed -n 's/.*Connecting to .* \(\[.*\]\) port 22\..*/\1/p')"
    fi
    if has mount.cifs "mount.cifs$1"; then
        same "mount.cifs$1" "ip=$link_local%$index" \
            "$(exec_ mount.cifs -f --verbose "//$name/share" /mnt -o guest 2>&1 |
                grep -o 'ip=[^,]*')"
    fi
}

clients ''
check 'what a script starts has it, too' \
    exec_ sh -c '[ "$(getent ahostsv6 "$1" | sed -n "1s/ .*//p")" = "$2" ]' sh "$name" "$link_local%$index"
same 'threads and a forked child' '0 wrong, child 0' "$(exec_ test/exec/threads "$name" "$index")"
same 'another preloaded getaddrinfo is asked for the address' 'asked for fe80::1' \
    "$(LD_PRELOAD=$PWD/test/exec/.libs/other.so exec_ getent ahostsv6 fe80--1slo.ipv6-literal.net \
        2>&1 > /dev/null)"

ip address del 192.0.2.2/24 dev "$LINK"
clients ', on a host without an IPv4 address'

# asked NAME: what the nameserver was asked for since the last time. NAME comes last and is none of them.
asked() {
    getent ahosts the-last-one.example.com > /dev/null
    grep -v '^the-last-one\.example\.com$' $heard | sort -u
    grep -q '^the-last-one\.example\.com$' $heard || echo 'the nameserver does not hear'
    : > $heard
}
same 'none of these names went to DNS' '' "$(asked | grep ipv6-literal)"

for bad in ipv6-literal.net www.ipv6-literal.net fe80--1--2.ipv6-literal.net \
    fe80--1sno-such-if.ipv6-literal.net FE80--1S.IPV6-LITERAL.NET. fe80--1s-4.ipv6-literal.net; do
    for database in ahosts ahostsv4 ahostsv6; do
        exec_ getent $database "$bad" > /dev/null
        same "getent $database $bad: not found" 2 $?
    done
done
exec_ getent ahostsv4 "$name" > /dev/null
same 'getent ahostsv4: no address' 2 $?
same 'bad names do not go to DNS, nor the search for an IPv4 address' '' "$(asked)"

exec_ getent ahosts www.example.com > /dev/null
same 'names outside the domain do' www.example.com "$(asked)"
exec_ getent hosts "$name" > /dev/null
same 'gethostbyname2 is not touched' "$name" "$(asked)"
finish
