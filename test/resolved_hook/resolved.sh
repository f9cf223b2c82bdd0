#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Tests systemd-resolved with the hook, both run by systemd: what programs that query resolved get, that no query for a
# literal name leaves the machine, even if the hook fails, and that no other user can reach the hook.
set -u
. "$top_srcdir/test/tap.sh"
. "$top_srcdir/test/env/hosts.sh"
. "$top_srcdir/test/resolved_hook/shared.sh"
go_on_with_resolved "$0"
domain=ipv6-literal.net
make_system
start_nameserver
start_systemd
units='v6lit-resolved-hook.socket v6lit-resolved-hook.service'
socket=/run/systemd/resolve.hook/net.ipv6-literal

# The programs of make check, under the newest compiler, glibc and libsystemd. Debian 12 has no Varlink for fuzz/hook.
for program in fuzz/hook test/resolved_hook/test_record test/module/entry test/unit/test_library; do
    check "$program has run" grep -q ':test-result: PASS' "$root/build/$program.trs"
done
same 'make check: what does not pass' '' \
    "$(find "$root/build" -name '*.trs' -exec grep -h ':test-result: [^PS]' {} +; grep '^ERROR' "$root/build/check.log")"

# The units.
same 'systemd-analyze verify' '' "$(within systemd-analyze verify --man=no $units 2>&1)"
check 'systemd-analyze security: an exposure of 0.2 at most' \
    within sh -c 'systemd-analyze security --no-pager --threshold=2 v6lit-resolved-hook.service > /root/log'
within systemctl --quiet enable --now v6lit-resolved-hook.socket
same 'resolved alone may connect' '660 root:systemd-resolve' "$(within stat -c '%a %U:%G' $socket)"

# says NAME TYPE REPLY: what dig shows.
says() {
    same "$1 $2: $3" "$3" "$(dig "$1" "$2")"
}
for dnssec in no yes; do
    start_resolved $dnssec
    echo "# DNSSEC=$dnssec"
    says 2001-db8--1.$domain AAAA 'NOERROR 2001:db8::1'
    says 2001-db8--1.$domain A NOERROR
    says 2001-db8--1.$domain HTTPS NOERROR
    says 2001-db8--1.$domain PTR NOERROR
    says 2001-db8--1.$domain DS NOERROR
    says 2001-db8--1.$domain ANY 'NOERROR 2001:db8::1'
    says 0--ffff-c000-201.$domain A 'NOERROR 192.0.2.1'
    says 0--ffff-c000-201.$domain AAAA 'NOERROR ::ffff:192.0.2.1'
    says fe80--1.$domain AAAA 'NOERROR fe80::1'
    says fe80--1seth0.$domain AAAA NOERROR
    says fe80--1seth0.$domain A NOERROR
    says fe80--1--2.$domain AAAA NXDOMAIN
    says fe80--1--2.$domain HTTPS NXDOMAIN
    says www.$domain A NXDOMAIN
    for type in A AAAA NS SOA DS DNSKEY; do
        says $domain $type NXDOMAIN
    done
    same 'dig +dnssec +cd' 'NOERROR 2001:db8::1' "$(dig 2001-db8--1.$domain AAAA +dnssec +cd)"
    same 'dig +tcp' 'NOERROR 2001:db8::1' "$(dig 2001-db8--1.$domain AAAA +tcp)"
    same 'the other stub' 'NOERROR 2001:db8::1' "$(dig 2001-db8--1.$domain AAAA @127.0.0.54)"
    same 'nothing of the domain was sent' 0 "$(heard ipv6-literal)"
