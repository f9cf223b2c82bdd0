#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Tests each check of v6lit doctor, on a machine with the fault and on one without.
hosts_line='files ipv6literal [NOTFOUND=return] dns'
. "$top_srcdir/test/doctor/shared.sh"
command -v python3 > /dev/null || skip_all 'no python3 for the servers'
in_sandbox "$hosts_line" "$0"
prepare
right=$hosts_line
build=$PWD

# listen ARGUMENT...: test/doctor/listen.py, until unlisten.
listen() {
    rm -f /mnt/ready
    python3 "$top_srcdir/test/doctor/listen.py" /mnt/ready "$@" &
    listener=$!
    wait_until 'a listener' [ -e /mnt/ready ]
}

unlisten() {
    kill $listener
    wait $listener 2> /dev/null
}

# status COMMAND...: its exit status.
status() {
    status=0
    "$@" > /mnt/out 2> /mnt/err || status=$?
    echo $status
}

ip address add 2001:db8::1/128 dev lo
ip address add 192.0.2.1/32 dev lo
export PATH="/mnt/bin:$PATH"

doctor
same 'a healthy machine' 0 "$status"
check 'it says so' grep -q '^Nothing is wrong' << END
$out
END
same 'and nothing on stderr' '' "$(cat /mnt/err)"

says 'it is there' module ok 'loads and answers'
cp -L .libs/libv6lit.so.0 /mnt/lib/libnss_ipv6literal.so.2
doctor
says 'it is another library' module !! 'one of its four functions is missing'
cp "$build/test/doctor/.libs/wrong.so" /mnt/lib/libnss_ipv6literal.so.2
doctor
says 'it gives no zone' module !! 'its answers are wrong'
cp .libs/libnss_ipv6literal.so.2 /mnt/lib/
doctor
says 'it is beside v6lit, and in the cache' module ok
cp /etc/ld.so.cache /mnt/ld.so.cache.with
if cache_without_module; then
    doctor
    says 'it is not in the cache' module !! "'ldconfig' as root"
    says 'why' module !! 'by this program, but not by others'
    rm /mnt/lib/libnss_ipv6literal.so.2
    doctor
    says 'it is nowhere' module !! "'ldconfig' as root"
    says 'without it all names leak' leak !! 'literal names are sent to dns'
    same 'status' 1 "$status"
    cp /mnt/ld.so.cache.with /etc/ld.so.cache
else
    skip 'module, it is not in the cache' 'ldconfig finds an installed one'
fi
rm -f /mnt/lib/libnss_ipv6literal.so.2

says 'one libc' module-abis --

# C libraries of two other ABIs, in /mnt, where this copy looks for them. No more is read of them than the head.
LC_ALL=C sed 's|/lib/ld-linux-armhf|/mnt/ld-linux-armhf|; s|/libx32/|/mnt/32/|g; s|/usr/lib|/mnt/usr|g' \
    "$v6lit" > /mnt/others
chmod +x /mnt/others
mkdir -p /mnt/32 /mnt/usr
# library FILE MACHINE: the head of an ELF file of 32 bits.
library() {
    printf "\\177ELF\\1\\1\\1\\0\\0\\0\\0\\0\\0\\0\\0\\0\\3\\0\\$2\\0" > "$1"
}
library /mnt/ld-linux-armhf.so.3 50
library /mnt/32/ld-linux-x32.so.2 76
v6lit=/mnt/others
doctor
says 'two other ABIs' module-abis !! 'x32 (/mnt/32), armhf (/mnt)'
library /mnt/usr/libnss_ipv6literal.so.2 50
doctor
says 'one has a module' module-abis !! ': x32 (/mnt/32)'
mkdir /mnt/usr/x86_64-linux-gnux32
cp -L .libs/libnss_ipv6literal.so.2 /mnt/usr/x86_64-linux-gnux32/
doctor
says 'one of another ABI does not count' module-abis !! ': x32 (/mnt/32)'
library /mnt/usr/x86_64-linux-gnux32/libnss_ipv6literal.so.2 76
doctor
says 'both have one' module-abis ok 'x32 (/mnt/32), armhf (/mnt)'
rm /mnt/usr/libnss_ipv6literal.so.2 /mnt/usr/x86_64-linux-gnux32/libnss_ipv6literal.so.2
ldconfig=$(realpath /sbin/ldconfig)
mount --bind /dev/null "$ldconfig"
doctor
says 'no ldconfig' module-abis '??' 'x32 (/mnt/32), armhf (/mnt)'
says 'no ldconfig' module '??' LD_LIBRARY_PATH
out=$(env -u LD_LIBRARY_PATH "$v6lit" doctor)
says 'no ldconfig, and none needed' module ok
umount "$ldconfig"

