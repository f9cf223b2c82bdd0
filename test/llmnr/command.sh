#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Tests `v6lit llmnr`: its queries, what it prints for each reply and without a reply, and its exit statuses.
. "$top_srcdir/test/llmnr/shared.sh"
in_sandbox "$recommended" "$0"
v6lit=$PWD/v6lit
LC_ALL=C
export LC_ALL
make_hosts

# run ARGUMENT...: what it writes is in /mnt/out and /mnt/err, and its status in $status.
run() {
    status=0
    "$v6lit" llmnr "$@" > /mnt/out 2> /mnt/err || status=$?
}
# rows: what it has shown, without the times and the columns, in an order that does not depend on them.
rows() {
    sed 's/[0-9.]* ms/T/; s/   */ /g; s/^ //' /mnt/out | sort
}
# outcome ARGUMENT...: the same with standard error and the status after it.
outcome() {
    run "$@"
    rows
    cat /mnt/err
    echo "status $status"
}
header='type answer TTL interface sender time'

# Where nobody can be asked.
same 'no link at all' "v6lit: no link to query: every interface is down, without multicast, a loopback or \
point-to-point interface, or a port of a bridge
'ip link' shows the interfaces.
status 2" "$(outcome peer)"
ip link set here1 up
wait_until 'the carrier' has_carrier here1
same 'a link where this machine has no address' 'v6lit: peer: cannot send a query: this machine has no address on here1
status 2' "$(outcome peer)"
# The address of the host there, which it defends; and one that is checked for a long time.
there ip link set there1 up
ip address add fe80::1/64 dev here1
is_duplicate() {
    ip address show dev here1 | grep -q dadfailed
}
wait_until 'duplicate address detection' is_duplicate
same 'an address that another host has' "v6lit: peer: cannot send a query: another host has the IPv6 address of this machine on here1 \
(duplicate address detection)
status 2" "$(outcome -6 peer)"
echo 1000 > /proc/sys/net/ipv6/conf/here1/dad_transmits
ip address add fe80::2/64 dev here1
same 'an address that is still checked' "v6lit: peer: cannot send a query: the IPv6 addresses of this machine on here1 are tentative; \
duplicate address detection takes a second or two
status 2" "$(outcome -6 peer)"
same 'of IPv4 there is none' 'v6lit: peer: cannot send a query: this machine has no IPv4 address on here1
status 2' "$(outcome -4 peer)"
ip -6 address flush dev here1
same 'there nobody is caught, either' 2 "$(run --detect-spoof; echo $status)"
ip address add fe80::2/64 dev here1 nodad
same 'over IPv4 neither' 'v6lit: peer: cannot send a query: this machine has no IPv4 address on here1
status 2' "$(outcome -4 peer)"
ip address add 192.0.2.2/26 dev here1
same 'no such interface' 'v6lit: none0: no such interface
Interfaces that can be queried: here1
status 2' "$(outcome -i none0 peer)"
same 'an interface that is down' 'v6lit: here2: the interface is down
Interfaces that can be queried: here1
status 2' "$(outcome --interface here2 peer)"
same 'a loopback interface' 'v6lit: lo: a loopback interface has no hosts on its link
Interfaces that can be queried: here1
status 2' "$(outcome -i lo peer)"
for number in '' 0 99 4294967296 an-interface-name-too-long; do
    same "no interface is called '$number'" "v6lit: $number: no such interface" "$(run -i "$number" peer; head -n 1 /mnt/err)"
done
# The rules in front of the tables for local addresses; no firewall is needed to try it.
ip -6 rule add pref 2 lookup local
ip -6 rule add pref 1 to ff02::1:3 prohibit
ip -6 rule del pref 0
same 'a rule of this machine lets nothing out' "v6lit: peer: a firewall or sandbox on this machine blocks \
queries: Permission denied
status 2" "$(outcome -6 peer)"
ip -6 rule del pref 1
# One for the list of the links, and the first of two to ask by.
same 'one descriptor is too few' 'v6lit: peer: query failed: Too many open files
2' "$( (exec 3<&-; ulimit -n 4; exec "$v6lit" llmnr peer) 2>&1; echo $?)"
if command -v setpriv > /dev/null && setpriv --reuid=65534 --clear-groups true 2> /dev/null; then
    cp "$(realpath v6lit)" /mnt/set-uid
    chmod u+s /mnt/set-uid
    same 'with the rights of another user' 'v6lit: peer: set-user-ID and set-group-ID programs do not query
