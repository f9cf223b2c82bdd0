# SPDX-License-Identifier: LGPL-2.1-or-later
# Starts the Debian system of test/env/resolved ($V6LIT_RESOLVED) with systemd and its own network, and builds and installs
# v6lit in it. It is removed when the test ends, in any case. To be sourced, after
# test/tap.sh and test/env/hosts.sh.

# go_on_with_resolved SCRIPT: goes on with the script where such a system can be made.
go_on_with_resolved() {
    [ "${inside-}" != yes ] || return 0
    [ -n "${V6LIT_RESOLVED-}" ] || skip_all 'no Debian system with such a resolved: run script/test --all'
    [ "$(id -u)" = 0 ] || skip_all 'only root can run systemd'
    tap_status=0
    inside=yes unshare --mount --net --ipc --uts --pid --fork --kill-child --mount-proc "$@" || tap_status=$?
    exit $tap_status
}

# make_system: /mnt/system/root, with the sources in /source and a build of them in /build.
make_system() {
    mount -t tmpfs v6lit /mnt
    make_root system "$V6LIT_RESOLVED"
    root=/mnt/system/root
    mkdir "$root/source" "$root/build"
    mount --bind "$top_srcdir" "$root/source"
    mount -t proc proc "$root/proc"
    mount --rbind /dev "$root/dev"
    # Its automake may be another one, and need not be there.
    env -u MAKEFLAGS -u MFLAGS -u MAKELEVEL chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin sh -euc '
        cd /build
        ../source/configure --prefix=/usr --sysconfdir=/etc --with-mountdir=/usr/sbin --with-resolved-hook \
            CFLAGS="-O2 -g -Werror"
        set -- V=0 AUTOMAKE=: AUTOCONF=: AUTOHEADER=: ACLOCAL=:
        make -j 2 "$@"
        make -j 2 "$@" check TESTS=
        make "$@" check SCRIPT_TESTS= OWN_SCRIPT_TESTS= > check.log 2>&1 || :
        make "$@" install-binPROGRAMS install-libexecPROGRAMS install-dnsdelegateDATA install-systemdsystemunitDATA
    ' > /mnt/build.log 2>&1 || { tail -n 40 /mnt/build.log | sed 's/^/# /'; echo 'Bail out! it does not build'; exit 1; }
    umount --recursive "$root/dev"
}

# start_systemd: with no unit but resolved and the hook. It writes to /dev and to its control group.
start_systemd() {
    mkdir /mnt/cgroup
    mount -t cgroup2 cgroup2 /mnt/cgroup || skip_all 'no control groups here'
    cgroup=$(mktemp -d /mnt/cgroup/v6lit.XXXXXX)
    trap stop_systemd EXIT
    hostname resolved
    rm -rf "$root"/etc/systemd/system/*.wants
    echo nameserver 127.0.0.53 > "$root/etc/resolv.conf"
    mkdir -p "$root/etc/systemd/resolved.conf.d"
    mount -t sysfs -o ro sysfs "$root/sys"
    mount -t cgroup2 cgroup2 "$root/sys/fs/cgroup"
    mount -t tmpfs v6lit "$root/run"
    mount -t tmpfs v6lit "$root/dev"
    for device in null zero full random urandom tty; do cp -a /dev/$device "$root/dev/"; done
    ln -s pts/ptmx "$root/dev/ptmx"
    sh -c 'echo $$ > "$1/cgroup.procs"
        exec unshare --cgroup --pid --fork --kill-child --mount sh -euc "
            cd \"$2\"
            mount -t proc proc proc
            umount sys/fs/cgroup
            mount -t cgroup2 cgroup2 sys/fs/cgroup
            pivot_root . mnt
            umount --lazy /mnt
            container=v6lit exec /lib/systemd/systemd --unit=basic.target"' \
        sh "$cgroup" "$root" < /dev/null > /mnt/systemd.log 2>&1 &
    systemd_parent=$!
    wait_for systemd within systemctl is-active basic.target
}

# within COMMAND...: runs it in the system, with nothing of the environment here.
within() {
    systemd_pid=$(cat /proc/$systemd_parent/task/$systemd_parent/children)
    nsenter --target $systemd_pid --mount --pid --cgroup env -i LC_ALL=C.UTF-8 HOME=/root \
        PATH=/usr/sbin:/usr/bin:/sbin:/bin timeout 120 "$@"
}

stop_systemd() {
    trap - EXIT
    kill -9 $systemd_parent
    wait $systemd_parent 2> /dev/null || true # it reports that systemd was killed
    wait_for 'the end of systemd' remove_cgroup
}

remove_cgroup() {
    find "$cgroup" -depth -type d -exec rmdir {} + 2> /dev/null
    [ ! -e "$cgroup" ]
}

# start_nameserver: one that answers for example.org alone, on a link, and writes down what it hears.
start_nameserver() {
    ip link set lo up
    ip link add up0 type veth peer name up1
    ip address add 192.0.2.1/24 dev up0
    ip link set up0 up
    ip link set up1 up
    python3 -B "$top_srcdir/test/resolved_hook/nameserver.py" 192.0.2.1 > /mnt/heard &
    wait_for 'the nameserver' grep -q listening /mnt/heard
}

# heard TEXT: how many queries with it the nameserver has heard.
heard() {
    grep -a -i -c -e "$1" /mnt/heard
}

# start_resolved yes|no: with DNSSEC or without.
start_resolved() {
    printf '%s\n' '[Resolve]' DNS=192.0.2.1 FallbackDNS= LLMNR=no MulticastDNS=no Cache=no DNSSEC="$1" \
        > "$root/etc/systemd/resolved.conf.d/test.conf"
    # Or the sixth start within ten seconds is refused.
    within systemctl reset-failed systemd-resolved
    within systemctl restart systemd-resolved
}

# hook_pid: of the service.
hook_pid() {
    within systemctl show --property=MainPID --value v6lit-resolved-hook.service
}

# dig NAME TYPE [ARGUMENT]...: the status of the reply and the data of its answers.
dig() {
    dig_name=$1
    dig_type=$2
    shift 2
    within dig +tries=1 +time=20 +noall +comments +answer @127.0.0.53 "$@" "$dig_name" "$dig_type" |
        sed -n 's/.*status: \([A-Z]*\).*/\1/p; s/^[^;].*[[:space:]]IN[[:space:]]*[A-Z]*[[:space:]]*//p' | xargs
}