done
check 'DNSSEC=yes sends other names with their DS query' [ "$(dig www.example.org A > /mnt/out; heard "org' 43")" -gt 0 ]
start_resolved no
says www.example.org A 'NOERROR 192.0.2.80'
check 'and the nameserver hears other names' [ "$(heard www.example.org)" -gt 0 ]

# Other ways to query resolved.
found=$(within resolvectl query --legend=yes 2001-db8--2.$domain 2>&1)
check 'resolvectl' grep -q '^2001-db8--2.*: 2001:db8::2' << END
$found
END
check 'resolvectl names the hook' grep -q 'Data from:.* hook' << END
$found
END
same 'resolvectl: full-width digits, one address' 2001:db8::2 \
    "$(within resolvectl query --legend=no "２００１-db8--2.$domain" 2>&1 | grep -o '2001:db8::.*')"
same 'Varlink' '[32,1,13,184,0,0,0,0,0,0,0,0,0,0,0,2]' "$(within varlinkctl call --json=short \
    /run/systemd/resolve/io.systemd.Resolve io.systemd.Resolve.ResolveHostname "{\"name\":\"2001-db8--2.$domain\"}" |
    sed -n 's/.*"address":\([^}]*\)}.*/\1/p')"
same 'getent -s hosts:resolve' 2001:db8::2 \
    "$(within getent -s hosts:resolve ahosts 2001-db8--2.$domain | sed -n 's/ *STREAM.*//p')"
same 'getent -s hosts:resolve: no address without its zone' '' \
    "$(within getent -s hosts:resolve ahosts fe80--1seth0.$domain)"

# doctor_says MARK TEXT [CHECK]: of the hook.
doctor_says() {
    doctor_line=$(within v6lit doctor | grep "^.. *${3-resolve-hook} ")
    case $doctor_line in "$1  "*"$2"*) tap_status=0 ;; *) tap_status=1; echo "# $doctor_line" ;; esac
    result "v6lit doctor: $1 $2" $tap_status
}
doctor_says ok 'resolves literal names by a hook'
echo 'hosts: files dns' > "$root/etc/nsswitch.conf"
doctor_says ok 'dns queries a nameserver on this machine that answers for the domain itself' leak

# Static programs, which load no module.
if command -v musl-gcc > /dev/null && musl-gcc -static -o "$root/root/musl" "$top_srcdir/test/dns/lookup.c"; then
    same 'musl, static' 2001:db8::2 "$(within /root/musl 2001-db8--2.$domain)"
    same 'musl, static: other names' 192.0.2.80 "$(within /root/musl www.example.org)"
else
    skip 'musl, static' 'musl-gcc is missing (Debian: musl-tools)'
fi
if [ -n "${V6LIT_WORLD-}" ]; then
    make_root go "$V6LIT_WORLD"
    # Go of Debian 13 finds its own directory by /proc.
    mount --rbind /dev /mnt/go/root/dev
    mount --rbind /proc /mnt/go/root/proc
    cp "$top_srcdir/test/dns/lookup.go" /mnt/go/root/root/
    chroot /mnt/go/root env -i HOME=/root PATH=/usr/bin:/bin CGO_ENABLED=0 go build -o /root/lookup /root/lookup.go
    cp /mnt/go/root/root/lookup "$root/root/go"
    same 'Go, without cgo' 2001:db8::2 "$(within /root/go 2001-db8--2.$domain)"
    same 'Go, without cgo: other names' 192.0.2.80 "$(within /root/go www.example.org)"
else
    skip 'Go, without cgo' 'no Debian system with Go: run script/test --all'
fi

# Random names: what test/data/dns.tsv says.
tab=$(printf '\t')
PATH=$PWD:$PATH python3 -B "$top_srcdir/test/dns/compare.py" 127.0.0.53 v6lit-resolved-hook "$top_srcdir/test/data/dns.tsv" \
    10000 > /mnt/rows
result 'random names' $?
while IFS=$tab read -r row_status row_name; do
    case $row_status in
        ok) result "$row_name" 0 ;;
        'not ok') result "$row_name" 1 ;;
        *) echo "$row_status" ;;
    esac
done < /mnt/rows
same 'random names: nothing of the domain was sent' 0 "$(heard ipv6-literal)"

# Many queries.
# resident: the kilobytes of memory that the hook has.
resident() {
    within sed -n 's/^VmRSS:[^0-9]*\([0-9]*\) kB/\1/p' "/proc/$(hook_pid)/status"
}

