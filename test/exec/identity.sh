#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Tests that programs treat a literal name as a name, with `v6lit exec` and with the module: they look up a host key under
# it, require it in a certificate, reject the key or certificate of another host, and do not accept the address instead.
set -u
. "$top_srcdir/test/tap.sh"
. "$top_srcdir/test/env/hosts.sh"
command -v openssl > /dev/null || skip_all 'no openssl for the certificates'
go_on_among_hosts "$0"
. "$top_srcdir/test/clients/lan.sh"
lan dual off

name=fe80--20c-29ff-fea3-8bb1seth1.ipv6-literal.net

# ssh. The server's port 23 has the one key or the other.
sshd=
serve_key() {
    if [ -n "$sshd" ]; then
        kill "$(on server cat /run/key.pid)"
        wait $sshd
    fi
    on server /usr/sbin/sshd -D -e -p 23 -h "/root/$1" -o PidFile=/run/key.pid 2> "/mnt/sshd-$1" &
    sshd=$!
    wait_for sshd grep -q 'listening on ::' "/mnt/sshd-$1"
}

for key in first second; do
    on server ssh-keygen -q -t ed25519 -N '' -f /root/$key
done

# login HOST CHECKING COMMAND...: "in", or what ssh says of the host key.
login() {
    login_host=$1
    login_checking=$2
    shift 2
    if on "$login_host" "$@" -p 23 -o BatchMode=yes -o StrictHostKeyChecking="$login_checking" "$name" true 2> /mnt/login; then
        echo in
    else
        grep -o -e 'REMOTE HOST IDENTIFICATION HAS CHANGED' -e 'No ED25519 host key is known for [^ ]*' /mnt/login || cat /mnt/login
    fi
}

# is_known HOST KEY_NAME
is_known() {
    on "$1" ssh-keygen -F "[$2]:23" > /dev/null
}

# keys HOST COMMAND [COMMAND]: the first learns a key, both compare it.
keys() {
    host=$1
    shift
    serve_key first
    same "$1 learns a key" in "$(login "$host" accept-new $1)"
    check "$1 knows it under the name" is_known "$host" "$name"
    same "$1 knows nothing under the address" 1 "$(is_known "$host" "$link_local%eth1"; echo $?)"
    for command; do
        same "$command accepts it" in "$(login "$host" yes $command)"
    done
    serve_key second
    for command; do
        for checking in yes accept-new; do
            same "$command notices another key, StrictHostKeyChecking=$checking" \
                'REMOTE HOST IDENTIFICATION HAS CHANGED' "$(login "$host" $checking $command)"
        done
    done
    # The address has the server's key now, and the name none.
    on "$host" sh -c 'printf "[%s]:23 %s\n" "$1" "$2" > /root/.ssh/known_hosts' sh "$link_local%eth1" \
        "$(on server cat /root/second.pub)"
    for command; do
        same "to $command the address's key is not the name's" \
            "No ED25519 host key is known for [$name]:23" "$(login "$host" yes $command)"
    done
}
keys dual ssh
keys off 'v6lit exec ssh' 'v6lit exec ssh -6'

# TLS. Each port of the server has a certificate of its own, with what python3 of Debian 13 requires beside the name.
mkdir /mnt/tls
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj '/CN=An authority' -addext keyUsage=critical,keyCertSign \
    -keyout /mnt/tls/ca.key -out /mnt/tls/ca.pem 2> /mnt/openssl.log
for certificate in "4431 DNS:$name" '4432 DNS:*.ipv6-literal.net' '4433 DNS:other.example' "4434 IP:$link_local"; do
    set -- $certificate
    printf 'subjectAltName=%s\nauthorityKeyIdentifier=keyid\n' "$2" > /mnt/tls/extensions
    openssl req -newkey rsa:2048 -nodes -subj "/CN=${2#*:}" -keyout "/mnt/tls/$1.key" -out /mnt/tls/request 2>> /mnt/openssl.log
    openssl x509 -req -in /mnt/tls/request -CA /mnt/tls/ca.pem -CAkey /mnt/tls/ca.key -CAcreateserial -days 2 \
        -extfile /mnt/tls/extensions 2>> /mnt/openssl.log > "/mnt/tls/$1.pem"
    cat "/mnt/tls/$1.key" "/mnt/tls/$1.pem" | on server sh -c "cat > /root/$1.pem"
done
mkfifo /mnt/tls/ready
on server python3 -c '
import http.server, os, socket, ssl, threading

class Server(http.server.ThreadingHTTPServer):
    address_family = socket.AF_INET6

class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *arguments):
        pass

for port in 4431, 4432, 4433, 4434:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(f"/root/{port}.pem")
    server = Server(("::", port), Handler)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever).start()
os.write(3, b"ready\n")' 3> /mnt/tls/ready 2> /mnt/tls/log &
read -r ready < /mnt/tls/ready || { echo 'Bail out! no TLS server'; exit 1; }
for host in dual off; do
    on "$host" sh -c 'cat > /root/ca.pem' < /mnt/tls/ca.pem
    on "$host" sh -c 'cat > /root/fetch.py' << 'END'
import http.client, ssl, sys

context = ssl.create_default_context(cafile="/root/ca.pem")
connection = http.client.HTTPSConnection(sys.argv[1], int(sys.argv[2]), context=context)
try:
    connection.request("GET", "/")
except ssl.SSLCertVerificationError as error:
    sys.exit(60 if error.verify_code in (62, 64) else 1)
connection.getresponse()
END
done

# opens HOST COMMAND...: whether the program likes the certificate. The first status is that for another host's.
opens() {
    opens_host=$1
    opens_refused=$2
    shift 2
    opens_status=0
    on "$opens_host" "$@" > /mnt/opens 2>&1 || opens_status=$?
    case $opens_status in
        0) echo accepts ;;
        "$opens_refused") echo refuses ;;
        *) echo "$opens_status:"; cat /mnt/opens ;;
    esac
}

# certificates HOST PREFIX OPTION: curl has OpenSSL, wget GnuTLS, and Python decides for itself.
certificates() {
    while read -r verdict port what; do
        url=https://$name:$port/
        same "$2curl${3:+ $3} $verdict $what" "$verdict" "$(opens "$1" 60 $2 curl $3 -sS --cacert /root/ca.pem "$url")"
        same "$2wget${3:+ $3} $verdict $what" "$verdict" "$(opens "$1" 5 $2 wget $3 -t 1 -q -O- --ca-certificate=/root/ca.pem "$url")"
        same "$2python3 $verdict $what" "$verdict" "$(opens "$1" 60 $2 python3 /root/fetch.py "$name" $port)"
    done << 'END'
accepts 4431 a certificate for the name
accepts 4432 a wildcard certificate
refuses 4433 a certificate for another name
refuses 4434 a certificate for the address
END
}
certificates dual '' ''
certificates off 'v6lit exec ' ''
certificates off 'v6lit exec ' -6
finish
