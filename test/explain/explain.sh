#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Tests v6lit explain: conversion between all forms, every correction, the caret, JSON, and failing output.
set -u

. "${top_srcdir:-.}/test/tap.sh"

v6lit=$PWD/v6lit
domain=ipv6-literal.net
work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT
LC_ALL=C.UTF-8
export LC_ALL

# row LABEL INPUT: the value of a line.
row() {
    "$v6lit" explain "$2" 2>&1 | sed -n "s/^$1  *//p"
}

# status COMMAND...: its exit status, and no output.
status() {
    status=0
    "$@" > "$work/out" 2> "$work/err" || status=$?
    echo $status
}

# Every form of an input is the same address.
while read -r form input; do
    same "form: $input" "$(echo "$form" | tr _ ' ')" "$(row form "$input")"
    same "address: $input" fe80::1%lo "$(row address "$input")"
    same "name: $input" "fe80--1slo.$domain" "$(row name "$input")"
done << END
literal_name fe80--1slo.$domain
label_without_the_domain fe80--1slo
address fe80::1%lo
address [fe80::1%lo]
UNC_path_with_a_literal_name //fe80--1slo.$domain/share
UNC_path_with_a_label_without_the_domain //fe80--1slo/share
UNC_path_with_an_address //fe80::1%lo/share
URL_with_a_literal_name http://fe80--1slo.$domain/
URL_with_an_address http://[fe80::1%25lo]/
END

reverse=1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.e.f.ip6.arpa
same 'all of a name' "input         FE80--1SLO.$domain.
form          literal name
address       fe80::1%lo
zone          lo, index 1
kind          link-local (fe80::/10, RFC 4291)
name          fe80--1slo.$domain
by index      fe80--1s1.$domain
reverse       $reverse
Windows       \\\\fe80--1.$domain\\share
mount.v6lit   //fe80--1slo.$domain/share
URL           http://fe80--1slo.$domain/
URL, address  http://[fe80::1%25lo]/
fstab         //fe80--1slo.$domain/share /mnt v6lit guest,_netdev,nofail 0 0
note          Windows uses its own interface indexes: with several interfaces, append \"s\" and the index that \
'netsh interface ipv6 show interface' prints" "$("$v6lit" explain "FE80--1SLO.$domain.")"

unc='\\fe80--1s1.ipv6-literal.net@SSL@8443\My Share\d'
same 'a path from Windows stays' "$unc" "$(row Windows "$unc")"
same 'its share for mount.v6lit' "//fe80--1s1.$domain/My Share/d" "$(row mount.v6lit "$unc")"
same 'its share in fstab' "//fe80--1s1.$domain/My\\040Share/d /mnt v6lit guest,_netdev,nofail 0 0" \
    "$(row fstab "$unc")"
same 'its share in a URL' "smb://[fe80::1%251]/My%20Share/d" "$(row 'URL, address' "$unc")"
url='smb://u@[2001:db8::1]:8443/a%20b/c%2Fd?x#y'
same 'the port of a URL is an option of the mount' \
    "//2001-db8--1.$domain/a\\040b/c /mnt v6lit guest,_netdev,nofail,port=8443 0 0" \
    "$(row fstab 'smb://[2001:db8::1]:8443/a%20b/c')"
same 'the port of a URL of another scheme is none' "//2001-db8--1.$domain/share /mnt v6lit guest,_netdev,nofail 0 0" \
    "$(row fstab 'https://[2001:db8::1]:8443/a')"
same 'a URL stays' "smb://u@2001-db8--1.$domain:8443/a%20b/c%2Fd?x#y" "$(row URL "$url")"
same 'its path for Windows' "\\\\2001-db8--1.$domain\\a b\\c%2Fd" "$(row Windows "$url")"
same 'no zone is needed' 'none, and none is needed' "$(row zone 2001:db8::1%lo)"
same 'a zone that is not here' 'none0: no such interface here' "$(row zone fe80::1%none0)"
same 'an index that is not here' 'index 4000000000: no such interface here' \
    "$(row zone fe80::1%4000000000)"
