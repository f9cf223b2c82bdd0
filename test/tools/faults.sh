#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Makes every system call of our programs, after those of the loader, fail once with a suitable error: no memory, no
# descriptor, or a signal; with each of them if V6LIT_FAULTS=all is in the environment. The program must then succeed, or
# print why it failed and exit with its documented status; a file must have its old or its new contents.
. "$top_srcdir/test/tap.sh"
in_sandbox "$recommended" "$0"
command -v strace > /dev/null || skip_all 'strace is missing (Debian: strace)'
reason=$(strace -o /mnt/trace true 2>&1) || skip_all "strace is refused: $reason"
unset LC_ALL LANG LC_CTYPE # the C locale is read from no file

dir=/mnt/faults
mkdir $dir
conf=$dir/nsswitch.conf
# The programs themselves: libtool's wrappers are shell scripts.
for program in v6lit key.v6lit mount.v6lit; do
    [ ! -e $program ] || cp "$(realpath "$program")" /mnt/
done

# calls: "NAME NUMBER" for each call in the trace that is not the loader's, which unmaps its cache in the end.
# What cannot fail is left out, and so is what comes by chance, and another program that takes over.
calls() {
    awk -v left_out="^(exit_group|futex|get[a-z]*id|getrandom|[-+]+|$1)\$" '
        { name = $0; sub(/[ (].*/, "", name); number[name]++ }
        ours && name == "execve" { print name, number[name] - 1; exit } # strace does not count its own
        ours && name !~ left_out { print name, number[name] }
        name == "munmap" { ours = 1 }' /mnt/trace
}

# sample: without V6LIT_FAULTS=all no more than $most calls of a program.
most=20
sample() {
    awk -v most=$most -v all="${V6LIT_FAULTS-}" '{ line[NR] = $0 }
        END { for (i = 1; i <= NR; i += all == "all" ? 1 : int((NR + most - 1) / most)) print line[i] }'
}

# errors_of CALL NUMBER: sets $errors to those that it can end with; without V6LIT_FAULTS=all they take turns.
# brk has none; the kernel refuses with an end that is too low.
errors_of() {
    case $1 in
        brk) errors=retval=0; return ;;
        open* | socket | pipe* | dup*) set -- "$2" EMFILE ENOMEM EINTR ENFILE ;;
        read | pread64 | write | recvmsg | sendto | connect | ioctl | close | fsync | wait4)
            set -- "$2" EINTR ENOMEM ;;
        *) set -- "$2" ENOMEM ;;
    esac
    turn=$(($1 % ($# - 1)))
    shift
    errors=
    for error; do
        [ "${V6LIT_FAULTS-}" != all ] && [ $turn != 0 ] || errors="$errors error=$error"
        turn=$((turn - 1))
    done
}

# gives_reason: the error in words, or that it was memory, stands in what the program says; and nothing
# is called missing that could not be looked for. The loader gives a reason of its own, and getaddrinfo
# says of a name that it could not look up that it is not found.
gives_reason() {
    grep -q -e 'Cannot allocate memory' -e 'Memory allocation failure' -e 'memory exhausted' \
        -e 'Too many open files' -e 'Interrupted system call' -e 'cannot load the module: ' \
        -e '  not found$' -e ' cannot be used: libnss_ipv6literal' /mnt/out /mnt/errors && ! grep -q 'no such interface' /mnt/out /mnt/errors
}

# is_whole: the file that a program edits is the old one or the new one, and nothing is left beside it.
is_whole() {
    [ "$(ls -A $dir)" = nsswitch.conf ] && { cmp -s $conf /mnt/old || cmp -s $conf /mnt/new; }
}

# is_unsure: a report of doctor that differs from that without a fault in checks that have no result now.
is_unsure() {
    diff /mnt/wanted /mnt/out | awk '/^> [?][?] / { unsure = 1; next }
        /^> [^ ]/ && !/^> [0-9]+ finding/ { other = 1 }
        END { exit !unsure || other }'
}

# is_as_wanted: as without a fault, apart from times and the serial numbers of zones. An interface whose name cannot
# be queried may appear by its index.
is_as_wanted() {
    cmp -s /mnt/out /mnt/wanted || [ "$(without_chance /mnt/out)" = "$(without_chance /mnt/wanted)" ]
}
without_chance() {
    sed "s/[0-9.]* ms/T/; s/\(SOA.*\. \)[0-9]* /\1T /; s/%1 /%lo/g; s/%$here /%here/g; s/ $here / here /g" "$1" | tr -d ' '
}

# judge STATUS STATUSES: sets $problem to what is wrong with a run in which a call fails, or to nothing.
judge() {
    problem=
    if ! grep -q INJECTED /mnt/trace; then
        problem='the call was not made'
    elif [ $edits = yes ] && ! is_whole; then
        problem='the file is neither the old one nor the new one, or something is beside it'
    elif [ "$1" = "${2%% *}" ] && is_as_wanted; then
        :
    elif ! gives_reason && ! is_unsure; then
        problem="status $1, without the reason"
    else
        case " $2 " in
            *" $1 "*) ;;
            *) problem="status $1" ;;
        esac
    fi
}