# A read of 'ldconfig -p' fails, or is interrupted: what is reported is true, and tells of both ABIs.
if reason=$(strace -o /mnt/trace true 2>&1); then
    # The line with the module comes in two reads.
    {
        printf '%4050s\n' '=> /nowhere'
        printf '\tlibnss_ipv6literal.so.2 (libc6) => /mnt/module/libnss_ipv6literal.so.2\n'
        for line in 1 2 3 4; do printf '%50000s\n' '=> /nowhere'; done
    } > /mnt/listing
    printf '#!/bin/sh\ncat /mnt/listing\n' > /mnt/ldconfig.sh
    chmod +x /mnt/ldconfig.sh
    mount --bind /mnt/ldconfig.sh "$ldconfig"
    strace -y -o /mnt/trace -e trace=read "$v6lit" doctor > /mnt/out
    reads=$(awk '/^read/ { number++ } /<pipe:/ { print number }' /mnt/trace)
    check 'the list comes in several reads' [ "$(echo $reads | wc -w)" -gt 6 ]
    bad=0
    for number in $reads; do
        for error in EINTR ENOMEM; do
            out=$(strace -o /mnt/trace -e trace=read -e inject=read:error=$error:when="$number" "$v6lit" doctor)
            module=$(about module)
            abis=$(about module-abis)
            case $error,${module%% *},${abis%% *},$abis in
                EINTR,ok,!!,*': x32 (/mnt/32), armhf (/mnt)'*) continue ;;
                ENOMEM,ok,[!?][!?],*x32*armhf* | ENOMEM,ok,[!?][!?],*armhf*x32*) continue ;;
                ENOMEM,[?][?],!!,*x32*armhf*) continue ;;
            esac
            bad=$((bad + 1))
            printf '%s\n' "$module" "$abis" | sed "s/^/# read $number, $error: /"
        done
    done
    same 'reads of the list that fail: wrong reports' 0 $bad
    umount "$ldconfig"
else
    skip 'reads of the list that fail' "strace is refused: $reason"
fi
v6lit=/mnt/v6lit

# line RESULT LINE [TEXT]: what hosts-line says of it.
line() {
    hosts "$2"
    doctor
    says "$2" hosts-line "$1" "${3-}"
}
line ok "$right" "hosts: $right"
line ok 'files ipv6literal [!UNAVAIL=return] dns'
line ok 'files myhostname ipv6literal [NOTFOUND=return] dns'
says 'what stands before queries nobody' leak ok
line !! 'files dns' "Run 'v6lit enable' as root"
line !! 'files ipv6literal dns' 'listed without [NOTFOUND=return]'
line !! 'files dns ipv6literal [NOTFOUND=return]' 'after a service that queries the network'
line !! 'ipv6literal [NOTFOUND=return] files dns' 'before files'
line !! "$right ipv6literal" 'more than once'
line !! 'files ipv6literal [NOTFOUND=retrun] dns' "'retrun': not one of return, continue, merge"
says 'what that does' hosts-line !! 'every lookup fails'
says 'and where there is no line to follow' leak --
line !! '[NOTFOUND=return] files' 'glibc ignores the rest of the line'
printf 'hosts: %s' "$right" > /etc/nsswitch.conf
doctor
says 'no newline' hosts-line !! 'Fix the line'
echo 'passwd: files' > /etc/nsswitch.conf
doctor
says 'no line at all' hosts-line !! 'glibc uses "files dns"'
rm /etc/nsswitch.conf
doctor
says 'no file' hosts-line !! "touch /etc/nsswitch.conf"
says 'no file' leak !! 'are sent to dns'
mkdir /etc/authselect
echo 'hosts: files myhostname dns' > /etc/authselect/nsswitch.conf
ln -s authselect/nsswitch.conf /etc/nsswitch.conf
doctor
says 'authselect' hosts-line !! 'authselect create-profile v6lit --base-on PROFILE'
printf 'hosts: %s\n' "$right" > /etc/authselect/nsswitch.conf
doctor
says 'authselect with a right line' hosts-line ok
hosts "$right $(printf '%20000s' '' | tr ' ' a)"
doctor
says 'a word too long to be shown' services !! aaa...
says 'and a line' hosts-line ok 'too long to show'
rm /etc/nsswitch.conf
mkdir /etc/nsswitch.conf
doctor
says 'not a file' hosts-line '??' 'not a regular file'
same 'status where something could not be found out' 2 "$status"
check 'it says so' grep -q '^0 findings, [0-9]* checks without a result\.$' << END
$out
END
rmdir /etc/nsswitch.conf
printf 'hosts: files \033c dns\n' > /etc/nsswitch.conf
doctor
says 'a line that would colour the terminal' hosts-line !! '\x1b'

# stale RESULT LINE [TEXT]
stale() {
    hosts "$2"
    doctor
    says "$2" services "$1" "${3-}"
}
stale ok "$right"
stale !! "$right nosuch" 'not loadable: nosuch'
stale !! "$right /tmp/x" 'not loadable: /tmp/x'
: > /mnt/lib/libnss_broken.so.2
stale !! "$right broken" 'libnss_broken.so.2: file too short'
mkdir /mnt/libnss_
cp -L .libs/libv6lit.so.0 /mnt/libnss_/x.so.2
cd /mnt
stale !! "$right /x" 'not loadable: /x'
cd "$build"
stale !! "$right # a b" 'not loadable: #, a, b'

