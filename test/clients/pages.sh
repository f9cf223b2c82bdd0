#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Tests that the pages agree with test/data/clients.tsv and clients-13.tsv, which test/clients/table.sh checks.
set -u
. "$top_srcdir/test/tap.sh"

set -- "$top_srcdir/test/data/clients.tsv" "$top_srcdir/test/data/clients-13.tsv"
table=$(awk -f "$top_srcdir/test/clients/clients-table" "$@")
result 'programs reach global addresses wherever they reach a link-local one' $?
same 'the table of nss-ipv6literal(8)' "$table" \
    "$(sed -n '/^\.\\" From test\/clients\/clients-table/,/^\.El/p' "$top_srcdir/man/nss-ipv6literal.8" | sed 1d)"

limits=$(sed -n '/^## What it cannot do/,/^## For/p' "$top_srcdir/README.md")
same 'the README names the programs that lose the zone without nscd' '' "$(
    awk -F '\t' '!/^#/ && $2 ~ /name/ && ($3 != "right" || $4 != "right") { print $1 }' "$@" |
        while read -r program; do
            printf '%s\n' "$limits" | grep -q -i -e "^| .*\`$program\`" -e "^| .*\b$program\b" || echo "$program"
        done
)"
finish
