#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# script/repository: apt takes packages from the directory as its README says, and none that has changed.
set -u
. "$top_srcdir/test/tap.sh"
for program in apt-get dpkg-deb dpkg-scanpackages xz; do
    command -v $program > /dev/null || skip_all "$program is missing (Debian: apt, dpkg-dev, xz-utils)"
done
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
trap 'exit 1' HUP INT TERM
repository=$scratch/repository

# quietly COMMAND...: with its output in a file.
quietly() {
    "$@" > "$scratch/log" 2>&1
}

# package NAME VERSION: an empty one.
package() {
    mkdir -p "$scratch/$1/DEBIAN" "$repository"
    printf '%s\n' "Package: $1" "Version: $2" 'Architecture: all' 'Maintainer: nobody <nobody@example.org>' \
        'Description: nothing' > "$scratch/$1/DEBIAN/control"
    dpkg-deb --root-owner-group --build "$scratch/$1" "$repository/$1_$2_all.deb" > /dev/null
}

# An apt of its own, which knows no other packages than these.
apt=$scratch/apt
mkdir -p "$apt/etc/apt/apt.conf.d" "$apt/etc/apt/preferences.d" "$apt/etc/apt/sources.list.d" "$apt/var/lib/dpkg" \
    "$apt/var/lib/apt/lists/partial" "$apt/var/cache/apt/archives/partial"
: > "$apt/var/lib/dpkg/status"
printf '%s\n' "Dir \"$apt\";" "Dir::State::status \"$apt/var/lib/dpkg/status\";" 'APT::Sandbox::User "root";' \
    'Debug::NoLocking "true";' > "$scratch/apt.conf"
export APT_CONFIG=$scratch/apt.conf

package libnss-ipv6literal 1-1
package v6lit-tools 1-1
check 'a repository' quietly "$top_srcdir/script/repository" "$repository"
same 'its README has five lines' 5 "$(wc -l < "$repository/README")"
same 'it names the version' 'v6lit 1-1 for Debian (all): an apt repository, with the sources.' "$(head -n 1 "$repository/README")"
check 'the checksums' sh -c 'cd "$1" && sha256sum --check --strict --quiet SHA256SUMS' sh "$repository"
same 'they are those of all files' "$(cd "$repository" && ls | grep -vx SHA256SUMS)" \
    "$(sed 's/^[^ ]* .//' "$repository/SHA256SUMS")"
sed -n "4{ s,file:/srv/v6lit,file:$repository,; s,/etc/apt,$apt/etc/apt,; p; }" "$repository/README" | sh
check 'apt reads it' quietly apt-get --error-on=any update
# apt_installs PACKAGE...: what apt would do.
apt_installs() {
    apt-get --simulate --quiet=2 install "$@" 2>&1 | sed -n 's/^Inst \([^ ]* ([^ ]*\).*/\1/p'
}
same 'and finds the packages that it names' 'libnss-ipv6literal (1-1
v6lit-tools (1-1' "$(apt_installs $(sed -n 's/^To install: .* apt install //p' "$repository/README"))"

package v6lit-tools 1-2
check 'made again, with a later version' quietly "$top_srcdir/script/repository" "$repository"
quietly apt-get update
same 'that one is installed' 'v6lit-tools (1-2' "$(apt_installs v6lit-tools)"
cd "$scratch" || exit
check 'apt takes it' quietly apt-get download v6lit-tools
rm -f "$scratch"/*.deb
echo >> "$repository/v6lit-tools_1-2_all.deb"
! quietly apt-get download v6lit-tools
result 'and not if it has changed' $?
mkdir "$scratch/empty"
! quietly "$top_srcdir/script/repository" "$scratch/empty"
result 'a directory without packages is refused' $?
finish
