#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Tests that v6lit doctor finds the versions of curl, GLib and Node.js that lose the zone, without running or loading any.
hosts_line='files ipv6literal [NOTFOUND=return] dns'
. "$top_srcdir/test/doctor/shared.sh"
in_sandbox "$hosts_line" "$0"
prepare
ip address add 2001:db8::1/128 dev lo
ip address add 192.0.2.1/32 dev lo
path=$PATH
setpriv=$(command -v setpriv)
strace=$(command -v strace)
new=g_inet_address_get_scope_id

# clients: a report that knows no programs but those in /mnt/bin.
clients() {
    PATH=/mnt/bin
    doctor
    PATH=$path
}

# library FILE TEXT...: a file with these texts in it, as a library has them.
library() {
    library_file=$1
    shift
    { printf '\177ELF\2\1\1\0'; printf '%s\0' "$@" 'Unsupported protocol'; } > "$library_file"
}

# only MARK NAME FILE TEXT...: what the check says where such a file is, and nothing else.
only() {
    only_mark=$1
    only_name=$2
    only_file=$3
    shift 3
    library "$only_file" "$@"
    chmod +x "$only_file"
    clients
    says "$only_name" clients "$only_mark"
    rm "$only_file"
}

clients
says 'none' clients ok
for name in libcurl.so.4 libcurl-gnutls.so.4 libcurl-nss.so.4; do
    only ok "$name 7.88.1" /mnt/lib/$name libcurl/7.88.1
    only !! "$name 8.20.0" /mnt/lib/$name libcurl/8.20.0
    only !! "$name 8.21.0" /mnt/lib/$name 'before' libcurl/8.21.0-DEV
done
# Compilers may keep nothing of the version but this.
only !! 'no "libcurl/"' /mnt/lib/libcurl.so.4 8.21.0
only ok '18.21.0' /mnt/lib/libcurl.so.4 libcurl/18.21.0 3.8.21.0 v8.21.0
only ok '8.19.0' /mnt/lib/libcurl.so.4 libcurl/8.19.0 OpenSSL/3.21.0
only ok '8.22.0' /mnt/lib/libcurl.so.4 libcurl/8.22.0
only ok '8.2.0' /mnt/lib/libcurl.so.4 libcurl/8.2.0
only ok '8.21.0 with the change of 8.22' /mnt/lib/libcurl.so.4 libcurl/8.21.0 're-queueing query %s for AF_UNSPEC resolve'
only !! 'a static curl' /mnt/bin/curl libcurl/8.21.0
printf 'curl/8.21.0' > /mnt/bin/curl
chmod +x /mnt/bin/curl
clients
says 'a curl that is not static' clients ok
rm /mnt/bin/curl

library /mnt/lib/libcurl.so.4 libcurl/8.20.1
clients
says '8.20 fails' clients !! '/mnt/lib/libcurl.so.4: 8.20 drops the zone'
says 'what to do' clients !! "'v6lit exec COMMAND'"
library /mnt/lib/libcurl.so.4 libcurl/8.21.0
clients
says '8.21 is worse' clients !! 'ANOTHER HOST'
same 'status' 1 "$status"
ln -s lib /mnt/lib64
LD_LIBRARY_PATH=/mnt/lib:/mnt/lib64
clients
same 'a library in two directories is one' 1 \
    "$(about clients | grep -o '/mnt/[a-z0-9/.-]*' | sort -u | grep -c libcurl)"
LD_LIBRARY_PATH=/mnt/lib

# Wherever it begins in what is read at a time.
for before in 0 1 65530 65531 65532 65535 65536 65537 131068; do
    { head -c $before /dev/zero; printf '8.21.0\0Unsupported protocol'; } > /mnt/lib/libcurl.so.4
    clients
    says "after $before bytes" clients !! 8.21
    { head -c $before /dev/zero | tr '\0' 1; printf '18.21.0\0Unsupported protocol'; } > /mnt/lib/libcurl.so.4
    clients
    says "18.21.0 after $before bytes" clients ok
