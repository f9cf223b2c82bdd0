# SPDX-License-Identifier: LGPL-2.1-or-later
# Sets up a link with several hosts for the scripts of this directory. This host is connected by br0 and sends queries;
# each other host has its own network, its own name, and optionally a responder. To be sourced.

. "$top_srcdir/test/module/shared.sh"
daemon=${LLMNRD-./v6lit-llmnrd}
wait_logs='/mnt/*.log'
lan() {
    python3 "$top_srcdir/test/llmnrd/lan.py" "$@"
}
# lan_begin OUTPUT ARGUMENT...: the same in the background, as $lan_pid. (`lan ... &` would be a shell that waits for it.)
lan_begin() {
    lan_output=$1
    shift
    python3 "$top_srcdir/test/llmnrd/lan.py" "$@" > "$lan_output" 2>&1 &
    lan_pid=$!
    pids="$pids $lan_pid"
}
# lan_end PID
lan_end() {
    kill "$1"
    wait "$1" 2> /dev/null || true
}

# make_link: br0, with fe80::c, 2001:db8::c and 192.0.2.12.
make_link() {
    need python3 python3
    need nsenter util-linux
    [ -x $daemon ] || skip_all 'v6lit-llmnrd is not built: libsystemd is missing'
    pids=
    trap 'kill $pids 2> /dev/null' EXIT
    trap 'exit 1' HUP INT TERM
    # Without an address of its own the bridge takes that of a port, and neighbors send to the old one.
    reason=$(ip link add name br0 address 02:00:00:00:00:0c type bridge 2>&1) || skip_all "no bridges: $reason"
    ip link set br0 addrgenmode none
    # The bridge hands on every group: nobody asks for membership here.
    ip link set br0 type bridge mcast_snooping 0 2> /dev/null || true
    reason=$(ip address add fe80::c/64 dev br0 nodad 2>&1) || skip_all "no IPv6 here: $reason"
    ip address add 2001:db8::c/64 dev br0 nodad
    ip address add 192.0.2.12/24 dev br0
    ip link set br0 up
}

# host NAME: a host without an interface.
host() {
    unshare --net --uts sh -c 'hostname "$1"; echo > "/mnt/$1.up"; exec sleep infinity' sh "$1" &
    echo $! > "/mnt/$1.pid"
    pids="$pids $!"
    wait_until "the host $1" [ -e "/mnt/$1.up" ]
    on "$1" ip link set lo up
}

# on HOST COMMAND...
on() {
    on_pid=$(cat "/mnt/$1.pid")
    shift
    nsenter --target "$on_pid" --net --uts "$@"
}

# cable HOST INTERFACE ADDRESS...: joins it to the link.
cable() {
    cable_host=$1
    cable_link=$2
    shift 2
    link_pair "$cable_host-$cable_link" peer0
    ip link set peer0 netns "$(cat "/mnt/$cable_host.pid")"
    on "$cable_host" ip link set peer0 name "$cable_link"
    ip link set "$cable_host-$cable_link" addrgenmode none master br0 up
    on "$cable_host" ip link set "$cable_link" addrgenmode none up
    addresses "$cable_host" "$cable_link" "$@"
    wait_until 'the carrier' has_carrier "$cable_host" "$cable_link"
    # It may have the addresses of one that has gone.
    ip neighbor flush dev br0
}
has_carrier() {
    on "$1" ip link show "$2" | grep -q 'state UP'
}
addresses() {
    addresses_host=$1
    addresses_link=$2
    shift 2
    for address_one; do
        case $address_one in
            *:*) on "$addresses_host" ip address add "$address_one" dev "$addresses_link" nodad ;;
            *) on "$addresses_host" ip address add "$address_one" dev "$addresses_link" ;;
        esac
    done
}

# start HOST: its responder, with /mnt/HOST.conf, and waits until it is ready. "run" does not wait.
run() {
    run_host=$1
    [ -e "/mnt/$run_host.conf" ] || : > "/mnt/$run_host.conf"
    rm -f "/mnt/$run_host.socket" "/mnt/$run_host.said"
    python3 "$top_srcdir/test/llmnrd/notify.py" "/mnt/$run_host.socket" > "/mnt/$run_host.said" &
    pids="$pids $!"
    wait_until 'notify.py' grep -qs listening "/mnt/$run_host.said"
    # Not by `on`: what is started so is a shell of its own.
    NOTIFY_SOCKET=/mnt/$run_host.socket nsenter --target "$(cat "/mnt/$run_host.pid")" --net --uts \
        ${wrapper-} $daemon --config "/mnt/$run_host.conf" 2> "/mnt/$run_host.log" &
    eval "daemon_$run_host=$!"
    pids="$pids $!"
}
start() {
    run "$1"
    wait_until "the responder on $1" says "$1" READY=1
}
says() {
    grep -qs "$2" "/mnt/$1.said"
}
logs() {
    grep -qs "$2" "/mnt/$1.log"
}
# stop HOST: its exit status is $stopped then.
stop() {
    eval "stop_pid=\$daemon_$1"
    kill "$stop_pid" 2> /dev/null || true
    stopped=0
    wait "$stop_pid" || stopped=$?
}

# prints WANTED ARGUMENT...: whether `lan` prints that. wait_reply: until it does.
prints() {
    prints_wanted=$1
    shift
    [ "$(lan "$@" --wait 0.3)" = "$prints_wanted" ]
}
wait_reply() {
    reply_tries=0
    until prints "$@"; do
        reply_tries=$((reply_tries + 1))
        [ $reply_tries -lt 60 ] || { tail -n 5 /mnt/*.log | sed 's/^/# /'; bail_out "in vain: the reply $1"; }
    done
}
