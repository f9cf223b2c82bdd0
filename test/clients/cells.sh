#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# To be run on a host of test/clients/table.sh: runs programs with literal names and prints each outcome:
#
#   CLIENT <tab> FORM <tab> OUTCOME <tab> OUTCOME under v6lit exec
#
#   cells.sh KIND NUMBER 'FORM...' CLIENT...
#
# A program runs again under v6lit exec if it fails without. "-" means that it was not run: for malformed names,
# for all names but ::1 on a host without another IPv6 address, without the module, and for browsers, which are
# slow, on all hosts but one.
# The last forms of each client are "dns" and "reverse": whether the name server was queried for a literal name,
# and for the address of one.
set -u
kind=$1
number=$2
forms=$3
shift 3
link_local=fe80::20c:29ff:fea3:8bb1
body=fe80--20c-29ff-fea3-8bb1
domain=ipv6-literal.net

# As the programs word them.
errors='Invalid argument|connect E[A-Z]+|getaddrinfo E[A-Z_]+|Network is unreachable|Name or service not known|No address associated with hostname|[Cc]ould not resolve (host|address)|unable to resolve host address|Could(n.t| not) connect to server|100% packet loss|NT_STATUS_[A-Z_]+|ERR_[A-Z_]+|dnsNotFound|keeps loading'

# form FORM: sets $name, which some write as $host in lower case; what is meant by it, $address with the zone
# as a name or as an $index; and the $peer that the server sees then.
form() {
    link='' zone='' index='' address=$link_local
    case $1 in
        index) link=eth1 name=${body}s$eth1.$domain ;;
        name) link=eth1 name=${body}seth1.$domain ;;
        dotted) link=eth0.100 name=${body}seth0.100.$domain ;;
        upper) link=eth1 name=FE80--20C-29FF-FEA3-8BB1SETH1.IPV6-LITERAL.NET ;;
        global) name=2001-db8--1.$domain address=2001:db8::1 peer=2001:db8::$number ;;
        ula) name=fd00--1.$domain address=fd00::1 peer=fd00::$number ;;
        loopback) name=0--1.$domain address=::1 peer=::1 ;;
        malformed) name=fe80--1--2.$domain address=none peer=none ;;
    esac
    host=$name
    [ "$1" != upper ] || host=${body}seth1.$domain
    case $link in
        eth1) peer=fe80::1:$number zone=%eth1 index=%$eth1 ;;
        eth0.100) peer=fe80::100:$number zone=%eth0.100 index=%$eth0_100 ;;
    esac
}
eth1=$(cat /sys/class/net/eth1/ifindex)
eth0_100=$(cat /sys/class/net/eth0.100/ifindex)

all_names() {
    for form in $forms; do
        form "$form"
        echo "$name"
    done
}

# The address that mount.cifs would give to the kernel. Debian 13's first prints what the name resolves to.
what_cifs_tells='/^Host .* resolved to/d; s/.*options: ip=\([^,]*\),unc=.*/\1/'

# run CLIENT [COMMAND]...: what it prints for $name, run by the command if there is one.
run() {
    client=$1
    shift
    set -- timeout 600 "$@"
    case $client in
        'getent '*) "$@" $client "$name" | sed -n '1s/  *STREAM.*//p' ;;
        curl*) "$@" $client -sS "http://$name/" ;;
        wget) "$@" wget -nv -O- "http://$name/" ;;
        ssh*) "$@" $client -o BatchMode=yes -o StrictHostKeyChecking=accept-new "$name" \
            'echo "Hello, ${SSH_CONNECTION%%[% ]*}."' ;;
        nc*) printf 'GET / HTTP/1.0\r\nHost: %s\r\n\r\n' "$name" | "$@" $client -v -w 9 "$name" 80 ;;
        ping*) "$@" $client -c 1 -W 1 "$name" | sed 's/^64 bytes from \(.* (\)\{0,1\}\([^ )]*\))\{0,1\}: icmp.*/Pong from \2/' ;;
        socat*) printf 'GET / HTTP/1.0\r\nHost: %s\r\n\r\n' "$name" | "$@" socat -t 9 - "${client#socat }:$name:80" ;;
        redis-cli) "$@" redis-cli -h "$name" ping ;;
        traceroute*) "$@" $client -n -m 1 -q 1 -w 2 "$name" | sed 's/^ 1  \([^ ]*\)  .* ms.*/Pong from \1/' ;;
        node) "$@" node /source/test/clients/get.js "http://$name/" ;;
        GLib) "$@" python3 /source/test/clients/glib.py "$name" ;;
        autofs*) "$@" sh /source/test/clients/automount.sh "${client#autofs -}" "$name" | sed "$what_cifs_tells" ;;
        python3) "$@" python3 -c 'import sys, urllib.request
