# SPDX-License-Identifier: LGPL-2.1-or-later
# Functions for the scripts of this directory. To be sourced.
set -u
. "$top_srcdir/test/tap.sh"

case $(nm -D .libs/libnss_ipv6literal.so.2 2> /dev/null) in
    *__asan_* | *__ubsan_* | *__tsan_*) skip_all 'built with sanitizers, which no program here has' ;;
esac

# prepare: an /etc and a /run of the sandbox's own, and /mnt/lib, where v6lit finds a module that others do not.
prepare() {
    cp -a /etc /mnt/etc 2> /dev/null
    mount --bind /mnt/etc /etc
    mount -t tmpfs none /run
    printf '/mnt/module\ninclude /etc/ld.so.conf.d/*.conf\n' > /etc/ld.so.conf
    rm -rf /etc/request-key.conf /etc/request-key.d /etc/nscd.conf
    mkdir /mnt/lib /mnt/bin /mnt/empty /run/nscd
    cp v6lit /mnt/v6lit
    v6lit=/mnt/v6lit
    export LD_LIBRARY_PATH=/mnt/lib
    # C libraries of other ABIs come and go with the machine. v6lit has the list.
    own=$(ldd "$v6lit") || { echo 'Bail out! v6lit is no program that ldd knows'; exit 1; }
    loaders=$(LC_ALL=C grep -ao '/lib[0-9x]*/ld[-_a-z0-9]*\.so\.[0-9]' "$v6lit" | sort -u)
    case $loaders in
        *i386* | '') echo 'Bail out! no loaders in v6lit'; exit 1 ;;
    esac
    for loader in $loaders; do
        case $own in
            *"$loader "*) ;;
            *) [ ! -e $loader ] || mount --bind /dev/null "$(realpath $loader)" ;;
        esac
    done
    # So do curl and libraries of which some versions lose the zone.
    for file in $(command -v curl) $(find -L /lib /lib64 /usr/lib /usr/lib64 /usr/local/lib /usr/local/lib64 -maxdepth 2 \
        \( -name 'libcurl*.so.4' -o -name libgio-2.0.so.0 \) -type f 2> /dev/null); do
        [ ! -f "$file" ] || mount --bind /dev/null "$(realpath "$file")"
    done
}

# hosts LINE: the hosts: line.
hosts() {
    printf 'hosts: %s\n' "$1" > /etc/nsswitch.conf
}

# doctor [OPTION]...: its report is in $out, its status in $status.
doctor() {
    status=0
    out=$("$v6lit" doctor "$@" 2> /mnt/err) || status=$?
}

# about IDENTIFIER: what the last report says of a check.
about() {
    printf '%s\n' "$out" | awk -v name="$1" '/^[^ ]/ { found = substr($0, 5, length(name) + 1) == name " " } found'
}

# says NAME IDENTIFIER MARK [TEXT]: the check has this result, and this text is in it.
says() {
    tap_status=0
    tap_text=$(about "$2")
    case $tap_text in "$3  "*) ;; *) tap_status=1 ;; esac
    case $tap_text in *"${4-}"*) ;; *) tap_status=1 ;; esac
    [ $tap_status = 0 ] || printf '%s\n' "$tap_text" | sed 's/^/# /'
    result "$2, $1: $3" $tap_status
}

# cache_without_module: as long as nobody has run ldconfig.
cache_without_module() {
    echo 'include /etc/ld.so.conf.d/*.conf' > /mnt/ld.so.conf.without
    PATH=$PATH:/sbin:/usr/sbin ldconfig -X -f /mnt/ld.so.conf.without -C /mnt/ld.so.cache.without
    rm -f /etc/ld.so.cache
    cp /mnt/ld.so.cache.without /etc/ld.so.cache
    ! grep -q libnss_ipv6literal /etc/ld.so.cache
}

# refresh_cache: ldconfig, with -X since it may write nothing but the cache.
refresh_cache() {
    PATH=$PATH:/sbin:/usr/sbin ldconfig -X
}
