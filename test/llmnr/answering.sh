# SPDX-License-Identifier: LGPL-2.1-or-later
# Sets up the host sambabox, with the programs that answer LLMNR on its eth0, and on the same link the host client with its
# eth1. To be sourced, on hosts.
host sambabox
host client
cable sambabox eth0 client eth1

# has_program PROGRAM: whether the Debian of the hosts has it. If not, as llmnrd in Debian 13, a test is skipped.
has_program() {
    on sambabox sh -c 'PATH=$PATH:/lib/systemd; command -v "$1"' sh "$1" > /mnt/program && return
    skip "$1" "this Debian has no $1"
    return 1
}

# answers PROGRAM: starts v6lit-llmnrd, systemd-resolved as examples/llmnr has it, llmnrd or wsdd2.
answers() {
    case $1 in
        v6lit-llmnrd) ;;
        llmnrd) set -- llmnrd -6 -i eth0 ;;
        wsdd2) set -- wsdd2 -l -i eth0 ;;
        *)
            # As its service and its package do.
            on sambabox sh -c 'mkdir -p /run/systemd/resolve /etc/systemd/resolved.conf.d
                chown systemd-resolve: /run/systemd/resolve
                cp /source/examples/llmnr/llmnr.conf /etc/systemd/resolved.conf.d/'
            set -- /lib/systemd/systemd-resolved
            ;;
    esac
    on sambabox sh -c 'echo $$ > /run/answering; exec "$@"' sh "$@" > /mnt/sambabox.log 2>&1 &
}
stops() {
    on sambabox sh -c 'kill "$(cat /run/answering)"'
    wait_for 'the end of it' on sambabox sh -c '! ss -Huln sport = 5355 | grep -q .'
}
