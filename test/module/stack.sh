#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Tests that both modules work in the smallest thread stack in which glibc's own services work. Its size depends on glibc
# and the machine, and is measured first.
. "$top_srcdir/test/llmnr/shared.sh"
in_sandbox "$recommended" "$0"
LC_ALL=C
export LC_ALL
stack=test/module/stack
make_hosts
link_up 1 fe80::2/64 192.0.2.2/26
start_responder $log there1

# The kernel's page and the thread's own data are part of a stack, so that some sizes cannot be had at all.
lives() {
    $stack "$@" > /mnt/said 2>&1
}
hosts_line 'files dns'
size=16384
until lives $size unspec nobody; do
    size=$((size + 256))
    [ $size -lt 1048576 ] || bail_out 'files dns survives in no stack'
done
echo "# files dns survives in $size bytes"

# survives WANTED HOW NAME
survives() {
    status=0
    said=$($stack $size "$2" "$3" 2>&1) || status=$?
    same "$2 $3" "$1 0" "$said $status"
}
none='Name or service not known'
hosts_line 'files ipv6literal [NOTFOUND=return] llmnr'
survives fe80::1%here1 unspec fe80--1shere1.ipv6-literal.net
survives fe80::1%here1 unspec fe80--1sHERE1.ipv6-literal.net
survives 2001:db8::1 inet6 2001-db8--1.ipv6-literal.net
survives "$none" unspec fe80--1snone0.ipv6-literal.net
survives fe80::1%here1 unspec peer
survives 192.0.2.1 inet peer
survives fe80::1 inet6 peer
survives fe80::1%here1 unspec truncated
survives fe80::3%here1 unspec conflict
survives fe80::1:1%here1 unspec longest
survives "$none" unspec nobody
survives "$none" unspec garbage
survives peer reverse 192.0.2.1
finish
