#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Tests the command as a whole: lines, messages, exit statuses, and output that cannot be written.
set -u

. "${top_srcdir:-.}/test/tap.sh"

v6lit=$PWD/v6lit
domain=ipv6-literal.net
work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT
trap 'exit 99' HUP INT TERM

# One locale, in which no byte beyond ASCII can be printed.
LC_ALL=C
export LC_ALL

# run ARGUMENT...: the command with what "$work/in" holds. What it does is in out, err and status.
run() {
    status=0
    "$v6lit" "$@" < "$work/in" > "$work/out" 2> "$work/err" || status=$?
}

# outcome: all three of the last run as text in which trailing empty lines count.
outcome() {
    sed 's/^/out: /' "$work/out"
    sed 's/^/err: /' "$work/err"
    echo "status: $status"
}

# expect NAME WANTED ARGUMENT...: runs with no input, and compares the outcome.
expect() {
    : > "$work/in"
    expect_input "$@"
}

# expect_input NAME WANTED ARGUMENT...: the same with "$work/in" as it is.
expect_input() {
    expect_name=$1
    expect_wanted=$2
    shift 2
    run "$@"
    same "$expect_name" "$expect_wanted" "$(outcome)"
}

# mentions FILE TEXT...: each text stands in the file.
mentions() {
    mentions_file=$1
    shift
    for mentions_text; do
        grep -qF -e "$mentions_text" "$mentions_file" || {
            echo "# not mentioned: $mentions_text"
            return 1
        }
    done
}

# bytes COUNT: so many letters "x".
bytes() {
    head -c "$1" /dev/zero | tr '\0' x
}

test_operands() {
    expect 'decode: an operand' 'out: fe80::1%4
status: 0' decode fe80--1s4.$domain
    expect 'encode: an operand' 'out: fe80--1s4.ipv6-literal.net
status: 0' encode fe80::1%4
    expect 'decode: three operands, three lines' 'out: ::1
out: \\fe80::1%eth0\share
out: http://[fe80::1%254]:80/
status: 0' decode 0--1.$domain '\\fe80--1seth0.ipv6-literal.net\share' http://fe80--1s4.$domain:80/
    expect 'encode: three operands, three lines' 'out: 0--1.ipv6-literal.net
out: //fe80--1seth0.ipv6-literal.net/share
out: http://fe80--1s4.ipv6-literal.net:80/
status: 0' encode ::1 //fe80::1%eth0/share 'http://[fe80::1%254]:80/'
    expect 'decode: a bad operand gives an empty line, a reason, and status 1' 'out: ::1
out: 
out: ::2
err: v6lit: fe80--1--2.ipv6-literal.net: second "--" at column 8
status: 1' decode 0--1.$domain fe80--1--2.$domain 0--2.$domain
    expect 'decode: a name outside the domain is bad input' 'out: 
err: v6lit: localhost: not a name inside ipv6-literal.net at column 1
status: 1' decode localhost
    expect 'decode: an empty operand is bad input' 'out: 
err: v6lit: : not a name inside ipv6-literal.net at column 1
status: 1' decode ''
    expect 'encode: a bad operand' 'out: 
out: 0--1.ipv6-literal.net
err: v6lit: 1::2::3: second "::" at column 5
status: 1' encode 1::2::3 ::1
    expect 'encode: a hyphen is an operand' 'out: 
err: v6lit: -: invalid character in an address at column 1
status: 1' encode -
    expect 'operands: standard input is not read' 'out: ::1
status: 0' decode 0--1.$domain
    echo 0--2.$domain > "$work/in"
    expect_input 'operands: standard input is not read though it has a name' 'out: ::1
status: 0' decode 0--1.$domain
}