2' "$(setpriv --reuid=65534 --clear-groups /mnt/set-uid llmnr peer 2>&1; echo $?)"
else
    skip 'with the rights of another user' 'there is no other user in here'
fi
same 'nobody is there' 'v6lit: peer: no reply on here1
status 1' "$(outcome peer)"
same 'nobody, and so no spoofer' 'No reply to the random name NAME on here1
status 0' "$(outcome --detect-spoof | sed 's/ [a-z]\{12\} / NAME /')"

start_responder $log there1 there2
peer="A 192.0.2.1 30 here1 fe80::1%here1 T
AAAA 2001:db8::1 30 here1 fe80::1%here1 T
AAAA fe80::1%here1 30 here1 fe80::1%here1 T"

# What is shown. Over both transports the first responder is one of two, so these are asked over one.
same 'over IPv6, IPv6 addresses' "AAAA 2001:db8::1 30 here1 fe80::1%here1 T
AAAA fe80::1%here1 30 here1 fe80::1%here1 T
peer
$header
status 0" "$(outcome -6 peer)"
same 'nothing else is asked' '1 udp6 there1 AAAA peer' "$(heard)"
same 'over IPv4, IPv4 addresses' "A 192.0.2.1 30 here1 192.0.2.1 T
peer
$header
status 0" "$(outcome --ipv4 peer)"
same 'nothing else is asked, either' '1 udp4 there1 A peer' "$(heard)"
same 'of both the last counts' "$(outcome -6 peer)" "$(outcome -46 peer)"
run peer
same 'one answer for each kind of address, whoever gives it' 'A 192.0.2.1
AAAA 2001:db8::1
AAAA fe80::1%here1' "$(rows | grep ^A | cut -d ' ' -f 1,2)"
run --all peer
same '--all: everybody' "A 192.0.2.1 30 here1 192.0.2.1 T
A 192.0.2.1 30 here1 fe80::1%here1 T
AAAA 2001:db8::1 30 here1 192.0.2.1 T
AAAA 2001:db8::1 30 here1 fe80::1%here1 T
AAAA fe80::1%here1 30 here1 192.0.2.1 T
AAAA fe80::1%here1 30 here1 fe80::1%here1 T" "$(rows | grep ^A)"
same '--all: who has no such address' "A - - here1 fe80::1%here1 T
AAAA 2001:db8::1 30 here1 fe80::1%here1 T
AAAA fe80::1%here1 30 here1 fe80::1%here1 T" "$(run --all only-six; rows | grep 'fe80::1%here1 T$')"
same 'no address of this family' 'v6lit: only-six: the replies hold no usable address; --all shows them
status 1' "$(outcome -4 only-six)"
same 'addresses of nobody' "AAAA :: 30 here1 fe80::1%here1 T, not usable
AAAA ::1 30 here1 fe80::1%here1 T, not usable
AAAA ::ffff:127.0.0.1 30 here1 fe80::1%here1 T, not usable
AAAA ff02::1 30 here1 fe80::1%here1 T, not usable
to-ourselves
$header
v6lit: to-ourselves: the replies hold no usable address
status 1" "$(outcome -6 --all to-ourselves)"
same 'hosts that share a name and say so: all of them' "AAAA fe80::1%here1 30 here1 fe80::1%here1 T, conflict
AAAA fe80::3%here1 30 here1 fe80::1%here1 T, conflict" "$(run -6 slow-conflict; rows | grep ^A)"
same 'two answers that contradict each other: the first' 'AAAA fe80::1%here1' \
    "$(run -6 two-answers; rows | sed -n 's/^\(AAAA fe80[^ ]*\) .*/\1/p')"
same '--all: both' 'AAAA fe80::1%here1
AAAA fe80::bad%here1' "$(run -6 --all two-answers; rows | sed -n 's/^\(AAAA fe80[^ ]*\) .*/\1/p')"
same '--all: a host that replies to each transmission in the same words counts once' 2 \
    "$(run -6 --all late-150; rows | grep -c ^A)"
check 'its time is that since the first' awk '/ ms$/ && $(NF - 1) < 150 { bad = 1 } END { exit bad || NR < 4 }' /mnt/out
same 'an interface in another case, and by its index' "$(outcome -6 peer)" "$(outcome -6 -i HERE1 peer)"
same 'by its index' "$(outcome -6 peer)" "$(outcome -6 -i "$(ip -oneline link show here1 | sed 's/:.*//')" peer)"

