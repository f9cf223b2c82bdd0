#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Tests a Samba domain controller without an IPv4 address, used by literal names as the README in examples/server says.
. "$top_srcdir/test/server/shared.sh"
go_on_among_hosts "$0"
host dc
host client
cable dc eth0 client eth1
address dc eth0 fe80::1/64 fd00::1/64
address client eth1 fe80::2/64 fd00::2/64 192.0.2.2/24
on client v6lit enable > /dev/null
on client cp /source/examples/server/krb5.conf /etc/
count_dns client

provision dc

# start_samba PORT...: until it listens there and serves files.
start_samba() {
    run_samba dc
    wait_for samba dc_serves "$@"
}

stop_samba() {
    kill "$(on dc cat /run/samba/samba.pid)"
    wait_for 'the end of samba' dc_is_quiet
}

dc_listens() {
    on dc ss --no-header --listening --tcp --numeric "sport = :$1" | grep -q .
}

dc_serves() {
    [ "$(sysvol $link_local --use-kerberos=off)" = example.test ] || return 1
    for port; do
        dc_listens $port || return 1
    done
}

dc_is_quiet() {
    ! dc_listens 445 && ! dc_listens 389 && ! dc_listens 88
}

no_kdc() {
    ! dc_listens 88
}

# sysvol NAME OPTION...: the directory in it, or why not.
sysvol() {
    sysvol_name=$1
    shift
    on client timeout 20 smbclient --user=administrator@EXAMPLE.TEST --password=$password "$@" \
        --command ls "//$sysvol_name/sysvol" 2>&1 |
        sed -n 's/^  \(example\.test\) .*/\1/p; /NT_STATUS\|not possible/p' | sed -n 1p
}

start_samba 88 636

# Names that Samba decodes itself, and names that it leaves to the C library, and so to v6lit.
for name in $ula $link_local fd00--1S0.ipv6-literal.net FE80--1SETH1.ipv6-literal.net; do
    same "NTLM, $name" example.test "$(sysvol "$name" --use-kerberos=off)"
    same "Kerberos if it can be had, $name" example.test "$(sysvol "$name")"
done

for name in $ula $link_local; do
    refusal='session setup failed: NT_STATUS_INVALID_PARAMETER'
    case $(on client smbclient --version) in *' 4.17.'*) refusal="to access '$name' not possible" ;; esac
    same "Kerberos, $name: Samba takes it for an address" "$refusal" \
        "$(sysvol "$name" --use-kerberos=required | sed "s/.*\(to access '\)/\1/")"
done
for name in fd00--1S0.ipv6-literal.net fe80--1Seth1.ipv6-literal.net; do
    same "Kerberos, $name: not known to the KDC" \
        "gse_krb5: creating NEG_TOKEN_INIT for cifs/$name failed (next[(null)]): NT_STATUS_INVALID_PARAMETER" \
        "$(sysvol "$name" --use-kerberos=required | sed 's/^gensec_spnego_client_negTokenInit_step: //')"
    on dc samba-tool spn add "cifs/$name" 'DC$' > /dev/null
    same "Kerberos, $name: known" example.test "$(sysvol "$name" --use-kerberos=required)"
done

# ldap NAME: the administrator, by OpenLDAP.
ldap() {
    on client env LDAPTLS_REQCERT=never timeout 20 ldapsearch -LLL -x -H "ldaps://$1" \
        -D administrator@example.test -w $password -b dc=example,dc=test '(cn=Administrator)' dn 2>&1 | sed -n 1p
}

# users NAME: one of them, or why not.
users() {
    on client timeout 20 samba-tool user list -H "ldap://$1" -U administrator --password=$password \
        --use-kerberos=off 2>&1 | sed -n '/^Administrator$/p; s/^Failed to connect to ldap.*\(NT_STATUS_.*\)/\1/p'
}

# A client without IPv4. The name is one that glibc resolves for Samba.
name=fe80--1Seth1.ipv6-literal.net
on client ip address delete 192.0.2.2/24 dev eth1
on client net cache flush
same 'no IPv4: the zone is lost' NT_STATUS_INVALID_PARAMETER "$(sysvol $name | grep -o 'NT_STATUS_[A-Z_]*')"
on client ip address add 192.0.0.8/32 dev lo
same 'with an IPv4 address Samba still has the old answer' NT_STATUS_INVALID_PARAMETER \
    "$(sysvol $name | grep -o 'NT_STATUS_[A-Z_]*')"
on client net cache flush
same 'without that it works' example.test "$(sysvol $name --use-kerberos=required)"
on client ip address delete 192.0.0.8/32 dev lo
on client net cache flush
same 'v6lit exec needs no IPv4 address' example.test "$(on client timeout 20 v6lit exec smbclient --user=administrator@EXAMPLE.TEST \
    --password=$password --use-kerberos=required --command ls "//$name/sysvol" 2>&1 | sed -n 's/^  \(example\.test\) .*/\1/p')"
on client ip address add 192.0.2.2/24 dev eth1

for name in $ula $link_local; do
    same "ldapsearch, $name" 'dn: CN=Administrator,CN=Users,DC=example,DC=test' "$(ldap "$name")"
    same "samba-tool, $name" NT_STATUS_BAD_NETWORK_NAME "$(users "$name")"
done
same 'samba-tool, a name that Samba does not decode' Administrator "$(users fd00--1S0.ipv6-literal.net)"
same 'samba-tool, a link-local one' NT_STATUS_INVALID_PARAMETER "$(users fe80--1Seth1.ipv6-literal.net)"
for name in $ula $link_local; do
    same "rpcclient, $name" 'Domain Name: EXAMPLE' "$(on client timeout 20 rpcclient -U administrator \
        --password=$password -c lsaquery "$name" 2>&1 | sed -n 1p)"
done
index=$(on client sh -c 'ip -o link show eth1 | sed "s/:.*//"')
same 'mount.cifs' "ip=fe80::1%$index,unc=\\\\$link_local\\sysvol" "$(on client mount.cifs -f --verbose \
    "//$link_local/sysvol" /mnt -o "username=administrator,domain=EXAMPLE,password=$password" 2>&1 |
    grep -o 'ip=[^,]*,unc=[^,]*')"
stop_samba

# With a link-local address alone: Samba's list of interfaces is empty then.
on dc ip address del fd00::1/64 dev eth0
start_samba 636
same 'link-local alone: files and LDAP are served' \
    'example.test dn: CN=Administrator,CN=Users,DC=example,DC=test' \
    "$(sysvol $link_local --use-kerberos=off) $(ldap $link_local)"
check 'link-local alone: there is no KDC' no_kdc
same 'link-local alone: what the log says' 'WARNING: no network interfaces found' \
    "$(grep -m 1 'no network interfaces found' /mnt/samba.log)"
stop_samba
no_leaks client
finish