# client UID WHAT NUMBER: of the hook.
client() {
    python3 -B "$top_srcdir/test/resolved_hook/client.py" "$root$socket" "$@"
}

# answers NAME: it does, and is the process that it was.
answers() {
    same "$1: resolved is answered" 'NOERROR 2001:db8::3' "$(dig 2001-db8--3.$domain AAAA)"
    same "$1: by the same process" "$pid" "$(hook_pid)"
}

pid=$(hook_pid)
same 'the filter' "$domain open" "$(client 0 filter 1)"
same '1000 queries' 1000 "$(client 0 ask 1000)"
before=$(resident)
same '100000 queries' 100000 "$(client 0 ask 100000)"
after=$(resident)
check "they take no memory ($before kB before, $after kB after)" [ $after -le $((before + 256)) ]
answers 'after 100000 queries'

# Who may not connect.
same 'another user is refused' refused "$(client 65534 ask 1)"
same 'and so is the group nogroup' refused "$(client 65533 crowd 1)"

# What resolved itself would have to do.
# during WHAT COMMAND...: runs it while these clients are there.
during() {
    mkfifo /mnt/end
    client 0 $1 < /mnt/end > /mnt/client &
    exec 7> /mnt/end
    wait_for "$1" grep -q ready /mnt/client
    shift
    "$@"
    exec 7>&-
    wait $!
    rm /mnt/end /mnt/client
}
during 'crowd 3000' answers '3000 clients'
during 'deaf 50' answers '50 clients that read no replies'
client 0 long 1000000 > /mnt/client
answers "a message of 1 MB ($(cat /mnt/client))"
client 0 long 20000000 > /mnt/client
same 'a message of 20 MB' 'hung up' "$(cat /mnt/client)"
answers 'a message of 20 MB'
check "memory after all that: $(resident) kB" [ "$(resident)" -le 16384 ]

# More clients than it has connections for, and accept(2) that fails: once that is over, others are served.
overrides=/run/systemd/system/v6lit-resolved-hook.service.d
within mkdir -p $overrides
# override LINE...: of the service, which is restarted.
override() {
    within sh -c 'printf "%s\n" [Service] "$@"' sh "$@" > "$root$overrides/test.conf"
    within systemctl daemon-reload
    within systemctl restart v6lit-resolved-hook.service
    pid=$(hook_pid)
}
override LimitNOFILE=32
during 'crowd 60' dig www.example.org A > /mnt/out
answers '60 clients, 32 descriptors'
override WatchdogSec=0
within prlimit --pid "$pid" --nofile=5:
during 'crowd 60' within prlimit --pid "$pid" --nofile=4160:
answers 'for a while no descriptors'
within rm $overrides/test.conf
within systemctl daemon-reload
within systemctl restart v6lit-resolved-hook.service
within sh -c 'echo kept > /root/file; timeout 10 /usr/libexec/v6lit-resolved-hook /root/file 2> /root/log'
same 'a file that is no socket stays' kept "$(within cat /root/file)"
within sh -c 'timeout 1 /usr/libexec/v6lit-resolved-hook /root/socket; timeout 1 /usr/libexec/v6lit-resolved-hook /root/socket'
same 'a socket that nobody listens on is replaced' 124 $?