# TCP.
same 'what was cut off comes over TCP' "AAAA 2001:db8::1 30 here1 fe80::1%here1 T, over TCP
AAAA fe80::1%here1 30 here1 fe80::1%here1 T, over TCP" "$(run -6 truncated; rows | grep ^A)"
heard > /mnt/forgotten
same '--tcp' "AAAA 2001:db8::1 30 here1 fe80::1%here1 T, over TCP
AAAA fe80::1%here1 30 here1 fe80::1%here1 T, over TCP" "$(run -6 --tcp peer; rows | grep ^A)"
same 'after a question over UDP' '1 tcp6 there1 AAAA peer
1 tcp6 there1 connection
1 udp6 there1 AAAA peer' "$(heard)"
same 'nobody over TCP' 'v6lit: closed-stream: no reply on here1 over IPv6 and TCP
status 1' "$(outcome -6 --tcp closed-stream)"

# The name of an address.
same 'the name of a link-local address' "PTR peer 30 here1 fe80::1%here1 T
fe80::1
$header
status 0" "$(outcome -6 -x fe80::1)"
same 'names and addresses in their order' 'fe80::1%here1
peer
192.0.2.1
fe80--1shere1.ipv6-literal.net' "$(run -6 -x fe80::1%here1 peer -x192.0.2.1 --reverse fe80--1shere1.ipv6-literal.net
        grep '^[^ ]' /mnt/out)"
