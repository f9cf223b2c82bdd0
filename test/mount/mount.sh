#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Tests that mount.v6lit passes the arguments of mount(8) to mount.cifs, with the address of the name, on a host without an
# IPv4 address and without the module in its hosts: line.
. "$top_srcdir/test/mount/shared.sh"

mount_cifs=$(command -v mount.cifs || PATH=$PATH:/sbin:/usr/sbin command -v mount.cifs) || mount_cifs=
in_sandbox files "$0"

own_directory /sbin
cp mount.v6lit /mnt/sbin/
mkdir /mnt/dir /mnt/other
link=enX0.100
make_link $link
name=fe80--1s$link.ipv6-literal.net

# The real mount.cifs, which only pretends to mount: it prints what it would give the kernel.
# kernel SOURCE: the part of that that the server and the share are in.
kernel() {
    mount -t v6lit -f -v "$1" /mnt/dir -o guest 2>&1 | sed -n 's/.*kernel mount options: \(.*\),user=.*/\1/p'
}

if [ -n "$mount_cifs" ]; then
    while read -r host address; do
        same "$host" "ip=$address,unc=\\\\$host\\share" "$(kernel "//$host/share")"
    done << END
$name fe80::1%$index
fe80--1senx0.100.ipv6-literal.net fe80::1%$index
FE80--1SENX0.100.IPV6-LITERAL.NET. fe80::1%$index
fe80--1s$index.ipv6-literal.net fe80::1%$index
2001-db8--1.ipv6-literal.net 2001:db8::1
2001-db8--1s$link.ipv6-literal.net 2001:db8::1
fd00--1.ipv6-literal.net fd00::1
0--ffff-c000-201.ipv6-literal.net 192.0.2.1
fe80-1-2-3-ffff-4444-5555-6666s4294967295.ipv6-literal.net fe80:1:2:3:ffff:4444:5555:6666%4294967295
END
    same 'backslashes' "ip=fe80::1%$index,unc=\\\\$name\\share" "$(kernel "\\\\$name\\share")"
    run mount -t v6lit -f //$name/share/directory /mnt/dir -o guest
    same 'mount says nothing where all is well' '0: ' "$status: $err"
    # Else there would be no need of all this.
    check 'without mount.v6lit there is no address' sh -c '! mount -t cifs -f "$1" /mnt/dir -o guest' sh \
        "//$name/share" 2> /mnt/err
    # Users cannot be given the address: mount.cifs reads their options from fstab itself.
    if setpriv --reuid=65534 --regid=65534 --clear-groups true 2> /dev/null; then
        as_nobody() {
            setpriv --reuid=65534 --regid=65534 --clear-groups "$@"
        }
        echo "//$name/share /mnt/dir v6lit user,noauto,guest,ip=2001:db8::5 0 0" > /mnt/fstab
        mount --bind /mnt/fstab /etc/fstab
        same "mount.cifs forgets a user's options" ip=2001:db8::5 "$(as_nobody "$mount_cifs" -f -v \
            "//$name/share" /mnt/dir -o guest,ip=fe80::1%1 2>&1 | grep -o 'ip=[^,]*')"
        run as_nobody mount /mnt/dir
        same 'a user is refused' "1: mount.v6lit: //$name/share: only root can mount type v6lit; see \
mount.v6lit(8), ORDINARY USERS" "$status: $err"
        cp "$(command -v id)" /mnt/id
        chmod u+s /mnt/id /mnt/sbin/mount.v6lit
        refused=$err
        run as_nobody mount.v6lit "//$name/share" /mnt/dir -f
        same 'also where it is set-user-ID' "0: $refused" "$(as_nobody /mnt/id -u): $err"
        chmod u-s /mnt/sbin/mount.v6lit
        umount /etc/fstab
    else
        skip 'a user' 'no other user in this namespace'
    fi
else
    skip 'what the kernel gets' 'no mount.cifs here'
fi

put_stand_in

# gives NAME ARGUMENTS COMMAND...: what mount.cifs gets.
gives() {
    gives_name=$1
    gives_wanted=$2
    shift 2
    rm -f /mnt/arguments
    run "$@"
    gives_got="$status: $err$(cat /mnt/arguments 2> /dev/null)"
    gives_wanted="0: $gives_wanted"
    # Which order mount(8) gives to the options differs from version to version.
    if [ "$1" = mount ]; then
        gives_got=$(echo "$gives_got" | tr ',' '|' | tr '|' '\n' | sort)
        gives_wanted=$(echo "$gives_wanted" | tr ',' '|' | tr '|' '\n' | sort)
    fi
    same "$gives_name" "$gives_wanted" "$gives_got"
}
ip="ip=fe80::1%$index"
gives 'no option' "//$name/share|/mnt/dir|-o|$ip|" mount.v6lit //$name/share /mnt/dir
gives 'from mount(8)' "//$name/share|/mnt/dir|-o|$ip,rw|" mount -t v6lit //$name/share /mnt/dir
for flag in s f n v; do
    gives "-$flag" "//$name/share|/mnt/dir|-o|$ip,rw|-$flag|" mount -t v6lit -$flag //$name/share /mnt/dir
