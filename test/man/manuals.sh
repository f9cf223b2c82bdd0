#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Tests that the manual pages are well-formed mdoc, and that mandoc and groff format them at common widths without a
# warning: groff warns about a table that is too wide, and breaks it.
. "$top_srcdir/test/tap.sh"

if command -v mandoc > /dev/null; then
    for page in "$top_srcdir"/man/*.[1358]; do
        same "$(basename "$page") is without fault" '' "$(mandoc -T lint -W warning "$page")"
    done
else
    skip 'mandoc' 'mandoc is missing (Debian: mandoc)'
fi

# mandoc's own man has no --warnings.
work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT
printf '.Dd November 26, 2026\n.Dt X 1\n.Os\n.Sh NAME\n.Nm x\n.Nd x\n.Bl -column "a" "b"\n.It %090d Ta b\n.El\n' 0 > "$work/x.1"
# set_page WIDTH PAGE: what man-db says of it; only that which goes to standard error. With justification groff 1.23 says
# as well that a line of one word cannot be justified.
set_page() {
    MANWIDTH=$1 LC_ALL=C.UTF-8 MANROFFOPT='' man --nj --warnings -l "$2" 2>&1 > "$work/page"
}
if [ -z "$(set_page 80 "$work/x.1")" ] || ! [ -s "$work/page" ]; then
    skip 'man' 'no man-db with groff here (Debian: man-db, groff-base)'
    finish
fi
for page in "$top_srcdir"/man/*.[1358]; do
    for width in 72 80 100; do
        same "$(basename "$page") at $width columns" '' "$(set_page $width "$page")"
    done
done
finish
