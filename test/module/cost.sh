#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Tests the cost of a lookup in numbers that are the same on every machine: instructions in the module, and loaded
# libraries. (`make bench` measures times.)
. "$top_srcdir/test/module/shared.sh"
! is_sanitized $module || skip_all "built with sanitizers, which count for more than the module"
need valgrind valgrind
need strip binutils
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
trap 'exit 1' HUP INT TERM

# loads NAME: how often the loader speaks of libidn2.
loads() {
    LD_DEBUG=files ./v6lit decode "$1" 2>&1 | grep -c 'libidn2\.so'
}
same "a name that is ASCII does not load libidn2" 0 "$(loads fe80--1s4.ipv6-literal.net)"
same "nor does one that is malformed" 0 "$(loads fe80--1--2.ipv6-literal.net)"
same "nor does one outside the domain" 0 "$(loads www.example.com)"
# With a full-width hyphen. This sees that the loader still speaks so.
beyond_ascii=$(loads "$(printf '0\357\274\215-1.ipv6-literal.net')")
if grep -q 'libidn2\.so' $library; then
    [ "$beyond_ascii" -gt 0 ]
    result "a name that is not ASCII loads it" $?
else
    same "a name that is not ASCII loads nothing in a build without libidn2" 0 "$beyond_ascii"
fi

# Without debugging information: not every valgrind can read that of every compiler.
mkdir "$scratch/.libs"
strip --strip-debug -o "$scratch/$module" $module
strip --strip-debug -o "$scratch/syscalls" $programs/syscalls

# at_most NAME INSTRUCTIONS: those of one call for AF_UNSPEC. The limits are about five times what gcc -O2
# makes, and -O0 makes up to four times as many: a limit is passed by a loop too many, not by one step.
at_most() {
    (cd "$scratch" && valgrind --tool=callgrind --callgrind-out-file=/dev/null \
        --toggle-collect=_nss_ipv6literal_gethostbyname4_r ./syscalls "$1") \
        > /dev/null 2> "$scratch/valgrind"
    instructions=$(sed -n 's/.* Collected : *\([0-9]*\)$/\1/p' "$scratch/valgrind")
    [ "${instructions:-0}" -gt 0 ] || sed 's/^/# /' "$scratch/valgrind"
    [ "${instructions:-0}" -gt 0 ] && [ "$instructions" -le "$2" ]
    result "'$1': ${instructions:-no} instructions, at most $2" $?
}
at_most www.example.com 400
at_most fe80--1s4.ipv6-literal.net 2000
at_most 2001-db8-1234-5678-9abc-def0-1234-5678.ipv6-literal.net 3500
at_most www.ipv6-literal.net 1000
finish
