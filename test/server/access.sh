#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Tests which peers `hosts allow` and `hosts deny` of smb.conf match, against test/data/hosts-allow.tsv and the README in
# examples/server: there is a share for each entry, and each peer tries all of them.
. "$top_srcdir/test/server/shared.sh"
go_on_among_hosts "$0"
two_hosts

readme=$top_srcdir/examples/server/README.md
table=/mnt/table
grep -v '^#' "$top_srcdir/test/data/hosts-allow.tsv" > $table
tab=$(printf '\t')

shares=
count=0
{ sed '/^\[share\]/,$d; /^hosts allow/d' "$top_srcdir/examples/server/smb.conf"
    while IFS=$tab read -r entry _; do
        count=$((count + 1))
        for rule in allow deny; do
            printf '[%s%s]\npath = /srv/share\nguest ok = yes\nhosts %s = %s\n' $rule $count $rule "$entry"
        done
    done < $table
} | on server sh -c 'cat > /etc/samba/smb.conf'
count=$(wc -l < $table)
for one in $(seq "$count"); do
    shares="$shares tcon allow$one; tcon deny$one;"
done

# tries NAME COLUMN: what came of each entry, for the peer that reaches the server by this name.
tries() {
    on client timeout 60 smbclient --no-pass --command "$shares" "//$1/IPC\$" 2>&1 |
        sed -n 's/^tcon to .* successful.*/yes/p; s/^tcon failed: NT_STATUS_ACCESS_DENIED$/no/p' > /mnt/results
    while IFS=$tab read -r entry link_local_peer ula_peer ipv4_peer mapped_peer; do
        case $2 in
            link-local) wanted=$link_local_peer ;;
            ULA) wanted=$ula_peer ;;
            IPv4) wanted=$ipv4_peer ;;
            *) wanted=$mapped_peer ;;
        esac
        allowed=
        denied=
        { read -r allowed; read -r denied; } <&3
        same "hosts allow = $entry, $2" "$wanted" "$allowed"
        case $wanted in yes) wanted=no ;; *) wanted=yes ;; esac
        same "hosts deny = $entry, $2" "$wanted" "$denied"
    done < $table 3< /mnt/results
}

start_smbd
tries $link_local link-local
tries $ula ULA
tries $ipv4 IPv4
stop_smbd

# One socket for both families, as of systemd with `ListenStream=445`; each connection in a group of
# processes of its own, as there.
activate --accept setsid smbd -F
tries $ipv4 'IPv4 on an IPv6 socket'
deactivate

# For all shares at once, the answer comes before the share is asked for.
on server sh -c 'sed "s/^hosts allow.*/hosts allow = fd00::\/8/" /source/examples/server/smb.conf > /etc/samba/smb.conf
    rm -f /var/log/samba/log.*'
start_smbd
same 'hosts allow for all shares: allowed' hello "$(read_file $ula)"
same 'hosts allow for all shares: denied' 'protocol negotiation failed: NT_STATUS_INVALID_NETWORK_RESPONSE' \
    "$(read_file $link_local)"
same 'what the log says of it' 'Denied connection from fe80::2 (fe80::2)' \
    "$(on server sed -n 's/^ *\(Denied connection.*\)/\1/p' /var/log/samba/log.smbd | sort -u)"
stop_smbd

same 'the table in the README' "$(sed "s/$tab/ | /g; s/^\([^ ]*\)/\`\1\`/; s/^/| /; s/\$/ |/" $table)" \
    "$(sed -n '/^| entry/,/^$/p' "$readme" | sed '1,2d; /^$/d')"
no_leaks client
finish