for service in 'resolved resolve' 'sssd sss'; do
    word=${service#* }
    service=${service% *}
    hosts "$right"
    doctor
    says 'not in the line' $service --
    hosts "files ipv6literal [NOTFOUND=return] $word dns"
    doctor
    says 'after us' $service ok
    hosts "files $word ipv6literal [NOTFOUND=return] dns"
    doctor
    says 'before us' $service !! "Run 'v6lit enable' as root"
    hosts "files dns [NOTFOUND=return] $word"
    doctor
    says 'after the end of a lookup' $service ok
    hosts "files $word dns"
    doctor
    says 'without us' $service !! "Run 'v6lit enable' as root"
    hosts "files ipv6literal $word"
    doctor
    says 'after us, without [NOTFOUND=return]' $service !!
done

# leak RESULT LINE [TEXT]
leak() {
    hosts "$2"
    doctor
    says "$2" leak "$1" "${3-}"
}
leak ok "$right"
leak ok 'files'
leak ok 'files myhostname'
leak ok 'mymachines libvirt files ipv6literal [NOTFOUND=return] dns'
leak ok 'ipv6literal [NOTFOUND=return] files dns'
leak ok 'files [NOTFOUND=return] dns'
leak !! 'files dns' 'literal names are sent to dns'
leak !! 'files mdns4_minimal ipv6literal [NOTFOUND=return]' 'literal names are sent to mdns4_minimal'
leak !! 'files ipv6literal dns' 'lookups of IPv4 addresses, are sent to dns'

# llmnr RESULT LINE [TEXT]
llmnr() {
    hosts "$2"
    doctor
    says "$2" llmnr "$1" "${3-}"
}
llmnr -- "$right"
says 'not in the line' firewall --
llmnr ok "$right llmnr"
says 'it asks nobody for a name with a dot' leak ok
llmnr ok 'files mdns4_minimal [NOTFOUND=return] ipv6literal [NOTFOUND=return] dns llmnr'
llmnr ok "files resolve [!UNAVAIL=return] dns llmnr"
llmnr !! "files ipv6literal [NOTFOUND=return] llmnr dns" 'Move llmnr to the end of the line'
llmnr !! "files llmnr resolve" 'before dns'
llmnr !! "$right [NOTFOUND=return] llmnr" 'dns before it ends the lookup'
says 'what to do' llmnr !! 'Remove NOTFOUND=return'
llmnr ok "$right [NOTFOUND=continue] llmnr"
cp "$build/test/doctor/.libs/wrong.so" /mnt/lib/libnss_llmnr.so.2
llmnr !! "$right llmnr" 'not the module of v6lit'
echo > /mnt/lib/libnss_llmnr.so.2
llmnr !! "$right llmnr" 'libnss_llmnr.so.2 cannot be used: '
rm /mnt/lib/libnss_llmnr.so.2

# systemd-resolved, as far as it can be seen: its socket, and its user at port 5355.
mkdir -p /run/systemd/resolve
listen /run/systemd/resolve/io.systemd.Resolve
llmnr !! 'files resolve [!UNAVAIL=return] dns llmnr' 'resolve before it ends the lookup'
says 'LLMNR is off there' llmnr !! "set 'LLMNR=yes'"
llmnr ok 'files resolve [!UNAVAIL=return NOTFOUND=continue] dns llmnr'
unlisten
llmnr ok 'files resolve [!UNAVAIL=return] dns llmnr'
rm /run/systemd/resolve/io.systemd.Resolve
listen UDP=5355 /run/systemd/resolve/io.systemd.Resolve
llmnr ok "$right llmnr"
sed -i '/^systemd-resolve:/d' /etc/passwd
echo "systemd-resolve:x:$(id -u):0:::" >> /etc/passwd
llmnr '>>' "$right llmnr" 'systemd-resolved queries by LLMNR as well'
llmnr !! 'files resolve [!UNAVAIL=return] dns llmnr' 'Remove llmnr from the line: systemd-resolved queries'
unlisten
llmnr ok "$right llmnr"
rm /run/systemd/resolve/io.systemd.Resolve

# The other side: does anything answer.
printf '#!/bin/sh\n' > /mnt/bin/smbd
chmod +x /mnt/bin/smbd
doctor
says 'a Samba server' responder '>>' 'Install v6lit-llmnrd'
rm /mnt/bin/smbd
listen UDP=5355
doctor
says 'UDP alone' responder '>>' 'a responder needs both'
unlisten
listen UDP=5355 TCP=5355
doctor
says 'UDP and TCP' responder ok 'a responder has port 5355'
unlisten

# The links that llmnr queries. Names alone say nothing: the kernel says what an interface is.
hosts "$right"
doctor
says 'not in the line' llmnr-links --
hosts "$right llmnr"
doctor
says 'no link' llmnr-links '>>' 'llmnr queries on no link now'
conf=$("$build/test/llmnr/ask" configuration)
conf_parent=$(dirname "$(dirname "$conf")")
has_carrier() {
    ip link show "$1" | grep -q 'state UP'
}
# up INTERFACE...
up() {
    for interface; do
        ip link set "$interface" up
    done
    tries=0
    until has_carrier "$1"; do
        tries=$((tries + 1))
        [ $tries -lt 200 ] || { echo 'Bail out! no carrier'; exit 1; }
        sleep 0.05
    done
}
if ip link add lan0 type veth peer name lan1 2> /mnt/err && ip link add docker0 type bridge 2> /mnt/err &&
    ip link add link lan1 name mv1 type macvlan 2> /mnt/err; then
    ip link add c0 type veth peer name c1
    ip link set c1 master docker0
    up docker0 c0 c1
    up lan0 lan1
    up mv1
    doctor
    says 'all of them' llmnr-links '>>' 'llmnr queries on lan1, lan0, docker0, mv1, c0'
    says 'a bridge of containers' llmnr-links '>>' 'docker0: a bridge without a network card'
    says 'the end of a container' llmnr-links '>>' 'c0: an interface of a container'
    says 'what to do' llmnr-links '>>' "'interfaces !lan1 !lan0 !docker0 !c0' in $conf"
    ip link set mv1 master docker0
    doctor
    check 'a bridge with a network card is a LAN' sh -c '! echo "$1" | grep -q "docker0: "' sh "$(about llmnr-links)"
    if [ "$conf_parent" = /etc ] || mount -t tmpfs v6lit "$conf_parent" 2> /mnt/err; then
        mkdir -p "$(dirname "$conf")"
        ip link set mv1 nomaster
        ip address add 192.0.2.9/24 dev mv1
        echo 'interfaces mv*' > "$conf"
        doctor
        says 'a public address' llmnr-links '>>' 'mv1: a public IPv4 address'
        ip address add 10.0.0.9/24 dev mv1
        ip address del 192.0.2.9/24 dev mv1
        doctor
        says 'a private one' llmnr-links ok 'llmnr queries on mv1'
        printf 'interfaces mv1\ninterface !docker0\n' > "$conf"
        doctor
        says 'a line that cannot be read' llmnr-links !! "$conf: line 2: unknown keyword: llmnr sends no queries"
        # Names that are patterns, and no text: what to write excludes these, and no other.
        ip link set mv1 down
        odd=$(printf '[*\033')
        ip link add '*' type veth peer name "$odd"
        up '*' "$odd"
        echo 'interfaces !lan1 !lan0 !docker0 !c0' > "$conf"
        doctor
        says 'odd names' llmnr-links '>>' "'interfaces !\\[\\*? !\\*' in $conf"
        echo 'interfaces !lan1 !lan0 !docker0 !c0 !\* !\[\*?' > "$conf"
        ip link set mv1 up
        doctor
        says 'are excluded so' llmnr-links ok 'llmnr queries on mv1'
        ip link del '*'
        rm "$conf"
    else
        skip 'llmnr.conf' "$(cat /mnt/err)"
    fi
    ip link del lan0
    ip link del docker0
    ip link del c0
else
    skip 'links' "$(cat /mnt/err)"
fi

# filter TEXT [STATUS]: a packet filter with these rules. test/llmnr/peers.sh has one that filters.
filter() {
    printf '%s\n' "$1" > /mnt/rules
    unshare --net sh -c "'$nft' -f /mnt/rules && '$nft' -j -n list ruleset" > /mnt/ruleset ||
        { echo "Bail out! nft refuses: $1"; exit 1; }
    filter_of "${2-0}"
}
# filter_of [STATUS]: what nft(8) shows is in /mnt/ruleset.
filter_of() {
    printf '#!/bin/sh\n[ "$*" = "-j -n list ruleset" ] || exit 1\ncat /mnt/ruleset\nexit %s\n' "${1-0}" > /mnt/bin/nft
    chmod +x /mnt/bin/nft
    doctor
}
# input RULE...: a table with a chain for all that comes in.
input() {
    printf 'table inet filter {\n\tchain input {\n\t\ttype filter hook input priority 0; policy %s\n' "$1"
    shift
    [ $# = 0 ] || printf '\t\t%s\n' "$@"
    printf '\t}\n\n'
    printf '\tchain output {\n\t\ttype filter hook output priority 0; policy drop;\n\t\tdrop\n\t}\n}\n'
}
# with TEXT: puts this into the first table.
with() {
    awk -v text="$1" '{ print } NR == 1 { print text }'
}
check_filters() {
    echo '0000000000000000 T start_kernel' > /mnt/kallsyms
    mount --bind /mnt/kallsyms /proc/kallsyms
    filter "$(input 'drop;')"
    says 'the kernel has none' firewall ok 'no packet filter'
    printf '0000000000000000 t nft_do_chain\t[nf_tables]\n' > /mnt/kallsyms
    filter ''
    says 'no rules' firewall ok
    filter "$(input 'accept;' 'tcp dport 22 drop' 'ct state invalid drop' 'udp sport 53 accept comment "then drop"')"
    says 'drops for others' firewall ok
    filter "$(input 'drop;' 'ct state established,related accept' 'udp dport 5355 accept')"
    says 'what it does not know' firewall !! 'table inet filter drops'
    says 'what to do' firewall !! '--add-service=llmnr-client'
    filter "$(input 'drop; comment "udp sport 5355 accept"')"
    says 'a comment lets nothing in' firewall !!
    filter "$(input 'accept;' 'counter packets 5 bytes 300 log prefix "no more" reject with icmpx admin-prohibited')"
    says 'the last rule' firewall !! 'table inet filter drops'
    filter "$(input 'drop;' 'udp sport 5355 udp dport 32768-60999 counter packets 0 bytes 0 accept')"
    says 'with what it says' firewall ok
    filter "$(input 'drop;' 'udp sport { 53, 5355 } accept'; input 'drop;' | sed 's/inet filter/ip6 x/')"
    says 'in one table, not in the other' firewall !! 'table ip6 x drops'
    filter "$(input 'drop;' 'udp sport @names accept' | with '\tset names {\n\t\ttype inet_service; flags interval; elements = { 5350-5360 }\n\t}')"
    says 'in a set' firewall ok
    filter "$(input 'drop;' 'udp sport vmap { 53 : drop, 5355 : accept }')"
    says 'in a map' firewall ok
    filter "$(input 'drop;' 'meta l4proto udp jump allow' | with '\tchain allow {\n\t\tudp sport 5355 accept\n\t}')"
    says 'in a chain that is jumped to' firewall ok
    filter "$(input 'drop;' 'tcp dport 22 accept' | with '\tchain allow {\n\t\tudp sport 5355 accept\n\t}')"
    says 'in a chain that nothing jumps to' firewall !!
    filter "$(input 'drop;' 'udp sport != 5355 accept')"
    says 'all other ports' firewall !!
    filter "$(input 'accept;' 'jump last' | with '\tchain last {\n\t\tdrop\n\t}')"
    says 'the last rule of a chain that is jumped to' firewall !!
    filter "$(input 'drop;')"
    sed 's/]}$/, {"rule": {"family": "inet", "table": "filter", "chain": "input", "handle": 9, "expr": [{"xt": {"type": "match", "name": "udp"}}, {"accept": null}]}}&/' \
        /mnt/ruleset > /mnt/hidden
    mv /mnt/hidden /mnt/ruleset
    filter_of
    says 'a port that nft does not show' firewall '??' iptables-save
    filter "$(input 'drop;' | sed 's/inet/bridge/')"
    says 'what is on no IP' firewall ok
    filter '' 1
    says 'not for this user' firewall '??' "Run 'v6lit doctor' as root"
    same 'status where something could not be found out' 2 "$status"
    if python3 -c '
import ctypes, socket
table = ctypes.create_string_buffer(b"filter", 84)
with socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_RAW) as s:
    exit(ctypes.CDLL(None).getsockopt(s.fileno(), 0, 64, table, ctypes.byref(ctypes.c_int(84))) != 0)
'; then
        filter ''
        says 'a table of the old iptables' firewall '??' iptables-legacy-save
        if setpriv --reuid=65534 --regid=65534 --clear-groups true 2> /dev/null; then
            out=$(setpriv --reuid=65534 --regid=65534 --clear-groups "$v6lit" doctor)
            says 'an ordinary user' firewall '??' "Run 'v6lit doctor' as root"
        else
            skip 'firewall, an ordinary user' 'no other user in this namespace'
        fi
    else
        skip 'firewall, a table of the old iptables' 'this kernel has none'
    fi
}
hosts "$right llmnr"
nft=$(PATH=$PATH:/usr/sbin:/sbin command -v nft)
if [ -z "$nft" ] || ! unshare --net "$nft" list ruleset > /mnt/out 2> /mnt/err; then
    skip firewall 'no nft, or none that a sandbox may use'
elif "$v6lit" doctor --json 2>&1 | grep -q "no --json"; then
    skip firewall 'built without jansson'
else
    check_filters
    umount /proc/kallsyms
    rm -f /mnt/bin/nft
fi

hosts "$right"
ip address add fe80::1/64 dev lo nodad
# zone: whether glibc keeps it, so that what the doctor says is true.
zone() {
    # As users call it: a nonempty LD_LIBRARY_PATH makes no difference to glibc.
    case $(getent ahosts fe80--1slo.ipv6-literal.net | sed -n '1s/ .*//p') in
        fe80::1%*) echo kept ;;
        fe80::1) echo lost ;;
        *) echo 'no answer' ;;
    esac
}

