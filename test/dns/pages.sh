#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Tests that each page of examples/dns says how to check that names stay on the host and how to undo the set-up, names every
# file in its directory, and is in the table of set-ups.
set -u
. "${top_srcdir:-.}/test/tap.sh"
cd "${top_srcdir:-.}/examples/dns" || exit

for page in */README.md; do
    name=${page%/README.md}
    grep -q '[ =]SOA ipv6-literal\.net\|ipv6-literal\.net SOA' "$page"
    result "$name: how to see that names stay at home" $?
    grep -q -i '^## .*undo$\|to undo it' "$page"
    result "$name: how to undo it" $?
    unnamed=
    for file in "$name"/*; do
        [ "$file" = "$page" ] || grep -q -F "${file##*/}" "$page" || unnamed="$unnamed ${file##*/}"
    done
    same "$name: every file is on its page" '' "$unnamed"
    sed -n '/^## Set-ups/,/^## /p' README.md | grep -q "^|.*]($name)"
    result "$name: in the table of set-ups" $?
done
finish
