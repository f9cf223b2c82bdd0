#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# What the modules and the library show to and want from the process that loads them.
. "$top_srcdir/test/module/shared.sh"
need readelf binutils
need nm binutils
for file in $module $llmnr $library; do
    ! is_sanitized $file || skip_all "built with sanitizers, which bring their own symbols and libraries"
done
LC_ALL=C
export LC_ALL

# The names that a version script makes global.
listed() {
    sed -n '/global:/,/local:/s/^ *\([a-z_0-9]*\);.*/\1/p' "$1" | sort
}
exported() {
    nm -D --defined-only "$1" | awk '$2 != "A" { print $3 }' | sed 's/@.*//' | sort
}
for pair in $module:nss_ipv6literal/nss_ipv6literal.map $llmnr:nss_llmnr/nss_llmnr.map $library:libv6lit/libv6lit.map; do
    map=$top_srcdir/${pair#*:}
    same "${pair%%:*} exports what $(basename "$map") lists" "$(listed "$map")" "$(exported "${pair%%:*}")"
done
same "the module exports four functions" "$(printf '_nss_ipv6literal_%s\n' \
    gethostbyname2_r gethostbyname3_r gethostbyname4_r gethostbyname_r)" "$(exported $module)"
same "the one for LLMNR exports six" "$(printf '_nss_llmnr_%s\n' gethostbyaddr2_r gethostbyaddr_r \
    gethostbyname2_r gethostbyname3_r gethostbyname4_r gethostbyname_r)" "$(exported $llmnr)"
same "the library's symbols have a version" 0 \
    "$(nm -D --defined-only $library | awk '$2 != "A"' | grep -vcE "@@?($(sed -n 's/^\([A-Z0-9_.]*\) {$/\1/p' "$top_srcdir/libv6lit/libv6lit.map" | paste -sd '|'))\$")"

# On some machines the compiler's stack protector takes its secret from the loader itself.
dynamic() {
    readelf -dW "$1" | sed -n "s/.*($2).*\\[\\(.*\\)\\]/\\1/p" | grep -v '^ld-linux'
}
same "the module needs nothing but libc" libc.so.6 "$(dynamic $module NEEDED)"
same "the one for LLMNR needs nothing but libc (where DNS names are once was libresolv)" libc.so.6 \
    "$(dynamic $llmnr NEEDED | grep -v '^libresolv\.so\.2$')"
same "the library needs nothing but libc (libidn2 is loaded when it is used)" libc.so.6 \
    "$(dynamic $library NEEDED | grep -v '^libdl\.so\.2$')"
same "the module has the name that glibc looks for" libnss_ipv6literal.so.2 "$(dynamic $module SONAME)"
same "and the one for LLMNR" libnss_llmnr.so.2 "$(dynamic $llmnr SONAME)"

for file in $module $llmnr; do
    flags=$(readelf -dW $file | grep -e '(FLAGS' )
    for flag in NOW NODELETE; do
        echo "$flags" | grep -q "\\<$flag\\>"
        result "$file has the flag $flag" $?
    done
done
for file in $module $llmnr $library; do
    same "$file has no text relocations" 0 "$(readelf -dW $file | grep -c TEXTREL)"
    same "$file has no thread-local storage" 0 "$(readelf -lW $file | grep -cw TLS)"
    same "$file has no executable stack" RW "$(readelf -lW $file | awk '$1 == "GNU_STACK" { print $7 }')"

    # The start files of the compiler bring one constructor and one destructor, and _init and _fini:
    # any program that does nothing has the same.
    for array in INIT_ARRAYSZ FINI_ARRAYSZ; do
        size=$(readelf -dW $file | sed -n "s/.*($array) *\\([0-9]*\\) .*/\\1/p")
        pointer=$(readelf -hW $file | awk '/Class:/ { print $2 == "ELF64" ? 8 : 4 }')
        [ "${size:-0}" -le "$pointer" ]
        result "$file has no $array but the compiler's own (${size:-0} bytes)" $?
    done
done

# All that a module may call. Each is a plain function or a system call, without memory or locks.
# The last line is what the compiler's start files refer to and its options bring.
allowed='__errno_location memcmp memcpy memmove memset strlen strnlen strchr memchr
inet_pton socket sendto recvmsg close syscall pthread_setcancelstate
__memcpy_chk __memmove_chk __memset_chk __stack_chk_fail __stack_chk_guard
__cxa_finalize __gmon_start__ _ITM_deregisterTMCloneTable _ITM_registerTMCloneTable'
allowed_llmnr='inet_aton inet_ntop dn_comp dn_expand __dn_comp __dn_expand getauxval getrandom gethostname clock_gettime poll
bind connect setsockopt getsockopt sendmsg recv strcmp
mmap munmap open read fstat lstat __open_2 __read_chk __fxstat __lxstat'
undefined() {
    nm -D --undefined-only "$1" | awk '{ print $NF }' | sed 's/@.*//' | sort -u
}
# strange FILE SYMBOL...: what the file calls beside these.
strange() {
    strange_file=$1
    shift
    for symbol in $(undefined "$strange_file"); do
        case " $* " in
            *" $symbol "*) ;;
            *) echo "$symbol" ;;
        esac
    done
}
same "the module calls nothing but what it may" '' "$(strange $module $allowed ioctl)"
same "nor does the one for LLMNR" '' "$(strange $llmnr $allowed $allowed_llmnr)"
same "nm lists what the modules call" 'ioctl poll' \
    "$(echo $(undefined $module | grep -x ioctl) $(undefined $llmnr | grep -x poll))"

# The library has more to do, but takes no memory either: callers own it all, and libidn2's is its own.
# For ai_canonname alone, which freeaddrinfo frees, there are strdup and strndup.
same "the library allocates nothing" 'strdup strndup' "$(echo $(nm -D --undefined-only $library | awk '{ print $NF }' | sed 's/@.*//' |
    grep -x -e '.*alloc' -e 'free' -e 'strn*dup' -e 'posix_memalign' -e 'mmap'))"

# A relocation without a symbol is an address in our own data: work, and a page of memory written, in
# every process. The compiler's start files bring three; a table with pointers would be more.
for file in $module $library; do
    relative=$(readelf -rW $file | grep -c '_RELATIV')
    [ "$relative" -le 3 ]
    result "$file has no relocation for data of its own ($relative are the compiler's)" $?
done

# A program can bring a libc that is older than the one that the module was built with.
description="the module wants no symbol that is newer than glibc 2.17"
newer=$(nm -D --undefined-only $module | sed -n 's/.*@GLIBC_//p' | sort -u |
    awk -F. '$1 > 2 || ($1 == 2 && $2 > 17) { print }')
case $(readelf -hW $module | sed -n 's/ *Machine: *//p') in
    *86* | ARM | AArch64 | PowerPC* | *S/390) same "$description" '' "$newer" ;;
    *) skip "$description" "a machine that glibc may have learnt of later" ;;
esac
finish