doctor
says 'both families' ipv4 ok
says 'both families' ipv6 ok
same 'with both families the zone is' kept "$(zone)"
ip address del 192.0.2.1/32 dev lo
doctor
says 'IPv6 only' ipv4 !! "ip address add 192.0.0.8/32 dev lo"
same 'status' 1 "$status"
same 'then the zone is' lost "$(zone)"
ip address add 192.0.0.8/32 dev lo
doctor
says 'with what it says' ipv4 ok
same 'then the zone is' kept "$(zone)"
ip address del 2001:db8::1/128 dev lo
ip address del fe80::1/64 dev lo
doctor
says 'IPv4 only' ipv6 !! "ip link set INTERFACE up"
ip address del 192.0.0.8/32 dev lo
doctor
says 'no address' ipv6 !!
says 'no address' ipv4 --
if echo 1 2> /dev/null > /proc/sys/net/ipv6/conf/all/disable_ipv6; then
    doctor
    says 'switched off' ipv6 !! 'sysctl net.ipv6.conf.all.disable_ipv6=0'
    echo 0 > /proc/sys/net/ipv6/conf/all/disable_ipv6
else
    skip 'ipv6, switched off' '/proc/sys cannot be written here'
fi
# The other end's address of a point-to-point interface is not this machine's.
ip link add ptp0 type veth peer name ptp1 2> /dev/null && ip address add 127.0.0.1 peer 192.0.2.7/32 dev ptp0
if ip address show dev ptp0 2> /dev/null | grep -q peer; then
    doctor
    says 'of the other end alone' ipv6 !!
    says 'of the other end alone' ipv4 --
    ip link del ptp0
