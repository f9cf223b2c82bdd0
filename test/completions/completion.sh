#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Tests that completion agrees with --help, that the shells load it, and that names of interfaces and files are not
# expanded.
set -u

. "${top_srcdir:-.}/test/tap.sh"

# In a network namespace, where interfaces may have any name, with /sys of its own.
user=
[ "$(id -u)" = 0 ] || user='--user --map-root-user'
if [ "${inside-}" != yes ] && unshare $user --net --mount true 2> /dev/null; then
    inside=yes exec unshare $user --net --mount sh -c 'mount -t sysfs v6lit /sys; exec "$0"' "$0"
fi

v6lit=$PWD/v6lit
directory=$top_srcdir/tools/completions

# complete WORD...: what bash offers for the last word of the command line.
complete() {
    bash --norc -c '
        . "$1"; shift
        COMP_WORDS=(v6lit "$@") COMP_CWORD=$# COMP_LINE="v6lit $*"
        COMP_POINT=${#COMP_LINE}
        _v6lit
        printf "%s\n" "${COMPREPLY[@]}"' bash "$directory/v6lit.bash" "$@"
}

# options COMMAND: the long options in its help.
options() {
    "$v6lit" $1 --help | sed -n 's/^  \(-.,\|   \) \(--[a-z0-9-]*\).*/\2/p' | sort
}

commands=$("$v6lit" --help | sed -n '/^Commands:/,/^$/s/^  \([a-z]*\) .*/\1/p')
check 'the help lists commands' [ -n "$commands" ]
if command -v bash > /dev/null; then
    check 'bash takes the file' bash -n "$directory/v6lit.bash"
    for command in $commands; do
        same "bash completes $command" "$command" "$(complete "$command")"
        same "bash completes the options of $command" "$(options $command)" \
            "$(complete $command -- | sort)"
    done
    same 'bash completes help' help "$(complete hel)"
    same 'bash completes commands after help' "$(printf '%s\n' $commands)" "$(complete help '' | sort)"
    same 'bash completes options before a command' '--help
--version' "$(complete --)"
    same 'bash completes formats after --format' 'hosts
rpz
zone' "$(complete encode --format '')"
else
    skip 'bash takes the file' 'no bash here'
fi
if command -v zsh > /dev/null; then
    check 'zsh takes the file' zsh -n "$directory/_v6lit"
else
    skip 'zsh takes the file' 'no zsh here'
fi
for command in $commands; do
    check "zsh knows $command" grep -q "^        '$command:" "$directory/_v6lit"
    for option in $(options $command); do
        check "zsh knows $command $option" \
            grep -q "^        \([a-z]*|\)*$command\(|[a-z]*\)*) .*$option" "$directory/_v6lit"
    done
done

# typed SHELL LINE...: the arguments that v6lit gets by each line. @ is the tab key.
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
typed() {
    typed_shell=$1
    shift
    for line; do
        shift
        set -- "$@" "$(printf '%s' "$line" | tr @ '\t')"
    done
    rm -rf "$work/home"
    mkdir "$work/home"
    (cd "$work/home" && cp -R "$work/files" . && python3 "$top_srcdir/test/completions/keys.py" "$directory" $typed_shell "$@")
}

# takes SHELL WHAT WANTED LINE: v6lit gets WANTED, and nothing else happens.
takes() {
    same "$1: $2" "$3" "$(typed "$1" "$4")"
    same "$1: $2: nothing was run" 'arguments bashrc bin files' "$(cd "$work/home" && echo *)"
}

# Each name of an interface, and what of it is typed.
hostile='$(>PWNED) \$
`>PWNED` \`
$IFS \$I
* \*
[a-z]* \[
{a,b} \{
~root \~
a;b>PWNED a
a&b|c<d>e a
a\b a
a"b a
q'"'"'z q
!! \!
#c \#
-x -
--all --a
a=b a
a=b a=
a@b a@
.hidden .
(x) \('
mkdir "$work/files"
for file in '$(>PWNED)' '*' 'a b' "it's"; do
    : > "$work/files/$file"
done
for shell in bash zsh; do
    if ! command -v python3 > /dev/null; then
        skip "$shell: keys" 'no python3 to type with'
        continue
    elif ! command -v $shell > /dev/null; then
        skip "$shell: keys" "no $shell here"
        continue
    fi
    takes $shell 'a command' explain 'v6lit expl@'
    takes $shell 'an option' 'doctor
--json' 'v6lit doctor --js@'
    takes $shell 'an option with a value' 'encode
--format=hosts' 'v6lit encode --format=ho@'
    takes $shell 'a file with a blank' 'enable
--file
files/a b' 'v6lit enable --file files/a@'
    takes $shell 'a file with a command in its name' 'encode
--format
zone
files/$(>PWNED)' 'v6lit encode --format zone files/\$@'
    if [ "${inside-}" != yes ] || ! ip link add name v6 type veth peer name v7 2> /dev/null; then
        skip "$shell: interfaces" 'no interfaces can be made here'
        continue
    fi
    takes $shell 'an interface' 'llmnr
-i
v6' 'v6lit llmnr -i v@6'
    takes $shell 'an interface after =' 'llmnr
--interface=v7' 'v6lit llmnr --interface=v@7'
    ip link delete v6
    printf '%s\n' "$hostile" > "$work/hostile"
    while read -r name start; do
        ip link add name "$name" type veth peer name peer
        takes $shell "the interface $name" "llmnr
-i
$name" "v6lit llmnr -i $start@"
        ip link delete peer
    done < "$work/hostile"
done
finish