test_options() {
    expect 'a name that begins with hyphens is no option' 'out: ::1
out: ::
status: 0' decode --1.$domain --.$domain
    expect 'a malformed name that begins with a hyphen is no option' 'out: 
err: v6lit: -1.ipv6-literal.net: separator without a group next to it at column 1
status: 1' decode -1.$domain
    expect '-- ends the options' 'out: 
err: v6lit: --help: not a name inside ipv6-literal.net at column 1
status: 1' decode -- --help
    expect '-- before a name' 'out: ::1
status: 0' decode -- --1.$domain
    expect '-- alone: no operands' 'status: 0' decode --
    expect 'encode: an option after an operand' 'out: fe80--1s4.ipv6-literal.net
status: 0' encode fe80::1%4 --index
    expect 'decode: --help after an operand' "$(run decode --help && outcome)" \
        decode 0--1.$domain --help

    run decode --help
    check 'decode --help' mentions "$work/out" 'Usage: v6lit decode' 'standard input'
    same 'decode --help: status, stderr' '0 ' "$status $(cat "$work/err")"
    run encode --help
    check 'encode --help' mentions "$work/out" 'Usage: v6lit encode' --index --name
    same 'encode --help: status, stderr' '0 ' "$status $(cat "$work/err")"
    expect 'encode -h is encode --help' "$(outcome)" encode -h
    run --help
    check '--help' mentions "$work/out" 'Usage: v6lit' decode encode --version
    same '--help: status, stderr' '0 ' "$status $(cat "$work/err")"
    expect '-h is --help' "$(outcome)" -h
    expect 'help is --help' "$(outcome)" help
    for verb in $(sed -n '/^Commands:/,/^$/s/^  \([a-z]*\) .*/\1/p' "$work/out"); do
        run $verb --help
        expect "help $verb is $verb --help" "$(outcome)" help $verb
        check "$verb --help names its page" grep -qxF "The manual is v6lit-$verb(1)." "$work/out"
        check "$verb has that page" [ -s "$top_srcdir/man/v6lit-$verb.1" ]
    done
    run --version
    check '--version' grep -qxE 'v6lit [0-9]+\.[0-9]+\.[0-9]+' "$work/out"
    same '--version: status, stderr' '0 ' "$status $(cat "$work/err")"
    expect '-V is --version' "$(outcome)" -V

    expect 'no command' "err: v6lit: missing command
err: Try 'v6lit --help' for more information.
status: 2"
    expect 'an unknown command that a terminal would obey' "err: v6lit: unknown command '\\x1b[31m'
err: Try 'v6lit --help' for more information.
status: 2" "$(printf '\033[31m')"
    expect 'an unknown command' "err: v6lit: unknown command 'decoed'
err: Try 'v6lit --help' for more information.
status: 2" decoed 0--1.$domain
    expect 'decode: an unknown option' "err: v6lit: unrecognized option '--no-such'
err: Try 'v6lit decode --help' for more information.
status: 2" decode --no-such 0--1.$domain
    expect 'decode: an unknown option after an operand: nothing is written' \
        "err: v6lit: unrecognized option '-x'
err: Try 'v6lit decode --help' for more information.
status: 2" decode 0--1.$domain -x
    expect 'decode: an option of encode' "err: v6lit: unrecognized option '--index'
err: Try 'v6lit decode --help' for more information.
status: 2" decode --index 0--1.$domain
    expect 'encode: an unknown option' "err: v6lit: unrecognized option '--no-such'
err: Try 'v6lit encode --help' for more information.
status: 2" encode --no-such ::1
}

test_zones() {
    index=$(cat /sys/class/net/lo/ifindex 2> "$work/err") || {
        skip 'encode: forms of a zone' 'no /sys/class/net/lo'
        return
    }
    expect 'encode: a zone as it comes' "out: fe80--1slo.$domain
out: fe80--1s$index.$domain
status: 0" encode fe80::1%lo "fe80::1%$index"
    expect 'encode --index' "out: fe80--1s$index.$domain
out: fe80--1s$index.$domain
status: 0" encode --index fe80::1%lo "fe80::1%$index"
    expect 'encode --name' "out: fe80--1slo.$domain
out: fe80--1slo.$domain
status: 0" encode --name fe80::1%lo "fe80::1%$index"
    expect 'encode: the last of --index and --name counts' "out: fe80--1slo.$domain
status: 0" encode --index --name "fe80::1%$index"
    expect 'encode: an unsafe name' "out: 
err: v6lit: fe80::1%No-such-If: interface name not safe in a host name or URL at column 9; use --index to write the interface's index
status: 1" encode fe80::1%No-such-If
    expect 'encode --index: no such interface' "out: 
err: v6lit: fe80::1%no.such.if: no such interface at column 9
status: 1" encode --index fe80::1%no.such.if
    expect 'decode: no interface is looked at' 'out: fe80::1%no.such.if
status: 0' decode fe80--1sno.such.if.$domain
}

