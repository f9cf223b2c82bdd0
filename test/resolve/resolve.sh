#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Tests v6lit resolve in the sandbox: it shows where the zone is lost, and never sends a query.
set -u

. "$top_srcdir/test/tap.sh"

v6lit=$PWD/v6lit
domain=ipv6-literal.net
name=fe80--1slo.$domain

# status COMMAND...: its exit status.
status() {
    status=0
    "$@" > /mnt/out 2> /mnt/err || status=$?
    echo $status
}

# verdicts NAME: "AF_UNSPEC: correct", one a line.
verdicts() {
    "$v6lit" resolve "$1" | sed -n 's/^  \(AF_[A-Z0-9_]*\(, [A-Z_]*\)\{0,1\}\) .*  \([a-z].*\)$/\1: \3/p'
}

json_works() {
    "$v6lit" resolve --json $name www.example.com > /mnt/json
    [ $? = 1 ] && python3 - << 'END'
import json
a, b = json.load(open("/mnt/json"))
assert a["valid"] and not a["right"] and a["reached"] and a["interface_exists"]
assert len(a["notes"]) == 3 and "reach this address" in a["notes"][0], a["notes"]
asked = {q["asked_with"]: q for q in a["questions"]}
assert asked["AF_INET6"] == {"asked_with": "AF_INET6", "answers": ["fe80::1"],
    "expected": ["fe80::1%lo"], "error": None, "right": False, "verdict": "zone lost"}, asked
assert asked["AF_UNSPEC"]["right"] and asked["AF_INET"]["answers"] == []
assert not b["valid"] and b["error"] == "NOT_A_LITERAL_NAME"
END
}

with_the_module() {
    ip link add enp0s31f6abcdef type veth peer name peer0
    ip address add 192.0.2.1/32 dev lo
    ip address add 2001:db8::1/128 dev lo
    same 'with both families AF_INET6 alone loses the zone' 'AF_UNSPEC: correct
AF_INET6: zone lost
AF_INET: correct
AF_UNSPEC, AI_ADDRCONFIG: correct' "$(verdicts $name)"
    same 'which is a limit of glibc: most programs reach it' 0 "$(status "$v6lit" resolve $name)"
    check 'what to do is said' grep -q "ssh -6.*v6lit exec" /mnt/out
    same 'no columns run into each other' 5 "$("$v6lit" resolve fe80--20c-29ff-fea3-8bb1senp0s31f6abcdef.$domain |
        grep -c '^  [A-Za-z_0-9, ]*  \(fe80::20c:29ff:fea3:8bb1[^ ]*\|-\|answer\)  *\(fe80::20c:29ff:fea3:8bb1%enp0s31f6abcdef\|-\|expected\)  *[a-z]')"
    same 'all columns begin below their heads' 1 "$("$v6lit" resolve fe80--20c-29ff-fea3-8bb1senp0s31f6abcdef.$domain |
        awk '/^  (query|AF_)/ { match($0, /  (correct|zone lost|verdict)/); print RSTART }' | sort -u | wc -l)"
    same 'an index that is not here' 1 "$(status "$v6lit" resolve fe80--1s4000000000.$domain)"
    same 'a zone that is missing' 1 "$(status "$v6lit" resolve fe80--1.$domain)"
    check 'what is missing is said' grep -q 'the zone.* is missing' /mnt/out
    same 'a multicast group without one' 1 "$(status "$v6lit" resolve ff02--1.$domain)"
    same 'an address' 1 "$(status "$v6lit" resolve fe80::1%lo)"
    same 'has another command' "v6lit: fe80::1%lo: not a name but an address; use the name that 'v6lit encode' prints" "$(cat /mnt/err)"
    same 'and so has a path' 1 "$(status "$v6lit" resolve //0--1.$domain/x)"
    check 'it is said' grep -q "v6lit explain" /mnt/err
    same 'a name without zone is all right' 0 "$(status "$v6lit" resolve 2001-db8--1.$domain)"
    same 'an IPv4-mapped one, too' 0 "$(status "$v6lit" resolve 0--ffff-c000-201.$domain)"
    check 'with its IPv4 address' grep -q 'AF_INET  *192.0.2.1  *192.0.2.1  *correct' /mnt/out
    same 'no such interface' 1 "$(status "$v6lit" resolve fe80--1snone0.$domain)"
    check 'it is said' grep -q 'not an interface of this machine' /mnt/out
    ip address del 192.0.2.1/32 dev lo
    same 'without IPv4 most programs reach it' 0 "$(status "$v6lit" resolve $name)"
    check 'with what to do for the others' grep -q "mount.cifs.*192.0.0.8" /mnt/out
    same 'without IPv4 AI_ADDRCONFIG loses it as well' 'AF_UNSPEC: correct
