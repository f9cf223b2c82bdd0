#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Tests v6lit enable in a directory that others can write to: with links, and with changes between its steps.
set -u

. "$top_srcdir/test/tap.sh"

umask 022
export LC_ALL=C
# Nothing else can trace what strace traces; for builds with sanitizers.
export ASAN_OPTIONS=detect_leaks=0
dir=$(mktemp -d)
trap 'chattr -i "$dir/plain/nsswitch.conf" 2> "$dir/err"; rm -rf "$dir"' EXIT
"$PWD/v6lit" --version > "$dir/err"
cp v6lit "$dir/v6lit"
mkdir "$dir/lib"
cp .libs/libv6lit.so.0 "$dir/lib/" 2> "$dir/err"
export LD_LIBRARY_PATH="$dir/lib"
v6lit=$dir/v6lit
old='hosts: files dns'
new='hosts: files ipv6literal [NOTFOUND=return] dns'

# refuses NAME PATH TEXT: enable ends with status 2 and this message.
refuses() {
    status=0
    "$v6lit" enable --file "$2" > "$dir/out" 2>&1 || status=$?
    case "$status $(cat "$dir/out")" in
        "2 v6lit: $2: $3"*) result "$1" 0 ;;
        *) sed 's/^/# /' "$dir/out"; result "$1" 1 ;;
    esac
}

links() {
    mkdir -p "$dir/plain/sub" "$dir/victim"
    echo "$old" > "$dir/plain/nsswitch.conf"
    echo "$old" > "$dir/victim/nsswitch.conf"
    ln -s ../victim/nsswitch.conf "$dir/plain/link"
    ln -s ../victim "$dir/plain/directory"
    ln -s loop "$dir/plain/loop"
    ln -s none "$dir/plain/dangling"
    for path in "$dir/plain/link" "$dir/plain/directory/nsswitch.conf" \
        "$dir/plain/./sub/..//nsswitch.conf"; do
        status=0
        "$v6lit" enable --file "$path" > "$dir/out" 2>&1 || status=$?
        same "nobody else can change: ${path#"$dir"}" "0 $new" "$status $(cat "$path")"
        echo "$old" > "$path"
    done
    status=0
    (cd "$dir/plain/sub" && "$v6lit" enable --file ../link > "$dir/out" 2>&1) || status=$?
    same 'relative to the working directory' "0 $new" "$status $(cat "$dir/victim/nsswitch.conf")"
    echo "$old" > "$dir/victim/nsswitch.conf"
    refuses 'a loop of links' "$dir/plain/loop" 'cannot read: Too many levels'
    refuses 'a link to nothing' "$dir/plain/dangling" 'cannot read: No such file'
    refuses 'a slash after the file' "$dir/plain/nsswitch.conf/" 'not a regular file'
    refuses 'a link in /proc' "/proc/self/root$dir/plain/nsswitch.conf" 'the path leads through a link in /proc'

    changeable='the path leads through a symbolic link that other users can change'
    chmod 777 "$dir/plain"
    refuses 'a link that others can change' "$dir/plain/link" "$changeable"
    refuses 'a directory that others can change' "$dir/plain/directory/nsswitch.conf" "$changeable"
    status=0
    "$v6lit" enable --file "$dir/plain/nsswitch.conf" > "$dir/out" 2>&1 || status=$?
    same 'a file that others can change' "0 $new" "$status $(cat "$dir/plain/nsswitch.conf")"
    chmod 1777 "$dir/plain"
    status=0
    "$v6lit" enable --file "$dir/plain/link" > "$dir/out" 2>&1 || status=$?
    same 'a link of ours in a sticky directory' "0 $new" "$status $(cat "$dir/victim/nsswitch.conf")"
    echo "$old" > "$dir/victim/nsswitch.conf"
    if [ "$(id -u)" = 0 ] && chown -h 65534 "$dir/plain/link" 2> "$dir/err"; then
        refuses "somebody else's in a sticky directory" "$dir/plain/link" "$changeable"
        chmod 755 "$dir/plain"
        chown -h 0 "$dir/plain/link"
        chown 65534 "$dir/plain"
        refuses "a link in somebody else's directory" "$dir/plain/link" "$changeable"
        chown 65534 "$dir/plain/nsswitch.conf"
        echo "$old" > "$dir/plain/nsswitch.conf"
        "$v6lit" enable --file "$dir/plain/nsswitch.conf" > "$dir/out" 2>&1
        same "a file of somebody else's stays that" "65534 $new" \
            "$(stat -c %u "$dir/plain/nsswitch.conf") $(cat "$dir/plain/nsswitch.conf")"
        chown 0 "$dir/plain"
    else
        skip "links of others" 'not root'
    fi
    same 'what they lead to is as it was' "$old" "$(cat "$dir/victim/nsswitch.conf")"

    chmod 755 "$dir/plain"
    echo "$old" > "$dir/plain/nsswitch.conf"
    ln "$dir/plain/nsswitch.conf" "$dir/plain/hard"
    "$v6lit" enable --file "$dir/plain/nsswitch.conf" > "$dir/out" 2>&1
    same 'another hard link keeps the old text' "$old" "$(cat "$dir/plain/hard")"
    echo "$old" > "$dir/plain/nsswitch.conf"
    if chattr +i "$dir/plain/nsswitch.conf" 2> "$dir/err"; then
        refuses 'an immutable file' "$dir/plain/nsswitch.conf" 'cannot replace: Operation not permitted'
        check 'what to do about it' grep -q lsattr "$dir/out"
        same 'nothing is beside it' '' "$(find "$dir/plain" -name '.*')"
        chattr -i "$dir/plain/nsswitch.conf"
    else
        skip 'an immutable file' 'no chattr, or not here'
    fi
}