same 'a missing zone is worth a note' 'the zone is missing' "$(row note fe80::1 | sed 's/:.*//;q')"
same 'and is no error' 0 "$(status "$v6lit" explain fe80::1)"
for zone in '' %none0 %4000000000; do
    for form in mount.v6lit fstab URL 'URL, address'; do
        same "no line that would fail: fe80::1$zone, $form" '' "$(row "$form" fe80::1$zone)"
    done
done
same 'a host before a colon, by name' "u@fe80--1slo.$domain:/x" "$(row 'by name' 'u@[fe80::1%LO]:/x')"
same 'a host before a colon, by address' '[fe80::1%lo]:80' "$(row 'by address' "fe80--1slo.$domain:80")"
same 'its form' 'address with a port or path' "$(row form '[fe80::1%lo]:80')"
same '%25 out of a URL' 'fe80::1%lo' "$(row address '[fe80::1%25lo]')"
same '%25 and an index' 'fe80::1%254' "$(row address 'fe80::1%254')"
same 'a path of Win32' "\\\\0--1.$domain\\x" "$(row Windows '\\?\UNC\::1\x')"
same 'no host has a multicast address' '' "$(row URL ff02::1)"

while IFS='|' read -r input kind ipv4; do
    same "kind: $input" "$kind" "$(row kind "$input")"
    same "IPv4: $input" "$ipv4" "$(row IPv4 "$input")"
done << 'END'
::|unspecified (::/128, RFC 4291)|
::1|loopback (::1/128, RFC 4291)|
::ffff:192.0.2.1|IPv4-mapped (::ffff:0:0/96, RFC 4291)|192.0.2.1
::2|IPv4-compatible, deprecated (::/96, RFC 4291)|0.0.0.2
64:ff9b::192.0.2.1|NAT64 (64:ff9b::/96, RFC 6052)|192.0.2.1
64:ff9b:1::1|NAT64, local use (64:ff9b:1::/48, RFC 8215)|
100::1|discard-only (100::/64, RFC 6666)|
100:0:0:1::1|dummy prefix (100:0:0:1::/64, RFC 9780)|
2001:0:1:2:3:4:3fff:fdfe|Teredo (2001::/32, RFC 4380)|192.0.2.1
2001:1::1|Port Control Protocol anycast (2001:1::1/128, RFC 7723)|
2001:1::4|IETF protocol assignments (2001::/23, RFC 2928)|
2001:2::1|benchmarking (2001:2::/48, RFC 5180)|
2001:2f:ffff::1|ORCHIDv2 (2001:20::/28, RFC 7343)|
2001:30::1|drone remote identification (2001:30::/28, RFC 9374)|
2001:200::1|global unicast (2000::/3, RFC 4291)|
2001:db8::1|documentation (2001:db8::/32, RFC 3849)|
2002:c000:201::1|6to4 (2002::/16, RFC 3056)|192.0.2.1
3fff:fff::1|documentation (3fff::/20, RFC 9637)|
3fff:1000::1|global unicast (2000::/3, RFC 4291)|
5f00::1|SRv6 segment identifiers (5f00::/16, RFC 9602)|
fdff::1|unique local (fc00::/7, RFC 4193)|
febf::1|link-local (fe80::/10, RFC 4291)|
fec0::1|site-local, deprecated (fec0::/10, RFC 3879)|
ff02::1|multicast, link-local scope (ff00::/8, RFC 4291)|
ff35::1|multicast, site-local scope (ff00::/8, RFC 4291)|
4000::1|reserved (::/0, RFC 4291)|
END

# What people get wrong, and what they meant. Each correction is put in again.
while IFS='|' read -r input correction; do
    got=$("$v6lit" explain "$input" 2>&1 | sed -n 's/^    perhaps: \([^ ]*\).*/\1/p')
    same "correction: $input" "$correction" "$got"
    [ -z "$got" ] || same "it is right: $got" 0 "$(status "$v6lit" explain "$got")"
