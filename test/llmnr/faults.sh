#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Tests the LLMNR module without descriptors, without an address family, and with each system call failing once, with one
# suitable error, or with each if V6LIT_FAULTS=all is in the environment. The program survives, no descriptor stays open,
# errno is restored, and the answer is one that nss-llmnr(8) lists.
. "$top_srcdir/test/llmnr/shared.sh"
in_sandbox "$recommended" "$0"
ask=test/llmnr/ask
make_hosts
ip address add fe80::2/64 dev here1 nodad
ip address add 192.0.2.2/26 dev here1
ip link set here1 up
start_responder $log there1 there2
both="fe80::1%$(ip -oneline link show here1 | sed 's/:.*//') 2001:db8::1 192.0.2.1 ttl 30"
is_found() {
    [ "$($ask inet "$1") $($ask inet6 "$1")" = "SUCCESS $1: 192.0.2.1 SUCCESS $1: 2001:db8::1 fe80::1" ]
}
wait_until 'the link' is_found peer

same 'no descriptor is left' 'UNAVAIL EMFILE NETDB_INTERNAL' "$($ask -d 0 unspec peer)"
same 'one is, for one family' 'UNAVAIL EMFILE NETDB_INTERNAL' "$($ask -d 1 unspec peer)"
same 'two, but none for TCP' 'NOTFOUND ENOENT HOST_NOT_FOUND' "$($ask -d 2 unspec truncated)"
same 'three, for TCP' "SUCCESS truncated: $both" "$($ask -d 3 unspec truncated)"
same 'in eight threads at once' "SUCCESS truncated: $both, 0 of 16 differ" "$($ask -t 8 unspec truncated)"
if $ask -r inet unspec localhost > /mnt/said; then
    same 'no sockets for IPv4' "SUCCESS peer: $both" "$($ask -r inet unspec peer)"
    same 'no sockets for IPv6' "SUCCESS peer: $both" "$($ask -r inet6 unspec peer)"
    same 'for neither' 'UNAVAIL EAFNOSUPPORT HOST_NOT_FOUND' "$($ask -r inet -r inet6 unspec peer)"
    # As a sandbox may have it: EPERM, EACCES, EINVAL, ENOSYS, EAFNOSUPPORT.
    for error in 1 13 22 38 97; do
        same "errno $error for IPv4" "SUCCESS peer: $both" "$($ask -R $error -r inet unspec peer)"
        same "errno $error for IPv6" "SUCCESS peer: $both" "$($ask -R $error -r inet6 unspec peer)"
        # Nobody else knows the links.
        check "errno $error for netlink" sh -c "$ask -R $error -r netlink unspec peer |
            grep -qx 'UNAVAIL E[A-Z]* HOST_NOT_FOUND'"
        check "errno $error for IPv4 and IPv6" sh -c "$ask -R $error -r inet -r inet6 unspec peer |
            grep -qx 'UNAVAIL E[A-Z]* HOST_NOT_FOUND'"
    done
    same 'none to ask the kernel about its links' 'UNAVAIL EAFNOSUPPORT HOST_NOT_FOUND' "$($ask -r netlink unspec peer)"
else
    skip 'refused families' "$(cat /mnt/said)"
fi

if ! reason=$(strace -o /mnt/trace true 2>&1); then
    skip 'system calls that fail' "strace: $reason"
    finish
fi
ASAN_OPTIONS=detect_leaks=0 # its leak detector cannot work in a process that is traced
export ASAN_OPTIONS
# faults CALL NUMBER: what is to go wrong with it. A close would leave its descriptor open, and uname cannot fail.
faults() {
    case $1 in
        socket) set -- "$1" "$2" EMFILE ENOMEM ;;
        getrandom) set -- "$1" "$2" EAGAIN ;;
        poll | sendto | recv* | sendmsg | connect) set -- "$1" "$2" EINTR ENOMEM ;;
        bind | *sockopt | mmap) set -- "$1" "$2" ENOMEM ;;
        openat) set -- "$1" "$2" EACCES EMFILE ;;
        *) set -- "$1" "$2" ;;
    esac
    call=$1
    number=$2
    shift 2
    for error; do
        echo "$call $number $error"
    done
}
strace -o /mnt/trace $ask unspec truncated > /mnt/said
# What is called between the two looks at the descriptors.
awk '{ name = $0; sub(/\(.*/, "", name); number[name]++ }
    name == "dup" { looks++ } looks == 1 { print name, number[name] }' /mnt/trace |
    while read -r call number; do
        faults "$call" "$number"
    done > /mnt/all
# A sanitizer maps memory, too, and ends the program if it cannot.
not_ours=
! grep -q -e __asan_init -e __tsan_init $llmnr || not_ours=mmap
awk -v all="${V6LIT_FAULTS-}" -v not_ours="$not_ours" \
    '(all == "all" || NR % 4 == 1) && $1 != not_ours' /mnt/all > /mnt/faults
check 'there are calls of all kinds' [ "$(cut -d ' ' -f 1 /mnt/all | sort -u | tr '\n' ' ')" = \
    'bind connect getrandom getsockopt mmap openat poll recvfrom recvmsg sendmsg sendto setsockopt socket ' ]

# fail CALL NUMBER ERROR: prints what is wrong with how that ends.
fail() {
    status=0
    said=$(timeout 60 strace -o "/mnt/trace.$1.$2.$3" -e trace="$1" -e inject="$1:error=$3:when=$2" \
        $ask unspec truncated 2>&1) || status=$?
    case $status:$said in
        "0:SUCCESS truncated: $both" | '0:NOTFOUND ENOENT HOST_NOT_FOUND' | '0:NOTFOUND ENOENT NO_DATA') ;;
        "0:SUCCESS truncated: ${both% 192*} ttl 30" | '0:SUCCESS truncated: 192.0.2.1 ttl 30') ;;
        '0:UNAVAIL ENOMEM NETDB_INTERNAL' | '0:UNAVAIL EMFILE NETDB_INTERNAL') ;;
        "0:UNAVAIL $3 HOST_NOT_FOUND") [ "$3" != EINTR ] || echo "a signal is no reason" ;;
        *) echo "status $status: $said" ;;
    esac
}
runs=0
failing=
while read -r call number error; do
    fail "$call" "$number" "$error" > "/mnt/ends.$call.$number.$error" &
    failing="$failing $!"
    runs=$((runs + 1))
    [ $((runs % 8)) != 0 ] || { wait $failing; failing=; }
done < /mnt/faults
[ -z "$failing" ] || wait $failing
same "$runs system calls that fail" '' "$(cd /mnt && grep . ends.*)"
# The last of a kind may not be made: what comes together is received by one call, or by two.
made=$(grep -l INJECTED /mnt/trace.* | wc -l)
check "$made of them were made" [ $((4 * made)) -ge $((3 * runs)) ]
finish
