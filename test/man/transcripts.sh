#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Tests that the transcripts in the manual pages are what the commands print. Each block with a prompt runs in a sandbox, on
# a host whose eth0 leads to another host. A comment before the block prepares it, or says why it cannot run:
#
#   .\" Test: SHELL COMMANDS
#   .\" Not tested: REASON
#
# On a page, "..." stands for any lines; times, random names and blanks at the end of a line differ.
hosts_line='files ipv6literal [NOTFOUND=return] dns'
. "$top_srcdir/test/doctor/shared.sh"
command -v python3 > /dev/null || skip_all 'no python3 for the web server and the terminal'
export LINK=eth0
in_sandbox "$hosts_line" "$0" unshare --uts "$top_srcdir/test/env/two-hosts"

# What the pages prepare with. The mounts are a block's own.
own_etc() {
    mkdir -p /mnt/etc
    cp -a /etc/. /mnt/etc 2> /dev/null
    mount --bind /mnt/etc /etc
}
nsswitch() {
    own_etc
    echo "hosts: $1" > /etc/nsswitch.conf
}
# fifth_line LINE: that of the file.
fifth_line() {
    own_etc
    printf '#\n#\n#\n#\n%s\n' "$1" > /etc/nsswitch.conf
}
# link NAME: an interface of this name. It is a bridge, which has no other end.
link() {
    ip link add "$1" index 3 type bridge
}
# install_helper: where mount(8) looks for it.
install_helper() {
    . "$top_srcdir/test/mount/shared.sh"
    own_directory /sbin
    cp "$build/mount.v6lit" /mnt/sbin
}
bare_machine() {
    cd "$build" || exit
    prepare
    cd /mnt/here || exit
    unset LD_LIBRARY_PATH
    cache_without_module
    hosts 'files dns'
}
machine() {
    bare_machine
    refresh_cache
    hosts "$recommended"
}
# sees_carrier [COMMAND]...: whether packets can be sent. The kernel adds this route once it sees the carrier.
sees_carrier() {
    "$@" ip -6 route show table local | grep -q '^multicast ff00::/8'
}
# host_on_link NAME: a link with this host and one of this name, which runs v6lit-llmnrd. The network is the block's own.
host_on_link() {
    rm -f /mnt/apart
    unshare --net --uts sh -c 'echo > /mnt/apart; exec sleep infinity' &
    wait_until 'another network' [ -e /mnt/apart ]
    ip link add eth0 type veth peer name far0 netns $!
    ip link set eth0 addrgenmode none
    ip address add fe80::2/64 dev eth0 nodad
    ip address add 192.0.2.2/24 dev eth0
    ip link set eth0 up
    nsenter --target $! --net --uts sh -c 'hostname "$1"
        ip link set lo up
        ip link set far0 addrgenmode none
        ip address add fe80::1/64 dev far0 nodad
        ip address add 192.0.2.1/24 dev far0
        ip link set far0 up' sh "$1"
    wait_until 'the link' sees_carrier
    wait_until 'its other end' sees_carrier nsenter --target $! --net
    : > /mnt/llmnr.conf
    nsenter --target $! --net --uts "$build/v6lit-llmnrd" --config /mnt/llmnr.conf 2> /mnt/llmnrd.log &
    wait_until 'the responder' grep -q 'answering for' /mnt/llmnrd.log
}

# run_block BLOCK: in mounts of its own, prepares it and runs it on a terminal.
run_block() {
    build=$(pwd)
    export PATH="$build:$PATH:/usr/sbin:/sbin" NO_COLOR=1
    mkdir -p /mnt/here
    cd /mnt/here || exit
    eval "$(cat "$1.setup")" > "$1.log" 2>&1 || exit 77
    python3 -c 'import os, pty, sys; pty.spawn(["sh", sys.argv[1]])' "$1.script" < /dev/null 2>&1 | tr -d '\r' > "$1.got"
}
if [ "${1-}" = --block ]; then
    top_srcdir=$(cd "$top_srcdir" && pwd)
    run_block "$2"
    exit
fi

