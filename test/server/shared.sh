# SPDX-License-Identifier: LGPL-2.1-or-later
# Functions for the scripts of this directory. To be sourced.
. "$top_srcdir/test/tap.sh"
. "$top_srcdir/test/env/hosts.sh"
. "$top_srcdir/test/env/booted.sh"

# two_hosts: a server with a share and a client with v6lit, on one link.
two_hosts() {
    host server
    host client
    cable server eth0 client eth1
    address server eth0 fe80::1/64 fd00::1/64 192.0.2.1/24
    address client eth1 fe80::2/64 fd00::2/64 192.0.2.2/24
    on client v6lit enable > /dev/null
    on server sh -c 'mkdir /srv/share; echo hello > /srv/share/file; cp /source/examples/server/smb.conf /etc/samba/'
    count_dns client
}

link_local=fe80--1seth1.ipv6-literal.net
ula=fd00--1.ipv6-literal.net
ipv4=0--ffff-c000-201.ipv6-literal.net # the client connects to 192.0.2.1, by IPv4

# smb SHARE COMMANDS [OPTION]...: what smbclient says on the client, the first line of it, in the words of Samba 4.17.
smb() {
    smb_share=$1
    smb_commands=$2
    shift 2
    on client timeout 20 smbclient "$@" --command "$smb_commands" "$smb_share" 2>&1 |
        sed -n '1{s/^Protocol negotiation to server .* failed:/protocol negotiation failed:/; p}'
}

# read_file NAME: the file on the share, or why not.
read_file() {
    smb "//$1/share" 'get file -' --no-pass
}

# count_dns HOST: from now on, what goes to a name server.
count_dns() {
    on "$1" nft -f - << END
table inet dns {
    counter asked { }
    chain output {
        type filter hook output priority 0
        meta l4proto { tcp, udp } th dport { 53, 5353, 5355 } counter name asked
    }
}
END
}

# asked_dns HOST: how many packets went there.
asked_dns() {
    on "$1" nft list counter inet dns asked | sed -n 's/.*packets \([0-9]*\) .*/\1/p'
}

# no_leaks HOST: as far as this counter sees, and it sees.
no_leaks() {
    same 'no name went to DNS' 0 "$(asked_dns "$1")"
    on "$1" getent ahosts www.example.com > /dev/null
    check 'other names do' [ "$(asked_dns "$1")" -gt 0 ]
}

# listens PORT: the addresses that the server listens on, sorted.
listens() {
    on server ss --no-header --listening --tcp --numeric "sport = :$1" | awk '{ print $4 }' | sort | xargs
}

# start_smbd [OPTION]...: the daemon.
start_smbd() {
    on server smbd -D "$@"
    wait_for smbd listens_on_445
}

listens_on_445() {
    [ -n "$(listens 445)" ]
}

stop_smbd() {
    kill "$(on server cat /run/samba/smbd.pid)"
    wait_for 'the end of smbd' nobody_listens
}

nobody_listens() {
    [ -z "$(listens 445)" ]
}

# activate COMMAND...: systemd listens on port 445 for both families, on one socket, and starts the command
# with it, or with --accept before it for each connection; until deactivate.
activate() {
    on server setsid sh -c 'echo $$ > /run/activate.pid
        exec systemd-socket-activate --listen=445 --inetd "$@"' sh "$@" < /dev/null > /mnt/activate.log 2>&1 &
    wait_for systemd-socket-activate listens_on_445
}

deactivate() {
    kill "$(on server cat /run/activate.pid)" 2> /dev/null
    wait_for 'the end of the socket' nobody_listens
}

# doctor_says NAME MARK TEXT: about the server.
doctor_says() {
    doctor_text=$(on server v6lit doctor | awk '/^[^ ]/ { found = $2 == "samba" } found')
    tap_status=0
    case $doctor_text in "$2  samba "*"$3"*) ;; *) tap_status=1 ;; esac
    [ $tap_status = 0 ] || printf '%s\n' "$doctor_text" | sed 's/^/# /'
    result "v6lit doctor, $1: $2 $3" $tap_status
}

password=Passw0rd-1

# provision HOST: makes it a domain controller, without IPv4, whose administrator has this password.
provision() {
    on "$1" sh -c 'printf "%s\n" "127.0.0.1 localhost" "::1 localhost" "fd00::1 dc.example.test dc" > /etc/hosts
        rm /etc/samba/smb.conf'
    same 'samba-tool domain provision' 0 "$(on "$1" samba-tool domain provision --realm=EXAMPLE.TEST \
        --domain=EXAMPLE --adminpass=$password > /mnt/provision.log 2>&1; echo $?)"
    same 'it sees that there is no IPv4 address' 'No IPv4 address will be assigned' \
        "$(grep -o 'No IPv4 address will be assigned' /mnt/provision.log)"
}

# run_samba HOST: its services, in the background.
run_samba() {
    on "$1" setsid samba -F --debug-stdout < /dev/null > /mnt/samba.log 2>&1 &
}
