#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Tests that the module and the command query the links that llmnr.conf(5) selects, and no others.
. "$top_srcdir/test/llmnr/shared.sh"
in_sandbox "$recommended" "$0"
LC_ALL=C
export LC_ALL
ask=test/llmnr/ask
conf=$($ask configuration)
directory=$(dirname "$conf")
# The machine's own directory stays as it is.
if [ -d "$directory" ]; then
    mount -t tmpfs v6lit "$directory"
elif [ -d "$(dirname "$directory")" ] && [ "$(dirname "$directory")" != /etc ]; then
    mount -t tmpfs v6lit "$(dirname "$directory")"
    mkdir "$directory"
else
    skip_all "there is no $directory"
fi
make_hosts
link_up 1 fe80::2/64 192.0.2.2/26
link_up 2 fe80::2/64 192.0.2.66/26
start_responder $log there1 there2

# configure LINE...
configure() {
    rm -rf "$conf"
    printf '%s\n' "$@" > "$conf"
}
# queried: on which links something has been heard.
queried() {
    heard | awk '{ print $3 }' | sort -u | tr '\n' ' ' | sed 's/ $//'
}
none='NOTFOUND ENOENT HOST_NOT_FOUND'
# selected LINKS LINE...: what module and command query with this file.
selected() {
    links=$1
    shift
    configure "$@"
    heard > /mnt/forgotten
    same "$*: the module" "$none" "$($ask unspec nobody)"
    same 'queries these links' "$links" "$(queried)"
    same 'v6lit llmnr' "v6lit: nobody: no reply on $(echo "$links" | sed 's/there/here/g; s/ /, /')" \
        "$(./v6lit llmnr nobody 2>&1)"
    same 'queries the same ones' "$links" "$(queried)"
}
selected 'there1 there2' '# nothing'
selected there1 'interfaces here1'
selected there2 'interfaces here?' 'interfaces !here1'
selected there2 'interfaces !*1'

# refused ERROR REASON: what module and command say where nobody may be queried.
refused() {
    heard > /mnt/forgotten
    same "$2: the module" "UNAVAIL $1 HOST_NOT_FOUND" "$($ask unspec peer)"
    same 'neither for an address' "UNAVAIL $1 HOST_NOT_FOUND" "$($ask addr 192.0.2.1)"
    same 'v6lit llmnr' "v6lit: $conf: $2
$3" "$(./v6lit llmnr peer 2>&1)"
    same 'nothing is sent' '' "$(queried)"
    same 'but with -i' 'there1' "$(./v6lit llmnr -6 -i here1 peer > /mnt/forgotten; queried)"
}
fix='No queries are sent until this is fixed; -i NAME queries on one link regardless.'
configure 'interfaces !*'
refused ENETDOWN 'no selected link can be queried' 'Interfaces that can be queried with -i: here1, here2'
configure 'interfaces here1' '' 'interface here2'
refused EBADMSG 'line 3: unknown keyword' "$fix"
configure 'interfaces !here2' 'names a.b'
refused EBADMSG 'line 2: a name must be a single label of at most 63 bytes' "$fix"
configure 'interfaces here1'
head -c 16384 /dev/zero | tr '\0' '#' >> "$conf"
refused EFBIG 'larger than 16 KiB' "$fix"
rm "$conf"
mkfifo "$conf"
refused ENOTSUP 'not a regular file' "$fix"
rm "$conf"
mkdir "$conf"
refused ENOTSUP 'not a regular file' "$fix"
rmdir "$conf"
ln -s nowhere "$conf"
refused ENOENT 'No such file or directory' "$fix"
if setpriv --reuid=65534 --clear-groups true 2> /dev/null; then
    configure 'interfaces here1'
    chmod 0 "$conf"
    cp .libs/libnss_llmnr.so.2 $ask /mnt/
    mkdir /mnt/.libs
    mv /mnt/libnss_llmnr.so.2 /mnt/.libs
    same 'a file that this user may not read' 'UNAVAIL EACCES HOST_NOT_FOUND' \
        "$(cd /mnt && setpriv --reuid=65534 --clear-groups ./ask unspec peer)"
else
    skip 'a file that this user may not read' 'there is no other user in here'
fi

# Addresses on a link that is not selected.
configure 'interfaces here1'
heard > /mnt/forgotten
same 'the name of an address there' 'UNAVAIL ENOENT HOST_NOT_FOUND' "$($ask addr 192.0.2.65)"
same 'by the command' 'v6lit: fe80::1%here2: not queried: it is not on any queried link' \
    "$(./v6lit llmnr -x fe80::1%here2 2>&1)"
same 'nothing is sent' '' "$(queried)"
same 'of one on a link that is' 'SUCCESS peer: 192.0.2.1 ttl 30' "$($ask addr 192.0.2.1)"
same 'there' there1 "$(queried)"
finish