test_lines() {
    expect 'decode: no input, no output' 'status: 0' decode
    printf '0--1.%s\n\nfe80--1--2.%s\nlocalhost\nfe80--1seth0.%s' $domain $domain $domain \
        > "$work/in"
    expect_input 'decode: line N gives line N; the last has no newline' 'out: ::1
out: 
out: 
out: 
out: fe80::1%eth0
err: v6lit: line 2: : not a name inside ipv6-literal.net at column 1
err: v6lit: line 3: fe80--1--2.ipv6-literal.net: second "--" at column 8
err: v6lit: line 4: localhost: not a name inside ipv6-literal.net at column 1
status: 1' decode
    printf '::1\nnothing\n//fe80::1%%4/x\n' > "$work/in"
    expect_input 'encode: line N gives line N' 'out: 0--1.ipv6-literal.net
out: 
out: //fe80--1s4.ipv6-literal.net/x
err: v6lit: line 2: nothing: invalid character in an address at column 1
status: 1' encode
    printf '0--1.%s\r\n' $domain > "$work/in"
    expect_input 'decode: a carriage return belongs to the line' 'out: 
err: v6lit: line 1: 0--1.ipv6-literal.net\x0d: not a name inside ipv6-literal.net at column 1; perhaps 0--1.ipv6-literal.net (without the white space around it)
status: 1' decode
    printf '0--1.%s\0\n0--2\0.%s\n0--3.%s\n' $domain $domain $domain > "$work/in"
    expect_input 'decode: NUL in a line' 'out: 
out: 
out: ::3
err: v6lit: line 1: 0--1.ipv6-literal.net\x00: invalid character in an address at column 22
err: v6lit: line 2: 0--2\x00.ipv6-literal.net: invalid character in an address at column 5
status: 1' decode
    printf 'a\033[31mb\007\177\t\303\251\n' > "$work/in"
    expect_input 'encode: nothing on stderr that a terminal obeys' 'out: 
err: v6lit: line 1: a\x1b[31mb\x07\x7f\x09\xc3\xa9: invalid character in an address at column 2
status: 1' encode
}

# expect_zone NAME WANTED ARGUMENT...: the same, after the records that every zone begins with. Its serial is the time.
expect_zone() {
    expect_name=$1
    expect_wanted=$2
    shift 2
    expect_start=$(date +%s)
    run "$@"
    expect_serial=$(sed -n '2s/.* \([0-9]*\) 3600 600 86400 60$/\1/p' "$work/out")
    [ -n "$expect_serial" ] && [ "$expect_serial" -ge "$expect_start" ] && [ "$expect_serial" -le "$(date +%s)" ]
    result "$expect_name: the serial number is the time" $?
    same "$expect_name" "out: \$TTL 3600
out: @	IN	SOA	localhost. root.localhost. SERIAL 3600 600 86400 60
out: @	IN	NS	localhost.
$expect_wanted" "$(outcome | sed "2s/ $expect_serial / SERIAL /")"
}

# In no format is anything written, if one line is bad.
test_bad_line() {
    printf 'fd00::1\nfd00::x\n' > "$work/in"
    for format in hosts rpz zone; do
        expect_input "encode --format=$format: one bad line" \
            'err: v6lit: line 2: fd00::x: invalid character in an address at column 7
status: 1' encode --format=$format
    done
}

test_formats() {
    printf '# a comment\n\nfd00::1\n  2001:db8::80\t # the web server\nfd00--1.%s\n//fe80::2/x' $domain > "$work/in"
    expect_input 'encode --format=hosts: each once, in order' "out: 2001:db8::80	2001-db8--80.ipv6-literal.net
out: fd00::1	fd00--1.ipv6-literal.net
out: fe80::2	fe80--2.ipv6-literal.net
status: 0" encode --format=hosts
    expect_zone 'encode --format zone: SOA, NS and records' "out: 2001-db8--80.ipv6-literal.net.	IN	AAAA	2001:db8::80
out: fd00--1.ipv6-literal.net.	IN	AAAA	fd00::1
out: fe80--2.ipv6-literal.net.	IN	AAAA	fe80::2
out: 0.8.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa.	IN	PTR	2001-db8--80.ipv6-literal.net.
out: 1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.d.f.ip6.arpa.	IN	PTR	fd00--1.ipv6-literal.net.
out: 2.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.e.f.ip6.arpa.	IN	PTR	fe80--2.ipv6-literal.net.
status: 0" encode --format zone
    echo ::ffff:192.0.2.1 > "$work/list"
    expect_zone 'encode --format=rpz FILE' "out: ipv6-literal.net	IN	CNAME	.
out: *.ipv6-literal.net	IN	CNAME	.
out: 0--ffff-c000-201.ipv6-literal.net	IN	AAAA	::ffff:192.0.2.1
status: 0" encode "$work/list" --format=rpz
    : > "$work/in"
    expect_zone 'encode --format=zone: no addresses, no records but the first' 'status: 0' encode --format=zone
    {
        printf 'fd00::1\n\tfe80::1%%eth0 # here\nfe80--1s4.%s\n1::2::3\nfd00::1#x\n' $domain
        bytes 65536
    } > "$work/in"
    expect_input 'encode --format: bad lines, and nothing is written' \
        'err: v6lit: line 2: \x09fe80::1%eth0 # here: zone not allowed in this format at column 10
err: v6lit: line 3: fe80--1s4.ipv6-literal.net: zone not allowed in this format at column 9
err: v6lit: line 4: 1::2::3: second "::" at column 5
err: v6lit: line 5: fd00::1#x: invalid character in an address at column 8
err: v6lit: line 6: longer than 65535 bytes
status: 1' encode --format=zone
    expect 'encode --format: an unknown one' "err: v6lit: unknown format 'bind'
err: Try 'v6lit encode --help' for more information.
status: 2" encode --format=bind
    expect 'encode --format: two files' "err: v6lit: --format takes at most one file
err: Try 'v6lit encode --help' for more information.
status: 2" encode --format=zone "$work/list" "$work/list"
    expect 'encode --format: with a form of the zone' "err: v6lit: --format cannot be combined with --index or --name
err: Try 'v6lit encode --help' for more information.
status: 2" encode --index --format=zone "$work/list"
    expect 'encode --format without one' "err: v6lit: option '--format' requires an argument
err: Try 'v6lit encode --help' for more information.
status: 2" encode --format
    expect 'encode --format: no such file' "err: v6lit: $work/none: No such file or directory
status: 2" encode --format=zone "$work/none"
    expect 'encode --format: a directory' "err: v6lit: $work: Is a directory
status: 2" encode --format=zone "$work"
    awk 'BEGIN { for (i = 99999; i >= 0; i--) printf "fd00::%x:%x\n", i / 65536 + 1, i % 65536 }' > "$work/list"
    run encode --format=hosts "$work/list"
    same 'encode --format: 100000 addresses, the last first' "$(tac "$work/list" | cksum) 0" \
        "$(cut -f 1 "$work/out" | cksum) $status"
    if [ -c /dev/full ]; then
        status=0
        "$v6lit" encode --format=hosts "$work/list" > /dev/full 2> "$work/err" || status=$?
        lost 'full disk: encode --format' 'No space left on device'
    fi
}

# What the locale can print is shown as it is.
test_printable() {
    printf 'm\303\274nchen\302\205\342\200\250\303\n' > "$work/in"
    if [ "$(LC_ALL=C.UTF-8 locale charmap 2> "$work/err")" != UTF-8 ]; then
        skip 'encode: UTF-8 on stderr' 'no locale C.UTF-8'
        return
    fi
    LC_ALL=C.UTF-8
    expect_input 'encode: UTF-8 on stderr, but no control characters' \
        "out: 
err: v6lit: line 1: $(printf 'm\303\274nchen')\\xc2\\x85\\xe2\\x80\\xa8\\xc3: \
invalid character in an address at column 1
status: 1" encode
    LC_ALL=C
}

# A long name is one line of bounded length on stderr.
test_long_lines() {
    path=$(bytes 65511)
    {
        printf '//0--1.%s/%s\n' $domain "$path"
        printf '//0--1.%s/%sx\n' $domain "$path"
        printf '0--2.%s\n' $domain
    } > "$work/in"
    same 'a line of 65535 bytes, and one of 65536' '65535 65536 21' \
        "$(awk '{ printf "%s%d", (NR > 1 ? " " : ""), length($0) }' "$work/in")"
    run decode
    check 'decode: a line of 65535 bytes' [ "//::1/$path" = "$(sed -n 1p "$work/out")" ]
    same 'decode: a line of 65536 bytes is too long, the next is not lost' \
        "out: 
out: ::2
err: v6lit: line 2: longer than 65535 bytes
status: 1" "$(sed -i 1d "$work/out" && outcome)"

    { bytes 1000000 && printf '\n0--2.%s\n' $domain && bytes 65536; } > "$work/in"
    expect_input 'decode: a line of a million bytes; the last is too long and has no newline' 'out: 
out: ::2
out: 
err: v6lit: line 1: longer than 65535 bytes
err: v6lit: line 3: longer than 65535 bytes
status: 1' decode

    { bytes 65535 && printf '\n'; } > "$work/in"
    run decode
    same 'decode: a long name is cut short on stderr' '1 line, 1 short' \
        "$(awk 'length($0) < 1000 { short++ } END { print NR " line, " short " short" }' "$work/err")"
}

# peak FILE ...: the greatest memory in kB of the command over lines of FILE.
peak() {
    "$v6lit" decode < "$work/fifo" > "$work/out" &
    peak_process=$!
    {
        cat "$1"
        # What is in the pipe is read before the command is looked at.
        printf 'fe80--1s4.%s\n' $domain
        peak_tries=0
        while ! tail -n 1 "$work/out" | grep -qx 'fe80::1%4' && [ $peak_tries -lt 200 ]; do
            sleep 0.1
            peak_tries=$((peak_tries + 1))
        done
        sed -n 's/^VmHWM:[^0-9]*\([0-9]*\).*/\1/p' "/proc/$peak_process/status" > "$work/peak"
    } > "$work/fifo"
    wait $peak_process || return
    cat "$work/peak"
}

test_a_million_lines() {
    awk 'BEGIN { for (i = 0; i < 1000000; i++)
        printf "2001-db8--%x-%x.ipv6-literal.net\n", i / 65536 + 1, i % 65536 }' > "$work/many"
    # Enough that all of each buffer is in use.
    head -n 50000 "$work/many" > "$work/few"
    mkfifo "$work/fifo"
    few=$(peak "$work/few")
    many=$(peak "$work/many")
    same 'a million lines: as many out' 1000001 "$(wc -l < "$work/out" | tr -d ' ')"
    same 'a million lines: all in order' "$(awk 'BEGIN { for (i = 0; i < 1000000; i += 99999)
        printf "2001:db8::%x:%x\n", i / 65536 + 1, i % 65536 }')" \
        "$(awk 'NR % 99999 == 1 && NR <= 1000000' "$work/out")"
    if [ -z "$few" ] || [ -z "$many" ]; then
        if [ -r /proc/self/status ] && grep -q VmHWM /proc/self/status; then
            check 'a million lines: constant memory' false
        else
            skip 'a million lines: constant memory' 'no VmHWM in /proc/self/status'
        fi
        return
    fi
    echo "# $few kB for 50,000 lines, $many kB for a million"
    check 'a million lines: constant memory' [ "$many" -le $((few + 1024)) ]
}

