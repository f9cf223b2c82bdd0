# SPDX-License-Identifier: LGPL-2.1-or-later
# Finds links to missing files. To be sourced.

# dead_links DIRECTORY: relative links in its texts.
dead_links() {
    find "$1" -name '*.md' ! -path '*/build/*' | while read -r text; do
        grep -o ']([^)# ]*' "$text" | sed 's/^](//; /^[a-z]*:/d; /^$/d' | while read -r target; do
            [ -e "$(dirname "$text")/$target" ] || echo "${text#"$1"/}: $target"
        done
    done
}

# names ROOT [PREFIX]: the files of the documentation that the pages below a prefix in this root name.
names() {
    find "$1${2-/usr}/share/man" -type f -exec sh -c 'for page; do gzip -cdf "$page"; done' sh {} + |
        sed 's/\\-/-/g' | grep -o '/[^ ]*share/doc/[^ ]*' | sort -u
}

# dead_names ROOT [PREFIX]: those that are not there, or that there is none at all.
dead_names() {
    for name in $(names "$@"); do
        [ -e "$1$name" ] || echo "$name"
    done
    [ -n "$(names "$@")" ] || echo 'none is named'
}