AF_INET6: zone lost
AF_INET: correct
AF_UNSPEC, AI_ADDRCONFIG: zone lost' "$(verdicts $name)"

    printf '2001:db8::9 2001-db8--1.%s\n' $domain > /mnt/hosts
    mount --bind /mnt/hosts /etc/hosts
    same 'another address' 1 "$(status "$v6lit" resolve 2001-db8--1.$domain)"
    check 'another address is seen' sh -c '"$1" resolve "$2" | grep -q "another address"' sh \
        "$v6lit" 2001-db8--1.$domain
    umount /etc/hosts

    same 'a name outside the domain is refused' 1 "$(status "$v6lit" resolve www.example.com)"
    same 'why' "v6lit: www.example.com: not a name inside $domain at column 1" "$(cat /mnt/err)"
    same 'a malformed name is refused' 1 "$(status "$v6lit" resolve fe80--1--2.$domain)"
    same 'a name that is not ASCII is refused' 1 "$(status "$v6lit" resolve "０--1.$domain")"
    same 'bad option' 2 "$(status "$v6lit" resolve --bad $name)"
    same 'no name' 2 "$(status "$v6lit" resolve)"
    same 'closed stdout' 2 "$(status sh -c '"$1" resolve "$2" >&-' sh "$v6lit" $name)"
    same 'full disk' 2 "$(status sh -c '"$1" resolve "$2" > /dev/full' sh "$v6lit" $name)"
    if "$v6lit" resolve --json $name 2>&1 | grep -q 'without jansson'; then
        skip 'JSON' 'built without jansson'
    elif command -v python3 > /dev/null; then
        check 'JSON' json_works
    else
        skip 'JSON' 'no python3 here'
    fi
}

# refuses WHY LINE: with this hosts: line nothing is asked.
refuses() {
    printf 'hosts: %s\n' "$2" > /mnt/nsswitch.conf
    same "refused: $1" 2 "$(status "$v6lit" resolve $name)"
    check "refused: $1: what to do" grep -q "v6lit enable" /mnt/err
}

on_this_host() {
    "$PWD/test/module/nameserver" /mnt/heard &
    server=$!
    tries=0
    while [ ! -e /mnt/heard ] && [ $tries -lt 100 ]; do
        tries=$((tries + 1))
        sleep 0.05
    done
    with_the_module
    refuses 'no module' 'files dns'
    refuses 'module too late' 'files dns ipv6literal [NOTFOUND=return]'
    refuses 'no action' 'files ipv6literal dns'
    refuses 'another action' 'files ipv6literal [NOTFOUND=continue] dns'
    refuses 'something before' 'files mdns4_minimal ipv6literal [NOTFOUND=return] dns'
    printf 'hosts: files ipv6literal [NOTFOUND=return] dns' > /mnt/nsswitch.conf
    same 'refused: a line that glibc does not read' 2 "$(status "$v6lit" resolve $name)"
    printf 'hosts: files ipv6literal [!UNAVAIL=return] dns\n' > /mnt/nsswitch.conf
    same '[!UNAVAIL=return] does as well' 0 "$(status "$v6lit" resolve 0--1.$domain)"
    printf 'hosts: files myhostname ipv6literal [NOTFOUND=return] dns\n' > /mnt/nsswitch.conf
    same 'myhostname before it queries nobody' 0 "$(status "$v6lit" resolve 0--1.$domain)"
    # A module that is not there: its line is right, and glibc would go on to DNS.
    PATH=$PATH:/sbin:/usr/sbin ldconfig -X -C /mnt/ld.so.cache.without
    cat /mnt/ld.so.cache.without > /mnt/ld.so.cache
    if grep -q libnss_ipv6literal /mnt/ld.so.cache; then
        skip 'refused: no module to load' 'it is installed here'
    else
        same 'refused: no module to load' 2 "$(status "$v6lit" resolve 0--1.$domain)"
        check 'it is said' grep -q 'cannot load' /mnt/err
    fi
    same 'the name server heard nothing' '' "$(cat /mnt/heard)"
    getent hosts leak.example.com > /dev/null
    check 'though it listened' grep -q leak.example.com /mnt/heard
    kill $server
    finish
}

in_sandbox "$recommended" "$0"
on_this_host
