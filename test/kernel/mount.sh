#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Tests mounts of a server with a literal name: from the command line, from fstab and by systemd, on a client with IPv4,
# and after a reboot, with another interface index, on one without.
set -u

. "$top_srcdir/test/tap.sh"
. "$top_srcdir/test/env/hosts.sh"
. "$top_srcdir/test/kernel/vm.sh"
. "$top_srcdir/test/kernel/shared.sh"
go_on_among_hosts "$0"

name=fe80--1seth0.ipv6-literal.net

# reads_and_writes WHAT DIRECTORY SHARE: a file goes each way.
reads_and_writes() {
    # The client must not hold what it is asked for.
    words="$1, file $((words_file += 1))"
    printf %s "$words" > "/mnt/words"
    on server sh -c "cat > /smb/$3/down" < /mnt/words
    guest sh -c "printf %s '$words' > $2/up"
    same "$1: the client reads what the server has" "$words" "$(guest cat "$2/down")"
    same "$1: the server has what the client writes" "$words" "$(on server cat "/smb/$3/up")"
    guest rm "$2/up" "$2/down"
}
words_file=0

# fails NAME STATUS WORDS COMMAND...: passed if the command fails in the virtual machine with that status
# and says that.
fails() {
    fails_name=$1
    fails_status=$2
    fails_words=$3
    shift 3
    fails_got=0
    fails_said=$(guest "$@") || fails_got=$?
    case "$fails_got $fails_said" in
        "$fails_status "*"$fails_words"*) result "$fails_name" 0 ;;
        *) same "$fails_name" "$fails_status $fails_words" "$fails_got $fails_said" ;;
    esac
}

# as_ben COMMAND...: runs a command in the virtual machine as an ordinary user.
as_ben() {
    guest setpriv --reuid ben --clear-groups "$@"
}

host server
host client
on client v6lit enable > /dev/null
on client sh -euc '
    cd /media
    mkdir auto cifs unit user user-cifs v6lit
    useradd ben
    chown ben user user-cifs
    printf "username=ann\npassword=secret\n" > /etc/ann
    chmod 600 /etc/ann
    cat > /etc/fstab << end
//$1/public /media/cifs cifs guest,_netdev 0 0
//$1/private /media/v6lit v6lit credentials=/etc/ann,seal,noauto,_netdev 0 0
//$1/public /media/auto v6lit guest,noauto,x-systemd.automount,_netdev 0 0
//$1/public /media/user v6lit guest,noauto,user,_netdev 0 0
//$1/public /media/user-cifs cifs guest,noauto,user,_netdev 0 0
end
    cat > /etc/systemd/system/media-unit.mount << end
[Mount]
What=//$1/public
Where=/media/unit
Type=v6lit
Options=guest,_netdev
end
' sh "$name"

boot client server tap0 systemd
address server tap0 fe80::1/64 fd00::1/64 2001:db8::1/64 192.0.2.1/24
serve server
addresses fe80::2/64 fd00::2/64 2001:db8::2/64 192.0.2.2/24

check 'the name of the interface' guest mount -t cifs "//$name/public" /mnt -o guest
same 'the kernel has the zone' "$kernel_address%2" "$(mounted /mnt addr=)"
reads_and_writes 'the name of the interface' /mnt public
on server dd if=/dev/urandom of=/smb/public/random bs=1M count=64 status=none
sum=$(on server sha256sum < /mnt/server/root/smb/public/random)
guest cp /mnt/random /random
same '64 MB from the server' "$sum" "$(guest sh -c 'sha256sum < /random')"
guest cp /random /mnt/back
same '64 MB to the server' "$sum" "$(on server sha256sum < /mnt/server/root/smb/public/back)"
check 'unmount' guest umount /mnt
same 'nothing is mounted then' '' "$(guest findmnt --types cifs --noheadings)"

# The mounts of README.md, with the names of the server and the shares here.
readme=$(sed 's/fe80--20c-29ff-fea3-8bb1s/fe80--1s/g; s|/share /mnt|/public /mnt|; s|/share$|/public|; s|/share /srv/share|/private /srv/share|' \
    "$top_srcdir/README.md")
check 'README: mount -t v6lit' guest $(printf '%s\n' "$readme" | sed -n 's/^# \(mount -t v6lit\)/\1/p')
# The widths of the columns differ between versions of findmnt.
same 'README: findmnt' "$(printf '%s\n' "$readme" | sed -n '/^# findmnt/{n; p; q;}' | tr -s ' ')" \
    "$(guest $(printf '%s\n' "$readme" | sed -n 's/^# \(findmnt\)/\1/p') | tr -s ' ')"
guest umount /mnt
guest mkdir -p /srv/share
guest cp /etc/ann /etc/samba/share.credentials
guest sh -c 'echo "$1" > /etc/fstab.readme' sh "$(printf '%s\n' "$readme" | grep '^//.* /srv/share v6lit ')"
check 'README: the line for fstab' guest mount -a -T /etc/fstab.readme
reads_and_writes 'README: the line for fstab' /srv/share private
guest umount /srv/share

check 'the index' guest mount -t cifs //fe80--1s2.ipv6-literal.net/public /mnt -o guest
same 'the index: the kernel has the zone' "$kernel_address%2" "$(mounted /mnt addr=)"
reads_and_writes 'the index' /mnt public
guest umount /mnt

