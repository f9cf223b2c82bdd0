#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Tests that the command lines that v6lit explain prints work in the programs that they are for.
. "$top_srcdir/test/mount/shared.sh"
in_sandbox 'files ipv6literal [NOTFOUND=return]' "$0"

LC_ALL=C.UTF-8
export LC_ALL
own_directory /sbin
cp mount.v6lit /mnt/sbin/
put_stand_in
domain=ipv6-literal.net
make_link enX0
ip link add br-lan type veth peer name peer1
ip address add fe80::3/64 dev br-lan nodad
ip link set br-lan up
ip link set peer1 up
ip address add 2001:db8::1/128 dev lo
bridge=$(ip -o link show br-lan | sed 's/:.*//')
mkdir -p "/mnt/point"

# row LABEL INPUT
row() {
    ./v6lit explain "$2" 2>&1 | sed -n "s/^$1  *//p"
}

generator=/usr/lib/systemd/system-generators/systemd-fstab-generator
# mounts INPUT OPTIONS SOURCE [DEVICE]: mount(8) and systemd read the line, and mount.cifs gets this.
mounts() {
    row fstab "$1" | sed 's| /mnt | /mnt/point |' > /mnt/fstab
    rm -f /mnt/arguments
    run mount -a -T /mnt/fstab
    same "fstab for $1" "0: $3|/mnt/point|-o|$2,rw,guest,_netdev,nofail|" "$status: $err$(cat /mnt/arguments 2> /dev/null)"
    rm -f /mnt/arguments
    run /mnt/sbin/mount.v6lit "$(row mount.v6lit "$1")" /mnt/point -f -o guest
    same "mount.v6lit for $1" "0: $3|/mnt/point|-o|$2,guest|-f|" "$status: $err$(cat /mnt/arguments 2> /dev/null)"
    if ! [ -x $generator ]; then
        skip "systemd for $1" 'no systemd here'
        return
    fi
    rm -rf /mnt/units
    mkdir /mnt/units
    SYSTEMD_FSTAB=/mnt/fstab run $generator /mnt/units /mnt/units /mnt/units
    same "systemd for $1" "0: ${4-}" "$status: $err$(sed -n 's/^Requires=\(.*\.device\)$/\1/p' /mnt/units/mnt-point.mount)"
    same "systemd takes it for a network file system: $1" ../mnt-point.mount \
        "$(readlink /mnt/units/remote-fs.target.wants/mnt-point.mount)"
}
mounts fe80::5%ENX0 "ip=fe80::5%$index" "//fe80--5s$index.$domain/share" sys-subsystem-net-devices-enX0.device
mounts "//fe80--5s$bridge/my share/é" "ip=fe80::5%$bridge" "//fe80--5s$bridge.$domain/my share/é" \
    'sys-subsystem-net-devices-br\x2dlan.device'
mounts fe80::5%br-lan "ip=fe80::5%$bridge" "//fe80--5sbr-lan.$domain/share" 'sys-subsystem-net-devices-br\x2dlan.device'
mounts 2001:db8::1 ip=2001:db8::1 "//2001-db8--1.$domain/share"
mounts 'smb://[2001:db8::1]/a%20b' ip=2001:db8::1 "//2001-db8--1.$domain/a b"

mounts 'nfs://[2001:db8::1]/export' ip=2001:db8::1 "//2001-db8--1.$domain/share"
mounts 'https://[2001:db8::1]/remote.php/dav' ip=2001:db8::1 "//2001-db8--1.$domain/share"
mounts 'CIFS://[2001:db8::1]/export' ip=2001:db8::1 "//2001-db8--1.$domain/export"

# No program takes a zone that would have to be percent-encoded.
ip link add "a'b" type veth peer name peer2
same 'a URL by index alone' "http://fe80--5s$(ip -o link show "a'b" | sed 's/:.*//').$domain/" "$(row 'URL' "fe80::5%a'b")"
same 'none with the interface' '' "$(row 'URL, address' "fe80::5%a'b")"

for input in fe80::5 ff02::1 fe80::5%none0 fe80::5%4000; do
    same "no line for $input" '' "$(row 'mount.v6lit' $input)$(row fstab $input)$(row 'URL[^ ]*\( address\)*' $input)"
    check "but a reason" test -n "$(row note $input)$(row kind $input | grep multicast)"
done

if command -v curl > /dev/null && command -v python3 > /dev/null; then
    python3 - > /mnt/server << 'END' &
import http.server, socket
class Server(http.server.HTTPServer):
    address_family = socket.AF_INET6
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"here")
    def log_message(self, *unused):
        pass
server = Server(("::", 8080), Handler)
print("ready", flush=True)
server.serve_forever()
END
    server=$!
    trap 'kill $server' EXIT
    until grep -q ready /mnt/server; do
        kill -0 $server || break
        sleep 0.05
    done
    for input in http://[fe80::2%25ENX0]:8080/a 'http://[fe80::3%25BR-lan]:8080/' "http://fe80--3s$bridge:8080/" \
        http://[2001:db8::1]:8080/; do
        for label in URL 'URL, address'; do
            same "curl: $label of $input" here "$(curl -sg --max-time 20 "$(row "$label" "$input")" 2>&1)"
        done
    done
else
    skip 'curl' 'curl or python3 is missing'
fi
finish
