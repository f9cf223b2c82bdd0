# SPDX-License-Identifier: LGPL-2.1-or-later
# Functions for test scripts to print TAP. To be sourced.

tap_count=0
tap_failed=0

# skip_all REASON: nothing in this script can run.
skip_all() {
    echo "1..0 # SKIP $1"
    exit 0
}

# result NAME STATUS: one test, passed if STATUS is 0.
result() {
    tap_count=$((tap_count + 1))
    if [ "$2" = 0 ]; then
        printf 'ok %s - %s\n' $tap_count "$1"
    else
        tap_failed=$((tap_failed + 1))
        printf 'not ok %s - %s\n' $tap_count "$1"
    fi
}

# skip NAME REASON: one test that cannot run here.
skip() {
    tap_count=$((tap_count + 1))
    printf 'ok %s - %s # SKIP %s\n' $tap_count "$1" "$2"
}

# check NAME COMMAND...: passed if the command succeeds.
check() {
    tap_name=$1
    shift
    tap_status=0
    "$@" || tap_status=$?
    result "$tap_name" $tap_status
}

# same NAME WANTED GOT: passed if the two texts are equal.
same() {
    tap_status=0
    if [ "$2" != "$3" ]; then
        tap_status=1
        printf 'wanted: %s\n   got: %s\n' "$2" "$3" | sed 's/^/# /'
    fi
    result "$1" $tap_status
}

# bail_out WHY: what no test is about went wrong.
bail_out() {
    echo "Bail out! $1"
    exit 1
}

# wait_until WHAT COMMAND...: ten seconds at the most, and then it shows the end of the logs in $wait_logs.
wait_until() {
    what=$1
    shift
    tries=0
    until "$@"; do
        tries=$((tries + 1))
        [ $tries -lt 1000 ] || { tail -n 5 ${wait_logs-/dev/null} | sed 's/^/# /'; bail_out "in vain: $what"; }
        sleep 0.01
    done
}

# The hosts: line that the manual recommends.
recommended='files ipv6literal [NOTFOUND=return] dns'

# in_sandbox HOSTS_LINE SCRIPT [COMMAND]...: goes on with the script in test/env/sandbox, run by the command if there
# is one. Inside, where $inside is "yes", it does nothing.
in_sandbox() {
    [ "${inside-}" != yes ] || return 0
    tap_line=$1
    tap_script=$2
    shift 2
    tap_status=0
    inside=yes "$top_srcdir/test/env/sandbox" --hosts "$tap_line" . "$@" "$tap_script" || tap_status=$?
    [ $tap_status != 77 ] || skip_all 'no namespaces here'
    exit $tap_status
}

# finish: prints the plan and ends the script.
finish() {
    echo "1..$tap_count"
    [ $tap_failed = 0 ]
    exit
}
