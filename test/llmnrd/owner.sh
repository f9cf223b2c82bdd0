#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Tests what v6lit-llmnrd says about another owner of its port, and when --check says that it runs already: not because a
# program of a user has its name.
. "$top_srcdir/test/llmnrd/shared.sh"
in_sandbox "$recommended" "$0"
make_link
host sambabox
cable sambabox eth0 fe80::1/64 192.0.2.1/24
: > /mnt/conf
chmod a+r /mnt/conf
service=64001
{
    cat /etc/passwd
    echo "v6lit-llmnrd:x:$service:$service::/:/usr/sbin/nologin"
} > /mnt/passwd
python=$(python3 -c 'import os; print(os.readlink("/proc/self/exe"))')
nobody=65534
can_be_others=yes
reason=$(setpriv --reuid $nobody --clear-groups true 2>&1) || can_be_others=

# begin COMMAND...: has the port until `end`.
begin() {
    rm -f /mnt/owner.log
    nsenter --target "$(cat /mnt/sambabox.pid)" --net --uts "$@" > /mnt/owner.log 2>&1 &
    owners="${owners-} $!"
    pids="$pids $!"
    wait_until "the owner $*" grep -qs 'ready\|answering for' /mnt/owner.log
}
owns() {
    begin python3 "$top_srcdir/test/llmnrd/owner.py" "$@"
}
end() {
    kill $owners
    for owner in $owners; do
        wait "$owner" 2> /dev/null || true
    done
    owners=
    wait_until 'the port' sh -c "! nsenter --target $(cat /mnt/sambabox.pid) --net ss -Hlntu sport = 5355 | grep -q ."
}
# said ARGUMENT...: status and output, with N for the number of a process. $as: a command before it.
said() {
    said_status=0
    on sambabox ${as-} timeout 10 $daemon "$@" > /mnt/out 2>&1 || said_status=$?
    echo "$said_status $(sed 's/process [0-9]* /process N /' /mnt/out)"
}
# taken NAME BY: what both checks say. runs NAME: that it runs already.
taken() {
    same "$1" "1 v6lit-llmnrd: port 5355 is in use by $2" "$(said --check=port)"
    same '--check says so, too' "v6lit-llmnrd: port 5355 is in use by $2" "$(said --check --config /mnt/conf | sed -n 's/^1 v6lit/v6lit/; /^v6lit/p')"
}
runs() {
    same "$1" '0 v6lit-llmnrd is running' "$(said --check --config /mnt/conf | sed '1s/ .*//' | sed -n '1p; $p' | xargs)"
    same 'and need not be started' '1 v6lit-llmnrd: port 5355 is in use by another v6lit-llmnrd' "$(said --check=port)"
}
unknown() {
    echo "a program of user $1, which ss -lntup 'sport = 5355' shows to root (wsdd2 needs -w)"
}

# Over either family, by UDP or TCP.
for owned in '0.0.0.0 DGRAM' ':: DGRAM' '0.0.0.0 STREAM' ':: STREAM'; do
    owns $owned
    taken "the port is taken: $owned" "$python (process N of user root)"
    same 'and the daemon says so' "1 <3>v6lit-llmnrd: port 5355 is in use by $python (process N of user root)" \
        "$(said --config /mnt/conf)"
    end
done

# The name of a program is safe.
odd=$(printf '/mnt/a\302\23331m\nb')
cp $daemon "$odd"
begin "$odd" --config /mnt/conf
taken 'the name of a program is safe' '/mnt/a??31m?b (process N of user root)'
end

owns :: many
taken 'not all descriptors of the machine are read' "$(unknown root)"
end

begin $daemon --config /mnt/conf
runs 'one that root runs'
end

if [ $can_be_others ]; then
    user="setpriv --reuid $nobody --clear-groups"
    cp $daemon /mnt/v6lit-llmnrd
    daemon=/mnt/v6lit-llmnrd
    # A user can run a program of this name, or this one.
    begin $user $daemon --config /mnt/conf
    taken 'one that a user runs' '/mnt/v6lit-llmnrd (process N of user nobody)'
    as=$user
    runs 'the user himself'
    as="setpriv --reuid 65533 --clear-groups"
    taken 'another user' "$(unknown nobody)"
    end

    begin $daemon --config /mnt/conf
    as=$user
    taken 'a user does not know what root runs' "$(unknown root)"
    end

    # The service where its user has no name: its process is of the unit.
    begin setpriv --reuid $service --clear-groups $daemon --config /mnt/conf
    as=
    taken 'one of no unit' "/mnt/v6lit-llmnrd (process N of user $service)"
    printf '%s:/system.slice/v6lit-llmnrd.service\n' 1:name=systemd 0: > /mnt/cgroup
    mount --bind /mnt/cgroup "/proc/${owners# }/cgroup"
    # libsystemd knows it only where it also knows the hierarchy of control groups.
    [ "$(stat --file-system --format %T /sys/fs/cgroup)" != sysfs ] || mount -t cgroup2 v6lit /sys/fs/cgroup || true
    case $(ps -o unit= -p ${owners# } 2>&1) in
        v6lit-llmnrd*) runs 'one of the unit' ;;
        *) skip 'one of the unit' 'libsystemd does not know the units here' ;;
    esac
    umount "/proc/${owners# }/cgroup"
    end

    # The service, of which the user is known, and a user who has the port of another interface.
    mount --bind /mnt/passwd /etc/passwd
    begin setpriv --reuid $service --clear-groups $daemon --config /mnt/conf
    as=
    runs 'the service'
    owns :: DGRAM $nobody lo
    runs 'and a user'
    as=$user
    runs 'a user knows the service'
    as=
    end

    # What does not conflict is not the reason.
    owns ::1 DGRAM
    owns ::ffff:127.0.0.1 DGRAM $nobody
    taken 'an address of IPv4 is not one of IPv6' "$python (process N of user root)"
    end
    owns :: STREAM
    owns 127.0.0.1 DGRAM $nobody
    taken 'the first that conflicts' "$python (process N of user root)"
    end
else
    skip 'a program of another user' "no other users here: $reason"
fi
finish
