#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# To be run on a host: mounts a share with autofs, and a mount.cifs that prints the options for the kernel.
#
#   automount.sh fstype=TYPE SERVER
set -eu

cd /run
helper=$(realpath /sbin/mount.cifs)
cp "$helper" mount.cifs
printf '#!/bin/sh\nexec /run/mount.cifs -f --verbose "$@" > /run/shown 2>&1\n' > mount.cifs.shown
chmod +x mount.cifs.shown
mount --bind mount.cifs.shown "$helper"
echo "share -$1,guest ://$2/share" > auto.map
echo '/auto /run/auto.map' > auto.master
: > shown
# In a session of its own: the kernel is told the process group, which must be visible in this PID namespace.
setsid --wait automount --foreground --dont-check-daemon --pid-file /run/automount.pid /run/auto.master > automount.log 2>&1 &
tries=0
until mountpoint -q /auto || [ $tries = 200 ]; do
    tries=$((tries + 1))
    sleep 0.05
done
ls /auto/share > ls.log 2>&1 || true
kill "$(cat automount.pid)"
wait
umount "$helper"
cat shown