done
gives 'all flags' "//$name/share|/mnt/dir|-o|$ip,rw|-sfnv|" mount -t v6lit -vnfs //$name/share /mnt/dir
gives 'options' "//$name/my share|/mnt/dir|-o|$ip,ro,uid=1000,seal,_netdev|" \
    mount -t v6lit "//$name/my share" /mnt/dir -o uid=1000,seal,_netdev,noauto,x-systemd.automount -r
gives 'options more than once' "//$name/share|/mnt/dir|-o|$ip,guest,ro,x=ip=1|" \
    mount.v6lit -o guest //$name/share -o ro /mnt/dir -o x=ip=1
gives 'options whose names only begin like it' "//$name/share|/mnt/dir|-o|$ip,ipx=1,address,unip=2|" \
    mount.v6lit //$name/share /mnt/dir -o ipx=1,address,unip=2

cat > /mnt/fstab << END
//$name/share /mnt/dir v6lit credentials=/etc/smb\\040file,_netdev,nofail,x-systemd.device-timeout=9 0 0
//2001-db8--1.ipv6-literal.net/a\\040b /mnt/other v6lit guest,_netdev,noauto,user 0 0
END
fstab_options="rw,credentials=/etc/smb file,_netdev,nofail"
gives 'from another fstab, all' "//$name/share|/mnt/dir|-o|$ip,$fstab_options|" mount -T /mnt/fstab -a
gives 'from another fstab, one' \
    '//2001-db8--1.ipv6-literal.net/a b|/mnt/other|-o|ip=2001:db8::1,rw,noexec,nosuid,nodev,guest,_netdev,user|' \
    mount -T /mnt/fstab /mnt/other
mount --bind /mnt/fstab /etc/fstab
gives 'from /etc/fstab' "//$name/share|/mnt/dir|-o|$ip,$fstab_options|" mount /mnt/dir

# Something that is mounted from there stands for a share.
mount -t tmpfs "//$name/share" /mnt/dir
rm -f /mnt/arguments
run mount -a
check 'what is mounted is not mounted again' test ! -e /mnt/arguments -a $status = 0
gives 'a remount' "//$name/share|/mnt/dir|-o|$ip,ro,remount,${fstab_options#rw,}|" mount -o remount,ro /mnt/dir
umount /mnt/dir
for option in "ip=fe80::1%7" "addr=fe80::1%7"; do
    gives "a remount that has ${option%=*}=" "//$name/share|/mnt/dir|-o|remount,$option,ro|" \
        mount.v6lit //$name/share /mnt/dir -o remount,$option,ro
done
umount /etc/fstab

run env STAND_IN_STATUS=64 mount -t v6lit //$name/share /mnt/dir
same 'the exit status is that of mount.cifs' 64 $status

# -N: the stand-in sees the other namespace. There it is, too: the namespace is a copy.
mkfifo /mnt/ready
unshare --mount sh -c 'mount -t tmpfs none /mnt/other && touch /mnt/other/inside && echo > /mnt/ready &&
    exec sleep 600' &
inside_pid=$!
read -r _ < /mnt/ready
if nsenter --mount=/proc/$inside_pid/ns/mnt true 2> /dev/null; then
    gives 'a mount namespace' "//$name/share|/mnt/other|-o|$ip,rw|-f|" \
        mount -f -N $inside_pid -t v6lit //$name/share /mnt/other
    same 'is entered' inside "$(cat /mnt/seen)"
else
    skip 'a mount namespace is entered' 'no program can enter one here: an emulator has threads'
fi
gives 'without it' "//$name/share|/mnt/other|-o|$ip,rw|-f|" mount -f -t v6lit //$name/share /mnt/other
same 'it is not' '' "$(cat /mnt/seen)"
kill $inside_pid
wait $inside_pid 2> /dev/null

# fails STATUS REASON ARGUMENT...: nothing is handed on.
fails() {
    fails_wanted="$1: mount.v6lit: $2"
    shift 2
    rm -f /mnt/arguments
    run mount.v6lit "$@"
    same "$fails_wanted" "$fails_wanted" "$status: $err$(cat /mnt/arguments 2> /dev/null)"
}
domain=ipv6-literal.net
usage="; see 'mount.v6lit --help'"
fails 1 "//server/share: not a name inside $domain; use 'mount -t cifs'" //server/share /mnt/dir
fails 1 "//$domain.example/share: not a name inside $domain; use 'mount -t cifs'" //$domain.example/share /mnt/dir
for address in fe80::1%$link 2001:db8::1 '[::1]'; do
    fails 1 "//$address/share: not a name but an address; use the name that 'v6lit encode' prints" \
        "//$address/share" /mnt/dir
