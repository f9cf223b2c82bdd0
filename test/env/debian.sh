# SPDX-License-Identifier: LGPL-2.1-or-later
# Debian systems of other releases and architectures, for script/test-matrix and script/test-packages. To be
# sourced, with $kept, the directory for what is kept, and $release.

# Where the kernel runs no 32-bit programs, qemu's user mode does. The kernel (since 6.7) is told so in a user
# namespace, which has a table of its own for that; the machine's stays as it is. With C among the flags set-user-ID
# programs run with the rights of their file.
emulated() {
    unshare --user true || return
    rm -f "$kept/up" "$kept/go"
    mkfifo "$kept/up" "$kept/go"
    V6LIT_EMULATED=yes unshare --user sh -c 'echo up > "$0/up"; read -r _ < "$0/go"; exec "$@"' "$kept" "$@" &
    read -r _ < "$kept/up"
    echo 0 0 4294967295 > /proc/$!/uid_map
    echo 0 0 4294967295 > /proc/$!/gid_map
    echo go > "$kept/go"
    rm "$kept/up" "$kept/go"
    wait $!
}

emulate() {
    mount -t binfmt_misc binfmt_misc /proc/sys/fs/binfmt_misc
    printf '%s%s%s' ':i386:M::\x7fELF\x01\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x02\x00\x03\x00' \
        ':\xff\xff\xff\xff\xff\xfe\xfe\x00\xff\xff\xff\xff\xff\xff\xff\xff\xfe\xff\xff\xff' \
        ":$kept/qemu/usr/bin/qemu-i386-static:OCF" > /proc/sys/fs/binfmt_misc/register
}

# debian VARIANT ARCHITECTURES DIR [OPTION]... PACKAGE...: a Debian from where the machine's own packages come. The options
# are those of mmdebstrap(1).
debian() {
    debian_variant=$1
    debian_architectures=$2
    debian_dir=$3
    shift 3
    for debian_word; do
        shift
        case $debian_word in
            --*) set -- "$@" "$debian_word" ;;
            *) set -- "$@" "--include=$debian_word" ;;
        esac
    done
    . /etc/os-release
    mirror=$(apt-get indextargets 'Identifier: Packages' 'Origin: Debian' "Codename: $VERSION_CODENAME" \
        --format '$(REPO_URI)' | head -n 1)
    [ -n "$mirror" ] || { echo "$0: apt knows no source of Debian packages here" >&2; exit 1; }
    echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror $release main" |
        mmdebstrap --mode=root --variant="$debian_variant" --architectures="$debian_architectures" \
            --hook-dir=/usr/share/mmdebstrap/hooks/maybe-merged-usr "$@" \
            --aptopt='APT::Install-Recommends "false"' --aptopt='Acquire::Languages "none"' \
            --aptopt='Acquire::Check-Valid-Until "false"' \
            --dpkgopt=force-unsafe-io --dpkgopt='path-exclude=/usr/share/doc/*' \
            --dpkgopt='path-exclude=/usr/share/locale/*' --dpkgopt='path-exclude=/usr/share/man/*' \
            "$release" "$debian_dir" -
}
