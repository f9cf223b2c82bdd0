#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Tests the list of links from the kernel: a link with more names than fit into a message does not affect other links.
. "$top_srcdir/test/module/shared.sh"
in_sandbox "$recommended" "$0"
hosts_line 'files ipv6literal'
link_pair many peer-of-many
link_pair other peer-of-other
ip link set other addrgenmode none
ip link set other up
ip link set peer-of-other up
for number in $(seq 70); do
    ip link property add dev many altname "$(printf 'name%0120d' $number)" 2> /mnt/reason ||
        skip_all "no alternative names here: $(cat /mnt/reason)"
done
ip link property add dev many altname AltName

index() {
    ip -oneline link show "$1" | sed 's/:.*//'
}
# found NAME: the index that the command and the module, through glibc, find for it.
found() {
    ./v6lit explain "fe80--1s$1.ipv6-literal.net" | sed -n 's/^zone .* index //p'
    foreign $programs/gai "fe80--1s$1.ipv6-literal.net" unspec | sed -n 's/.*%\([0-9]*\).*/\1/p'
}
both() {
    printf '%s\n%s' "$1" "$1"
}
can_be_foreign || skip_all 'the sanitizer runtime cannot be preloaded'
same 'the link with many names' "$(both "$(index many)")" "$(found many)"
same 'the same, in another case' "$(both "$(index many)")" "$(found MANY)"
same 'an alternative name' "$(both "$(index many)")" "$(found AltName)"
same 'another link' "$(both "$(index other)")" "$(found other)"
same 'another link, in another case' "$(both "$(index other)")" "$(found Other)"
same 'a link after it, in another case' "$(both "$(index peer-of-other)")" "$(found Peer-of-other)"

same 'v6lit llmnr lists the other links' 'Interfaces that can be queried: other, peer-of-other' \
    "$(./v6lit llmnr -i nosuch host 2>&1 | grep '^Interfaces' | sed 's/peer-of-other, other/other, peer-of-other/')"
check 'v6lit explain lists the links that are up' sh -c './v6lit explain fe80--1.ipv6-literal.net |
    grep -Eq "interfaces that are up: (peer-of-)?other, (peer-of-)?other$"'
status=0
timeout 60 ./v6lit doctor > /mnt/doctor || status=$?
check 'v6lit doctor comes to an end' [ $status -le 1 ]
check 'v6lit doctor sees an address' grep -q '^ok  ipv6  ' /mnt/doctor
finish
