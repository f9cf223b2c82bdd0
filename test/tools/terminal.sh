#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Tests that untrusted text has no effect on a terminal: every program and verb, with control characters in names, paths,
# lines of files, interfaces and program names.
set -u

. "$top_srcdir/test/tap.sh"
command -v python3 > /dev/null || skip_all 'python3 is missing'
in_sandbox "$recommended" "$0"

domain=ipv6-literal.net
# A title (OSC), DEL, CSI of C1 as a byte and in UTF-8, a character that turns the direction, a soft hyphen.
evil=$(printf '\033]2;PWNED\007\177\233\302\233\342\200\256\302\255')
# The same for a file name or a zone, which are short.
short=$(printf '\033[31m\177\233')
build=$PWD
v6lit=$build/v6lit
cd /mnt || exit 99
NO_COLOR=1
export NO_COLOR

# clean NAME [--name ARGV0] COMMAND...: nothing is obeyed, and what would be is shown.
clean() {
    clean_name=$1
    shift
    for LC_ALL in C C.UTF-8; do
        export LC_ALL
        same "$clean_name ($LC_ALL)" escaped "$(python3 "$top_srcdir/test/tools/terminal.py" "$@" 2>&1)"
    done
}
# lines TEXT COMMAND...: the same, with the text as standard input.
lines() {
    printf '%s\n' "$1" > /mnt/in
    shift
    # shellcheck disable=SC2016
    clean "lines: $*" /bin/sh -c '"$@" < /mnt/in' sh "$@"
}

clean 'an unknown command' "$v6lit" "$evil"
for verb in decode disable doctor enable encode exec explain llmnr resolve; do
    clean "an unknown option of $verb" "$v6lit" $verb "--$evil"
done
for verb in disable doctor enable; do
    clean "an operand too many of $verb" "$v6lit" $verb "$evil"
done

clean 'decode: a zone' "$v6lit" decode "fe80--1s$short.$domain"
clean 'decode: a zone with a title in it' "$v6lit" decode "fe80--1s$(printf '\033]2;PWNED\007').$domain"
clean 'decode: a share' "$v6lit" decode "//0--1.$domain/$evil"
clean 'decode: a URL' "$v6lit" decode "http://$evil@0--1.$domain/$evil"
clean 'decode: a name outside' "$v6lit" decode "$evil"
lines "//0--1.$domain/$evil" "$v6lit" decode
lines "$evil" "$v6lit" decode
clean 'encode: a zone' "$v6lit" encode "fe80::1%$short"
clean 'encode: a share' "$v6lit" encode "//::1/$evil"
lines "//::1/$evil" "$v6lit" encode
clean 'encode: a file that is not there' "$v6lit" encode --format=zone "$evil"
clean 'encode: an unknown format' "$v6lit" encode "--format=$evil"
lines "$evil" "$v6lit" encode --format=zone
mkdir "/mnt/$evil"
clean 'encode: a directory in place of a file' "$v6lit" encode --format=hosts "/mnt/$evil"
check 'data goes into a pipe as it is' test "//::1/$evil" = "$("$v6lit" decode "//0--1.$domain/$evil")"

is_up() {
    ip -o link show dev "$1" | grep -q 'state UP'
}
if ip link add name "a$short" type veth peer name b 2> /mnt/err; then
    # No address of the kernel's own, which would be tentative for a second.
    ip link set dev "a$short" addrgenmode none
    ip address add fe80::1/64 dev "a$short" nodad
    ip link set dev "a$short" up
    ip link set dev b up
    # The kernel notices a carrier a moment later.
    wait_until 'the carrier' is_up b
    index=$(ip -o link | LC_ALL=C sed -n 's/^\([0-9]*\): a.*/\1/p')
    clean 'explain: an interface' "$v6lit" explain "fe80--1s$index"
    clean 'explain: the interfaces that are up' "$v6lit" explain fe80::1
    clean 'resolve: an interface' "$v6lit" resolve "fe80--1s$index.$domain"
    clean 'llmnr: the links' "$v6lit" llmnr --detect-spoof
else
    skip 'an interface' "ip refuses its name: $(cat /mnt/err)"
    ip link add name a type veth peer name b
    ip link set dev a up
    ip link set dev b up
fi

