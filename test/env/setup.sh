# SPDX-License-Identifier: LGPL-2.1-or-later
# Installs Debian packages and configures builds, for script/demo and script/test. To be sourced, with $top set.

BUILD_PACKAGES='autoconf automake gcc libc6-dev libcunit1-dev libidn2-dev libjansson-dev libkeyutils-dev
libsystemd-dev libtool make pkg-config'
NAMESPACE_PACKAGES='iproute2 libc-bin mount util-linux'

is_installed() {
    dpkg-query --show --showformat '${db:Status-Status}\n' "$1" 2> /dev/null | grep -qx installed
}

# install_packages yes|no PACKAGE...: installs those that are missing, or with "no" says which they are.
install_packages() {
    allowed=$1
    shift
    if ! command -v dpkg-query > /dev/null; then
        echo "$0: this is not Debian; what these Debian packages hold must be there: $*" >&2
        return
    fi
    missing=
    for package; do
        is_installed "$package" || missing="$missing $package"
    done
    [ -n "$missing" ] || return 0
    if [ "$allowed" = no ]; then
        echo "$0: these packages are missing; install them with" >&2
        echo "    apt-get install --no-install-recommends$missing" >&2
        exit 1
    fi
    as_root=env
    if [ "$(id -u)" != 0 ]; then
        command -v sudo > /dev/null || {
            echo "$0: not root and no sudo: as root, run" >&2
            echo "    apt-get install --no-install-recommends$missing" >&2
            exit 1
        }
        as_root='sudo env'
    fi
    echo "Installing$missing ..."
    log=$(mktemp)
    if ! { $as_root apt-get update && $as_root DEBIAN_FRONTEND=noninteractive \
        apt-get install --yes --no-install-recommends $missing; } > "$log" 2>&1; then
        cat "$log" >&2
        rm -f "$log"
        exit 1
    fi
    rm -f "$log"
}

# unpack_package DIR PACKAGE: the files of a Debian package, which is not installed: a daemon would start.
unpack_package() {
    [ ! -e "$1" ] || return 0
    rm -rf "$1.new"
    mkdir -p "$1.new" &&
        (cd "$1.new" && apt-get -o APT::Sandbox::User=root download "$2" > /dev/null &&
            dpkg-deb --extract ./*.deb .) &&
        mv "$1.new" "$1"
}

# configure_tree DIR [ARGUMENT]...: makes `configure` if need be and runs it in DIR.
configure_tree() {
    dir=$1
    shift
    case $top in
        *[!A-Za-z0-9._/+~-]*)
            echo "$0: autoconf cannot build in a directory with such a name: $top" >&2
            return 1
            ;;
    esac
    if [ -e "$top/config.status" ]; then
        echo "$0: the sources themselves are configured; run 'make distclean' there first" >&2
        return 1
    fi
    [ -e "$top/Makefile.in" ] || "$top/autogen.sh" || return
    mkdir -p "$dir" && (cd "$dir" && "$top/configure" "$@")
}

# count DIR RESULTS: how many tests of a build ended so.
count() {
    find "$1" -name '*.trs' -exec cat {} + | grep -c "^:test-result: \($2\)" || true
}