else
    skip 'addresses of the other end' 'no veth interfaces here'
fi
ip address add 2001:db8::1/128 dev lo
ip address add fe80::1/64 dev lo nodad
ip address add 192.0.2.1/32 dev lo
# A sandbox may refuse netlink, and the kernel may have no memory.
if reason=$(strace -o /mnt/trace true 2>&1); then
    for error in EPERM EAFNOSUPPORT ENOMEM; do
        out=$(strace -o /mnt/trace -e trace=socket -e inject=socket:error=$error "$v6lit" doctor)
        says "no socket: $error" ipv4 '??'
        says "no socket: $error" ipv6 '??'
    done
else
    skip 'addresses that cannot be listed' "strace is refused: $reason"
fi

doctor
says 'none' name-cache ok 'neither nscd nor nsncd runs'
printf '# x\nenable-cache passwd yes\n  enable-cache\thosts yes # y\n' > /mnt/yes
listen COMM=nscd /run/nscd/socket
doctor
says 'no nscd.conf' name-cache '??' /etc/nscd.conf
same 'status where something could not be found out' 2 "$status"
cp /mnt/yes /etc/nscd.conf
doctor
says 'for hosts' name-cache !! "enable-cache hosts no"
sed 's/hosts yes/hosts no/' /mnt/yes > /etc/nscd.conf
doctor
says 'not for hosts' name-cache ok 'does not cache host names'
sed '/hosts/d' /mnt/yes > /etc/nscd.conf
doctor
says 'hosts is not named' name-cache ok 'does not cache host names'
unlisten
doctor
says 'a socket that was left' name-cache ok 'neither nscd nor nsncd runs'
rm -f /run/nscd/socket /etc/nscd.conf
listen COMM=nsncd /run/nscd/socket
doctor
says 'nsncd' name-cache !! 'v6lit exec COMMAND'
unlisten
rm -f /run/nscd/socket