same 'a name that a terminal would obey' '192.0.2.9
PTR \027[31mred\007 30 here1 192.0.2.1 T, not usable
'"$header
v6lit: 192.0.2.9: the replies hold no usable name
status 1" "$(outcome -4 --all -x 192.0.2.9)"
same 'no address' 'v6lit: fe80::g: invalid character in an address at column 7
v6lit: 192.0.2.256: not an IPv4 address at column 1
status 1' "$(outcome -x fe80::g -x 192.0.2.256 2>&1 | sed 's/: [^:]* at column 1$/: not an IPv4 address at column 1/')"

# For which nothing is sent, and why.
heard > /mnt/forgotten
# not_asked INPUT REASON [OPTION]
not_asked() {
    same "not queried: $1" "v6lit: $1: $2
status 1" "$(outcome ${3-} "$1")"
}
own=$(uname -n | sed 's/\..*//')
not_asked localhost "not queried: this name never belongs to a host on a link"
not_asked LOCAL "not queried: this name never belongs to a host on a link"
not_asked "$own" 'not queried: it belongs to this machine'
not_asked www.example.com 'not queried: a name with a dot belongs to DNS'
not_asked peer. 'not queried: a name with a dot belongs to DNS'
not_asked fe80--1.ipv6-literal.net "not queried: a literal name needs no query; use 'v6lit decode'"
not_asked fe80::1%here1 'not queried: it is an address; use -x to query for its name'
not_asked 192.0.2.1 'not queried: it is an address; use -x to query for its name'
not_asked _gateway 'not queried: names that begin with "_" are for services'
not_asked 'a b' "not queried: a host name consists of letters, digits, \"-\" and \"_\""
not_asked '' "not queried: a host name has 1 to 63 bytes"
long=$(printf '%064d' 0)
not_asked "$long" "not queried: a host name has 1 to 63 bytes"
not_asked fe80::2 'not queried: it belongs to this machine' -x
not_asked 192.0.2.65 'not queried: it is not on any queried link' -x
not_asked 2001:db8::1 'not queried: it is not on any queried link' -x
not_asked fe80::1%here2 'not queried: it is not on any queried link' -x
not_asked fe80::1%none0 'no such interface' -x
same 'an escape sequence' 'v6lit: \x1b[31m: not queried: '"a host name consists of letters, digits, \"-\" and \"_\"" \
    "$(run "$(printf '\33[31m')"; cat /mnt/err)"
same 'a zone and another interface' 'v6lit: fe80::1%lo: not queried: its zone differs from --interface
status 1' "$(outcome -i here1 -x fe80::1%lo)"
run -6 localhost peer a.b
same 'nothing was sent for them, and others are asked' '1 udp6 there1 AAAA peer' "$(heard)"
same 'the status is that of the worst' 1 $status

# The command line.
usage() {
    same "usage: $1" "v6lit: $2
Try 'v6lit llmnr --help' for more information.
status 2" "$(shift 2; outcome "$@")"
}
usage 'no name' 'missing name'
usage 'no address' "option '-x' requires an argument" -x
usage 'no such option' "unrecognized option '--lal'" --lal peer
usage 'no such letter' "unrecognized option '-n'" -n peer
usage 'a name for a spoofer' "unexpected argument 'peer': --detect-spoof takes no name" --detect-spoof peer

# JSON.
has_json=yes
if "$v6lit" llmnr --json localhost 2>&1 | grep -q 'without jansson'; then
    has_json=no
    skip 'JSON' 'built without jansson'
else
    run -6 --json -x fe80::1 only-four peer nobody localhost conflict truncated
    same 'JSON: the status' 1 $status
    same 'JSON: nothing on standard error' '' "$(cat /mnt/err)"
    json_is_right() {
        python3 - << 'END_OF_PYTHON'
import json
reverse, four, peer, nobody, local, conflict, truncated = json.load(open("/mnt/out"))
for one in reverse, peer, conflict, truncated:
    assert one["valid"] and one["found"], one
    for reply in one["replies"]:
        assert reply["sender"] == "fe80::1%here1" and reply["interface"] == "here1"
        assert 0 < reply["microseconds"] < 10**9
        assert reply["tcp"] == (one is truncated) and reply["conflict"] == (one is conflict)
assert reverse["input"] == "fe80::1" and reverse["asked"] == "1" + 28 * ".0" + ".8.e.f.ip6.arpa", reverse
assert reverse["replies"][0]["type"] == "PTR"
assert reverse["replies"][0]["answers"] == [{"answer": "peer", "ttl": 30, "usable": True}]
assert [a["answer"] for a in peer["replies"][0]["answers"]] == ["fe80::1%here1", "2001:db8::1"]
assert peer["asked"] == peer["input"] == "peer" and peer["replies"][0]["type"] == "AAAA"
assert [r["answers"][0]["answer"] for r in conflict["replies"]] == ["fe80::1%here1", "fe80::3%here1"]
assert four["valid"] and not four["found"] and four["replies"] == []
assert nobody == {"input": "nobody", "valid": True, "found": False, "asked": "nobody", "replies": []}
assert local == {"input": "localhost", "valid": False, "error": "NOT_ASKED",
                 "reason": "not queried: this name never belongs to a host on a link"}
END_OF_PYTHON
    }
    check 'JSON' json_is_right
    run --json --detect-spoof
    check 'JSON: no spoofer' python3 -c 'import json; one, = json.load(open("/mnt/out"))
assert one["valid"] and not one["found"] and one["replies"] == [] and len(one["input"]) == 12'
fi

# Each reply is there when it comes, and Ctrl-C ends the wait for others.
mkfifo /mnt/fifo
env --default-signal=INT "$v6lit" llmnr -6 peer nobody nobody nobody nobody nobody nobody nobody nobody nobody nobody \
    > /mnt/fifo &
asking=$!
exec 3< /mnt/fifo
{ read -r first && read -r second && read -r third; } <&3
kill -INT $asking
status=0
wait $asking || status=$?
exec 3<&-
same 'a reply is shown before the next name is asked for' fe80::1%here1 "$(echo "$third" | awk '{ print $2 }')"
same 'Ctrl-C' 130 $status
status=0
"$v6lit" llmnr -6 peer > /dev/full 2> /mnt/err || status=$?
same 'output that is lost' 'v6lit: standard output: No space left on device 2' "$(cat /mnt/err) $status"

# A second link, where the host has the same address.
ip link set here2 up
same 'where this machine has no address, nobody is said to be silent' 'v6lit: nobody: no reply on here1
status 1' "$(outcome nobody)"
ip address add fe80::2/64 dev here2 nodad
ip address add 192.0.2.66/26 dev here2
same 'the same address on two links' "AAAA 2001:db8::1 30 here1 fe80::1%here1 T
AAAA 2001:db8::1 30 here2 fe80::1%here2 T
AAAA fe80::1%here1 30 here1 fe80::1%here1 T
AAAA fe80::1%here2 30 here2 fe80::1%here2 T" "$(run -6 --all peer; rows | grep ^A)"
same 'the link that replies is named' 'fe80::1%here2 here2 fe80::1%here2' \
    "$(run -6 on-there2; rows | awk '$2 ~ /^fe80/ { print $2, $4, $5 }')"
heard > /mnt/forgotten
same 'one link alone' 'v6lit: on-there2: no reply on here1 over IPv6' "$(run -6 -i here1 on-there2; cat /mnt/err)"
same 'one link alone is asked' '3 udp6 there1 AAAA on-there2' "$(heard)"
same 'the link of the zone' here2 "$(run -6 -x fe80::1%here2; rows | awk '$1 == "PTR" { print $4 }')"
same 'that alone is asked' there2 "$(heard | awk '{ print $3 }')"

# The interface goes down in the middle: nobody has replied, and that means nothing.
if PATH=$PATH:/sbin strace -o /mnt/trace true 2> /mnt/errors; then
    until=$(wc -l < $log)
    something_is_heard() {
        [ "$(wc -l < $log)" -gt "$until" ]
    }
    # Each of its waits takes longer, some seconds in all.
    ASAN_OPTIONS=detect_leaks=0 strace -o /mnt/trace -e 'trace=/^p?poll' -e 'inject=/^p?poll:delay_enter=300000' \
        "$v6lit" llmnr -6 -i here1 --detect-spoof > /mnt/out 2> /mnt/err &
    asking=$!
    wait_until 'the question' something_is_heard
    ip link set here1 down
    status=0
    wait $asking || status=$?
    same 'the interface goes down meanwhile' 'here1 can no longer be queried 2' "$(sed 's/.*: //' /mnt/err) $status"
    ip link set here1 up
    ip address add fe80::2/64 dev here1 nodad # it has gone with the link
    same 'a wait that fails is not taken for silence' 'v6lit: nobody: query failed: Cannot allocate memory
2' "$(ASAN_OPTIONS=detect_leaks=0 strace -o /mnt/trace -e 'trace=/^p?poll' -e 'inject=/^p?poll:error=ENOMEM' \
        "$v6lit" llmnr -6 nobody 2>&1; echo $?)"
else
    skip 'the interface goes down meanwhile' "strace: $(tail -n 1 /mnt/errors)"
    skip 'a wait that fails is not taken for silence' "strace: $(tail -n 1 /mnt/errors)"
fi

# The longest name of an interface, and an address that is made of a MAC address.
ip link set here2 down
ip link set here2 name a-15-byte-name0
ip link set a-15-byte-name0 up
wait_until 'the carrier' has_carrier a-15-byte-name0
ip address add fe80::2/64 dev a-15-byte-name0 nodad
run -6 -i a-15-byte-name0 say-fe80000000000000505400fffe123456
same 'columns stand below their headings' '' "$(awk 'NR == 2 { for (i = 1; i <= 6; i++) at[i] = index($0, " " $i) + 1 }
    NR == 3 { for (i = 2; i <= 5; i++) if (substr($0, at[i] - 1, 1) != " " || substr($0, at[i], 1) == " ") print "column", i
        if ($2 != "fe80::5054:ff:fe12:3456%a-15-byte-name0") print }' /mnt/out; cat /mnt/err)"
ip link set a-15-byte-name0 down
ip link set a-15-byte-name0 name here2
ip link set here2 up
wait_until 'the carrier' has_carrier here2
ip address add fe80::2/64 dev here2 nodad

# Somebody who claims every name, on the second link.
kill $responder
wait $responder 2> /mnt/forgotten
start_responder --claim $log there2
run -6 --detect-spoof
same 'a spoofer is found' 1 $status
same 'who, and on which link' "AAAA fe80::bad%here2 30 here2 fe80::1%here2 T
This name does not exist: every host that replied is a spoofer." "$(rows | grep -e ^AAAA -e ^This)"
same 'a name of twelve letters' 1 "$(sed -n 1p /mnt/out | grep -c '^[a-z]\{12\}$')"
heard > /mnt/forgotten
same 'on the other link there is none' 0 "$(run -i here1 --detect-spoof; echo $status)"
same 'which alone was asked' '' "$(heard)"
names=$(for i in 1 2 3 4; do run -6 -i here2 --detect-spoof; sed -n 1p /mnt/out; done | sort -u | wc -l)
same 'another name each time' 4 "$names"
if [ $has_json = yes ]; then
    run --json --detect-spoof
    check 'JSON: a spoofer' python3 -c 'import json; one, = json.load(open("/mnt/out"))
assert one["found"] and {r["interface"] for r in one["replies"]} == {"here2"}
assert {r["sender"] for r in one["replies"]} == {"fe80::1%here2", "192.0.2.65"}'
fi
finish
