# SPDX-License-Identifier: LGPL-2.1-or-later
# Sets up a host on two links for the scripts of this directory. To be sourced.

. "$top_srcdir/test/module/shared.sh"

# make_hosts: the hosts' end of two links that have the same addresses: one host each would do no more than one on
# both. Ours are here1 and here2, down and without an address. In $log stands what is heard there.
log=/mnt/heard
make_hosts() {
    need python3 python3
    need nsenter util-linux
    responder=
    unshare --net sleep infinity &
    hosts=$!
    trap 'kill $hosts $responder 2> /dev/null' EXIT
    trap 'exit 1' HUP INT TERM
    own_net=$(readlink /proc/self/ns/net)
    wait_until 'the other network' is_apart
    there ip link set lo up
    if ! reason=$(there ip address add 2001:db8:ff::1/128 dev lo nodad 2>&1); then
        skip_all "no IPv6 here: $reason"
    fi
    there ip address add 192.0.2.200/32 dev lo
    for number in 1 2; do
        link_pair here$number there$number
        ip link set there$number netns $hosts
        ip link set here$number addrgenmode none
        there ip link set there$number addrgenmode none
        there ip address add fe80::1/64 dev there$number nodad
    done
    # Each has a prefix of its own, so that the kernel there knows the way back.
    there ip address add 192.0.2.1/26 dev there1
    there ip address add 192.0.2.65/26 dev there2
    there ip link set there1 up
    there ip link set there2 up
}
there() {
    nsenter --target $hosts --net "$@"
}
is_apart() {
    [ "$(readlink /proc/$hosts/ns/net)" != "$own_net" ]
}

# link_up NUMBER ADDRESS...: here and there, with these addresses here.
link_up() {
    ip link set here$1 up
    there ip link set there$1 up
    wait_until 'the carrier' has_carrier here$1
    link=here$1
    shift
    for address; do
        case $address in
            *:*) ip address add "$address" dev $link nodad ;;
            *) ip address add "$address" dev $link ;;
        esac
    done
}

# has_carrier INTERFACE
has_carrier() {
    ip link show "$1" | grep -q 'state UP'
}

# start_responder [--claim] LOG INTERFACE...: what it says is in responder.py.
start_responder() {
    # Hosts have three tenths of a second to reply, however busy this machine is.
    at_once=
    ! chrt --fifo 1 true 2> /dev/null || at_once='chrt --fifo 1'
    rm -f $log
    # Not by `there`: what is started so is a shell of its own.
    nsenter --target $hosts --net $at_once python3 "$top_srcdir/test/llmnr/responder.py" "$@" 2> /mnt/errors &
    responder=$!
    wait_until 'the responder' is_ready
    echo 1 > /mnt/heard_until
}
is_ready() {
    kill -0 $responder || bail_out "the responder does not start: $(tail -n 1 /mnt/errors)"
    grep -qx ready $log 2> /dev/null
}

# heard: what the responder has heard since the last time, without ids and ports.
heard() {
    awk -v from="$(cat /mnt/heard_until)" 'NR > from { $5 = $6 = ""; print }' $log |
        sed 's/ *$//' | sort | uniq -c | sed 's/^ *//'
    wc -l < $log > /mnt/heard_until
}

# is_heard NAME FROM: whether it has been asked for, below that line of the log.
is_heard() {
    awk -v name="$1" -v from="$2" 'NR > from && $4 == name { found = 1 } END { exit !found }' $log
}