nscd=${V6LIT_NSCD-}
[ -x "$nscd" ] || nscd=$(PATH=$PATH:/usr/sbin:/sbin command -v nscd)
if [ -x "$nscd" ]; then
    # real_nscd LINE: Debian's, for this sandbox alone.
    real_nscd() {
        printf '%s\npersistent hosts no\nshared hosts no\n' "$1" > /etc/nscd.conf
        rm -f /run/nscd/socket
        "$nscd" -F -f /etc/nscd.conf > /mnt/nscd.log 2>&1 &
        listener=$!
        tries=0
        until [ -S /run/nscd/socket ] || [ $tries = 200 ]; do
            tries=$((tries + 1))
            sleep 0.05
        done
        doctor
    }
    real_nscd 'enable-cache hosts yes'
    says 'the real one, for hosts' name-cache !! 'nscd answers for host names'
    same 'then the zone is' lost "$(zone)"
    unlisten
    real_nscd 'enable-cache hosts no'
    says 'the real one, not for hosts' name-cache ok 'nscd runs'
    same 'then the zone is' kept "$(zone)"
    unlisten
    real_nscd 'enable-cache passwd yes'
    says 'the real one, hosts is not named' name-cache ok 'nscd runs'
    same 'then the zone is' kept "$(zone)"
    unlisten
    rm -f /run/nscd/socket /etc/nscd.conf
else
    skip 'name-cache, the real nscd' 'no nscd here (script/test --all gets one)'
fi

