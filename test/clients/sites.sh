#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Tests that browsers treat all literal names as one site with shared cookies, and that the policies in examples/firefox
# and examples/chromium work as SECURITY.md and nss-ipv6literal(8) say.
set -u
. "$top_srcdir/test/tap.sh"
. "$top_srcdir/test/env/hosts.sh"
go_on_among_hosts "$0"
. "$top_srcdir/test/clients/lan.sh"
lan dual

# The names of examples/firefox and examples/chromium.
nas=fe80--20c-29ff-fea3-8bb1seth1.ipv6-literal.net
on dual sh -c 'echo 2001:db8::1 attacker.example >> /etc/hosts'
mkfifo /mnt/sites-ready
on server python3 /source/test/clients/sites.py $nas > /mnt/seen 2> /mnt/sites.log 3> /mnt/sites-ready &
read -r ready < /mnt/sites-ready || { echo 'Bail out! no web server'; exit 1; }

# travel PROFILE START: what the server sees of Firefox, which lacks Local Network Access checks unless a policy demands
# them, and opens tabs without being clicked.
travel() {
    : > /mnt/seen
    on dual sh -euc '
        mkdir "/root/$1"
        cat > "/root/$1/user.js" << "END"
user_pref("browser.aboutwelcome.enabled", false);
user_pref("browser.startup.homepage_override.mstone", "ignore");
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("dom.disable_open_during_load", false);
user_pref("network.lna.enabled", false);
END
        exec firefox-esr --headless --no-remote --profile "/root/$1" "$2"
    ' sh "$1" "http://$nas:8000/$2" > /dev/null 2>&1 &
    travel_tries=0
    until grep -a -q ^end /mnt/seen; do
        travel_tries=$((travel_tries + 1))
        [ $travel_tries -lt 600 ] || { echo 'Bail out! Firefox does not get to the end'; exit 1; }
        sleep 0.1
    done
}
# The file has a hole where it was emptied.
seen() {
    tr -d '\0' < /mnt/seen | sort -u
}
own() {
    grep -c 'You asked 0--1.ipv6-literal.net for /fetched' /mnt/dual/served-web-server
}

travel plain 0
same 'literal names are one site, and attacker.example is another' "\
a form of another address: default=1
a form of attacker.example: default=1; wide=1
a form of the other name: strict=1; lax=1; default=1; wide=1
after the other name: strict=2; strict=1; lax=1; default=1; wide=1
end: none
the other name: wide=1" "$(seen | grep -v ^fetched:)"
check 'without Local Network Access checks a page finds hosts by guessed indexes' \
    grep -q "^fetched: ${nas%%s*}s[0-9]*\.ipv6-literal\.net:8000\$" /mnt/seen
same 'and the own host' 1 "$(own)"

on dual python3 -c '
import json, os
policies = {}
for name in "policies", "known-hosts":
    with open(f"/source/examples/firefox/{name}.json") as file:
        policies |= json.load(file)["policies"]
os.makedirs("/etc/firefox/policies")
with open("/etc/firefox/policies/policies.json", "w") as file:
    json.dump({"policies": policies}, file)'
travel guarded 11
same 'with the policies of examples/firefox no other name is opened, and nothing is found by guesses' "\
after the other name: lax=1; default=1
end: none" "$(seen)"
same 'nor is the own host' 1 "$(own)"

browse() {
    on dual python3 /source/test/clients/browse.py chromium 2001-db8--1.ipv6-literal.net fd00--1.ipv6-literal.net fd00--1.ipv6-literal.net.
}
hello='Hello, 2001:db8::2. You asked 2001-db8--1.ipv6-literal.net for /.'
same 'Chromium opens literal names' "2001-db8--1.ipv6-literal.net	$hello
fd00--1.ipv6-literal.net	Hello, fd00::2. You asked fd00--1.ipv6-literal.net for /.
fd00--1.ipv6-literal.net.	Hello, fd00::2. You asked fd00--1.ipv6-literal.net. for /." "$(browse)"
on dual sh -euc 'mkdir -p /etc/chromium/policies/managed
    cp /source/examples/chromium/known-hosts.json /etc/chromium/policies/managed/'
same 'and with the policy of examples/chromium those that are listed' "2001-db8--1.ipv6-literal.net	$hello
fd00--1.ipv6-literal.net	net::ERR_BLOCKED_BY_ADMINISTRATOR
fd00--1.ipv6-literal.net.	net::ERR_BLOCKED_BY_ADMINISTRATOR" "$(browse)"
finish
