# SPDX-License-Identifier: LGPL-2.1-or-later
# Tests on several computers, for what needs more than test/env/sandbox: servers, browsers, a whole Debian.
# Each host is the Debian system that test/env/world made ($V6LIT_WORLD), with v6lit installed in it as the
# README says, a network of its own, and a file system on which what it writes is lost in the end. The hosts,
# their processes and their mounts end with the test, however it ends. To be sourced, after test/tap.sh:
#
#   go_on_among_hosts "$0"
#   host server
#   host client
#   cable server eth0 client eth0.100
#   on client getent ahosts fe80--1seth0.100.ipv6-literal.net

# go_on_among_hosts SCRIPT [ARGUMENT]...: goes on with the script where hosts can be made. Inside, where
# $inside is "yes", it makes ready what all hosts share: v6lit as `make install` installs it, or nothing if $bare is "yes".
go_on_among_hosts() {
    if [ "${inside-}" != yes ]; then
        [ -n "${V6LIT_WORLD-}" ] || skip_all 'no Debian system for the hosts: run script/test --all'
        [ "$(id -u)" = 0 ] || skip_all 'only root can make hosts'
        tap_status=0
        inside=yes unshare --mount --net --ipc --pid --fork --kill-child --mount-proc "$@" || tap_status=$?
        exit $tap_status
    fi
    mount -t tmpfs v6lit /mnt
    make_root installed "$V6LIT_WORLD"
    [ "${bare-}" != yes ] || return 0
    # What `make check` tells its tests is not meant for another make.
    env -u MAKEFLAGS -u MFLAGS -u MAKELEVEL make install DESTDIR=/mnt/installed/root > /mnt/install.log 2>&1 ||
        { sed 's/^/# /' /mnt/install.log; echo 'Bail out! make install fails'; exit 1; }
    chroot /mnt/installed/root ldconfig
    umount /mnt/installed/root
}

# make_root NAME LOWER: /mnt/NAME/root, in which what is written lands in /mnt/NAME/upper.
make_root() {
    mkdir -p "/mnt/$1/upper" "/mnt/$1/work" "/mnt/$1/root"
    mount -t overlay "$1" -o "lowerdir=$2,upperdir=/mnt/$1/upper,workdir=/mnt/$1/work" "/mnt/$1/root"
}

# host NAME: makes a host and starts it. It has no interface but lo, and the hosts: line is Debian's. The
# build directory is /build there, and the sources are /source.
host() {
    make_root "$1" "/mnt/installed/upper:$V6LIT_WORLD"
    mkfifo "/mnt/$1/ready"
    unshare --net --uts --mount sh -euc '
        hostname "$1"
        echo "127.0.0.1 localhost $1" > "$2/etc/hosts"
        echo "::1 localhost" >> "$2/etc/hosts"
        : > "$2/etc/resolv.conf"
        ip link set lo up
        mount -t proc proc "$2/proc"
        mount -t sysfs sysfs "$2/sys"
        mount --rbind /dev "$2/dev"
        mount -t tmpfs tmpfs "$2/run"
        mkdir -p "$2/build" "$2/source"
        mount --bind . "$2/build"
        mount --bind "$3" "$2/source"
        cd "$2"
        pivot_root . mnt
        umount --lazy /mnt
        echo ready >&3
        exec sleep infinity 3>&-
    ' sh "$1" "/mnt/$1/root" "$top_srcdir" 3> "/mnt/$1/ready" &
    echo $! > "/mnt/$1/pid"
    read -r host_state < "/mnt/$1/ready" || { echo "Bail out! the host $1 does not come up"; exit 1; }
    [ "$host_state" = ready ]
}

# on HOST COMMAND...: runs a command there, as root, and with nothing of the environment here.
on() {
    [ ! -e "/mnt/$1/virtual" ] || { shift; guest "$@"; return; } # see test/kernel/vm.sh
    on_pid=$(cat "/mnt/$1/pid")
    on_more=
    [ ! -e "/mnt/$1/enter" ] || on_more=$(cat "/mnt/$1/enter") # what a booted host has of its own: see booted.sh
    shift
    nsenter --target "$on_pid" --net --uts --mount $on_more env -i LC_ALL=C.UTF-8 HOME=/root \
        PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin "$@"
}

# cable HOST INTERFACE HOST INTERFACE: joins two hosts. The interfaces are down and have no address.
cable() {
    ip link add name "$2" netns "$(cat "/mnt/$1/pid")" type veth \
        peer name "$4" netns "$(cat "/mnt/$3/pid")"
    on "$1" ip link set "$2" addrgenmode none
    on "$3" ip link set "$4" addrgenmode none
}

# address HOST INTERFACE ADDRESS/LENGTH...: gives it these, which can be used at once, and sets it up.
address() {
    address_host=$1
    address_link=$2
    shift 2
    for address_one; do
        case $address_one in
            *:*) on "$address_host" ip address add "$address_one" dev "$address_link" nodad ;;
            *) on "$address_host" ip address add "$address_one" dev "$address_link" ;;
        esac
    done
    on "$address_host" ip link set "$address_link" up
}

# wait_for WHAT COMMAND...: until the command succeeds, ten seconds at the most. A file that it reads must not hold what
# an earlier program wrote there: `>` of a program in the background may empty it too late.
wait_for() {
    wait_what=$1
    shift
    wait_tries=0
    until "$@" > /dev/null 2>&1; do
        wait_tries=$((wait_tries + 1))
        [ $wait_tries -lt 200 ] || { echo "Bail out! waited in vain for $wait_what"; exit 1; }
        sleep 0.05
    done
}
