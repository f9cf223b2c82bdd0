#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Tests how v6lit doctor checks whether systemd-resolved has the hook. test/resolved_hook/resolved.sh has a real one.
hosts_line='files ipv6literal [NOTFOUND=return] dns'
. "$top_srcdir/test/doctor/shared.sh"
command -v python3 > /dev/null || skip_all 'no python3 for the server'
in_sandbox "$hosts_line" "$0"
prepare

# with VERSION HOOK RESULT TEXT: what is said of such a resolved.
with() {
    rm -f /mnt/ready
    python3 -B "$top_srcdir/test/doctor/resolved.py" /mnt/ready "$1" "$2" > /mnt/resolved.out &
    server=$!
    wait_until 'a listener' [ -e /mnt/ready ]
    doctor
    kill $server
    wait $server 2> /dev/null
    says "version ${1:-unknown}, $2" resolve-hook "$3" "$4"
    same "version ${1:-unknown}, $2: no query leaves the machine" '' "$(cat /mnt/resolved.out)"
}

doctor
says 'no resolved' resolve-hook -- 'does not run'
with '' answers -- 'version 259 and later do'
with '252 (252.39-1~deb12u1)' none -- 'queries no hooks'
with '258.9 (258.9-1)' none -- 'queries no hooks'
with '259 (259-1)' answers ok 'systemd-resolved 259 resolves literal names'
with '262.1 (262.1-1)' answers ok 'systemd-resolved 262'
with '262.1 (262.1-1)' none '>>' 'has no hook for literal names'
says 'what to do' resolve-hook '>>' 'Install v6lit-resolved-hook'
with '262.1 (262.1-1)' other '>>' 'has no hook'
with '262.1 (262.1-1)' 'hangs up' '>>' 'has no hook'
with '262.1 (262.1-1)' junk '??' 'Message too long'
python3 -B "$top_srcdir/test/doctor/nameserver.py" /mnt/stub 3 127.0.0.53 > /mnt/heard &
stub=$!
wait_until 'the stub' [ -e /mnt/stub ]
with '262.1 (262.1-1)' none ok 'but a nameserver that answers for the domain'
same 'what the stub is asked' '127.0.0.53 ipv6-literal.net 6' "$(sort -u /mnt/heard)"
kill $stub
doctor
says 'nobody listens any more' resolve-hook -- 'does not run'

# The program is installed where this v6lit looks for it.
program=$(LC_ALL=C grep -ao '/[-_./A-Za-z0-9]*/v6lit-resolved-hook' v6lit | head -n 1)
place=$(dirname "$program")
while [ ! -d "$place" ]; do
    place=$(dirname "$place")
done
if [ "$place" != / ]; then
    mount -t tmpfs none "$place"
    mkdir -p "$(dirname "$program")"
    : > "$program"
    with '262.1 (262.1-1)' none !! 'gets no answer from v6lit-resolved-hook'
    says 'what to do' resolve-hook !! 'systemctl enable v6lit-resolved-hook.socket'
    with '262.1 (262.1-1)' 'hangs up' !! 'gets no answer'
    with '262.1 (262.1-1)' answers ok 'by a hook'
    with '257 (257.1)' none -- 'queries no hooks'
else
    skip 'the program is installed' "no directory to put $program in"
fi
finish
