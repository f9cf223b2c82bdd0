#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Tests which addresses and names the module accepts from a neighbor: test/data/llmnr-accept.tsv.
. "$top_srcdir/test/llmnr/shared.sh"
in_sandbox "$recommended" "$0"
ask=test/llmnr/ask
make_hosts
link_up 1 fe80::2/64 192.0.2.2/26 198.51.100.10/31 198.51.100.20/32 2001:db8:1::2/64 2001:db8:3::1/127
link_up 2 fe80::4/64 192.0.2.66/26 2001:db8:2::2/64
ip address add 198.51.100.33/28 broadcast 198.51.100.40 dev here1
start_responder $log there1

taken() {
    case $1 in
        A | AAAA)
            entry=inet
            [ "$1" = A ] || entry=inet6
            name=say-$(python3 -c 'import socket, sys
family = socket.AF_INET6 if ":" in sys.argv[1] else socket.AF_INET
print(socket.inet_pton(family, sys.argv[1]).hex())' "$2")
            ;;
        PTR)
            printf %b "$2" > /mnt/ptr
            entry=addr
            name=fe80::1
            ;;
    esac
    said=$($ask $entry "$name")
    case $said in
        SUCCESS*) echo yes ;;
        'NOTFOUND ENOENT NO_DATA') echo no ;;
        *) echo "$said" ;;
    esac
}
grep -v '^#' "$top_srcdir/test/data/llmnr-accept.tsv" > /mnt/rows
while IFS="$(printf '\t')" read -r type value verdict what; do
    same "$type $value, $what" "$verdict" "$(taken "$type" "$value")"
done < /mnt/rows
finish
