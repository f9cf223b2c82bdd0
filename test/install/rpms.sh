#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# The RPM packages, installed by rpm into a system that consists of them, a libc and what their programs load, in Fedora's
# layout: /usr/lib64, and no package of Debian's. For script/test-packages, as root:
#
#   rpms.sh DIR    which has the packages
set -u
. "$top_srcdir/test/tap.sh"
packages=$1
[ "$(id -u)" = 0 ] || skip_all 'only root can install packages'
command -v rpm > /dev/null || skip_all 'rpm is missing (Debian: rpm)'
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
trap 'exit 1' HUP INT TERM
name=2001-db8--1.ipv6-literal.net

mkdir -p "$root/usr/bin" "$root/usr/lib" "$root/usr/lib64" "$root/usr/sbin" "$root/etc" "$root/tmp" "$root/dev"
for directory in bin lib lib64 sbin; do ln -s usr/$directory "$root/$directory"; done
: > "$root/dev/null"
echo /usr/lib64 > "$root/etc/ld.so.conf"
echo 'hosts: files dns' > "$root/etc/nsswitch.conf"
# load FILE...: what they need of Debian's libraries.
load() {
    ldd "$@" 2> /dev/null | sed -n 's/.*=> \(\/[^ ]*\) .*/\1/p; s/^\t\(\/[^ ]*\) .*/\1/p' | sort -u |
        while read -r library; do
            [ -e "$root/lib64/$(basename "$library")" ] || cp -L "$library" "$root/lib64/"
        done
}
for program in getent sh; do
    file=$(readlink -f "$(command -v $program)")
    cp "$file" "$root/bin/$program"
    load "$file"
done

ldconfig -r "$root"

# within COMMAND...: what it prints there.
within() {
    env -i LC_ALL=C.UTF-8 PATH=/usr/sbin:/usr/bin:/sbin:/bin chroot "$root" "$@" 2>&1
}
# rpm_ ARGUMENT...: the dependencies are Fedora's packages. Debian's rpm warns against itself, unless told --force-debian.
rpm_() {
    rpm --root "$root" --dbpath /usr/lib/sysimage/rpm "$@" 2>&1 | grep -v '^warning: private mounts in chroot'
}

same 'the packages are installed' '' "$(rpm_ --install --force-debian --nodeps "$packages"/*.x86_64.rpm)"
load "$root"/usr/bin/v6lit "$root"/usr/sbin/* "$root"/usr/lib64/libnss_* "$root"/usr/lib64/libv6lit.so.0
# It is loaded for names that are not ASCII.
cp -L "$(ldconfig -p | sed -n 's/.*libidn2\.so\.0.*x86-64.*=> //p' | head -n 1)" "$root/lib64/"
load "$root/lib64/libidn2.so.0"
ldconfig -r "$root"
same 'all files are as they were packaged' '' "$(rpm_ --verify --nodeps --all | grep -v '/nsswitch.conf')"
same 'installing changes no configuration' 'hosts: files dns' "$(cat "$root/etc/nsswitch.conf")"

same 'v6lit' "fe80::1%eth0" "$(within v6lit decode fe80--1seth0.ipv6-literal.net)"
same 'it reads names that are not ASCII' 2001:db8::1 "$(within v6lit decode "２００１-db8--1.ipv6-literal.net")"
same '--json' 2001:db8::1 "$(within v6lit explain --json $name | sed -n 's/.*"address": *"\([^"]*\)".*/\1/p' | head -n 1)"
same 'v6lit exec' 2001:db8::1 "$(within v6lit exec getent ahosts $name | sed -n '1s/ .*//p')"
same 'v6lit enable' '+ hosts: files ipv6literal [NOTFOUND=return] dns' "$(within v6lit enable | tail -n 1)"
same 'the module' 2001:db8::1 "$(within getent ahosts $name | sed -n '1s/ .*//p')"
same 'the module keeps other names of the domain' '' "$(within getent ahosts fe80--1--2.ipv6-literal.net)"
version=$(rpm -qp --queryformat '%{VERSION}\n' "$packages"/*.x86_64.rpm 2> /dev/null | sort -u)
for program in mount.v6lit key.v6lit v6lit-llmnrd; do
    same "$program" "$program $version" "$(within $program --version)"
done
within v6lit disable > "$root/tmp/log"
same 'v6lit disable' 'hosts: files dns' "$(cat "$root/etc/nsswitch.conf")"
same 'the packages are removed' '' "$(rpm_ --erase --force-debian --nodeps $(rpm_ --query --all))"
same 'without a trace' '' "$(find "$root/usr" "$root/etc" -name '*v6lit*' -o -name '*ipv6literal*' -o -name '*llmnr*')"
finish
