#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Completion is in step with --help, and the shells load it.
set -u

. "${top_srcdir:-.}/test/tap.sh"

v6lit=$PWD/v6lit
folder=$top_srcdir/tools/completions

# complete WORD...: what bash offers for the last word of the command line.
complete() {
    bash --norc -c '
        . "$1"; shift
        COMP_WORDS=(v6lit "$@") COMP_CWORD=$#
        _v6lit
        printf "%s\n" "${COMPREPLY[@]}"' bash "$folder/v6lit.bash" "$@"
}

# options COMMAND: the long options in its help.
options() {
    "$v6lit" $1 --help | sed -n 's/^  \(-.,\|   \) \(--[a-z0-9-]*\).*/\2/p' | sort
}

commands=$("$v6lit" --help | sed -n '/^Commands:/,/^$/s/^  \([a-z]*\) .*/\1/p')
check 'the help lists commands' [ -n "$commands" ]
if command -v bash > /dev/null; then
    check 'bash takes the file' bash -n "$folder/v6lit.bash"
    for command in $commands; do
        same "bash completes $command" "$command" "$(complete "$command")"
        same "bash completes the options of $command" "$(options $command)" \
            "$(complete $command -- | sort)"
    done
    same 'bash completes options before a command' '--help
--version' "$(complete --)"
    same 'bash completes files behind --file' "$folder/v6lit.bash" \
        "$(complete enable --file "$folder/v6lit.b")"
    if [ -e /sys/class/net/lo ]; then
        same 'bash completes interfaces behind -i' lo "$(complete llmnr -i lo | grep -x lo)"
    else
        skip 'bash completes interfaces behind -i' 'no /sys/class/net/lo'
    fi
    same 'bash completes formats behind --format' 'hosts
rpz
zone' "$(complete encode --format '')"
    same 'bash completes files for --format' "$folder/v6lit.bash" \
        "$(complete encode --format zone "$folder/v6lit.b")"
else
    skip 'bash takes the file' 'no bash here'
fi
if command -v zsh > /dev/null; then
    check 'zsh takes the file' zsh -n "$folder/_v6lit"
else
    skip 'zsh takes the file' 'no zsh here'
fi
for command in $commands; do
    check "zsh knows $command" grep -q "^        '$command:" "$folder/_v6lit"
    for option in $(options $command); do
        check "zsh knows $command $option" \
            grep -q "^        \([a-z]*|\)*$command\(|[a-z]*\)*) .*$option" "$folder/_v6lit"
    done
done
finish