# blocks PAGE: each block with a prompt becomes the files N.text, and N.setup or N.skip.
blocks() {
    rm -rf /mnt/work
    mkdir /mnt/work
    awk -v work=/mnt/work '
        /^\.\\" Test:/ { file = "setup"; how = substr($0, 10); next }
        /^\.\\" Not tested:/ { file = "skip"; how = substr($0, 17); next }
        /^\.Bd -literal/ { text = ""; prompt = 0; inside = 1; next }
        inside && /^\.Ed/ {
            inside = 0
            if (prompt) {
                printf "%s", text > (work "/" ++n ".text")
                if (file != "")
                    print how > (work "/" n "." file)
            }
            file = ""
            next
        }
        inside {
            gsub(/\\&/, "")
            gsub(/\\-/, "-")
            gsub(/\\\(aq/, "\047")
            gsub(/\\e/, "\\")
            text = text $0 "\n"
            if (/^[$#] /)
                prompt = 1
        }' "$1"
}

# script TEXT: a shell script that shows each command of the text and runs it; $? is that of the one before.
script() {
    echo 'st=0'
    awk -v quote="'" '
        more { command = command "\n" $0 }
        !more && /^[$#] / { command = $0; more = 1 }
        more {
            more = /\\$/
            if (!more) {
                shown = command
                gsub(quote, quote "\\" quote quote, shown)
                print "printf \"%s\\n\" " quote shown quote
                print "(exit $st)"
                print substr(command, 3)
                print "st=$?"
            }
        }' "$1"
}

# without_chance FILE: without times and random names, and as mount.cifs 7.0 prints its options.
without_chance() {
    sed '/^Host .* resolved to/d; s/,pass=\**$//; s/ *$//; s/[0-9.]* ms/T/; s/^[a-z]\{12\}$/NAME/; s/random name [a-z]*/random name NAME/' "$1"
}

# as_shown WANTED GOT: whether the text is as wanted.
as_shown() {
    awk 'NR == FNR { wanted[NR] = $0; n = NR; next }
        FNR == 1 { at = 1 }
        wanted[at] == "..." { gap = 1; at++ }
        $0 == wanted[at] { gap = 0; at++; next }
        !gap { differs = 1 }
        END { exit differs || at <= n && !(at == n && wanted[n] == "...") }' "$1" "$2"
}

# programs TEXT: those that it needs and that are not ours.
programs() {
    sed -n 's/^[$#] v6lit exec \([^ ]*\).*/\1/p; s/^# mount .*/mount.cifs/p; s/^[$#] \(v6lit-llmnrd\|key.v6lit\|getent\).*/\1/p' "$1"
    ! grep -q host_on_link "${1%.text}.setup" || echo v6lit-llmnrd
}
has_programs() {
    for program in $(programs "$1"); do
        PATH=.:$PATH:/usr/sbin:/sbin command -v "$program" > /dev/null || { missing=$program; return 1; }
    done
}

for page in "$top_srcdir"/man/*.[1358]; do
    blocks "$page"
    for text in /mnt/work/*.text; do
        [ -e "$text" ] || continue
        block=${text%.text}
        title="$(basename "$page"): $(sed -n 's/^[$#] //p' "$text" | head -n 1)"
        if [ -e "$block.skip" ]; then
            echo "# not run: $title: $(cat "$block.skip")"
        elif ! [ -e "$block.setup" ]; then
            result "$title: nothing says how to run it" 1
        elif ! has_programs "$text"; then
            skip "$title" "no $missing here"
        else
            script "$text" > "$block.script"
            own=
            ! grep -q host_on_link "$block.setup" || own=--net
            ip address replace 192.0.2.2/24 dev eth0
            ran=0
            unshare --mount $own "$0" --block "$block" || ran=$?
            ip link del $(sed -n 's/.*[^_]link \([^ ;]*\).*/\1/p' "$block.setup") 2> /dev/null || true
            [ $ran != 77 ] || { skip "$title" "$(tail -n 1 "$block.log")"; continue; }
            [ $ran = 0 ] || sed 's/^/# /' "$block.log"
            without_chance "$text" > "$block.wanted"
            without_chance "$block.got" > "$block.seen"
            tap_status=0
            as_shown "$block.wanted" "$block.seen" || tap_status=1
            [ $tap_status = 0 ] || diff "$block.wanted" "$block.seen" | sed 's/^/# /'
            result "$title" $tap_status
        fi
    done
done
finish