doctor
says 'no server' samba --
listen CONNECTED
doctor
says 'a connection, and a listener elsewhere' samba --
unlisten
listen 0.0.0.0
doctor
says 'IPv4 only' samba !! 'tcp 0.0.0.0:445 LISTEN: on IPv4 only'
same 'status' 1 "$status"
unlisten
listen ::ffff:192.0.2.1
doctor
says 'an IPv6 socket for IPv4' samba !! 'tcp6 ::ffff:192.0.2.1:445 LISTEN'
unlisten
listen 0.0.0.0 ::1
doctor
says 'IPv6 for itself' samba !! 'for this machine only'
unlisten
listen 0.0.0.0 ::1 2001:db8::1
doctor
# The kernel lists them in the order of a hash that differs each time.
says 'a global address' samba '>>' 'tcp6 2001:db8::1:445 LISTEN'
says 'is no link-local one' samba '>>' ' LISTEN: not on a link-local address'
unlisten
listen 0.0.0.0 2001:db8::1 fe80::1%lo
doctor
says 'a link-local one, too' samba ok 'tcp6 fe80::1:445 LISTEN'
unlisten
listen 0.0.0.0 ::
doctor
says 'both' samba ok 'tcp6 :::445 LISTEN'
unlisten

for installed in $(PATH=$PATH:/usr/sbin:/sbin command -v mount.cifs); do
    mount --bind /dev/null "$installed"
done
doctor
says 'no cifs-utils' cifs-upcall --
says 'no cifs-utils' cifs-mount --
printf '#!/bin/sh\n' > /mnt/bin/mount.cifs
chmod +x /mnt/bin/mount.cifs
doctor
says 'no rule' cifs-upcall '>>' 'no rule'
if [ -e /sbin/mount.v6lit ]; then
    says 'the mount helper is installed' cifs-mount ok
else
    says 'the mount helper has gone' cifs-mount '>>' '/sbin/mount.v6lit: No such file'
    cp /etc/fstab /mnt/fstab 2> /dev/null
    echo '//0--1.ipv6-literal.net/share /srv v6lit _netdev 0 0' > /etc/fstab
    doctor
    says 'the mount helper has gone, and fstab needs it' cifs-mount !! '/sbin/mount.v6lit: No such file'
    rm /etc/fstab
    [ ! -e /mnt/fstab ] || cp /mnt/fstab /etc/fstab
fi
says 'what to do' cifs-upcall '>>' 'create dns_resolver *.ipv6-literal.net * /'
mkdir /etc/request-key.d
# rules FILE LINE...: adds lines to a file of /etc.
rules() {
    file=$1
    shift
    printf '%s\n' "$@" >> "/etc/$file"
    doctor
}
rules request-key.conf 'create dns_resolver fe80--1seth0.ipv6-lit*-literal.net * /usr/sbin/cifs.upcall %k'
says 'a pattern that overlaps itself' cifs-upcall '>>' 'no rule'
rules request-key.conf '# create dns_resolver * * /usr/sbin/cifs.upcall %k' \
    'create user debug:* * /bin/x %k' 'create dns_resolver * * /sbin/key.dns_resolver %k'
says "keyutils' own" cifs-upcall '>>' /sbin/key.dns_resolver
rules request-key.d/afs.conf 'create dns_resolver afsdb:* * /usr/sbin/cifs.upcall %k'
says 'a rule for something else' cifs-upcall '>>' /sbin/key.dns_resolver
rules request-key.d/cifs.conf 'create dns_resolver * * /usr/sbin/cifs.upcall %k'
says 'cifs.upcall in request-key.d' cifs-upcall !! /etc/request-key.d/cifs.conf
says 'what to do' cifs-upcall !! '/key.v6lit %k'
sed 's|@sbindir@|/mnt/bin|' "$top_srcdir/tools/mount/request-key.conf.in" > /mnt/v6lit.conf
cp /mnt/v6lit.conf /etc/request-key.d/v6lit.conf.not-yet
ln -s /mnt/v6lit.conf /etc/request-key.d/v6lit.conf
doctor
says 'neither another suffix nor a symbolic link counts' cifs-upcall !! /etc/request-key.d/cifs.conf
mv /etc/request-key.d/v6lit.conf.not-yet /etc/request-key.d/v6lit.conf
doctor
says 'our own, whose program has gone' cifs-upcall !! '/mnt/bin/key.v6lit, which /etc/request-key.d/v6lit.conf names'
cp /mnt/bin/mount.cifs /mnt/bin/key.v6lit
doctor
says 'our own' cifs-upcall ok '/mnt/bin/key.v6lit gives the kernel the address'
rm /etc/request-key.d/v6lit.conf
rules request-key.conf 'create dns_resolver *.ipv6-literal.net * /sbin/key.dns_resolver %k'
says 'a closer rule wins' cifs-upcall '>>' /sbin/key.dns_resolver
rules request-key.conf 'create dns_resolver *1seth0.ipv6-literal.net * /opt/other %k'
says 'an unknown program' cifs-upcall '??' /opt/other
rm -r /etc/request-key.d /etc/request-key.conf
mkdir -p /etc/request-key.d/x.conf
doctor
says 'not a file' cifs-upcall '>>' 'no rule'
rm -r /etc/request-key.d
rules request-key.conf ' create dns_resolver * * /usr/sbin/cifs.upcall %k'
says 'a line that begins with a space is none' cifs-upcall '>>' 'no rule'
rm /etc/request-key.conf
mkfifo /etc/request-key.conf
out=$(timeout 10 "$v6lit" doctor)
says 'a FIFO is not waited for' cifs-upcall '>>' 'no rule'
rm /etc/request-key.conf