# survives NAME STATUSES LEFT_OUT COMMAND...: with no call that fails, it ends with the first status. The calls
# that are LEFT_OUT do not fail.
survives() {
    name=$1
    statuses=$2
    left_out=$3
    shift 3
    cp /mnt/old $conf
    status=0
    strace -o /mnt/trace "$@" < /mnt/input > /mnt/wanted 2> /mnt/errors || status=$?
    same "$name: without a fault" "${statuses%% *}" $status
    edits=yes
    cp $conf /mnt/new
    ! cmp -s /mnt/old /mnt/new || edits=no
    calls "$left_out" | sample > /mnt/calls
    runs=0
    bad=0
    while read -r call number; do
        errors_of "$call" "$number"
        for error in $errors; do
            runs=$((runs + 1))
            [ $edits = no ] || cp /mnt/old $conf
            status=0
            timeout 60 strace -o /mnt/trace -e trace="$call" -e inject="$call:$error:when=$number" "$@" \
                < /mnt/input > /mnt/out 2> /mnt/errors || status=$?
            judge $status "$statuses"
            [ -n "$problem" ] || continue
            bad=$((bad + 1))
            echo "# call $number of $call, $error: $problem: $(head -n 3 /mnt/errors | tr '\n' ' ')"
        done
    done < /mnt/calls
    [ $runs -gt 5 ] || echo "# only $runs calls"
    [ $runs -gt 5 ] && [ $bad = 0 ]
    result "$name: $runs faults, of which $bad end badly" $?
}

# link_and_host: the interface here, with the index $here, and a host called peer on its link.
here=-
link_and_host() {
    ip link add here type veth peer name there 2> /mnt/errors || return
    # A network of its own: what this machine itself replies does not count.
    unshare --net sleep infinity &
    host=$!
    trap 'kill $host $responder 2> /dev/null' EXIT
    responder=
    until [ "$(readlink /proc/$host/ns/net)" != "$(readlink /proc/self/ns/net)" ]; do
        sleep 0.01
    done
    ip link set there netns $host
    nsenter --target $host --net sh -c 'ip link set there addrgenmode none && ip link set there up &&
        ip address add fe80::1/64 dev there nodad' || return
    ip link set here addrgenmode none
    ip link set here up
    ip address add fe80::2/64 dev here nodad || return
    here=$(ip -oneline link show here | sed 's/:.*//')
    nsenter --target $host --net python3 "$top_srcdir/test/llmnr/responder.py" /mnt/heard there 2> /mnt/errors &
    responder=$!
    tries=0
    until grep -qx ready /mnt/heard 2> /dev/null; do
        tries=$((tries + 1))
        [ $tries -lt 1000 ] && kill -0 $responder || return
        sleep 0.01
    done
}

