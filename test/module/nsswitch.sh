#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Tests what programs get for a literal name through nsswitch.conf from each lookup function of glibc, and where glibc
# loses the zone.
. "$top_srcdir/test/module/shared.sh"
in_sandbox "$recommended" "$0"
need getent libc-bin

recommended='files ipv6literal [NOTFOUND=return] dns'
name=fe80--1slo.ipv6-literal.net
index=$(cat /sys/class/net/lo/ifindex)
[ -n "$index" ] || index=1
none=EAI_NONAME
sockets='stream dgram raw'
gai=$programs/gai

# With a zone in AF_UNSPEC alone.
for line in "$recommended" 'ipv6literal [NOTFOUND=return] files dns' \
    'files ipv6literal [!UNAVAIL=return] dns' 'files ipv6literal'; do
    hosts_line "$line"
    same "$line: a scoped address by every way" "\
unspec: fe80::1%$index $sockets
unspec+canonname: fe80::1%$index $sockets = $name
unspec+addrconfig: fe80::1%$index $sockets
unspec+v4mapped+all: fe80::1%$index $sockets
unspec+passive: fe80::1%$index $sockets
unspec+idn: fe80::1%$index $sockets
unspec+idn+canonname: fe80::1%$index $sockets = $name
unspec+numerichost: $none
null: fe80::1%$index $sockets
inet6: fe80::1%0 $sockets
inet6+canonname: fe80::1%0 $sockets = $name
inet6+addrconfig: $none
inet6+v4mapped: fe80::1%0 $sockets
inet6+v4mapped+all: fe80::1%0 $sockets
inet6+v4mapped+addrconfig+canonname: $none
inet6+idn: fe80::1%0 $sockets
inet6+numerichost: $none
inet: EAI_NODATA
inet+canonname: EAI_NODATA
inet+addrconfig: $none
inet+v4mapped+all: EAI_NODATA
inet+idn: EAI_NODATA
inet+numerichost: $none
gethostbyname: NO_DATA
gethostbyname2+inet: NO_DATA
gethostbyname2+inet6: fe80::1 = $name" "$($gai $name)"
done

hosts_line "$recommended"
same 'an address that is mapped from IPv4' "\
unspec: ::ffff:192.0.2.1%0 $sockets
inet6: ::ffff:192.0.2.1%0 $sockets
inet: 192.0.2.1 $sockets
inet+canonname: 192.0.2.1 $sockets = --ffff-192.0.2.1.ipv6-literal.net
gethostbyname: 192.0.2.1 = --ffff-192.0.2.1.ipv6-literal.net" \
    "$($gai --ffff-192.0.2.1.ipv6-literal.net unspec inet6 inet inet+canonname gethostbyname)"
same 'is what its numeric form is' "$($gai ::ffff:192.0.2.1 unspec inet6 inet)" \
    "$($gai --ffff-192.0.2.1.ipv6-literal.net unspec inet6 inet)"
for malformed in ipv6-literal.net www.ipv6-literal.net fe80--1--2.ipv6-literal.net \
    fe80--1s-no-such-if.ipv6-literal.net 1.2.3.4.ipv6-literal.net; do
    same "$malformed is nothing by any way" "EAI_NONAME
HOST_NOT_FOUND" "$($gai $malformed | sed 's/.*: //' | sort -u)"
done
same 'a name with a dot at its end, in upper case' \
    "unspec+canonname: 2001:db8::1%0 $sockets = 2001-DB8--1.IPV6-LITERAL.NET." \
    "$($gai 2001-DB8--1.IPV6-LITERAL.NET. unspec+canonname)"
same 'an index' "\
unspec: fe80::1%4 $sockets
inet6: fe80::1%0 $sockets" "$($gai fe80--1s4.ipv6-literal.net unspec inet6)"
same 'the module itself maps no full-width digit' "unspec: $none" \
    "$($gai '2001-db8--１.ipv6-literal.net' unspec)"

# /etc/hosts stands before the module in the recommended line: the administrator has the last word.
printf '2001:db8::99 fe80--1slo.ipv6-literal.net v6lit-test\n127.0.0.1 localhost\n::1 localhost\n' \
    > /mnt/hosts
