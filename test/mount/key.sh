#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Tests the answers of key.v6lit to the kernel, and that request-key runs it for every literal name.
. "$top_srcdir/test/mount/shared.sh"
in_sandbox files "$0"

link=enX0.100
make_link $link

# One name in each line, and what is printed of it: an address, or on stderr the reason.
while IFS='|' read -r name wanted; do
    status=0
    got=$(./key.v6lit -n "$name" 2>&1) || status=$?
    case $wanted in
        !*) same "-n $name" "1: key.v6lit: $name: ${wanted#!}" "$status: $got" ;;
        *) same "-n $name" "0: $wanted" "$status: $got" ;;
    esac
done << END
fe80--1s$link.ipv6-literal.net|fe80::1%$index
FE80--1SENX0.100.IPV6-LITERAL.NET.|fe80::1%$index
fe80--1s0$index.ipv6-literal.net|fe80::1%$index
fe80--1s4294967295.ipv6-literal.net|fe80::1%4294967295
2001-db8--1s$link.ipv6-literal.net|2001:db8::1
--1.ipv6-literal.net|::1
--ffff-192.0.2.1.ipv6-literal.net|192.0.2.1
fe80--1.ipv6-literal.net|!a link-local address without an interface
fe80--1seth9.ipv6-literal.net|!no interface eth9
fe80--1--2.ipv6-literal.net|!second "--" at column 8
ipv6-literal.net|!no address at column 1
server.example.com|!not a name inside ipv6-literal.net
fe80::1%$link|!not a name inside ipv6-literal.net
|!not a name inside ipv6-literal.net
END

# In it stands what stands in for syslogd.
own_directory /dev
rm -f /mnt/dev/log

# kernel INJECTION: runs key.v6lit, and prints what it logs and tells the kernel. strace stands in for that.
kernel() {
    status=0
    python3 -c '
import os, socket, subprocess, sys
log = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
log.bind("/dev/log")
status = subprocess.run(sys.argv[1:], stderr=subprocess.DEVNULL).returncode
log.setblocking(False)
try:
    while True:
        print("log", log.recv(4096).decode().split("key.v6lit: ", 1)[1], flush=True)
except BlockingIOError:
    pass
os.unlink("/dev/log")
sys.exit(status)
' strace -o /mnt/trace -s 2000 -e trace=keyctl -e inject="keyctl:$1" ./key.v6lit 42 || status=$?
    sed -n 's/^keyctl(KEYCTL_\(.*\)) *= .*/\1/p' /mnt/trace | grep -v '^DESCRIBE, 42, '
    echo "status $status"
}

# told DESCRIPTION: what is told to a kernel that has this key: the description is the answer to the first
# call, and all others succeed.
told() {
    told_bytes "$(printf '%s\0' "$1" | od -An -v -tx1 | tr -d ' \n')"
}
# told_bytes HEX: the same.
told_bytes() {
    kernel "retval=$((${#1} / 2)):poke_exit=@arg3=$1"
}
negative='NEGATE, 42, 2, 0
status 1'
if command -v strace > /dev/null && command -v python3 > /dev/null; then
    same 'an address goes to the kernel, with the NUL, for two seconds' 'SET_TIMEOUT, 42, 2
INSTANTIATE, 42, "fe80::1%'$index'\0", '$((10 + ${#index} - 1))', 0
status 0' "$(told "dns_resolver;0;0;1f030000;fe80--1s$link.ipv6-literal.net")"
    same 'no interface: no answer, and a line in the log' "log fe80--1seth9.ipv6-literal.net: no interface eth9
$negative" "$(told 'dns_resolver;0;0;1f030000;fe80--1seth9.ipv6-literal.net')"
    same 'a malformed name' "log fe80--1;2.ipv6-literal.net: invalid character in an address at column 8
$negative" "$(told 'dns_resolver;0;0;1f030000;fe80--1;2.ipv6-literal.net')"
    same 'a name outside the domain' "log server.example.com: not a name inside ipv6-literal.net
$negative" "$(told 'dns_resolver;0;0;1f030000;server.example.com')"
    same 'a name that would forge lines of the log' \
        "log a\\x0ab\\x1b.ipv6-literal.net: invalid character in an address at column 2
