#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Tests mount.nfs with literal names. The server is the kernel's, in a network namespace of the virtual machine.
set -u

. "$top_srcdir/test/tap.sh"
. "$top_srcdir/test/env/hosts.sh"
. "$top_srcdir/test/kernel/vm.sh"
go_on_among_hosts "$0"

host server
host client
on client v6lit enable > /dev/null
boot client server tap0 agent
guest modprobe --all veth nfs nfsd
guest sh -euc 'exec > /run/nfsd.log 2>&1
    mkdir -p /export /var/lib/nfs/v4recovery
    mount -t tmpfs export /export
    echo hello > /export/file
    echo "/export *(rw,fsid=0,insecure,no_subtree_check)" > /etc/exports
    ip netns add server
    ip link add eth1 type veth peer name eth0 netns server
    ip link set eth1 addrgenmode none
    ip -n server link set eth0 addrgenmode none
    for address in fe80: 2001:db8:; do
        ip address add ${address}:2/64 dev eth1 nodad
        ip -n server address add ${address}:1/64 dev eth0 nodad
    done
    ip link set lo up
    ip link set eth1 up
    ip -n server link set lo up
    ip -n server link set eth0 up
    ip netns exec server sh -euc "mount -t nfsd nfsd /proc/fs/nfsd
        exportfs -r
        rpc.mountd --no-nfs-version 3
        rpc.nfsd --no-nfs-version 3 --grace-time 10 --lease-time 10 2"' ||
    bail_out "no server: $(guest tail -n 3 /run/nfsd.log)"
index=$(guest cat /sys/class/net/eth1/ifindex)

# mounts WHAT SOURCE ADDRESS: mount.nfs mounts it, and the kernel has this address.
mounts() {
    check "$1: mount -t nfs $2" guest timeout 60 mount -t nfs "$2:/" /mnt
    same "$1: the kernel has the address" "addr=$3" \
        "$(guest sed -n 's|^[^ ]* /mnt nfs4 \([^ ]*\).*|\1|p' /proc/mounts | tr , '\n' | grep '^addr=')"
    same "$1: the client reads what the server has" hello "$(guest cat /mnt/file)"
    guest umount /mnt
}

# all KIND: every form of a name on this kind of host.
all() {
    mounts "$1, a link-local address" fe80--1seth1.ipv6-literal.net "fe80::1%$index"
    mounts "$1, an index" "fe80--1s$index.ipv6-literal.net" "fe80::1%$index"
    mounts "$1, a global address" 2001-db8--1.ipv6-literal.net 2001:db8::1
    mounts "$1, a global address with a zone" 2001-db8--1seth1.ipv6-literal.net 2001:db8::1
}
all 'without IPv4'
guest ip address add 192.0.2.2/24 dev eth1
all 'with IPv4'

# Why a zone on a global address is dropped.
same 'mount.nfs cannot take it in an address' \
    'mount.nfs: Failed to resolve server 2001:db8::1%eth1: Name or service not known' \
    "$(guest timeout 60 mount -t nfs '[2001:db8::1%eth1]:/' /mnt | grep Failed)"
same 'no such interface' \
    'mount.nfs: Failed to resolve server fe80--1seth9.ipv6-literal.net: Name or service not known' \
    "$(guest timeout 60 mount -t nfs fe80--1seth9.ipv6-literal.net:/ /mnt | grep Failed)"
halt_guest
finish