print(urllib.request.urlopen(sys.argv[1]).read().decode())' "http://$name/" ;;
        smbclient) "$@" smbclient -N "//$name/share" -c volume ;;
        mount.cifs) "$@" mount.cifs -f --verbose "//$name/share" /mnt -o guest 2>&1 | sed "$what_cifs_tells" ;;
        mount.nfs) "$@" mount.nfs -f -v "$name:/srv" /mnt | sed "/timeout set/d; s/.*'vers=4.2,addr=\([^,]*\),.*/\1/" ;;
        firefox | chromium)
            # Starts once for all names.
            [ -e "/run/pages.$client.$#" ] ||
                "$@" python3 /source/test/clients/browse.py $client $(all_names) > "/run/pages.$client.$#"
            sed -n "s/^$name	//p" "/run/pages.$client.$#"
            ;;
    esac 2>&1 < /dev/null
}

# outcome CLIENT OUTPUT: what that is.
outcome() {
    case $1 in
        'getent '* | mount.cifs | autofs*) right=$address$index ;;
        mount.nfs) right=$address$zone ;;
        ping* | traceroute*) right="Pong from $address$zone" ;;
        ssh* | smbclient | redis-cli) right="Hello, $peer." ;;
        wget | node | firefox | chromium) right="Hello, $peer. You asked $host for /." ;;
        *) right="Hello, $peer. You asked $name for /." ;;
    esac
    case $2 in
        *"$right"*) echo right ;;
        *'Hello, fe80:'* | *'Pong from fe80:'*) echo 'other link' ;;
        "$address") echo 'no zone' ;;
        '') echo nothing ;;
        *) printf '%s\n' "$2" | grep -o -E "$errors" | sed "s/Couldn't/Could not/" | grep -m 1 . || printf '%s\n' "$2" | tr '\n' ' ' ;;
    esac
}

# heard DOMAIN: whether the nameserver was queried for a name in it. The last name that it was sent is $last.
heard() {
    if ! grep -q "^$last\\.\$" /root/heard; then
        echo 'hears nothing'
    elif grep -q -i "$1\\.\$" /root/heard; then
        echo asked
    else
        echo silent
    fi
}

for client; do
    # What it keeps of the client before is not queried again.
    [ "$kind" != nscd ] || nscd --invalidate=hosts
    : > /root/heard
    for form in $forms; do
        form "$form"
        plain=$(outcome "$client" "$(run "$client")")
        exec=-
        case $plain/$kind/$form/$client in
            right/* | */off/* | */malformed/* | */four/[!l]*) ;;
            */[!s]*/*/firefox | */[!s]*/*/chromium) ;;
            *) exec=$(outcome "$client" "$(run "$client" v6lit exec)") ;;
        esac
        printf '%s\t%s\t%s\t%s\n' "$client" "$form" "$plain" "$exec"
    done
    # What was sent before this name is heard before it.
    last=$(echo "$client" | tr -cd 'a-zA-Z0-9').example.com
    getent ahosts "$last" > /dev/null
    printf '%s\tdns\t%s\t-\n' "$client" "$(heard 'ipv6-literal\.net')"
    printf '%s\treverse\t%s\t-\n' "$client" "$(heard 'ip6\.arpa')"
done
