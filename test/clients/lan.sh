# SPDX-License-Identifier: LGPL-2.1-or-later
# Sets up a server and several kinds of clients for the tests of this directory. To be sourced, on hosts.

link_local=fe80::20c:29ff:fea3:8bb1
links='eth0 eth1 eth0.100'

# serve HOST: a web server, sshd, smbd, and one for Redis clients. Each tells the client by which address it came.
serve() {
    on "$1" sh -euc '
        mkdir -p /run/sshd /root/.ssh
        cat > /root/.ssh/authorized_keys
        cp /source/test/clients/smb.conf /etc/samba/smb.conf
        /usr/sbin/sshd
        smbd -D
    ' < /mnt/key.pub
    mkfifo "/mnt/$1/served"
    for server in test/env/web-server test/clients/greet.py; do
        on "$1" "/source/$server" > "/mnt/$1/served-$(basename $server)" 3> "/mnt/$1/served" &
        read -r served < "/mnt/$1/served" || { echo "Bail out! no $server on $1"; exit 1; }
        [ "$served" = ready ]
    done
}

# lan KIND...: a host "server", and one host of each kind and of its name:
#
#   dual  has IPv4 and IPv6        six   has no IPv4 but 127.0.0.1
#   nscd  the same, and runs nscd  four  has no IPv6 but ::1
#   off   as dual, but v6lit is not enabled
#
# The server has the same link-local address on each of its networks: the zone alone decides which of them a
# program takes, and the client's address tells the server which it was. A nameserver on each host writes
# what it is asked for to /root/heard.
lan() {
    ssh-keygen -q -t ed25519 -N '' -f /mnt/key
    host server
    for link in $links; do
        on server ip link add "lan-$link" type bridge
        on server ip link set "lan-$link" addrgenmode none
        address server "lan-$link" $link_local/64
    done
    address server lan-eth0 2001:db8::1/64 fd00::1/64 192.0.2.1/24
    serve server
    number=1
    for kind; do
        number=$((number + 1))
        host "$kind"
        echo $number > "/mnt/$kind/number"
        for link in $links; do
            cable server "$kind-$link" "$kind" $link
            on server ip link set "$kind-$link" master "lan-$link" up
            case $kind/$link in
                four/eth0) address four eth0 192.0.2.$number/24 ;;
                four/*) address four $link ;;
                six/eth0) address six eth0 fe80::$number/64 2001:db8::$number/64 fd00::$number/64 ;;
                */eth0) address "$kind" eth0 fe80::$number/64 2001:db8::$number/64 fd00::$number/64 \
                    192.0.2.$number/24 ;;
                */eth1) address "$kind" eth1 fe80::1:$number/64 ;;
                */eth0.100) address "$kind" eth0.100 fe80::100:$number/64 ;;
            esac
        done
        serve "$kind"
        on "$kind" sh -euc 'echo nameserver 127.0.0.1 > /etc/resolv.conf
            umask 77
            cat > /root/.ssh/id_ed25519' < /mnt/key
        on "$kind" /build/test/module/nameserver /root/heard &
        wait_for "the nameserver of $kind" test -e "/mnt/$kind/upper/root/heard"
        [ "$kind" = off ] || on "$kind" v6lit enable > /dev/null
        [ "$kind" != nscd ] || on nscd sh -euc 'mkdir /run/nscd; nscd'
    done
}

# cells KIND 'FORM...' CLIENT...: what the host's programs show, see cells.sh.
cells() {
    cells_kind=$1
    shift
    on "$cells_kind" sh /source/test/clients/cells.sh "$cells_kind" "$(cat "/mnt/$cells_kind/number")" "$@"
}
