#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Tests which programs `v6lit exec` refuses to run, its exit statuses, and how it sets LD_PRELOAD. Whether a program
# ignores LD_PRELOAD is compared with the kernel.
. "$top_srcdir/test/exec/shared.sh"
in_sandbox 'files dns' "$0"

name=fe80--1slo.ipv6-literal.net
bin=/mnt/bin
mkdir $bin /mnt/nosuid
mount -t tmpfs -o nosuid v6lit /mnt/nosuid
cp v6lit .libs/libv6lit-preload.so .libs/libv6lit.so.0 $bin/
cd /mnt
getent=$(command -v getent)

# Another user; in a user namespace there is none to become.
nobody='setpriv --reuid=65534 --regid=65534 --clear-groups'
$nobody true 2> /dev/null || nobody=

# run [USER...] -- COMMAND...: its output, and "[exit status N]" if it is not 0.
run() {
    user=
    while [ "$1" != -- ]; do
        user="$user $1"
        shift
    done
    shift
    run_status=0
    $user $bin/v6lit exec "$@" 2>&1 || run_status=$?
    [ $run_status = 0 ] || echo "[exit status $run_status]"
}

hint_module="If the NSS module is enabled, run the command without 'v6lit exec' and without the option -6; see nss-ipv6literal(8)."
hint_decode="'v6lit decode NAME' prints the address to use in place of the name."
refusal() {
    printf 'v6lit: %s: cannot preload: %s\n%s\n[exit status 125]\n' "$@"
}
same_run() {
    same_name=$1
    wanted=$2
    shift 2
    same "$same_name" "$wanted" "$(run "$@")"
}

# Usage and exit status
same_run 'no command' "v6lit: missing command
Try 'v6lit exec --help' for more information.
[exit status 2]" --
same_run 'an option that is none' "v6lit: unrecognized option '-x'
Try 'v6lit exec --help' for more information.
[exit status 2]" -- -x true
check '--help' sh -c "$bin/v6lit exec --help | grep -q '^Usage: v6lit exec '"
same_run "the command's options are its own" '-x --help' -- echo -x --help
same_run '-- ends the options' '-x' -- -- echo -x
same_run "the command's exit status" '[exit status 42]' -- sh -c 'exit 42'
# A directory in PATH that may not be entered makes it "Permission denied", for execvp as well.
same 'a command that is not there' 'v6lit: no-such: No such file or directory
[exit status 127]' "$(PATH=/mnt/bin:/no-such run -- no-such)"
same_run 'a path that is not there' 'v6lit: ./no-such: No such file or directory
[exit status 127]' -- ./no-such
same_run 'a path through a file' 'v6lit: bin/v6lit/x: Not a directory
[exit status 127]' -- bin/v6lit/x
same_run 'the empty name' 'v6lit: : No such file or directory
[exit status 127]' -- ''
same_run 'a directory' 'v6lit: /mnt/bin: Permission denied
[exit status 126]' -- /mnt/bin
touch no-program
same_run 'a file that is no program' 'v6lit: ./no-program: Permission denied
[exit status 126]' -- ./no-program

mkdir -p a b c/tool
touch a/tool
printf '#!/bin/sh\necho "this is $0"\n' > b/tool
chmod +x b/tool
same 'PATH is searched as by execvp' 'this is /mnt/b/tool' "$(PATH=/mnt/a:/mnt/c:/mnt/b:$PATH run -- tool)"
same 'a command that nobody may run, found in PATH' 'v6lit: tool: Permission denied
[exit status 126]' "$(PATH=/mnt/a:/no-such run -- tool)"
same 'an empty entry of PATH is the working directory' 'this is ./tool' \
    "$(cd b && PATH=:$PATH run -- tool)"
same 'without PATH' "$name" "$(unset PATH; run -- echo "$name")"

# LD_PRELOAD
print='echo "$LD_PRELOAD"'
same_run 'LD_PRELOAD' $bin/libv6lit-preload.so -- sh -c "$print"
same 'LD_PRELOAD that was empty' $bin/libv6lit-preload.so "$(LD_PRELOAD= run -- sh -c "$print")"
same 'LD_PRELOAD that was there is kept, after' "$bin/libv6lit-preload.so:$bin/libv6lit.so.0" \
    "$(LD_PRELOAD=$bin/libv6lit.so.0 run -- sh -c "$print")"