printf 'hosts: files dns\n' > /mnt/old
echo fd00::1 > /mnt/addresses
printf 'fe80--1s4.ipv6-literal.net\n2001-db8--1.ipv6-literal.net\n' > /mnt/input
survives 'decode' '0 2' '' /mnt/v6lit decode
survives 'encode' '0 1 2' '' /mnt/v6lit encode --index fe80::1%LO
survives 'encode --format' '0 1 2' '' /mnt/v6lit encode --format=zone /mnt/addresses
survives 'explain' '0 1 2' '' /mnt/v6lit explain fe80--1slo.ipv6-literal.net
# malloc gets by with one such call that fails. Here all fail, from the first that is not the loader's on.
strace -o /mnt/trace /mnt/v6lit explain ::1 > /mnt/out
first=$(awk '/^munmap/ { exit } { sub(/[(].*/, ""); number[$0]++ } END { print number["brk"] + 1, number["mmap"] + 1 }' /mnt/trace)
status=0
strace -o /mnt/trace -e trace=brk,mmap -e inject=brk:retval=0:when="${first% *}+" \
    -e inject=mmap:error=ENOMEM:when="${first#* }+" /mnt/v6lit explain ::1 > /mnt/out 2>&1 || status=$?
same 'explain: no memory' '2, v6lit: memory exhausted' "$status, $(cat /mnt/out)"
survives 'enable' '0 2' '' /mnt/v6lit enable --file $conf
cp /mnt/new /mnt/old
survives 'disable' '0 2' '' /mnt/v6lit disable --file $conf
[ ! -e /mnt/key.v6lit ] || survives 'key.v6lit' '0 2' '' /mnt/key.v6lit -n fe80--1sLO.ipv6-literal.net
if [ -e .libs/libnss_ipv6literal.so.2 ]; then
    cp .libs/libv6lit-preload.so /mnt/
    # If it does not know where it is, it takes the installed library, of which there is none here.
    survives 'exec' '0 125 126' readlink /mnt/v6lit exec printenv LD_PRELOAD
    survives 'resolve' '0 1 2' '' /mnt/v6lit resolve fe80--1slo.ipv6-literal.net
fi
# It asks ldconfig through a pipe, whose end would never come: strace lets close
# fail undone. Without readlink it names another directory of the loader's for the module of another ABI.
# With a search path it reads the list in any case, not only where another ABI is installed. A short one comes in one
# read; test/doctor/checks.sh has a long one.
printf '#!/bin/sh\necho "1 libs found in cache"\n' > /mnt/ldconfig.sh
chmod +x /mnt/ldconfig.sh
mount --bind /mnt/ldconfig.sh "$(realpath /sbin/ldconfig)"
export LD_LIBRARY_PATH=/nowhere
survives 'doctor' '1 2' 'close|readlink' /mnt/v6lit doctor
unset LD_LIBRARY_PATH
if [ -e /mnt/v6lit ] && command -v python3 > /dev/null && link_and_host; then
    survives 'llmnr' '0 2' '' /mnt/v6lit llmnr -6 -i here peer
    kill $responder
else
    skip 'llmnr' 'no python3, or no IPv6 or veth interfaces'
fi
if [ -x /sbin/mount.cifs ] && [ "$(id -u)" = 0 ]; then
    printf '#!/bin/sh\necho "$@"\n' > /mnt/mount.cifs
    chmod +x /mnt/mount.cifs
    mount --bind /mnt/mount.cifs "$(realpath /sbin/mount.cifs)"
    survives 'mount.v6lit' '0 2' '' /mnt/mount.v6lit //fe80--1sLO.ipv6-literal.net/share $dir
else
    skip 'mount.v6lit' 'no /sbin/mount.cifs to put a stand-in in the place of (Debian: cifs-utils)'
fi
finish
