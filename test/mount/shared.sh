# SPDX-License-Identifier: LGPL-2.1-or-later
# Functions for the scripts of this directory. To be sourced.
set -u
. "$top_srcdir/test/tap.sh"

# own_directory DIRECTORY: an own one in its place, which holds links to all that is in it, but for what is put there.
own_directory() {
    own=$(realpath "$1")
    mkdir -p "/mnt/machine$1" "/mnt$1"
    mount --rbind "$own" "/mnt/machine$1"
    for file in "/mnt/machine$1"/*; do
        ln -s "$file" "/mnt$1/"
    done
    mount --bind "/mnt$1" "$own"
}

# make_link NAME: an interface, and the only address of this host that is not loopback. Its index is in $index.
make_link() {
    ip link add "$1" type veth peer name peer0
    ip link set "$1" addrgenmode none
    ip address add fe80::2/64 dev "$1" nodad
    ip link set "$1" up
    ip address del 127.0.0.1/8 dev lo
    index=$(ip -o link show "$1" | sed 's/:.*//')
}

# put_stand_in: a mount.cifs that writes down its arguments and what the mount point holds.
put_stand_in() {
    rm -f /mnt/sbin/mount.cifs
    cat > /mnt/sbin/mount.cifs << 'END'
#!/bin/sh
printf '%s|' "$@" >> /mnt/arguments
ls "$2" > /mnt/seen
exit "${STAND_IN_STATUS-0}"
END
    chmod +x /mnt/sbin/mount.cifs
}

# run COMMAND...: its exit status in $status, its stderr in $err.
run() {
    status=0
    err=$("$@" 2>&1 > /mnt/out) || status=$?
}