# Whoever feeds line by line has each answer before the next line is written.
test_interactive() {
    mkfifo "$work/to" "$work/from"
    # A command that keeps its answers to itself must not keep the test.
    timeout 20 "$v6lit" decode < "$work/to" > "$work/from" 2> "$work/err" &
    process=$!
    exec 3> "$work/to" 4< "$work/from"
    echo 0--1.$domain >&3
    read -r first <&4
    echo "fe80--1s4.$domain" >&3
    read -r second <&4
    echo nothing >&3
    read -r third <&4
    exec 3>&-
    read -r fourth <&4
    read_status=$?
    exec 4<&-
    status=0
    wait $process || status=$?
    same 'each line is answered before the next is written' '::1|fe80::1%4|||1|1' \
        "$first|$second|$third|$fourth|$read_status|$status"
}

# lost NAME REASON: the last run ended with status 2 and said why, once.
lost() {
    same "$1" "err: v6lit: standard output: $2
status: 2" "$(: > "$work/out"; outcome)"
}

test_lost_output() {
    : > "$work/in"
    awk 'BEGIN { for (i = 0; i < 20000; i++) print "0--1.ipv6-literal.net" }' > "$work/many"
    if [ -c /dev/full ]; then
        status=0
        "$v6lit" decode 0--1.$domain > /dev/full 2> "$work/err" || status=$?
        lost 'full disk: an operand' 'No space left on device'
        status=0
        "$v6lit" decode < "$work/many" > /dev/full 2> "$work/err" || status=$?
        lost 'full disk: many lines' 'No space left on device'
        for option in --help --version 'decode --help' 'encode --help'; do
            status=0
            # The option of a subcommand is two words.
            "$v6lit" $option > /dev/full 2> "$work/err" || status=$?
            lost "full disk: $option" 'No space left on device'
        done
    else
        skip 'full disk' 'no /dev/full'
    fi

    status=0
    "$v6lit" decode 0--1.$domain >&- 2> "$work/err" || status=$?
    lost 'closed output: an operand' 'Bad file descriptor'
    status=0
    "$v6lit" --version >&- 2> "$work/err" || status=$?
    lost 'closed output: --version' 'Bad file descriptor'
    status=0
    "$v6lit" encode nothing >&- 2> "$work/err" || status=$?
    sed -i 1d "$work/err"
    lost 'closed output: bad input' 'Bad file descriptor'

    # A reader that is gone. The signal is ignored, so that the command itself has to see it.
    mkfifo "$work/gone"
    : < "$work/gone" &
    exec 5> "$work/gone"
    wait $!
    status=0
    (trap '' PIPE; exec "$v6lit" decode 0--1.$domain >&5 2> "$work/err") || status=$?
    lost 'closed pipe: an operand' 'Broken pipe'
    status=0
    (trap '' PIPE; exec "$v6lit" decode < "$work/many" >&5 2> "$work/err") || status=$?
    lost 'closed pipe: many lines' 'Broken pipe'
    exec 5>&-
}

test_lost_input() {
    status=0
    "$v6lit" decode < "$work" > "$work/out" 2> "$work/err" || status=$?
    same 'input is a directory' 'err: v6lit: standard input: Is a directory
status: 2' "$(outcome)"
    if readlink /proc/self/fd/0 <&- > /dev/null; then
        skip 'input is closed' 'a program is never without one here: an emulator opens the program itself'
    else
        status=0
        "$v6lit" decode <&- > "$work/out" 2> "$work/err" || status=$?
        same 'input is closed' 'err: v6lit: standard input: Bad file descriptor
status: 2' "$(outcome)"
    fi
}

test_operands
test_options
test_zones
test_lines
test_bad_line
test_formats
test_printable
test_long_lines
test_a_million_lines
test_interactive
test_lost_output
test_lost_input
finish