mkdir -p /etc/firefox/policies
path=$PATH
PATH=/mnt/empty
doctor
PATH=$path
says 'none' clients ok
for program in node dig docker; do
    printf '#!/bin/sh\n' > /mnt/bin/$program
    chmod +x /mnt/bin/$program
done
echo '{"policies": {"DNSOverHTTPS": {"Enabled": true}}}' > /etc/firefox/policies/policies.json
PATH=/mnt/bin
doctor
PATH=$path
says 'some' clients '>>' 'node, dig, docker, firefox'
says 'what with them' clients '>>' 'dns.lookup'
says 'and Firefox' clients '>>' ExcludedDomains
same 'a note is no finding' 0 "$status"
echo '{"policies": {"DNSOverHTTPS": {"ExcludedDomains": ["ipv6-literal.net"]}}}' \
    > /etc/firefox/policies/policies.json
PATH=/mnt/bin
doctor
PATH=$path
says 'Firefox with the domain excluded' clients '>>'
check 'is not named' sh -c '! echo "$1" | grep -q firefox' sh "$(about clients)"
printf '#!/bin/sh\n' > /mnt/bin/firefox-esr
chmod +x /mnt/bin/firefox-esr
PATH=/mnt/bin
doctor
PATH=$path
says 'Firefox, which asks for HTTPS records' clients '>>' network.dns.native_https_query
check 'DNS over HTTPS is not blamed' sh -c '! echo "$1" | grep -q ExcludedDomains' sh "$(about clients)"
cp "$top_srcdir/examples/firefox/policies.json" /etc/firefox/policies/policies.json
PATH=/mnt/bin
doctor
PATH=$path
check 'the example policy is enough' sh -c '! echo "$1" | grep -q firefox' sh "$(about clients)"

json_works() {
    python3 - "$status" << 'END'
import json, sys
checks = {c["check"]: c for c in json.load(open("/mnt/json"))}
assert list(checks) == ["module", "module-abis", "hosts-line", "services", "resolved", "resolve-hook", "sssd", "leak",
    "llmnr", "llmnr-links", "responder", "firewall", "name-cache", "ipv4", "ipv6", "samba", "cifs-upcall", "cifs-mount",
    "clients"], list(checks)
assert sys.argv[1] == "1"
assert checks["module"] == {"check": "module", "result": "ok", "advice": [],
    "seen": "libnss_ipv6literal.so.2 loads and answers"}
assert checks["hosts-line"] == {"check": "hosts-line", "result": "finding",
    "seen": "ipv6literal is missing: hosts: files \\xff dns",
    "advice": ["Run 'v6lit enable' as root."]}, checks["hosts-line"]
assert checks["module-abis"]["result"] == "does-not-apply"
assert checks["clients"]["result"] == "note"
END
}
hosts "$(printf 'files \377 dns')"
doctor --json
if grep -q 'without jansson' /mnt/err; then
    skip JSON 'built without jansson'
else
    printf '%s\n' "$out" > /mnt/json
    check JSON json_works
fi
hosts "$right"

same 'an operand' 2 "$(status "$v6lit" doctor x)"
same 'a bad option' 2 "$(status "$v6lit" doctor --bad)"
same 'help' 0 "$(status "$v6lit" doctor --help)"
same 'closed stdout' 2 "$(status sh -c '"$1" doctor >&-' sh "$v6lit")"
same 'full disk' 2 "$(status sh -c '"$1" doctor > /dev/full' sh "$v6lit")"

chmod 600 /etc/nsswitch.conf
if setpriv --reuid=65534 --regid=65534 --clear-groups true 2> /dev/null; then
    out=$(setpriv --reuid=65534 --regid=65534 --clear-groups "$v6lit" doctor)
    same 'status for an ordinary user who may not read a file' 2 $?
    says 'a file that may not be read' hosts-line '??' "Run 'v6lit doctor' as root"
    says 'that needs no file' module ok
else
    skip 'an ordinary user' 'no other user in this namespace'
fi
chmod 644 /etc/nsswitch.conf

hosts "$right llmnr"
if strace -o /mnt/trace true > /mnt/out 2>&1; then
    strace -o /mnt/trace -f -e trace=network,openat,open,creat,unlink,rename "$v6lit" doctor > /mnt/out 2>&1
    check 'it looks at all' grep -q '^..  clients ' /mnt/out
    same 'no socket but netlink and local ones' '' \
        "$(grep -E 'socket\(' /mnt/trace | grep -v -e AF_NETLINK -e AF_UNIX)"
    same 'no file is opened for writing, but ldconfig -p has /dev/null' '' \
        "$(grep -E 'O_WRONLY|O_RDWR|creat\(|unlink\(|rename\(' /mnt/trace | grep -v '"/dev/null"')"
else
    skip 'what it opens' 'no strace here'
fi
finish
