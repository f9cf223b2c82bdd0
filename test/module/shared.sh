# SPDX-License-Identifier: LGPL-2.1-or-later
# Functions for the scripts of this directory, which run in the build directory. To be sourced.

. "$top_srcdir/test/tap.sh"
module=.libs/libnss_ipv6literal.so.2
llmnr=.libs/libnss_llmnr.so.2
library=.libs/libv6lit.so.0
programs=test/module

# need PROGRAM PACKAGE
need() {
    PATH=$PATH:/sbin:/usr/sbin command -v "$1" > /dev/null || skip_all "$1 is missing (Debian: $2)"
}

# link_pair NAME PEER: two interfaces that are joined. Any name will do for this kernel.
link_pair() {
    reason=$(ip link add name "$1" type veth peer name "$2" 2>&1) ||
        skip_all "no veth interfaces: $reason"
}

# hosts_line LINE: in the sandbox alone.
hosts_line() {
    printf 'hosts: %s\n' "$1" > /mnt/nsswitch.conf
    cmp -s /mnt/nsswitch.conf /etc/nsswitch.conf || bail_out "/etc/nsswitch.conf is not the sandbox's"
}

is_sanitized() {
    grep -q -e __asan_init -e __ubsan_handle "$1"
}

# Programs that are not ours load a module with AddressSanitizer only if its runtime is there first.
# foreign COMMAND...; can_be_foreign says whether that is possible.
sanitizer=
if grep -q __asan_init $module; then
    sanitizer=$(ldd $module | awk '/libasan|libclang_rt.asan/ { print $3 }')
fi
can_be_foreign() {
    ! grep -q __asan_init $module || [ -n "$sanitizer" ]
}
foreign() {
    if [ -n "$sanitizer" ]; then
        LD_PRELOAD=$sanitizer ASAN_OPTIONS=detect_leaks=0 "$@"
    else
        "$@"
    fi
}
