# SPDX-License-Identifier: LGPL-2.1-or-later
# Sets up a Samba server and its client. To be sourced, after test/kernel/vm.sh.

# serve HOST: smbd there. Everybody may use the share "public", and ann, whose password is "secret",
# "private".
serve() {
    on "$1" sh -euc '
        [ -e /smb ] || {
            mkdir -p /smb/public /smb/private /smb/own
            chmod 777 /smb/public
            useradd --no-create-home ann
            chown ann /smb/private
            cat > /smb/smb.conf << end
[global]
disable netbios = yes
smb ports = 445
server min protocol = SMB2
map to guest = bad user
log file = /smb/own/log
private dir = /smb/own
state directory = /smb/own
cache directory = /smb/own
lock directory = /smb/own
pid directory = /smb/own
ncalrpc dir = /smb/own/ncalrpc
[public]
path = /smb/public
guest ok = yes
read only = no
[private]
path = /smb/private
valid users = ann
read only = no
end
            printf "secret\nsecret\n" | smbpasswd -c /smb/smb.conf -s -a ann
        }
        exec smbd -F -s /smb/smb.conf
    ' > /mnt/smbd.log 2>&1 &
    # It listens before it is ready to answer.
    wait_for smbd on "$1" smbclient //::1/public --configfile=/smb/smb.conf --no-pass --command=exit
}

# stop_serving HOST: ends smbd, and with it the connections.
stop_serving() {
    kill "$(cat "/mnt/$1/root/smb/own/smbd.pid")"
    wait_for 'the end of smbd' on "$1" sh -c '! ss --no-header --tcp state listening state established \
        sport = :445 | grep .'
}

# load_client: loads the client's modules in the virtual machine. The kernel would load those of the ciphers
# while it negotiates with a server, for which it gives itself 20 seconds: too few on a busy machine. Newer kernels have some of
# them built in.
load_client() {
    guest modprobe --quiet --all virtio_net cifs nls_utf8 aesni_intel crypto-ccm crypto-cmac crypto-ctr crypto-ecb \
        crypto-gcm crypto-ghash crypto-hmac crypto-md5 crypto-seqiv crypto-sha256 crypto-sha512
}

# addresses ADDRESS...: the virtual machine's eth0 gets these and can use them at once.
addresses() {
    load_client
    guest sh -euc '
        ip link set lo up
        ip link set eth0 addrgenmode none
        for address; do
            case $address in
                *:*) ip address add "$address" dev eth0 nodad ;;
                *) ip address add "$address" dev eth0 ;;
            esac
        done
        ip link set eth0 up
    ' sh "$@"
}

# mounted DIRECTORY OPTION: the options of the mount that begin so, as /proc/mounts has them.
mounted() {
    guest sed -n "s|^[^ ]* $1 cifs \([^ ]*\).*|\1|p" /proc/mounts | tr , '\n' | grep "^$2"
}

# What /proc/mounts shows of fe80::1, before the zone.
kernel_address=addr=fe80:0000:0000:0000:0000:0000:0000:0001
