#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Tests that mount(8) and systemd accept examples/fstab and examples/mount/srv-share.mount, and pass the same options to
# mount.cifs.
. "$top_srcdir/test/mount/shared.sh"
in_sandbox files "$0"

examples=$(cd "$top_srcdir/examples" && pwd)
own_directory /sbin
cp mount.v6lit /mnt/sbin/
put_stand_in
make_link eth0
mkdir -p /mnt/srv/share /mnt/srv/music
mount --bind /mnt/srv /srv
server=//fe80--20c-29ff-fea3-8bb1seth0.ipv6-literal.net
ip=ip=fe80::20c:29ff:fea3:8bb1%$index
share="$server/share|/srv/share|-o|$ip,rw,credentials=/etc/samba/share.credentials,uid=1000,_netdev"
music="$server/my music|/srv/music|-o|$ip,ro,guest,_netdev"

# mounts NAME ARGUMENTS COMMAND...: what mount.cifs gets.
mounts() {
    mounts_name=$1
    mounts_wanted=$2
    shift 2
    rm -f /mnt/arguments
    run "$@"
    same "$mounts_name" "0: $mounts_wanted|" "$status: $err$(cat /mnt/arguments 2> /dev/null)"
}
mounts 'fstab, at boot' "$share,nofail" mount -a -T "$examples/fstab"
mounts 'fstab, the second line' "$music" mount -T "$examples/fstab" /srv/music

# unit KEY: its value in the unit.
unit() {
    sed -n "s/^$1=//p" "$examples/mount/srv-share.mount"
}
mounts 'the unit, as systemd runs mount' "$share" \
    mount "$(unit What)" "$(unit Where)" -t "$(unit Type)" -o "$(unit Options)"

generator=/usr/lib/systemd/system-generators/systemd-fstab-generator
if command -v systemd-analyze > /dev/null && [ -x $generator ]; then
    # verifies UNIT...: systemd has nothing to say against them.
    verifies() {
        run systemd-analyze verify "$@"
        same "systemd-analyze verify $(basename "$1")" '0: ' "$status: $err"
    }
    verifies "$examples/mount/srv-share.mount"
    verifies "$examples/mount/srv-share.automount" "$examples/mount/srv-share.mount"
    mkdir /mnt/bad /mnt/units
    sed 's|^Where=.*|Where=/srv/other|' "$examples/mount/srv-share.mount" > /mnt/bad/srv-share.mount
    run systemd-analyze verify /mnt/bad/srv-share.mount
    check 'which it does of a wrong one' test $status != 0

    SYSTEMD_FSTAB=$examples/fstab $generator /mnt/units /mnt/units /mnt/units
    verifies /mnt/units/srv-share.mount
    verifies /mnt/units/srv-music.mount
    verifies /mnt/units/srv-music.automount
    same '_netdev makes it a network file system' '../srv-share.mount' \
        "$(readlink /mnt/units/remote-fs.target.wants/srv-share.mount)"
    same 'it waits for the interface' 'After=sys-subsystem-net-devices-eth0.device
Requires=sys-subsystem-net-devices-eth0.device' "$(grep eth0.device$ /mnt/units/srv-share.mount | grep -v ^Options | sort)"
else
    skip 'what systemd makes of it' 'no systemd here'
fi
finish