for type in cifs v6lit; do
    check "$type: a global address" guest mount -t $type //2001-db8--1.ipv6-literal.net/public /mnt -o guest
    reads_and_writes "$type: a global address" /mnt public
    guest umount /mnt
    check "$type: a unique local address" guest mount -t $type //fd00--1.ipv6-literal.net/public /mnt -o guest
    same "$type: a unique local address has no zone" addr=fd00:0000:0000:0000:0000:0000:0000:0001 \
        "$(mounted /mnt addr=)"
    guest umount /mnt

    fails "$type: the private share needs a user" 32 'mount error(13)' \
        mount -t $type "//$name/private" /mnt -o guest
    check "$type: user and password, seal" guest mount -t $type "//$name/private" /mnt \
        -o credentials=/etc/ann,seal
    same "$type: user and password, seal: the kernel has them" 'username=ann seal' \
        "$(mounted /mnt '\(username=\|seal\)' | tr '\n' ' ' | sed 's/ $//')"
    same "$type: user and password, seal: the server sees it encrypted" AES-128-GCM \
        "$(on server smbstatus --configfile=/smb/smb.conf --processes | grep -o AES-128-GCM)"
    reads_and_writes "$type: user and password, seal" /mnt private
    guest umount /mnt
done

check 'fstab: mount -a' guest mount -a
same 'fstab: mount -a mounts what is not noauto' /media/cifs \
    "$(guest findmnt --types cifs --noheadings --output TARGET)"
reads_and_writes 'fstab: mount -a' /media/cifs public
check 'fstab: unmount' guest umount /media/cifs
check 'fstab: mount DIRECTORY' guest mount /media/v6lit
reads_and_writes 'fstab: mount DIRECTORY' /media/v6lit private
guest umount /media/v6lit

same 'systemd waits for the network' network-online.target \
    "$(guest systemctl show --property After --value media-v6lit.mount | tr ' ' '\n' | grep '^network-online')"
for unit in unit v6lit; do
    check "systemd: start media-$unit.mount" guest systemctl start media-$unit.mount
    same "systemd: media-$unit.mount is active" active "$(guest systemctl is-active media-$unit.mount)"
    same "systemd: media-$unit.mount: the kernel has the zone" "$kernel_address%2" \
        "$(mounted /media/$unit addr=)"
    check "systemd: stop media-$unit.mount" guest systemctl stop media-$unit.mount
done
check 'systemd: automount' guest systemctl start media-auto.automount
check 'systemd: automount: an ordinary user looks into the directory' as_ben test -e /media/auto/random
same 'systemd: automount: the kernel has the zone' "$kernel_address%2" "$(mounted /media/auto addr=)"
check 'systemd: stop the automount' guest systemctl stop media-auto.automount media-auto.mount
same 'systemd: nothing is mounted then' '' "$(guest findmnt --types cifs --noheadings)"
check 'systemd has nothing against the units' guest systemd-analyze verify --man=no \
    /etc/systemd/system/media-unit.mount /run/systemd/generator/media-v6lit.mount

check 'an ordinary user can mount by the type cifs' as_ben mount /media/user-cifs
same 'an ordinary user, cifs: the kernel has the zone' "$kernel_address%2" "$(mounted /media/user-cifs addr=)"
guest umount /media/user-cifs

halt_guest
boot client server tap0 agent
address server tap0 fe80::1/64
# The index is 5 now.
guest ip link add dummy0 type dummy
guest ip link add dummy1 type dummy
guest ip link add dummy2 type dummy
addresses fe80::2/64
same 'a client without IPv4' 127.0.0.1 "$(guest ip -4 -oneline address | sed 's/.*inet \([^/]*\).*/\1/')"

fails 'without IPv4: mount -t cifs' 32 'mount error(22)' mount -t cifs "//$name/public" /mnt -o guest
check 'without IPv4, another index: fstab' guest mount /media/v6lit
same 'without IPv4, another index: the kernel has it' "$kernel_address%5" "$(mounted /media/v6lit addr=)"
reads_and_writes 'without IPv4, another index' /media/v6lit private

check 'remount, read only' guest mount -o remount,ro /media/v6lit
same 'remount, read only: it is' ro "$(mounted /media/v6lit 'r[ow]$')"
fails 'remount, read only: no file is written' 1 'Read-only file system' touch /media/v6lit/new
check 'remount, to be written' guest mount -o remount,rw /media/v6lit
check 'remount, to be written: it can be' guest touch /media/v6lit/new
check 'unmount what was remounted' guest umount /media/v6lit

check 'a name in capitals' guest mount -t v6lit //FE80--1SETH0.IPV6-LITERAL.NET/public /mnt -o guest
same 'a name in capitals: the kernel has the zone' "$kernel_address%5" "$(mounted /mnt addr=)"
guest umount /mnt
fails 'no such interface' 32 'no interface eth7' \
    mount -t v6lit //fe80--1seth7.ipv6-literal.net/public /mnt -o guest
guest mv /sbin/mount.cifs /sbin/mount.cifs.away
fails 'no mount.cifs' 32 'install the package cifs-utils' mount -t v6lit "//$name/public" /mnt -o guest
guest mv /sbin/mount.cifs.away /sbin/mount.cifs

fails 'an ordinary user cannot mount type v6lit' 1 'only root can mount type v6lit' \
    setpriv --reuid ben --clear-groups mount /media/user

check 'v6lit exec' guest v6lit exec mount.cifs "//$name/public" /mnt -o guest
same 'v6lit exec: the kernel has the zone' "$kernel_address%5" "$(mounted /mnt addr=)"
guest umount /mnt
guest ip address add 192.0.0.8/32 dev lo
check '192.0.0.8 on lo' guest mount -t cifs "//$name/public" /mnt -o guest
same '192.0.0.8 on lo: the kernel has the zone' "$kernel_address%5" "$(mounted /mnt addr=)"
guest umount /mnt
halt_guest
finish