for directory in 'with:colon' 'with space' 'with$ORIGIN'; do
    mkdir "$directory"
    cp $bin/* "$directory"
    same "a directory $directory" \
        "v6lit: /mnt/$directory/libv6lit-preload.so: LD_PRELOAD cannot hold a path with ':', '\$' or white space
[exit status 125]" "$(bin=$directory; "./$directory/v6lit" exec true 2>&1 || echo "[exit status $?]")"
done
installed=$(grep -ao '/[^[:cntrl:]]*/v6lit/libv6lit-preload\.so' bin/v6lit | head -n 1)
mkdir alone
cp $bin/v6lit alone/
if [ -e "${installed:-/}" ]; then
    skip 'a library that is not there' "there is $installed"
else
    same 'a library that is not there' "v6lit: $installed: No such file or directory
[exit status 125]" "$(alone/v6lit exec true 2>&1 || echo "[exit status $?]")"
fi

# Static and foreign programs
printf 'int main(void) { return 0; }\n' > static.c
for kind in static static-pie; do
    if cc -$kind -o $kind static.c 2> /dev/null; then
        same_run "$kind" "$(refusal ./$kind 'the program is static' "$hint_decode")" -- ./$kind
    else
        skip "$kind" "no C compiler here, or no libc for -$kind"
    fi
done
# The class is byte 4 of an ELF file, the machine bytes 18 and 19, the loader's name the first of its kind.
for patch in 'class 4 \003' 'order 5 \003' 'machine 18 \377'; do
    set -- $patch
    cp "$getent" ./other-$1
    printf "$3" | dd of=other-$1 bs=1 seek=$2 conv=notrunc 2> /dev/null
    same_run "another $1" "$(refusal ./other-$1 \
        'the program is of another architecture or ABI than v6lit' "$hint_decode")" -- ./other-$1
done
LC_ALL=C sed 's|/ld-linux|/ld-minix|' "$getent" > other-libc
chmod +x other-libc
if cmp -s other-libc "$getent"; then
    skip 'another C library' 'the loader has a name that this test does not know'
else
    same_run 'another C library' "$(refusal ./other-libc \
        'the program uses another C library than v6lit' "$hint_decode")" -- ./other-libc
fi
head -c 64 "$getent" > damaged
chmod +x damaged
same_run 'a program that ends after its header' \
    "$(refusal ./damaged 'the program is static' "$hint_decode")" -- ./damaged

# Scripts
script() {
    printf '%s\n' "$2" > $1
    chmod +x $1
}
look_up="getent ahostsv6 $name | sed -n '1s/ .*//p'"
index=1
script shell "#! /bin/sh -e
$look_up"
same_run 'a shell script' fe80::1%$index -- ./shell
script bare "$look_up"
same_run 'a script that does not name its shell' fe80::1%$index -- ./bare
script nested '#!/mnt/shell'
same_run 'a script that a script runs' fe80::1%$index -- ./nested
script orphan '#!/no/such/interpreter'
same_run 'a script whose interpreter is not there' 'v6lit: ./orphan: No such file or directory
[exit status 127]' -- ./orphan
script circle '#!/mnt/circle'
check 'a script that runs itself' sh -c "$bin/v6lit exec ./circle 2>&1 | grep -q '^v6lit: ./circle: '"
script foreign '#!/mnt/other-machine'
same_run 'a script with an interpreter for another machine' "$(refusal \
    './foreign: run by /mnt/other-machine' \
    'the program is of another architecture or ABI than v6lit' "$hint_decode")" -- ./foreign

