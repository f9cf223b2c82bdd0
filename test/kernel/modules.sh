#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Tests that a name never makes the kernel load a module, neither for root nor for an ordinary user, for whom the kernel
# runs key.v6lit as root. The names are those of available modules that are not loaded.
set -u

. "$top_srcdir/test/tap.sh"
. "$top_srcdir/test/env/hosts.sh"
. "$top_srcdir/test/kernel/vm.sh"
go_on_among_hosts "$0"

host server
host client
on client v6lit enable > /dev/null
on client useradd ben
boot client server tap0 agent
guest ip link set lo up
guest modprobe --all dns_resolver virtio_net

modules() {
    guest cut -d ' ' -f 1 /proc/modules | sort
}
# loads_nothing WHAT COMMAND...: passed if no module is loaded then that was not before.
loads_nothing() {
    what=$1
    shift
    guest "$@" > /mnt/said 2>&1
    before=$loaded
    loaded=$(modules)
    same "$what loads no module" "$before" "$loaded"
}
as_ben() {
    what=$1
    shift
    loads_nothing "$what" setpriv --reuid ben --clear-groups "$@"
}
loaded=$(modules)

# module: sets $module to one that is not loaded, and may be the name of an interface.
module() {
    read -r module <&4
}
guest sh -c 'find /lib/modules/*/kernel/net -name "*.ko*" | sed "s,.*/,,; s/[.]ko.*//; y/-/_/" |
    grep -x "[a-z0-9_]\{3,14\}" | sort -u' | comm -23 - /dev/fd/3 3<< END > /mnt/modules
$loaded
END
exec 4< /mnt/modules

module; loads_nothing 'root: getent' getent ahosts fe80--1s$module.ipv6-literal.net
module; loads_nothing 'root: getent, a family' getent ahostsv6 fe80--1s$module.ipv6-literal.net
module; loads_nothing 'root: v6lit resolve' v6lit resolve fe80--1s$module.ipv6-literal.net
module; loads_nothing 'root: v6lit explain' v6lit explain fe80::1%$module
module; loads_nothing 'root: v6lit encode' v6lit encode --index fe80::1%$module
module; loads_nothing 'root: v6lit exec, an address' v6lit exec getent ahosts fe80::1%$module
module; loads_nothing 'root: v6lit exec, a name' v6lit exec getent ahosts fe80--1s$module.ipv6-literal.net
module; loads_nothing 'root: v6lit llmnr' v6lit llmnr -i $module host
module; loads_nothing 'root: mount.v6lit' mount -t v6lit //fe80--1s$module.ipv6-literal.net/share /mnt
module; loads_nothing 'root: key.v6lit' key.v6lit -n fe80--1s$module.ipv6-literal.net

module
as_ben 'an ordinary user: a key' keyctl request2 dns_resolver fe80--1s$module.ipv6-literal.net '' @s
same 'key.v6lit has refused it' 'request_key: Required key not available' "$(cat /mnt/said)"
as_ben 'an ordinary user: a key for a line discipline' keyctl request2 dns_resolver \
    fe80--1sn_hdlc.ipv6-literal.net '' @s
# What request-key and key.v6lit make of the names in the table. The rule is for names in the domain alone.
tab=$(printf '\t')
grep -v -e '^#' -e '^$' "$top_srcdir/test/data/keys.tsv" > /mnt/keys
while IFS=$tab read -r name answer _ <&3; do
    case $name in
        *\\0000*) continue ;; # no argument holds a NUL
        *.ipv6-literal.net | *.NET.) ;;
        *) continue ;;
    esac
    shown=$(printf %s "$name" | tr '\\' /)
    as_ben "an ordinary user: $shown" sh -c 'keyctl request2 dns_resolver "$(printf %b "$1")" "" @s' sh "$name"
    said=$(tr -d 0-9 < /mnt/said)
    case $answer in
        -) same "$shown: no answer" 'request_key: Required key not available' "$said" ;;
        *) same "$shown: there is an answer" '' "$said" ;;
    esac
done 3< /mnt/keys

# The kernel does load what an ioctl names: else nothing above could fail.
module
guest busybox ifconfig $module > /dev/null 2>&1
check "an ioctl with the name of a module loads it: $module" sh -c 'echo "$1" | grep -qx "$2"' sh "$(modules)" $module
halt_guest
finish
