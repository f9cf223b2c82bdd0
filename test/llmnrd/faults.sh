#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Makes each system call of v6lit-llmnrd fail once while it starts, claims its name, replies and follows a change: it then
# still answers, or exits with a message that says why. With V6LIT_FAULTS=all in the environment each call.
. "$top_srcdir/test/llmnrd/shared.sh"
in_sandbox "$recommended" "$0"
make_link
reason=$(strace -o /mnt/trace true 2>&1) || skip_all "strace: $reason"
ASAN_OPTIONS=detect_leaks=0 # its leak detector cannot work in a process that is traced
export ASAN_OPTIONS
host sambabox
cable sambabox eth0 fe80::1/64 192.0.2.1/24
six='8000 fe80::1'

# ends: what is wrong with how it has ended by itself.
ends() {
    status=0
    wait $tracer || status=$?
    grep -q '^<3>v6lit-llmnrd: ..*' /mnt/said && [ $status -le 2 ] || echo "status $status: $(cat /mnt/said)"
}

# live TRACE OPTION...: a life of the responder under strace; prints what is wrong with it.
live() {
    trace=$1
    shift
    : > /mnt/conf
    nsenter --target "$(cat /mnt/sambabox.pid)" --net --uts strace -o "$trace" "$@" \
        $daemon --config /mnt/conf 2> /mnt/said &
    tracer=$!
    tries=0
    until [ "$(lan ask br0 6 sambabox AAAA --wait 0.2)" = "$six" ]; do
        if ! kill -0 $tracer 2> /dev/null; then
            ends
            return
        fi
        tries=$((tries + 1))
        [ $tries -lt 60 ] || { echo "no reply: $(cat /mnt/said)"; break; }
    done
    # It goes on: a change, a name over TCP, a new configuration.
    child=$(cat /proc/$tracer/task/$tracer/children)
    on sambabox ip address add 2001:db8::5/64 dev eth0 nodad
    lan tcp br0 fe80::1 sambabox AAAA > /dev/null
    kill -HUP $child 2> /dev/null || true
    on sambabox ip address del 2001:db8::5/64 dev eth0
    tries=0
    until [ "$(lan ask br0 6 sambabox AAAA --wait 0.2)" = "$six" ]; do
        if ! kill -0 $tracer 2> /dev/null; then
            ends
            on sambabox ip address del 2001:db8::5/64 dev eth0 2> /dev/null || true
            return
        fi
        tries=$((tries + 1))
        [ $tries -lt 60 ] || { echo "no reply after changes: $(cat /mnt/said)"; break; }
    done
    kill $child
    status=0
    wait $tracer || status=$?
    [ $status = 0 ] || echo "status $status: $(cat /mnt/said)"
}
same 'without a fault' '' "$(live /mnt/all)"

# What is ours: the loader is not, and neither is what cannot fail or has nobody who could do anything.
start_at=$(grep -n '^openat.*/mnt/conf' /mnt/all | head -n 1 | cut -d : -f 1)
awk -v start="$start_at" '{ name = $0; sub(/\(.*/, "", name); number[name]++ } NR >= start { print name, number[name] }' \
    /mnt/all | grep -E '^(socket|bind|setsockopt|openat|read|fstat|recvmsg|recvfrom|sendmsg|sendto|accept4|listen|epoll_ctl|epoll_create1|epoll_wait|timerfd_create|timerfd_settime|signalfd4|rt_sigprocmask|getrandom|uname) ' |
    sort -u > /mnt/calls
faults() {
    case $1 in
        socket | accept4 | epoll_create1 | timerfd_create | signalfd4 | openat) echo EMFILE ;;
        recv* | send* | read | epoll_wait) echo EINTR ;;
        getrandom) echo EAGAIN ;;
        *) echo ENOMEM ;;
    esac
}
# The first two of each call, or all.
runs=0
: > /mnt/done
: > /mnt/wrong
while read -r call number; do
    [ "${V6LIT_FAULTS-}" = all ] || [ "$(grep -c "^$call " /mnt/done 2> /dev/null)" -lt 2 ] || continue
    echo "$call $number" >> /mnt/done
    error=$(faults $call)
    live "/mnt/trace" -e trace="$call" -e inject="$call:error=$error:when=$number" > /mnt/one
    sed "s/^/$call $number $error: /" /mnt/one >> /mnt/wrong
    runs=$((runs + 1))
done < /mnt/calls
same "$runs system calls that fail" '' "$(cat /mnt/wrong)"
check 'there were some of all kinds' [ "$(cut -d ' ' -f 1 /mnt/done | sort -u | wc -l)" -ge 15 ]
finish
