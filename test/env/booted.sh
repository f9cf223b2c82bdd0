# SPDX-License-Identifier: LGPL-2.1-or-later
# Hosts that are booted: a Debian 12 whose systemd is PID 1 and starts services as on any machine, with their sandboxes.
# To be sourced, after test/env/hosts.sh:
#
#   go_on_among_hosts "$0"
#   host server
#   cable server eth0 client eth1
#   boot server smbd                # with this of the units that are installed there enabled, and no other
#   on server systemctl status smbd
#   halt server
#
# It is a host in every other way, and has control groups, devices and processes of its own in addition. It needs no virtual
# machine, boots in a second or two, and leaves the machine alone: it cannot load modules or set the clock, and of
# /proc/sys it can write its network alone. test/env/page.sh runs the commands of a page there.

# boot HOST [UNIT]...: starts systemd there.
boot() {
    boot_host=$1
    shift
    boot_cgroup
    mkdir "$boot_cgroup/$boot_host"
    on "$boot_host" sh -euc 'rm -rf /etc/systemd/system/*.wants
        for script in /etc/rc[2-5].d/S*; do [ ! -e "$script" ] || mv "$script" "${script%/*}/K${script##*/S}"; done
        rm -f /etc/dpkg/dpkg.cfg.d/*mmdebstrap* # which leaves out documentation
        echo "APT::Get::Assume-Yes true;" > /etc/apt/apt.conf.d/yes
        hostname > /etc/hostname
        tr -d - < /proc/sys/kernel/random/uuid > /etc/machine-id
        id -u reader > /dev/null || useradd --create-home --shell /bin/sh reader
        [ $# = 0 ] || systemctl --quiet enable "$@"' sh "$@" > /mnt/boot.log 2>&1 ||
        bail_out "$boot_host cannot be booted: $(tail -n 1 /mnt/boot.log)"
    boot_pid=$(cat "/mnt/$boot_host/pid")
    sh -c 'echo $$ > "$1/cgroup.procs"
        exec nsenter --target "$2" --net --uts --mount env -i container=v6lit PATH=/usr/sbin:/usr/bin:/sbin:/bin \
            unshare --pid --ipc --cgroup --mount --fork --kill-child sh -euc "$3"' \
        sh "$boot_cgroup/$boot_host" "$boot_pid" '
            mount -t proc proc /proc
            mount --bind /proc/sys/net /proc/sys/net
            for path in /proc/sys /proc/sysrq-trigger /sys; do
                [ -e $path ] || continue
                mount --rbind $path $path
                mount -o remount,bind,ro $path
            done
            mount -t cgroup2 cgroup2 /sys/fs/cgroup
            mount -t tmpfs -o mode=755 tmpfs /mnt
            for device in null zero full random urandom tty; do cp -a /dev/$device /mnt/; done
            mkdir /mnt/pts /mnt/shm
            mount -t devpts -o newinstance,ptmxmode=666,mode=620,gid=5 devpts /mnt/pts
            ln -s pts/ptmx /mnt/ptmx
            ln -s /proc/self/fd /mnt/fd
            mount --move /mnt /dev
            exec setpriv --bounding-set -sys_module,-sys_time,-sys_rawio,-syslog /lib/systemd/systemd
        ' < /dev/null > "/mnt/$boot_host/console" 2>&1 &
    echo $! > "/mnt/$boot_host/systemd"
    (wait_for "the first process of $boot_host" booted_pid "$boot_host") || boot_failed
    echo --pid --ipc --cgroup > "/mnt/$boot_host/enter"
    mv "/mnt/$boot_host/pid" "/mnt/$boot_host/host"
    booted_pid "$boot_host" > "/mnt/$boot_host/pid"
    (wait_for "systemd on $boot_host" is_booted "$boot_host") || boot_failed
}

boot_failed() {
    {
        tail -n 20 "/mnt/$boot_host/console"
        [ ! -e "/mnt/$boot_host/enter" ] || on "$boot_host" timeout 5 systemctl list-jobs --no-pager
    } 2>&1 | sed 's/^/# /'
    exit 1
}

# booted_pid HOST: the process that is 1 there.
booted_pid() {
    booted_parent=$(cat "/mnt/$1/systemd")
    grep -o '^[0-9]*' "/proc/$booted_parent/task/$booted_parent/children"
}

# is_booted HOST: all that is enabled has been started, or has failed.
is_booted() {
    on "$1" systemctl is-system-running | grep -x -e running -e degraded
}

# boot_cgroup: the control group of the test, which is gone in the end.
boot_cgroup() {
    [ -z "${boot_cgroup-}" ] || return 0
    mkdir /mnt/cgroup
    mount -t cgroup2 cgroup2 /mnt/cgroup || skip_all 'no control groups here'
    boot_cgroup=$(mktemp -d /mnt/cgroup/v6lit.XXXXXX) || skip_all 'no control group can be made here'
    trap halt_all EXIT
}

# package_files HOST: the packages of v6lit ($V6LIT_PACKAGES) are files in /packages there.
package_files() {
    [ -n "${V6LIT_PACKAGES-}" ] || skip_all 'no packages of v6lit: run script/test-pages'
    on "$1" mkdir -p /packages
    cp "$V6LIT_PACKAGES"/*.deb "/proc/$(cat "/mnt/$1/pid")/root/packages/"
}

# halt HOST: as a power failure does. It is a host without systemd then.
halt() {
    kill -9 "$(cat "/mnt/$1/systemd")" 2> /dev/null
    wait "$(cat "/mnt/$1/systemd")" 2> /dev/null
    [ ! -e "/mnt/$1/enter" ] || mv "/mnt/$1/host" "/mnt/$1/pid"
    rm -f "/mnt/$1/enter" "/mnt/$1/systemd"
    wait_for "the end of systemd on $1" no_cgroup "$boot_cgroup/$1"
}

halt_all() {
    for halt_one in /mnt/*/systemd; do
        [ ! -e "$halt_one" ] || { halt_one=${halt_one%/systemd}; halt "${halt_one#/mnt/}"; }
    done
    no_cgroup "$boot_cgroup"
}

no_cgroup() {
    find "$1" -depth -type d -exec rmdir {} + 2> /dev/null
    [ ! -e "$1" ]
}