done << END
fe80--1-s4.$domain|fe80--1s4.$domain
fe80--1-s4|fe80--1s4
fe80--1%4.$domain|fe80--1s4.$domain
fe80--1%254|fe80--1s4
fe80--1%25|fe80--1s25
fe80--1s4.ipv6literal.net|fe80--1s4.$domain
\\\\fe80--1s4.IPv6Literal.net\\share|\\\\fe80--1s4.$domain\\share
fe80::1s4.$domain|fe80--1s4.$domain
fe80::1seth0|fe80::1%eth0
[fe80--1s4.$domain]|fe80--1s4.$domain
http://[fe80--1s4.$domain]/x|http://fe80--1s4.$domain/x
http://fe80::1/|http://[fe80::1]/
http://fe80::5:445/|http://[fe80::5]:445/
http://1:2:3:4:5:6:7:8:80/|http://[1:2:3:4:5:6:7:8]:80/
http://fe80::1s4.$domain/x|http://fe80--1s4.$domain/x
[fe80::1|fe80::1
fe80--1s4:445|fe80--1s4.$domain:445
fe80--1s4.$domain/share|//fe80--1s4.$domain/share
2001-db8--1.$domain/64|2001-db8--1.$domain
fe80::1/64|fe80::1
fe80::1/64%eth0|fe80::1%eth0
fe80--1..|fe80--1
192.0.2.1|::ffff:192.0.2.1
[fe80::1%4].ipv6literal.net|fe80--1s4.$domain
fe80::1%none0@if2|fe80::1%none0
fe80::1%none0.5@none0|fe80::1%none0.5
http://[fe80::1%25none0@if2]/|http://[fe80::1%25none0]/
smb://fe80--1.$domain%eth0/share|smb://fe80--1seth0.$domain/share
fe80--1.$domain%25eth0|fe80--1seth0.$domain
fe80::1-eth0|fe80::1%eth0
fe80--1-eth0|fe80--1seth0
file://///fe80--1s4.$domain/share|//fe80--1s4.$domain/share
FILE:////fe80::1%4/share|//fe80::1%4/share
fe80::1%eth0/64|fe80::1%eth0
"fe80::1%eth0"|fe80::1%eth0
<http://[fe80::1%254]/>,|http://[fe80::1%254]/
root@fe80::1%eth0|fe80::1%eth0
root@fe80--1s4.$domain|fe80--1s4.$domain
user@fe80::1%eth0:path|user@[fe80::1%eth0]:path
fe80::1%eth0:/export|[fe80::1%eth0]:/export
2001:db8::1:/export|[2001:db8::1]:/export
http://fe80::1%eth0/|http://[fe80::1%25eth0]/
fe80::20c:29ff:fea3:8bb1 dev link0 lladdr 00:0c:29:a3:8b:b1|fe80::20c:29ff:fea3:8bb1%link0
fe80::1/64 scope link|fe80::1
fe80::1%eth0:|fe80::1%eth0
fe80::1.|fe80::1
fe80--1--2.$domain|
www.example.com|
my-host|
END
same 'white space around an address' 'fe80::1' \
    "$("$v6lit" explain ' fe80::1 ' 2>&1 | sed -n 's/^    perhaps: \([^ ]*\).*/\1/p')"

same 'bad input in full' "v6lit: fe80--1-s4: separator without a group next to it at column 8
    fe80--1-s4
           ^
    perhaps: fe80--1s4 (no hyphen before the zone)" "$("$v6lit" explain fe80--1-s4 2>&1)"
same 'status of bad input' 1 "$(status "$v6lit" explain fe80--1--2 ::1)"
check 'the other input is explained' grep -q '^address       ::1$' "$work/out"

# caret INPUT: the line of the input and the caret.
caret() {
    "$v6lit" explain "$1" 2>&1 | sed -n 2,3p
}
tab=$(printf '\t')
# The host itself is ASCII: without libidn2 no other is read.
same 'caret after full-width digits' '    http://１２@[fe80::g]/
'"$(printf '%23s' '')^" "$(caret 'http://１２@[fe80::g]/')"
same 'caret after a tab' "    http://u\\x09@[fe80::g]/
                        ^" "$(caret "http://u${tab}@[fe80::g]/")"
same 'caret after bytes that are no text' '    http://x\xff@[fe80::g]/
'"$(printf '%24s' '')^" "$(caret "$(printf 'http://x\377@[fe80::g]/')")"
same 'caret one after the end' '    fe80--1s
            ^' "$(caret fe80--1s)"
LC_ALL=C
same 'caret in a locale without these digits' '    http://\xef\xbc\x91@[fe80::g]/
'"$(printf '%31s' '')^" "$(caret 'http://１@[fe80::g]/')"
LC_ALL=C.UTF-8
same 'no colour without a terminal' 0 "$("$v6lit" explain fe80--1-s4 2>&1 | grep -c "$(printf '\033')")"
if command -v script > /dev/null; then
    same 'colour on a terminal' 1 "$(TERM=xterm NO_COLOR= script -qec "$v6lit explain fe80--1--2" \
        /dev/null < /dev/null | grep -c "$(printf '\033')")"
    same 'none with NO_COLOR' 0 "$(TERM=xterm NO_COLOR=1 script -qec "$v6lit explain fe80--1--2" \
        /dev/null < /dev/null | grep -c "$(printf '\033')")"
    same 'none on a dumb terminal' 0 "$(TERM=dumb NO_COLOR= script -qec \
        "$v6lit explain fe80--1--2" /dev/null < /dev/null | grep -c "$(printf '\033')")"
else
    skip 'colour on a terminal' 'no script(1) here'
fi

long=$(printf '%4097s' '' | tr ' ' 1)
same 'too long' 1 "$(status "$v6lit" explain "$long")"
check 'too long: why' grep -q 'longer than 4096 bytes' "$work/err"
same 'as long as can be' 1 "$(status "$v6lit" explain "${long#1}")"
same 'a long path' 0 "$(status "$v6lit" explain "//0--1/$(printf '%4000s' '' | tr ' ' '\001')")"
same 'no input' 2 "$(status "$v6lit" explain)"
same 'bad option' 2 "$(status "$v6lit" explain --bad ::1)"
same 'help' 0 "$(status "$v6lit" explain --help)"
same 'closed stdout' 2 "$(status sh -c '"$1" explain ::1 >&-' sh "$v6lit")"
same 'full disk' 2 "$(status sh -c '"$1" explain ::1 > /dev/full' sh "$v6lit")"

json_works() {
    "$v6lit" explain --json fe80--1slo 'http://[::1]/x' fe80--1-s4 "$(printf 'x\377\303\244"')" \
        "$long" > "$work/json"
    [ $? = 1 ] && python3 - "$work/json" << 'END'
import json, sys
# All ASCII: no character that a terminal obeys, whatever the input holds.
all = json.load(open(sys.argv[1], encoding="ascii"))
a, b, c, d, e = all
domain = "ipv6-literal.net"
assert list(a) == ["input", "valid", "form", "address", "zone", "kind", "name", "name_by_index",
    "name_by_interface", "reverse", "unc", "text", "text_address", "cifs", "url",
    "url_address", "fstab", "notes"], list(a)
assert a["valid"] is True and a["address"] == "fe80::1%lo"
assert a["zone"] == {"index": 1, "interface": "lo", "exists": True}
assert a["kind"] == {"name": "link-local", "prefix": "fe80::/10", "source": "RFC 4291",
    "scope": None, "ipv4": None}
assert a["name_by_index"] == "fe80--1s1." + domain
assert a["unc"] == "\\\\fe80--1." + domain + "\\share"
assert b["zone"] is None and b["url"] == "http://0--1." + domain + "/x" and b["notes"] == []
assert c == {"input": "fe80--1-s4", "valid": False, "error": "V6LIT_ERROR_LONE_SEPARATOR",
    "reason": "separator without a group next to it", "column": 8, "correction": "fe80--1s4",
    "correction_reason": "no hyphen before the zone"}, c
assert d["input"] == "x\\xff\u00e4\"" and d["correction"] is None, d
assert e["error"] == "INPUT_TOO_LONG"
END
}
if "$v6lit" explain --json ::1 2>&1 | grep -q 'without jansson'; then
    skip 'JSON' 'built without jansson'
elif command -v python3 > /dev/null; then
    check 'JSON' json_works
    same 'JSON on a full disk' 2 "$(status sh -c '"$1" explain --json ::1 > /dev/full' sh "$v6lit")"
else
    skip 'JSON' 'no python3 here'
fi
finish
