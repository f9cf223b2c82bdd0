#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Tests that the instructions of `v6lit doctor` suffice to get from a bare machine to a page on a link-local host.
hosts_line='files dns'
. "$top_srcdir/test/doctor/shared.sh"
command -v python3 > /dev/null || skip_all 'no python3 for the web server'
in_sandbox "$hosts_line" "$0" "$top_srcdir/test/env/two-hosts"
prepare
cache_without_module || skip_all 'ldconfig finds an installed module'
name=fe80--20c-29ff-fea3-8bb1slink0.ipv6-literal.net

# fetch: the page.
fetch() {
    python3 -c 'import sys, urllib.request
print(urllib.request.urlopen(sys.argv[1], timeout=10).read().decode(), end="")' "http://$name/" 2>&1
}

check 'at first there is no page' sh -c '! echo "$1" | grep -q Hello' sh "$(fetch)"

doctor
same 'the doctor has findings' 1 "$status"
says 'no module' module !! "'make install'"
says 'what next' module !! "'ldconfig' as root"
says 'that waits' hosts-line !! "Once the module is installed, run 'v6lit enable' as root."

# /etc/ld.so.conf here names the build directory, so it counts as installed.
refresh_cache
doctor
same 'findings are left' 1 "$status"
says 'the module is there' module ok
says 'what next' hosts-line !! "Run 'v6lit enable' as root."
says 'what next' leak !! "Run 'v6lit enable' as root."

check 'v6lit enable' "$v6lit" enable
doctor
same 'no finding is left' 0 "$status"
[ "$status" = 0 ] || echo "$out" | sed 's/^/# /'
says 'the line is right' hosts-line ok
says 'nothing leaks' leak ok
same 'the page is there' "Hello, fe80::2. You asked $name for /." "$(fetch)"

ip address del 192.0.2.2/24 dev link0
doctor
same 'without IPv4 there is a finding' 1 "$status"
says 'what next' ipv4 !! "'ip address add 192.0.0.8/32 dev lo'"
ip address add 192.0.0.8/32 dev lo
doctor
same 'then there is none' 0 "$status"
same 'and the page is there' "Hello, fe80::2. You asked $name for /." "$(fetch)"
finish