if [ -e /etc/hosts ] && mount --bind /mnt/hosts /etc/hosts; then
    same '/etc/hosts goes before the module' "unspec: 2001:db8::99%0 $sockets" "$($gai $name unspec)"
    hosts_line 'ipv6literal [NOTFOUND=return] files'
    same 'but not where it stands after it' "unspec: fe80::1%$index $sockets" "$($gai $name unspec)"
    same 'a name outside the domain goes on to the next service' "\
unspec: 2001:db8::99%0 $sockets
inet6: 2001:db8::99%0 $sockets" "$($gai v6lit-test unspec inet6)"
    hosts_line "$recommended"
    same 'getnameinfo is left alone' "getnameinfo: $name" "$($gai 2001:db8::99 getnameinfo)"
    umount /etc/hosts
else
    skip '/etc/hosts and the order of services' 'no /etc/hosts to put another in the place of'
fi
hosts_line 'files ipv6literal'
same 'no name is made for an address' "getnameinfo: $none" "$($gai 2001:db8::1 getnameinfo)"
hosts_line 'files ipv6literal [NOTFOUND=return]'
same 'a name outside the domain after which no service stands' "\
unspec: $none
inet6: $none
gethostbyname: HOST_NOT_FOUND" "$($gai www.example.com unspec inet6 gethostbyname)"

# Programs that are not ours. getent asks with AI_ADDRCONFIG.
columns() {
    foreign getent "$@" | awk '{ print $1, $2, $3 }' | sed 's/ *$//'
}
mapped=0-0-0-0-0-ffff-192.0.2.1.ipv6-literal.net
hosts_line "$recommended"
if can_be_foreign; then
    same 'getent ahosts' "\
fe80::1%$index STREAM $name
fe80::1%$index DGRAM
fe80::1%$index RAW" "$(columns ahosts $name)"
    same 'getent hosts has no zone' "fe80::1 $name" "$(columns hosts $name)"
    foreign getent ahosts www.ipv6-literal.net
    result 'getent has nothing for a malformed name' $(($? != 2))
else
    skip 'getent' 'the sanitizer in the module is linked statically'
fi

# AI_ADDRCONFIG, which no hints at all imply, narrows AF_UNSPEC to the only family that the machine has.
link_pair v6lit-a v6lit-b
ip link set v6lit-a addrgenmode none
ip link set v6lit-b addrgenmode none
ip link set v6lit-b up
ip link set v6lit-a up
if reason=$(ip address add 2001:db8::2/64 dev v6lit-a nodad 2>&1); then
    same 'a machine with IPv6 alone loses the zone' "\
unspec: fe80::1%$index $sockets
unspec+addrconfig: fe80::1%0 $sockets
null: fe80::1%0 $sockets
inet6+addrconfig: fe80::1%0 $sockets" "$($gai $name unspec unspec+addrconfig null inet6+addrconfig)"
    if can_be_foreign; then
        same 'getent ahosts there has no zone' "fe80::1 STREAM $name" "$(columns ahosts $name | head -n 1)"
        same 'getent ahostsv6 has no zone' "\
fe80::1 STREAM $name
fe80::1 DGRAM
fe80::1 RAW" "$(columns ahostsv6 $name)"
    fi
    ip address add 192.0.0.8/32 dev lo
    same 'and keeps it with 192.0.0.8/32 on lo' "\
unspec: fe80::1%$index $sockets
unspec+addrconfig: fe80::1%$index $sockets
null: fe80::1%$index $sockets" "$($gai $name unspec unspec+addrconfig null)"
    if can_be_foreign; then
        same 'getent ahosts there has it' "fe80::1%$index STREAM $name" \
            "$(columns ahosts $name | head -n 1)"
        same 'getent ahostsv4 has nothing' '' "$(columns ahostsv4 $name)"
        same 'getent ahostsv4 has what is mapped' "192.0.2.1 STREAM $mapped" \
            "$(columns ahostsv4 $mapped | head -n 1)"
    fi
    ip address del 2001:db8::2/64 dev v6lit-a
    same 'a machine with IPv4 alone has no IPv6 address for who asks so' "\
unspec: fe80::1%$index $sockets
unspec+addrconfig: EAI_NODATA
null: EAI_NODATA
inet6: fe80::1%0 $sockets" "$($gai $name unspec unspec+addrconfig null inet6)"
else
    skip 'what AI_ADDRCONFIG does' "no IPv6 here: $reason"
fi
finish
