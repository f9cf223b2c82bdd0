#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Tests make install as an ordinary user: it writes below its prefix, or where the options say; installed programs find
# their files; links in pages lead to existing files; and make uninstall leaves nothing.
. "$top_srcdir/test/tap.sh"
. "$top_srcdir/test/install/shared.sh"
[ -e Makefile ] && [ -e config.status ] || skip_all 'this is no build directory'
[ -e libv6lit/.libs/libascii.a ] || skip_all 'the library is not built here'
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
trap 'exit 1' HUP INT TERM

# The build again, without tests: configured for another place, little of it need be compiled.
mkdir "$scratch/build"
tar -cf - --exclude=./test --exclude=./fuzz --exclude=./bench --exclude='./*.log' . | tar -C "$scratch/build" -xf -
rm -f "$scratch/build"/tools/exec/*.o "$scratch/build"/tools/doctor/*.o # they know where things are
user=
if [ "$(id -u)" = 0 ]; then
    command -v setpriv > /dev/null || skip_all 'setpriv is missing (Debian: util-linux)'
    user='setpriv --reuid 1000 --regid 1000 --clear-groups'
    chown -R 1000:1000 "$scratch"
    $user test -r "$top_srcdir/configure" || skip_all 'other users cannot read the sources'
fi
# Of the options of this build those count that say what is built and how.
eval "set -- $(./config.status --config)"
options=
for option; do
    case $option in
        --host=* | --build=* | --without-libidn2 | --without-jansson | --without-keyutils | --disable-static | [A-Z]*=*)
            options="$options '$option'"
            ;;
    esac
done

# configure OPTION...: what it prints is in $scratch/summary.
configure() {
    (
        cd "$scratch/build" || exit
        eval "set -- $options"' "$@"'
        $user "$top_srcdir/configure" --quiet --cache-file="$scratch/build/cache" --disable-tests "$@"
    ) > "$scratch/summary" 2>&1 || { tail -n 5 "$scratch/summary" | sed 's/^/# /'; return 1; }
}
make_here() {
    $user make -C "$scratch/build" "$@" > "$scratch/log" 2>&1 || { tail -n 5 "$scratch/log" | sed 's/^/# /'; return 1; }
}
files() {
    find "$1" ! -type d 2> /dev/null | sort
}
rule=
modules=
[ ! -e key.v6lit ] || rule=v6lit.conf
[ ! -e .libs/libnss_ipv6literal.so.2 ] || modules=yes
same 'links in the sources lead to files' '' "$(dead_links "$top_srcdir")"

home=$scratch/home
$user mkdir "$home"
check 'a user configures it' configure --prefix="$home/x"
for missing in 'mount(8) finds mount.v6lit only in /sbin' 'request-key(8) reads rules only in /etc/request-key.d' \
    'Programs find the modules only if'; do
    case $missing in
        mount*) ;;
        request*) [ -n "$rule" ] || continue ;;
        *) [ -n "$modules" ] || continue ;;
    esac
    check "the summary says: $missing" grep -qF "$missing" "$scratch/summary"
done
check 'and installs it' make_here install
installed=$(files "$home")
check 'there is the mount helper' [ -x "$home/x/sbin/mount.v6lit" ]
same 'v6lit runs' fe80::1%7 "$("$home/x/bin/v6lit" decode fe80--1s7.ipv6-literal.net)"
same 'v6lit exec finds its library' "$home/x/lib/v6lit/libv6lit-preload.so" \
    "$("$home/x/bin/v6lit" exec printenv LD_PRELOAD)"
[ -z "$rule" ] || check 'the rule names key.v6lit' \
    grep -q "^create dns_resolver .* $home/x/sbin/key.v6lit %k\$" "$home/x/etc/request-key.d/v6lit.conf"
doc=$home/x/share/doc/v6lit
check 'there is documentation' [ -e "$doc/README.md" ]
check 'there are examples' [ -e "$doc/examples/decode.c" ]
same 'links in the documentation lead to files' '' "$(dead_links "$doc")"
same 'pages name files of the documentation' '' "$(dead_names '' "$home/x")"
check 'make uninstall' make_here uninstall
same 'it leaves nothing' '' "$(files "$home")"
check 'make install-strip' make_here install-strip
same 'it installs the same files' "$installed" "$(files "$home")"
check 'make uninstall after it' make_here uninstall
same 'it leaves nothing, either' '' "$(files "$home")"
check 'with DESTDIR' make_here install DESTDIR="$scratch/build/root"
same 'it installs the same files there' "$installed" "$(files "$scratch/build/root" | sed "s|^$scratch/build/root||")"
check 'make uninstall with DESTDIR' make_here uninstall DESTDIR="$scratch/build/root"
same 'it leaves nothing there' '' "$(files "$scratch/build/root")"

# installs NAME WANTED ABSENT OPTION...: with these options the files that are wanted are installed, the others not.
installs() {
    name=$1
    wanted=$2
    absent=$3
    shift 3
    $user rm -rf "$scratch/build/root"
    check "$name: configure" configure "$@"
    check "$name: make install" make_here install DESTDIR="$scratch/build/root"
    there=$(files "$scratch/build/root" | sed "s|^$scratch/build/root||")
    for file in $wanted; do
        case "
$there
" in
            *"
$file
"*) result "$name: $file" 0 ;;
            *) result "$name: $file" 1 ;;
        esac
    done
    for file in $absent; do
        same "$name: no $file" '' "$(echo "$there" | grep "/$file\$")"
    done
    check "$name: make uninstall" make_here uninstall DESTDIR="$scratch/build/root"
    same "$name: nothing is left" '' "$(files "$scratch/build/root")"
}
installs 'the usual prefix' "/sbin/mount.v6lit ${rule:+/etc/request-key.d/$rule} /usr/local/bin/v6lit" ''
installs '--with-...=DIR' "/a/mount.v6lit ${rule:+/b/$rule} ${modules:+/c/libnss_llmnr.so.2} /d/v6lit /e/_v6lit" '' \
    --prefix=/opt/x --with-mountdir=/a --with-request-key-dir=/b --with-nssdir=/c --with-bash-completion-dir=/d \
    --with-zsh-completion-dir=/e
installs '--with-...=yes' "/sbin/mount.v6lit ${rule:+/etc/request-key.d/$rule} ${modules:+/opt/x/lib/libnss_llmnr.so.2}
    /opt/x/share/bash-completion/completions/v6lit /opt/x/share/zsh/site-functions/_v6lit" '' \
    --prefix=/opt/x --with-mountdir --with-request-key-dir --with-nssdir --with-bash-completion-dir \
    --with-zsh-completion-dir
installs '--without-...' /opt/x/bin/v6lit \
    "mount.v6lit mount.v6lit.8 request-key.d/v6lit.conf libnss_.* completions/v6lit _v6lit nss-.* libv6lit.a" --prefix=/opt/x \
    --without-mountdir --without-request-key-dir --without-nssdir --without-bash-completion-dir \
    --without-zsh-completion-dir --disable-static

# refuses OPTION...
refuses() {
    ! configure "$@" > "$scratch/out" && grep -q 'error:' "$scratch/summary"
    result "configure refuses $*" $?
}
refuses --disable-shared --enable-static
refuses --with-mountdir=sbin
finish
