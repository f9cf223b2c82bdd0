#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Tests the package v6lit-llmnrd on a booted system: it starts, its sandbox works, it can be removed, and it does not
# conflict with systemd-resolved, whichever starts first.
. "$top_srcdir/test/tap.sh"
. "$top_srcdir/test/env/hosts.sh"
. "$top_srcdir/test/env/booted.sh"
bare=yes
go_on_among_hosts "$0"
unit=v6lit-llmnrd.service

# apt COMMAND ARGUMENT...: what it says is /mnt/log.
apt() {
    on sambabox sh -c 'cd /packages && DEBIAN_FRONTEND=noninteractive exec apt-get --yes $*' sh "$@" > /mnt/log 2>&1 ||
        { sed 's/^/# /' /mnt/log; return 1; }
}

# shows PROPERTY: of the unit.
shows() {
    on sambabox systemctl show --property="$1" --value $unit
}
is_active() {
    on sambabox systemctl --quiet is-active $unit
}

# stays_away WHEN: it is not started, says why once, and nothing has failed.
stays_away() {
    same "$1: it is not running" inactive "$(shows ActiveState)"
    same "$1: nothing has failed" running "$(on sambabox systemctl is-system-running)"
    check "$1: its log says why" on sambabox sh -c "journalctl --boot --unit $unit --quiet |
        grep -q 'port 5355 is in use by systemd-resolved: set LLMNR=no'"
}

host sambabox
host neighbor
cable sambabox eth0 neighbor eth0
address sambabox eth0 fe80::1/64
address neighbor eth0 fe80::2/64
boot sambabox
package_files sambabox

check 'it is installed' apt install ./v6lit-llmnrd_*.deb
check 'and runs' is_active
same 'the status in systemctl status' 'Answering for sambabox on 1 link' "$(shows StatusText)"
same 'no privilege, and a filter of system calls' '0000000000000000 1 2' "$(on sambabox awk \
    '/^(CapPrm|NoNewPrivs|Seccomp):/ { print $2 }' "/proc/$(shows MainPID)/status" | xargs)"
check 'its user is one of its own' on sambabox sh -c "[ \$(stat -c %u /proc/$(shows MainPID)) -ge 61184 ]"
check 'the rest of it is closed, too' on sambabox sh -c "systemd-analyze security $unit |
    grep -q 'Overall exposure level for $unit: 1[.][0-5] OK'"
on sambabox sh -c 'mkdir -p /etc/v6lit; echo names files > /etc/v6lit/llmnr.conf'
check 'it is reloaded' on sambabox systemctl reload $unit
wait_for 'the second name' on sambabox sh -c "systemctl show --property=StatusText --value $unit | grep 'and other names on 1'"
check 'it is stopped' on sambabox systemctl stop $unit
same 'with success' success "$(shows Result)"
check 'it starts again' on sambabox systemctl start $unit
check 'it is removed' apt remove v6lit-llmnrd
same 'and does not run any more' inactive "$(shows ActiveState)"
check 'it is purged' apt purge v6lit-llmnrd
same 'nothing of it is left' '/etc/v6lit/llmnr.conf' "$(on sambabox find /etc /usr /var /run -path '*v6lit*' -type f \
    ! -path /etc/v6lit-world ! -path '/var/cache/*' ! -path '/run/log/*' ! -path '/var/log/*')"
on sambabox rm -r /etc/v6lit

on sambabox systemctl start systemd-resolved
check 'it is installed beside systemd-resolved' apt install ./v6lit-llmnrd_*.deb
same 'and says why it does not run, and nothing else' 'v6lit-llmnrd: port 5355 is in use by systemd-resolved: set '\
'LLMNR=no in /etc/systemd/resolved.conf and restart it, or let it answer, and do not run v6lit-llmnrd' \
    "$(sed '1,/^Setting up/d; /^Created symlink/d' /mnt/log | tr -d '\r')"
stays_away 'systemd-resolved came first'
check 'an upgrade' apt install --reinstall ./v6lit-llmnrd_*.deb
stays_away 'after an upgrade'

on sambabox sh -c 'mkdir -p /etc/systemd/resolved.conf.d; printf "[Resolve]\nLLMNR=no\n" > /etc/systemd/resolved.conf.d/llmnr.conf'
on sambabox systemctl restart systemd-resolved
check 'with LLMNR=no in systemd-resolved it starts' on sambabox systemctl start $unit
check 'and runs' is_active
on sambabox systemctl stop systemd-resolved
on sambabox rm /etc/systemd/resolved.conf.d/llmnr.conf
on sambabox systemctl start systemd-resolved
check 'systemd-resolved comes later: it answers as before' is_active
check 'and systemd-resolved says so' on sambabox sh -c 'journalctl --boot --unit systemd-resolved --quiet |
    grep -q "Another LLMNR responder prohibits binding"'
halt sambabox
boot sambabox systemd-resolved $unit
stays_away 'after the next boot'
halt sambabox
on sambabox ip link delete eth0
boot sambabox $unit
same 'at boot it waits for a link' 'active Answering for sambabox on 0 links' "$(shows ActiveState) $(shows StatusText)"
cable sambabox eth0 neighbor eth0
address sambabox eth0 fe80::1/64
address neighbor eth0 fe80::2/64
wait_for 'the link' on sambabox sh -c "systemctl show --property=StatusText --value $unit | grep 'sambabox on 1 link'"
result 'which comes' 0
finish
