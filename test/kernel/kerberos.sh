#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Tests a mount with Kerberos from a domain controller with a literal name, as the README in examples/server says.
set -u

. "$top_srcdir/test/server/shared.sh"
. "$top_srcdir/test/kernel/vm.sh"
. "$top_srcdir/test/kernel/shared.sh"
# It may be a link that leads nowhere here.
[ "${inside-}" = yes ] || ls -d "${V6LIT_WORLD-/nowhere}/usr/bin/kinit" > /dev/null 2>&1 || skip_all 'no kinit in V6LIT_WORLD'
go_on_among_hosts "$0"

host dc
host client
on client v6lit enable > /dev/null
on client cp /source/examples/server/krb5.conf /etc/
on client sed -i s/seth1/seth0/ /etc/krb5.conf
boot client dc tap0 agent
address dc tap0 fe80::1/64 fd00::1/64
provision dc
run_samba dc
wait_for 'the KDC' on dc sh -c 'ss --no-header --listening --tcp "sport = :88" | grep -q .'
addresses fe80::2/64 fd00::2/64 192.0.2.2/24

check 'kinit' guest sh -c "echo $password | kinit administrator@EXAMPLE.TEST"
for type in cifs v6lit; do
    for name in fe80--1seth0.ipv6-literal.net fd00--1.ipv6-literal.net; do
        [ $type = v6lit ] || on dc samba-tool spn add "cifs/$name" 'DC$' > /dev/null
        check "mount -t $type, $name" guest mount -t $type "//$name/sysvol" /mnt -o sec=krb5,seal
        same "$type, $name: the kernel uses Kerberos and encrypts" 'sec=krb5 seal' \
            "$(mounted /mnt '\(sec=\|seal\)' | xargs)"
        same "$type, $name: the share can be read" example.test "$(guest ls /mnt)"
        guest umount /mnt
    done
done
same 'the tickets are for the names' 'cifs/fd00--1.ipv6-literal.net cifs/fe80--1seth0.ipv6-literal.net' \
    "$(guest klist | sed -n 's/.* \(cifs\/.*\)@.*/\1/p' | sort -u | xargs)"
halt_guest
finish