$negative" "$(told "dns_resolver;0;0;1f030000;$(printf 'a\nb\033').ipv6-literal.net")"
    # Whatever name a user gives.
    tab=$(printf '\t')
    grep -v -e '^#' -e '^$' "$top_srcdir/test/data/keys.tsv" > /mnt/keys
    while IFS=$tab read -r name answer reason <&3; do
        if [ "$answer" = - ]; then
            wanted="log $reason
$negative"
        else
            wanted="SET_TIMEOUT, 42, 2
INSTANTIATE, 42, \"$answer\\0\", $((${#answer} + 1)), 0
status 0"
        fi
        same "a name: $(printf %s "$name" | tr '\\' /)" "$wanted" \
            "$(told_bytes "$(printf 'dns_resolver;0;0;1f030000;%b\0' "$name" | od -An -v -tx1 | tr -d ' \n')")"
    done 3< /mnt/keys
    long=$(printf '%04080d' 0)
    same 'the longest name' 'status 1' "$(told "dns_resolver;0;0;1f030000;$long" | tail -n 1)"
    same 'a key of another type' "log user;0;0;1f030000;x.ipv6-literal.net: not a key of type dns_resolver
$negative" "$(told 'user;0;0;1f030000;x.ipv6-literal.net')"
    same 'a description that breaks off' "log dns_resolver;0;0: not a key of type dns_resolver
$negative" "$(told 'dns_resolver;0;0')"
    same 'a key that is gone' 'log the key: Key has been revoked
log key 42: Key has been revoked
NEGATE, 42, 2, 0
status 1' "$(kernel error=EKEYREVOKED)"
else
    skip 'what the kernel is told' 'no strace or no python3 here'
fi

# request-key itself, which says what it would run. All words of the request are real but for the ids.
if [ -x "${V6LIT_REQUEST_KEY-}" ]; then
    mkdir -p /mnt/etc/request-key.d
    sed 's|@sbindir@|/usr/sbin|' "$top_srcdir/tools/mount/request-key.conf.in" > /mnt/etc/request-key.d/v6lit.conf
    # Debian's own rules: keyutils, and one that an admin may have made of cifs.upcall(8).
    echo 'create dns_resolver * * /sbin/key.dns_resolver %k' > /mnt/etc/request-key.conf
    echo 'create dns_resolver * * /usr/sbin/cifs.upcall %k' > /mnt/etc/request-key.d/cifs.conf
    while read -r name program; do
        same "request-key for $name" "$program" "$(cd /mnt/etc && "$V6LIT_REQUEST_KEY" -d -l -n -v \
            -D "dns_resolver;0;0;1f030000;$name" create 42 0 0 0 0 0 '' 2>&1 |
            sed -n 's/^Run //p')"
    done << END
fe80--1s$link.ipv6-literal.net /usr/sbin/key.v6lit
fe80--1seth0.ipv6-literal.net. /usr/sbin/key.v6lit
FE80--1SETH0.IPV6-LITERAL.NET /usr/sbin/key.v6lit
FE80--1SETH0.IPV6-LITERAL.NET. /usr/sbin/key.v6lit
END
else
    skip 'the rules' 'no request-key in V6LIT_REQUEST_KEY (Debian: keyutils)'
fi

# wrong ARGUMENT...: wrong usage.
wrong() {
    status=0
    ./key.v6lit "$@" > /mnt/out 2> /mnt/err || status=$?
    same "wrong usage: $*" '2: 1 line' "$status: $(grep -c '^key.v6lit: .*; see .key.v6lit --help.$' /mnt/err) line"
}
wrong
wrong x
wrong ''
wrong -1
wrong 0
wrong 1x
wrong 2147483648
wrong 99999999999999999999
wrong 1 2
wrong -n
wrong -n a b
wrong --bad
same version "key.v6lit $(./v6lit --version | sed 's/.* //')" "$(./key.v6lit --version)"
check help sh -c './key.v6lit --help | grep -q "^Usage: key.v6lit KEY$"'
same 'a full disk' 2 "$(./key.v6lit -n 0--1.ipv6-literal.net > /dev/full 2> /mnt/err; echo $?)"
finish