clean 'explain: a share' "$v6lit" explain "//0--1.$domain/$evil"
clean 'explain: a URL' "$v6lit" explain "http://$evil@[fe80::1%25lo]/$evil"
clean 'explain: bad input' "$v6lit" explain "$evil"
clean 'explain: a correction' "$v6lit" explain "//fe80::1%lo.ipv6literal.net/$evil"
clean 'explain: too long' "$v6lit" explain "$evil$(printf '%5000s' '')"
clean 'resolve: a name' "$v6lit" resolve "$evil"
clean 'resolve: a zone' "$v6lit" resolve "fe80--1s$short.$domain"
if ! "$v6lit" explain --json ::1 2>&1 | grep -q 'without jansson'; then
    clean 'explain --json' "$v6lit" explain --json "//0--1/$evil" "$evil"
    clean 'resolve --json' "$v6lit" resolve --json "$evil"
    clean 'llmnr --json' "$v6lit" llmnr --json "$evil"
    check 'JSON is JSON' sh -c '"$@" | python3 -m json.tool > /dev/null' sh "$v6lit" explain --json "//0--1/$evil"
fi

clean 'llmnr: a name' "$v6lit" llmnr "$evil"
clean 'llmnr: a link' "$v6lit" llmnr -i "$short" host
clean 'exec: a command that is not there' "$v6lit" exec "$evil"
clean 'exec: a path that is not there' "$v6lit" exec "/mnt/$evil/$evil"
clean 'exec: a directory' "$v6lit" exec "/mnt/$evil"
mkdir "/mnt/bin$short"
printf '\177ELF\001\001\001%060d' 0 > "/mnt/bin$short/x"
printf '#!%s\n' "/mnt/bin$short/x" > /mnt/script
chmod +x "/mnt/bin$short/x" /mnt/script
clean 'exec: a program of another ABI' "$v6lit" exec "/mnt/bin$short/x"
clean 'exec: a script of one' "$v6lit" exec /mnt/script

# Configuration, and what stands beside it.
clean 'enable: a file that is not there' "$v6lit" enable --file "/mnt/$evil/x"
clean 'enable: a directory' "$v6lit" enable --file "/mnt/$evil"
printf 'hosts: files %s dns\n' "$evil" > "/mnt/$short.conf"
for verb in enable disable; do
    clean "$verb: the line" "$v6lit" $verb --dry-run --file "/mnt/$short.conf"
done
printf 'hosts: files ipv6literal [NOTFOUND=return] dns # %s\n' "$short" > "/mnt/$short.conf"
clean 'enable: a comment' "$v6lit" enable --dry-run --file "/mnt/$short.conf"
printf 'hosts: files %s ipv6literal [NOTFOUND=return] dns\n' "$evil" > /mnt/hostile.conf
mount --bind /mnt/hostile.conf /etc/nsswitch.conf
clean 'doctor: the line' "$v6lit" doctor
umount /etc/nsswitch.conf

clean 'mount.v6lit: a source' "$build/mount.v6lit" "//$evil/share" /mnt
clean 'mount.v6lit: a zone' "$build/mount.v6lit" "//fe80--1s$short.$domain/share" /mnt
clean 'mount.v6lit: no share' "$build/mount.v6lit" "$evil" /mnt
clean 'mount.v6lit: a type' "$build/mount.v6lit" -t "$evil" "//0--1.$domain/x" /mnt
clean 'mount.v6lit: a namespace' "$build/mount.v6lit" -N "/$evil" "//0--1.$domain/x" /mnt
if [ -e "$build/key.v6lit" ]; then
    clean 'key.v6lit: a name' "$build/key.v6lit" -n "$evil"
    clean 'key.v6lit: a zone' "$build/key.v6lit" -n "fe80--1s$short.$domain"
else
    skip 'key.v6lit' 'built without keyutils'
fi

# The name under which a program runs is the caller's, too. It is not shown.
for program in v6lit mount.v6lit key.v6lit; do
    [ -e "$build/$program" ] || continue
    # shellcheck disable=SC2016
    same "$program by another name" '' "$(python3 "$top_srcdir/test/tools/terminal.py" --name "$evil" "$build/$program")"
done
same 'output that fails, by another name' '' "$(python3 "$top_srcdir/test/tools/terminal.py" --name "$evil" /bin/sh -c \
    'exec 3>&1 > /dev/full; exec "$0" "$@"' "$v6lit" decode "0--1.$domain" 2>&1)"
finish