# Programs with privileges. The loader shows AT_SECURE if it is 0, and else not even that.
is_trusted() {
    "$@" --version | grep -q '^AT_SECURE: *0$'
}
# privileged WHAT REASON|'' PROGRAM [USER...]: is refused for REASON or works, as the kernel says.
privileged() {
    what=$1
    reason=$2
    program=$3
    shift 3
    if [ -n "$reason" ]; then
        wanted=$(refusal $program "$reason" "$hint_module")
        ! is_trusted "$@" env LD_SHOW_AUXV=1 $program
        result "$what: ignores LD_PRELOAD" $?
    else
        wanted=fe80::1%$index
        is_trusted "$@" env LD_SHOW_AUXV=1 $program
        result "$what: takes LD_PRELOAD" $?
    fi
    got=$(run "$@" -- $program ahostsv6 $name)
    [ -n "$reason" ] || got=$(echo "$got" | sed -n '1s/ .*//p')
    same "$what" "$wanted" "$got"
}
# program MODE OWNER GROUP FILE
program() {
    cp "$getent" $4 && chown $2:$3 $4 && chmod $1 $4
}
set_id='the program is set-user-ID or set-group-ID'
capable='the program has file capabilities, and you are not root'

program 4755 0 0 ./suid
program 2755 0 0 ./sgid
privileged 'set-user-ID root, for root' '' ./suid
privileged 'set-group-ID root, for root' '' ./sgid
if [ -z "$nobody" ]; then
    skip 'set-user-ID and set-group-ID programs' 'no second user in this namespace'
else
    program 4755 65534 0 ./suid-nobody
    program 2755 0 65534 ./sgid-nobody
    program 2745 0 65534 ./lock
    program 4711 0 0 ./suid-secret
    program 711 0 0 ./secret
    program 4755 0 0 ./nosuid/suid
    privileged 'set-user-ID root' "$set_id" ./suid $nobody
    privileged 'set-group-ID root' "$set_id" ./sgid $nobody
    privileged 'set-user-ID nobody, for root' "$set_id" ./suid-nobody
    privileged 'set-group-ID nobody, for root' "$set_id" ./sgid-nobody
    privileged "set-user-ID to one's own ID" '' ./suid-nobody $nobody
    privileged "set-group-ID to one's own ID" '' ./sgid-nobody $nobody
    privileged "the set-group-ID bit without the group's right to execute" '' ./lock
    privileged 'set-user-ID, and unreadable' "$set_id" ./suid-secret $nobody
    privileged 'set-user-ID on a nosuid mount' '' ./nosuid/suid $nobody
    privileged 'set-user-ID with no_new_privs' '' ./suid $nobody --no-new-privs
    same_run 'unreadable' "$(refusal ./secret \
        'the program may not be read, so nothing tells whether it is static' "$hint_decode")" \
        $nobody -- ./secret ahostsv6 $name
    same_run 'effective IDs that are not the real ones' "$(refusal ./secret \
        'this process has effective IDs that are not its real ones' "$hint_decode")" \
        setpriv --ruid=65534 -- ./secret ahostsv6 $name

    chmod 0 $bin/libv6lit-preload.so
    same_run 'a library that may not be read' "v6lit: $bin/libv6lit-preload.so: Permission denied
[exit status 125]" $nobody -- true
    chmod 644 $bin/libv6lit-preload.so

    script suid-script "#!/bin/sh
$look_up"
    chmod 4755 suid-script
    same_run 'a set-user-ID script has no privileges' fe80::1%$index $nobody -- ./suid-script
    script by-suid '#!/mnt/suid'
    same_run 'a script with a set-user-ID interpreter' "$(refusal './by-suid: run by /mnt/suid' \
        "$set_id" "$hint_module")" $nobody -- ./by-suid
fi

program 755 0 0 ./capable
program 755 0 0 ./permitted
program 755 0 0 ./nosuid/capable
if [ -z "$nobody" ]; then
    skip 'file capabilities' 'no second user in this namespace'
elif ! { setcap cap_net_raw=ep capable && setcap cap_net_raw=p permitted &&
    setcap cap_net_raw=ep nosuid/capable; } 2> /dev/null; then
    skip 'file capabilities' 'no setcap here, or a kernel that keeps no capabilities on tmpfs'
else
    privileged 'file capabilities' "$capable" ./capable $nobody
    privileged 'file capabilities that are permitted only' "$capable" ./permitted $nobody
    privileged 'file capabilities, for root' '' ./capable
    privileged 'file capabilities on a nosuid mount' '' ./nosuid/capable $nobody
fi
finish
