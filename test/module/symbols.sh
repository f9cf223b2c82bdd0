#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Tests which symbols the modules and the library export and import.
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
    same "$file is read-only after relocation" 1 "$(readelf -lW $file | grep -c GNU_RELRO)"
done

# What loading a module costs each process. Some linkers have no option to load code and constants as one segment,
# and some compilers none to leave the start files out: configure has found out.
load_flags=$(sed -n 's/^MODULE_LDFLAGS = *//p' Makefile)
# called FILE: the symbol of each relocation that has one. (gold lists symbols of code that it has left out, too.)
called() {
    readelf -rW "$1" | awk '$3 ~ /^R_/ && NF > 4 { print $5 }'
}
# segments FILE: size in the file, first address, size in memory.
segments() {
    readelf -lW "$1" | awk '$1 == "LOAD" { print $5, $3, $6 }'
}
for file in $module $llmnr; do
    case $load_flags in
        *noseparate-code* | *no-rosegment*)
            same "$file has two segments" 2 "$(segments $file | wc -l)"
            contents=0 pages=0
            while read -r size address memory; do
                contents=$((contents + size))
                pages=$((pages + (address + memory + 4095) / 4096 - address / 4096))
            done << end
$(segments $file)
end
            [ $pages -le $(((contents + 4095) / 4096 + 1)) ]
            result "$file has $pages pages for $contents bytes, one more than these need at most" $?
            ;;
        *) skip "segments of $file" "this linker takes neither -z noseparate-code nor --no-rosegment" ;;
    esac
    case $load_flags in
        *-nostartfiles*)
            same "$file has no code that runs when it is loaded or unloaded" '' \
                "$(readelf -dW $file | grep -oE '\((INIT|FINI|(PRE)?INIT_ARRAY|FINI_ARRAY)\)')"
            ;;
        *) skip "start files of $file" "this compiler does not take -nostartfiles" ;;
    esac
    # A library that is searched for a symbol costs the most.
    same "$file has one relocation for each function that it calls" \
        "$(called $file | sort -u | wc -l)" "$(called $file | wc -l)"
done

# The start files bring a constructor and a destructor that do nothing.
for array in INIT_ARRAYSZ FINI_ARRAYSZ; do
    size=$(readelf -dW $library | sed -n "s/.*($array) *\\([0-9]*\\) .*/\\1/p")
    pointer=$(readelf -hW $library | awk '/Class:/ { print $2 == "ELF64" ? 8 : 4 }')
    [ "${size:-0}" -le "$pointer" ]
    result "$library has no $array but the compiler's own (${size:-0} bytes)" $?
done

# All that a module may call. Each is a plain function or a system call, without memory or locks.
# The last line is what options of the compiler bring.
allowed='__errno_location memcmp memcpy memmove memset strlen strnlen strchr memchr
bcmp inet_pton socket sendto recvmsg close syscall pthread_setcancelstate
__memcpy_chk __memmove_chk __memset_chk __stack_chk_fail __stack_chk_guard'
case $load_flags in
    *-nostartfiles*) ;;
    *) allowed="$allowed __cxa_finalize __gmon_start__ _ITM_deregisterTMCloneTable _ITM_registerTMCloneTable" ;;
esac
allowed_llmnr='inet_aton inet_ntop dn_comp dn_expand __dn_comp __dn_expand getauxval getrandom gethostname clock_gettime poll
bind connect setsockopt getsockopt sendmsg recv strcmp
mmap munmap open read fstat lstat __open_2 __read_chk __fxstat __lxstat'
undefined() {
    called "$1" | sed 's/@.*//' | sort -u
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
same "readelf lists what the modules call" 'ioctl poll' \
    "$(echo $(undefined $module | grep -x ioctl) $(undefined $llmnr | grep -x poll))"

# The library has more to do, but takes no memory either: callers own it all, and libidn2's is its own.
# For ai_canonname alone, which freeaddrinfo frees, there are strdup and strndup.
same "the library allocates nothing" 'strdup strndup' "$(echo $(nm -D --undefined-only $library | awk '{ print $NF }' | sed 's/@.*//' |
    grep -x -e '.*alloc' -e 'free' -e 'strn*dup' -e 'posix_memalign' -e 'mmap'))"

# A relocation without a symbol is an address in our own data: work, and a page of memory written, in
# every process. Start files bring three; a table with pointers would be more.
for file in $module $library; do
    relative=$(readelf -rW $file | grep -c '_RELATIV')
    [ "$relative" -le 3 ]
    result "$file has no relocation for data of its own ($relative are the compiler's)" $?
done

# A program can bring a libc that is older than the one that the module was built with.
description="the module wants no symbol that is newer than glibc 2.17"
newer=$(called $module | sed -n 's/.*@GLIBC_//p' | sort -u |
    awk -F. '$1 > 2 || ($1 == 2 && $2 > 17) { print }')
case $(readelf -hW $module | sed -n 's/ *Machine: *//p') in
    *86* | ARM | AArch64 | PowerPC* | *S/390) same "$description" '' "$newer" ;;
    *) skip "$description" "a machine that glibc may have learnt of later" ;;
esac
finish
