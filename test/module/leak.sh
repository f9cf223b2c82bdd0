#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Tests that with "[NOTFOUND=return]" no name inside the domain is sent to DNS. A fake name server records the queries:
# it receives every other name, and shows what leaks without the action.
. "$top_srcdir/test/module/shared.sh"
in_sandbox "$recommended" "$0"
need awk mawk

log=/mnt/heard
$programs/nameserver $log &
nameserver=$!
trap 'kill $nameserver' EXIT
trap 'exit 1' HUP INT TERM
tries=0
until [ -e $log ]; do
    tries=$((tries + 1))
    [ $tries -lt 100 ] && kill -0 $nameserver 2> /dev/null || bail_out "the nameserver does not start"
    sleep 0.05
done

# heard NAME...: what the nameserver hears while each name is looked up in all ways. A name that is
# heard for sure comes last, since what was sent before it was heard before it.
heard() {
    : > $log
    printf '%s\n' "$@" the-last-one.example.com | $programs/gai - > /dev/null
    sort -u $log | grep -v '^the-last-one\.example\.com\.$'
    grep -q '^the-last-one\.example\.com\.$' $log || echo "the nameserver does not hear"
}

valid='2001-db8--1.ipv6-literal.net
2001-db8--1.ipv6-literal.net.
FE80--1S4.IPV6-LITERAL.NET
fe80--1slo.ipv6-literal.net
--1.ipv6-literal.net
--ffff-192.0.2.1.ipv6-literal.net'
malformed='ipv6-literal.net
ipv6-literal.net.
www.ipv6-literal.net
WWW.IPV6-LITERAL.NET.
a.b.c.ipv6-literal.net
fe80--1--2.ipv6-literal.net
1-2-3.ipv6-literal.net
fe80--1s.ipv6-literal.net
fe80--1sno-such-if.ipv6-literal.net
fe80--1s4294967296.ipv6-literal.net
1.2.3.4.ipv6-literal.net
1.ipv6-literal.net
_ldap._tcp.ipv6-literal.net'
foreign_names='www.example.com
ipv6-literal.net.example
fe80--1s4.ipv6-literal.net.example.com
xipv6-literal.net
fe80--1-ipv6-literal.net
fe80--1s4.ipv6-literal.org
ipv6.literal.net'
# Letters, digits, hyphens and dots alone: DNS would be asked for each.
random=$(awk 'BEGIN {
    srand(42)
    bytes = "0123456789abcdefs-.xyzABCDEFS"
    for (i = 0; i < 400; i++) {
        body = substr("abcdef0123456789", 1 + int(16 * rand()), 1)
        for (n = int(20 * rand()); n > 0; n--)
            body = body substr(bytes, 1 + int(length(bytes) * rand()), 1)
        gsub(/\.\.+/, ".", body)
        sub(/[.-]$/, "x", body)
        print body ".ipv6-literal.net"
    }
}')
# Splits lists of names at their ends of line; nothing in them is a pattern.
set -f
newline='
'
IFS=$newline

hosts_line 'files dns'
same 'without the module the nameserver hears a literal name' 2001-db8--1.ipv6-literal.net. \
    "$(heard 2001-db8--1.ipv6-literal.net)"
missing=$(for name in $random; do echo "$name."; done | sort -u > /mnt/random; heard $random | sort |
    comm -13 - /mnt/random | wc -l)
same 'and every one of the random names' 0 "$missing"

for line in 'files ipv6literal [NOTFOUND=return] dns' 'ipv6literal [NOTFOUND=return] files dns' \
    'files ipv6literal [!UNAVAIL=return] dns'; do
    hosts_line "$line"
    same "$line: no valid name is heard" '' "$(heard $valid)"
    same "$line: no malformed name is heard" '' "$(heard $malformed)"
    same "$line: no random name is heard" '' "$(heard $random)"
    same "$line: every name outside the domain is heard" "$(for name in $foreign_names; do echo "$name."; done | sort)" \
        "$(heard $foreign_names)"
done

# What is lost without the action. It is documented, and changes here show that the manual must, too.
hosts_line 'files ipv6literal dns'
for way in unspec unspec+canonname inet6 inet6+v4mapped inet6+canonname; do
    : > $log
    $programs/gai 2001-db8--1.ipv6-literal.net $way > /dev/null
    $programs/gai the-last-one.example.com unspec > /dev/null
    same "without the action: $way does not leak" the-last-one.example.com. "$(sort -u $log)"
done
for way in inet inet+canonname gethostbyname; do
    : > $log
    $programs/gai 2001-db8--1.ipv6-literal.net $way > /dev/null
    same "without the action: $way leaks a valid name" 2001-db8--1.ipv6-literal.net. "$(sort -u $log)"
done
for way in unspec inet6 inet gethostbyname; do
    : > $log
    $programs/gai www.ipv6-literal.net $way > /dev/null
    same "without the action: $way leaks a malformed name" www.ipv6-literal.net. "$(sort -u $log)"
done
: > $log
$programs/gai --ffff-192.0.2.1.ipv6-literal.net inet unspec inet6 > /dev/null
same 'without the action: a v4-mapped name has both families and does not leak' '' "$(cat $log)"

hosts_line 'files dns ipv6literal [NOTFOUND=return]'
same 'after dns: every name is heard' "fe80--1s4.ipv6-literal.net.${newline}www.ipv6-literal.net." \
    "$(heard fe80--1s4.ipv6-literal.net www.ipv6-literal.net)"
finish