done
fails 1 "//fe80--1--2.$domain/share: second \"--\" at column 10" //fe80--1--2.$domain/share /mnt/dir
fails 1 "//www.$domain/x: invalid character in an address at column 3" //www.$domain/x /mnt/dir
fails 1 "//fe80--1.$domain/share: a link-local address without an interface; \
append 's' and the interface to the address, as in fe80--1seth0.$domain" //fe80--1.$domain/share /mnt/dir
fails 1 "//fe80--1s0.$domain/share: a link-local address without an interface; \
append 's' and the interface to the address, as in fe80--1seth0.$domain" //fe80--1s0.$domain/share /mnt/dir
fails 32 "//fe80--1seth9.$domain/share: no interface eth9; see 'ip link', and mount.v6lit(8) if it appears \
later" //fe80--1seth9.$domain/share /mnt/dir
for source in "$name" "server:/share" /dev/sda1 '' "http://$name/share"; do
    fails 1 "$source: not //NAME/SHARE$usage" "$source" /mnt/dir
done
for source in "//$name" "//$name/" "//$name@SSL/share"; do
    fails 1 "$source: missing share after the name$usage" "$source" /mnt/dir
done
for option in ip=fe80::1%2 ip ip= guest,ip=::1 ip=::1,guest; do
    fails 1 "ip=: the name already gives the address; remove the option, or use 'mount -t cifs'" \
        //$name/share /mnt/dir -o $option
done
fails 1 "addr=: the name already gives the address; remove the option, or use 'mount -t cifs'" \
    //$name/share /mnt/dir -o ro,addr=fe80::1%2
fails 1 "arguments: //NAME/SHARE and a directory are required$usage" //$name/share
fails 1 "arguments: //NAME/SHARE and a directory are required$usage" //$name/share /mnt/dir x
fails 1 "-x: unrecognized option$usage" //$name/share /mnt/dir -fx
fails 1 "--bind: unrecognized option$usage" //$name/share /mnt/dir --bind
fails 1 "-o: option requires an argument$usage" //$name/share /mnt/dir -o
fails 1 "v6lit.x: type v6lit has no subtypes$usage" //$name/share /mnt/dir -t v6lit.x
run mount -t v6lit.x //$name/share /mnt/dir
same 'a subtype from mount(8)' "1: mount.v6lit: v6lit.x: type v6lit has no subtypes$usage" "$status: $err"
run mount -t v6lit //server/share /mnt/dir
same 'mount(8) adds nothing' "1: mount.v6lit: //server/share: not a name inside $domain; use 'mount -t cifs'" \
    "$status: $err"
fails 2 '/etc/passwd: cannot enter mount namespace: Invalid argument' //$name/share /mnt/dir -N /etc/passwd
fails 2 '/nowhere: cannot enter mount namespace: No such file or directory' //$name/share /mnt/dir -N /nowhere
long=$(printf "%$((4096 - ${#ip} - 1))s" '' | tr ' ' x)
gives '4096 bytes of options' "//$name/share|/mnt/dir|-o|$ip,$long|" mount.v6lit //$name/share /mnt/dir -o "$long"
too_long='-o: options and address are longer than the 4096 bytes that mount.cifs reads'
fails 1 "$too_long" //$name/share /mnt/dir -o "x$long"
fails 1 "$too_long" //$name/share /mnt/dir -o "$long$long$long$long$long"
chmod -x /mnt/sbin/mount.cifs
fails 2 '/sbin/mount.cifs: Permission denied' //$name/share /mnt/dir
rm /mnt/sbin/mount.cifs
fails 32 '/sbin/mount.cifs: No such file or directory; install the package cifs-utils' //$name/share /mnt/dir

run mount.v6lit --version
same version "0: mount.v6lit $(./v6lit --version | sed 's/.* //')" "$status: $err$(cat /mnt/out)"
run mount.v6lit -h
same help '0: ' "$status: $err"
check 'it begins with the usage' grep -q '^Usage: mount.v6lit //NAME/SHARE DIRECTORY ' /mnt/out
same 'help to a full disk' 2 "$(mount.v6lit --help > /dev/full 2> /mnt/err; echo $?)"
same 'who says so' 'mount.v6lit: standard output: No space left on device' "$(cat /mnt/err)"
finish
