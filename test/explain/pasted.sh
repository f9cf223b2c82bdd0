#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Tests encode and decode with pasted texts: each gets the result or correction in test/data/pasted.tsv.
set -u

. "$top_srcdir/test/tap.sh"
in_sandbox 'files' "$0"

tab=$(printf '\t')
ip link add link0 type veth peer name 25peer
while IFS=$tab read -r command input wanted source; do
    case $command in '' | '#'*) continue ;; esac
    got=$(./v6lit "$command" "$input" 2>&1 | sed -n '/./p')
    case $wanted in
        'perhaps '* | 'use '*)
            got=$(printf '%s\n' "$got" | sed -n "s/.* at column [0-9]*; //p" | sed 's/ ([^()]*)$//') ;;
    esac
    same "$command $input: $source" "$wanted" "$got"
done < "$top_srcdir/test/data/pasted.tsv"

quietly() {
    "$@" > /mnt/out 2>&1
}
# A correction is taken as it is.
while IFS=$tab read -r command input wanted source; do
    case $command,$wanted in
        encode,'perhaps '*net* | '#'*) ;;
        encode,'perhaps '* | decode,'perhaps '*net*)
            check "taken: $wanted" quietly ./v6lit "$command" "${wanted#perhaps }" ;;
    esac
done < "$top_srcdir/test/data/pasted.tsv"
finish
