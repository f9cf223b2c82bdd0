#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Tests behaviour that differs between kernels, which test/data/kernels.tsv lists.
set -u

. "$top_srcdir/test/tap.sh"
. "$top_srcdir/test/env/hosts.sh"
. "$top_srcdir/test/kernel/vm.sh"
. "$top_srcdir/test/kernel/shared.sh"
go_on_among_hosts "$0"

table=$top_srcdir/test/data/kernels.tsv
name=fe80--1seth0.ipv6-literal.net
host server
host client
on client v6lit enable > /dev/null
on client sh -c 'printf "username=ann\npassword=secret\n" > /etc/ann'
boot client server tap0 agent
address server tap0 fe80::1/64
serve server
addresses fe80::2/64

# The column of the newest kernel in the table that is not newer than this one.
version=$(guest uname -r | cut -d . -f 1,2)
column=$(awk -F '\t' -v version="$version" '
    function number(text, part) { split(text, part, "."); return part[1] * 1000 + part[2] }
    $1 == "fact" { for (i = 2; i <= NF; i++) if (number($i) <= number(version)) column = i }
    END { print column }' "$table")

# fact NAME SEEN: as the table has it.
fact() {
    same "Linux $version: $1" \
        "$(awk -F '\t' -v name="$1" -v column="$column" '$1 == name { print $column }' "$table")" "$2"
}

# connections: the addresses of the server that clients are connected to.
connections() {
    on server ss --no-header --tcp --numeric state established 'sport = :445' | awk '{ print $3 }' |
        sed 's/%.*//; s/:445$//; s/[][]//g' | sort | xargs
}

no_connections() {
    [ -z "$(connections)" ]
}

logged() {
    guest dmesg | grep -q "$1"
}

has_channels() {
    guest grep -q "Extra Channels: $1" /proc/fs/cifs/DebugData
}

# channels SHARE OPTIONS COMMAND...: the connections of a mount with up to three channels, once the command succeeds.
channels() {
    guest dmesg --clear
    guest mount -t v6lit "//$name/$1" /mnt -o "$2,multichannel,max_channels=3"
    shift 2
    wait_for "$*" "$@"
    connections
    disconnect
}

disconnect() {
    guest umount /mnt
    wait_for 'the end of the connections' no_connections
}

fact 'modules' "$(guest sh -c 'find /lib/modules -name "cifs.ko*" | sed "s/.*cifs[.]//"')"
fact 'cifs.ko' "$(guest cat /sys/module/cifs/version)"
guest mount -t v6lit "//$name/private" /mnt -o credentials=/etc/ann,seal,vers=3.1.1
fact 'seal, SMB 3.1.1' "$(on server smbstatus --configfile=/smb/smb.conf --processes |
    sed -n 's/.*SMB3_11 [^A]*\(AES[-A-Z0-9]*\).*/\1/p')"
fact 'upcall_target=' "$(mounted /mnt upcall_target= | sed s/.*=//)"
disconnect
fact 'multichannel, link-local addresses alone' \
    "$(channels private credentials=/etc/ann logged 'Empty network interface list')"
# Samba 4.17 reports the addresses that there were when it started.
stop_serving server
address server tap0 fd00::1/64 192.0.2.1/24
serve server
guest ip address add fd00::2/64 dev eth0 nodad
guest ip address add 192.0.2.2/24 dev eth0
fact 'multichannel, other addresses' "$(channels private credentials=/etc/ann has_channels 2)"
fact 'multichannel, a guest' "$(channels public guest logged 'too many channel open attempts')"
halt_guest
finish