# fresh: the files as they are before each race. "place" is where others can write.
fresh() {
    rm -rf "$dir/open"
    mkdir -m 777 "$dir/open" "$dir/open/place"
    echo "$old" > "$dir/open/place/nsswitch.conf"
    echo "$old" > "$dir/victim/nsswitch.conf"
}

# What others do meanwhile, for a shell of its own.
append='echo "# changed" >> "$dir/open/place/nsswitch.conf"'
rename_over='printf "hosts: files\n# changed\n" > "$dir/open/place/other" && mv "$dir/open/place/other" "$dir/open/place/nsswitch.conf"'
swap_directory='mv "$dir/open/place" "$dir/open/away" && ln -s ../victim "$dir/open/place"'
swap_file='mv "$dir/open/place/nsswitch.conf" "$dir/open/place/was" && ln -s ../../victim/nsswitch.conf "$dir/open/place/nsswitch.conf"'
swap_new='for file in "$dir"/place/.*v6lit-*; do [ ! -e "$file" ] || ln -sf "$dir/victim/nsswitch.conf" "$file"; done'
export dir

# all_steps NAME ACTION TEST: the action comes before each of enable's system calls in turn. Afterwards the test
# holds, and enable has edited the file, or said why not.
all_steps() {
    bad=
    step=0
    while :; do
        step=$((step + 1))
        fresh
        status=0
        "$interrupt" $step "$2" "$v6lit" enable --file "$dir/open/place/nsswitch.conf" > "$dir/out" 2>&1 || status=$?
        [ $status != 99 ] || break
        $3 || bad="$bad $step"
        case $status in
            0 | 137) ;;
            2) grep -q '^v6lit: ' "$dir/out" || bad="$bad $step:silent" ;;
            *) bad="$bad $step:$status"; break ;;
        esac
    done
    same "$1 (at $step steps)" '' "$bad"
    [ $step -gt 20 ] || result 'there are steps' 1
}

keeps_change() {
    [ "$(tail -n 1 "$dir/open/place/nsswitch.conf")" = '# changed' ] &&
        [ -z "$(find "$dir/open/place" -name '.*v6lit*')" ]
}

spares_victim() {
    [ "$(cat "$dir/victim/nsswitch.conf")" = "$old" ] && [ "$(ls -A "$dir/victim")" = nsswitch.conf ] &&
        [ -z "$(find "$dir/open/place/" "$dir/open/away" -name '.*v6lit*' 2> "$dir/err")" ]
}

is_whole() {
    case $(cat "$dir/open/place/nsswitch.conf") in "$old" | "$new") ;; *) return 1 ;; esac
    [ "$(find "$dir/open/place" -name '.*v6lit*' | wc -l)" -le 1 ]
}

links
interrupt=$PWD/test/nsswitch/interrupt
status=0
"$interrupt" 1 : "$v6lit" --version > "$dir/out" 2>&1 || status=$?
if [ $status != 99 ]; then
    skip 'what happens between the steps' 'nothing may be traced here'
    finish
fi
all_steps "an editor's change in place stays" "$append" keeps_change
all_steps 'a file that an editor puts there stays' "$rename_over" keeps_change
all_steps 'a swapped directory is not followed' "$swap_directory" spares_victim
all_steps 'a swapped file is not followed' "$swap_file" spares_victim
all_steps 'a swapped new file is not followed' "$swap_new" spares_victim
all_steps 'killed, the file is the old one or the new one' 'kill -9 "$TRACED"' is_whole
if strace -o "$dir/trace" -e trace=renameat2 -e inject=renameat2:error=EINVAL true 2> "$dir/err"; then
    fresh
    strace -o "$dir/trace" -e trace=renameat2 -e inject=renameat2:error=EINVAL \
        "$v6lit" enable --file "$dir/open/place/nsswitch.conf" > "$dir/out" 2>&1
    same 'where files cannot be exchanged' "$new" "$(cat "$dir/open/place/nsswitch.conf")"
else
    skip 'where files cannot be exchanged' 'no strace, or it may not trace'
fi
finish