# The fence. Each of these would send the names to DNS without it.
kill_hook() {
    within systemctl kill --signal="$1" v6lit-resolved-hook.service
}
# fenced NAME [REPLY]: what comes of a query; nothing is sent.
fenced() {
    same "$1" "${2-SERVFAIL}" "$(dig 2001-db8--4.$domain AAAA)"
    same "$1: nothing was sent" 0 "$(heard ipv6-literal)"
}
found='NOERROR 2001:db8::4'
for dnssec in yes no; do
    start_resolved $dnssec
    within systemctl reset-failed v6lit-resolved-hook.service
    echo "# DNSSEC=$dnssec"
    fenced 'the hook answers' "$found"
    kill_hook STOP
    [ $dnssec = yes ] || same 'stopped: other names do not wait for it' 'NOERROR 192.0.2.80' "$(dig www.example.org A +time=1)"
    fenced 'stopped: the watchdog ends it, and the query'
    fenced 'stopped: and then it answers' "$found"
    # Whether a query that comes at that moment is answered or fenced is up to chance; the next one is answered.
    for n in 1 2 3 4 5 6 7 8; do
        kill_hook KILL
        dig 2001-db8--4.$domain AAAA > /mnt/out
    done
    fenced 'killed eight times: it is there again' "$found"
    kill_hook STOP
    within systemctl restart systemd-resolved
    dig www.example.org A > /mnt/out
    fenced 'stopped, resolved restarted: it answers' "$found"
    within rm $socket
    fenced 'the socket is removed'
    same 'the socket is removed: dig +dnssec +cd' SERVFAIL "$(dig 2001-db8--4.$domain AAAA +dnssec +cd)"
    same 'the socket is removed: A' SERVFAIL "$(dig 2001-db8--4.$domain A)"
    same 'the socket is removed: HTTPS' SERVFAIL "$(dig 2001-db8--4.$domain HTTPS)"
    same 'the socket is removed: the domain' SERVFAIL "$(dig $domain AAAA)"
    within systemctl restart systemd-resolved
    fenced 'the socket is removed, resolved restarted'
    within systemctl restart v6lit-resolved-hook.socket
    fenced 'the socket unit is restarted' "$found"
    within systemctl stop $units
    same 'both units are stopped: RemoveOnStop=' '' "$(within ls /run/systemd/resolve.hook)"
    fenced 'both units are stopped'
    doctor_says !! 'gets no answer from v6lit-resolved-hook'
    doctor_says !! 'are sent to dns' leak
    within systemctl start v6lit-resolved-hook.socket
    fenced 'the socket unit is started' "$found"
done
# A program that cannot run, or needs a while to fail, or hangs before it is ready.
# does_not_start NAME: systemd gives up, and then nobody waits.
does_not_start() {
    dig www.example.org A +time=1 > /mnt/out
    check "$1: systemd gives up" within sh -c "
        until systemctl show --property=Result v6lit-resolved-hook.socket | grep -q start-limit; do sleep 0.1; done"
    same "$1: other names are resolved" 'NOERROR 192.0.2.80' "$(dig www.example.org A)"
    fenced "$1"
}
# starts: as doctor advises.
starts() {
    within systemctl reset-failed $units
    within systemctl restart v6lit-resolved-hook.socket
}
within systemctl reset-failed $units
within chmod a-x /usr/libexec/v6lit-resolved-hook
kill_hook KILL
does_not_start 'the program cannot run'
within chmod a+x /usr/libexec/v6lit-resolved-hook
starts
fenced 'the program can run again' "$found"
for command in 'sleep 0.3; exit 1' 'sleep 1000'; do
    within sh -c "printf '%s\n' [Service] ExecStart= 'ExecStart=/bin/sh -c \"$command\"' > $overrides/test.conf"
    within systemctl daemon-reload
    starts
    does_not_start "$command"
done
within rm $overrides/test.conf
within systemctl daemon-reload
starts
fenced 'it starts again' "$found"
# A search domain: the drop-in of doc/without-nss.md.
mkdir -p "$root/etc/systemd/dns-delegate.d/ipv6-literal.dns-delegate.d"
printf '%s\n' '[Delegate]' "Domains=~$domain.example.org" > "$root/etc/systemd/dns-delegate.d/ipv6-literal.dns-delegate.d/search.conf"
within systemctl reload systemd-resolved
same 'below a search domain' SERVFAIL "$(dig fe80--1seth0.$domain.example.org AAAA)"
same 'below a search domain: nothing was sent' 0 "$(heard ipv6-literal)"
rm "$root/usr/lib/systemd/dns-delegate.d/ipv6-literal.dns-delegate"
within systemctl stop $units
within systemctl restart systemd-resolved
same 'without the file: NXDOMAIN from the nameserver' NXDOMAIN "$(dig 2001-db8--4.$domain AAAA)"
check 'without the file: the nameserver hears the name' [ "$(heard 2001-db8--4)" -gt 0 ]
stop_systemd
finish
