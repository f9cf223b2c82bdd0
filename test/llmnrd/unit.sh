#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Tests the unit of v6lit-llmnrd: systemd accepts it, and its sandbox is as strict as a network service permits.
. "$top_srcdir/test/tap.sh"
command -v systemd-analyze > /dev/null || skip_all 'systemd-analyze is missing (Debian: systemd)'
[ -e v6lit-llmnrd.service ] || skip_all 'the unit is not built'
work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT
# What it starts need not be installed.
sed 's,^\(ExecStart\|ExecCondition\)=.*,\1=/bin/true,' v6lit-llmnrd.service > "$work/v6lit-llmnrd.service"
same 'systemd-analyze verify' '' "$(systemd-analyze --man=no verify "$work/v6lit-llmnrd.service" 2>&1)"
systemd-analyze security --offline=yes --no-pager "$work/v6lit-llmnrd.service" > "$work/security" 2>&1
if ! grep -q 'Overall exposure' "$work/security"; then
    skip 'systemd-analyze security' "$(head -n 1 "$work/security")"
    finish
fi
# In tenths, 13 with systemd 252: most is for the network, and the rest is what the unit says it leaves out.
exposure=$(sed -n 's/.*Overall exposure level for [^:]*: \([0-9]*\)\.\([0-9]\).*/\1\2/p' "$work/security")
check "systemd-analyze security: $exposure tenths" [ "$exposure" -le 15 ]
finish
