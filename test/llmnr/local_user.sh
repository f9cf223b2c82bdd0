#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Tests that a local user without privileges cannot answer the queries of this machine: neither by listening on port 5355,
# nor with the port and ID of a query, from an address of this machine or of a neighbor, by unicast, by multicast, or
# through another interface on the same link.
. "$top_srcdir/test/llmnr/shared.sh"
in_sandbox "$recommended" "$0"
ask=test/llmnr/ask
make_hosts
# That of the system: one in somebody's home directory is closed to others.
PATH=/usr/bin:/bin:/usr/sbin:/sbin
reason=$(setpriv --reuid=65534 --clear-groups python3 -c '' 2>&1) || skip_all "no Python for another user: $reason"
reason=$(strace -o /mnt/trace true 2>&1) || skip_all "strace: $reason"
ASAN_OPTIONS=detect_leaks=0
export ASAN_OPTIONS
link_up 1 fe80::2/64 192.0.2.2/26

mkdir /mnt/user
chown 65534 /mnt/user
cp "$top_srcdir/test/llmnr/spoof.py" /mnt/user
# spoof INTERFACE SOURCE...
spoof() {
    setpriv --reuid=65534 --clear-groups --inh-caps=-all --bounding-set=-all \
        python3 /mnt/user/spoof.py /mnt/user/ready /mnt/user/log "$@" 2> /mnt/errors &
    spoofer=$!
    wait_until 'the spoofer' is_spoofing
}
is_spoofing() {
    kill -0 $spoofer 2> /mnt/forgotten || bail_out "the spoofer does not start: $(tail -n 1 /mnt/errors)"
    [ -e /mnt/user/ready ]
}
end_spoof() {
    rm /mnt/user/ready
    wait $spoofer || bail_out "the spoofer fails: $(tail -n 1 /mnt/errors)"
}
# query: for a name that no host has, with ids that a local user knows. What is drawn at random for them is set to 0.
query() {
    strace -qq -o /mnt/trace -e trace=getrandom -e inject="getrandom:poke_exit=@arg1=${V6LIT_POKE-00000000}" $ask unspec victim
}
none='NOTFOUND ENOENT HOST_NOT_FOUND'
for source in fe80::2 192.0.2.2 fe80::1 2001:db8::1; do
    spoof here1 $source
    same "a reply from $source" "$none" "$(query)"
    end_spoof
    same 'the query was not heard' '' "$(grep heard /mnt/user/log)"
    check 'though its replies were sent' [ ! -s /mnt/user/log ]
done


# Two interfaces of this machine on one link: what leaves by one comes in by the other.
if reason=$(there ip link add bridge0 type bridge mcast_snooping 0 2>&1); then
    there ip link set there1 master bridge0
    there ip link set there2 master bridge0
    there ip link set bridge0 up
    link_up 2 fe80::4/64
    is_reached() {
        ping -6 -c 1 -w 1 -I here2 fe80::2%here2 > /mnt/forgotten 2>&1
    }
    ! command -v ping > /mnt/forgotten || wait_until 'the other interface' is_reached
    for source in fe80::4 fe80::9; do
        spoof here2 $source
        same "a reply from $source by another interface of this machine" "$none" "$(query)"
        end_spoof
        check 'though its replies were sent' sh -c '! grep -q cannot /mnt/user/log'
    done
else
    skip 'a reply by another interface of this machine' "no bridges here: $reason"
fi
finish
