#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# README, manual pages and messages use the standard terms: none of the words in test/data/vocabulary.tsv.
. "$top_srcdir/test/tap.sh"
tab=$(printf '\t')
work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT

# As one line each, since a term may be broken: prose, the text of pages, and string literals without comments.
prose() {
    tr -s '\n ' ' ' < "$1"
}
page() {
    sed 's/^\.\\".*//; s/^\.[A-Z][a-z]* //; s/\\-/-/g; s/\\&//g' "$1" | tr -s '\n ' ' '
}
literals() {
    sed '/^ *\(\/\/\|\/\*\|\*\|# *include\)/d; s|/\*.*\*/||' "$1" | sed -z 's/"\n *"//g' |
        grep -o '"\([^"\\]\|\\.\)*"' | sed 's/\\n/ /g' | tr -s '\n ' ' '
}
for file in README.md SECURITY.md NEWS.md configure.ac debian/control packaging/rpm/v6lit.spec \
    packaging/rpm/README.Fedora debian/libnss-llmnr.README.Debian; do
    [ ! -e "$top_srcdir/$file" ] || prose "$top_srcdir/$file" > "$work/$(basename "$file")"
done
for file in "$top_srcdir"/man/*.[1358]; do
    page "$file" > "$work/$(basename "$file")"
done
for file in "$top_srcdir"/libv6lit/status.c "$top_srcdir"/tools/*.c "$top_srcdir"/tools/*/*.[ch] \
    "$top_srcdir"/llmnr/*.c "$top_srcdir"/llmnrd/*.c "$top_srcdir"/resolved_hook/*.c; do
    literals "$file" > "$work/$(basename "$(dirname "$file")")-$(basename "$file")"
done
check 'there is something to read' [ -s "$work/README.md" -a -s "$work/v6lit.1" -a -s "$work/exec-exec.c" ]
check 'messages are found' grep -q 'unrecognized option' "$work/common-arguments.c"

while IFS=$tab read -r words instead; do
    case $words in '' | '#'*) continue ;; esac
    used=$(cd "$work" && LC_ALL=C grep -liE "\<($words)\>" -- *) || used=/dev/null
    same "not \"$words\": $instead" '' "$(cd "$work" && LC_ALL=C grep -oiE ".{0,40}\<($words)\>.{0,30}" -- $used /dev/null)"
done < "$top_srcdir/test/data/vocabulary.tsv"
finish