done
printf 'Unsupported protocol\0libcurl/8.21' > /mnt/lib/libcurl.so.4
clients
says 'cut off' clients ok
: > /mnt/lib/libcurl.so.4
clients
says 'empty' clients ok
rm /mnt/lib/libcurl.so.4
mkfifo /mnt/lib/libcurl.so.4
timeout 10 env PATH=/mnt/bin "$v6lit" doctor > /mnt/out
same 'a FIFO is not waited for' 'ok  clients' "$(grep -o '^..  clients' /mnt/out)"
rm /mnt/lib/libcurl.so.4
mkdir /mnt/lib/libcurl.so.4
clients
says 'a directory' clients ok
rmdir /mnt/lib/libcurl.so.4
truncate --size=3G /mnt/lib/libcurl.so.4
clients
says 'a file that is too large' clients ok
rm /mnt/lib/libcurl.so.4
printf 'libcurl/8.21.0\0Unsupported protocol' > /mnt/lib/libcurl.so.4
chmod 0 /mnt/lib/libcurl.so.4
if setpriv --reuid=65534 --regid=65534 --clear-groups true 2> /dev/null; then
    out=$(PATH=/mnt/bin; export PATH; exec "$setpriv" --reuid=65534 --regid=65534 --clear-groups "$v6lit" doctor)
    says 'a library that may not be read' clients '??' /mnt/lib/libcurl.so.4
    library /mnt/lib/libcurl-gnutls.so.4 libcurl/8.21.0
    out=$(PATH=/mnt/bin; export PATH; exec "$setpriv" --reuid=65534 --regid=65534 --clear-groups "$v6lit" doctor)
    says 'beside one that is known' clients !! 'cannot check: /mnt/lib/libcurl.so.4'
    rm /mnt/lib/libcurl-gnutls.so.4
else
    skip 'a library that may not be read' 'no other user in this namespace'
fi
rm /mnt/lib/libcurl.so.4

library /mnt/lib/libgio-2.0.so.0 g_inet_address_get_is_loopback
clients
says 'GLib 2.84' clients '>>' '/mnt/lib/libgio-2.0.so.0: GLib before 2.86 drops the zone'
same 'is no finding: many machines have no other' 0 "$status"
library /mnt/lib/libgio-2.0.so.0 g_inet_address_get_is_loopback $new
clients
says 'GLib 2.86' clients ok
rm /mnt/lib/libgio-2.0.so.0

# What is looked at must not act.
for program in curl node; do
    printf '#!/bin/sh\necho libcurl/8.21.0 > /mnt/ran\n' > /mnt/bin/$program
    chmod +x /mnt/bin/$program
done
cp "$PWD/test/doctor/.libs/wrong.so" /mnt/lib/libcurl.so.4
printf 'libcurl/8.21.0\0Unsupported protocol' >> /mnt/lib/libcurl.so.4
clients
says 'Node.js' clients !! 'node: drop the zone in dns.lookup'
says 'and what it does instead' clients !! "ANOTHER HOST: give the address with its zone as 'host'"
check 'no program that is looked at runs' test ! -e /mnt/ran
if strace -o /mnt/trace true > /mnt/out 2>&1; then
    PATH=/mnt/bin "$strace" -o /mnt/trace -f -e trace=execve,mmap -y "$v6lit" doctor > /mnt/out 2>&1
    check 'the trace sees what is loaded' grep -q 'mmap.*libc\.so' /mnt/trace
    same 'and no library that is looked at is loaded' '' "$(grep 'mmap.*libcurl' /mnt/trace)"
else
    skip 'no library that is looked at is loaded' 'no strace here'
fi
rm /mnt/bin/* /mnt/lib/libcurl.so.4

mkdir /mnt/local
library /mnt/local/libcurl.so.4 libcurl/8.21.0
mount --bind /mnt/local /usr/local/lib
unset LD_LIBRARY_PATH
clients
says 'a library of make install' clients !! '/usr/local/lib/libcurl.so.4'
finish
