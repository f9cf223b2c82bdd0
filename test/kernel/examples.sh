#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# autofs, systemd and pam_mount mount shares, set up and removed as the page in examples/mount says.
set -u

. "$top_srcdir/test/tap.sh"
. "$top_srcdir/test/env/hosts.sh"
. "$top_srcdir/test/env/page.sh"
. "$top_srcdir/test/kernel/vm.sh"
. "$top_srcdir/test/kernel/shared.sh"
[ "${inside-}" = yes ] || [ -e "${V6LIT_WORLD-/nowhere}/etc/security/pam_mount.conf.xml" ] ||
    skip_all 'no pam_mount in V6LIT_WORLD'
go_on_among_hosts "$0"

page=examples/mount/README.md
guest_limit=600
follow_limit=300
host server
host client
on client v6lit enable > /dev/null
# login COMMAND...: what a user runs after a login with the password.
on client sh -euc 'useradd --create-home --shell /bin/sh reader
    echo reader:secret | chpasswd
    touch /etc/.updated /var/.updated
    cat > /usr/local/bin/login
    chmod +x /usr/local/bin/login' << 'END'
#!/bin/sh
echo secret | setpriv --reuid nobody --clear-groups su --login --command 'exec "$@"' -- reader sh "$@" 2> /run/login.log
END
boot client server tap0 systemd
address server tap0 fe80::20c:29ff:fea3:8bb1/64 192.0.2.1/24
serve server
on server sh -euc 'useradd --no-create-home reader
    cd /smb
    printf "secret\nsecret\n" | smbpasswd -c smb.conf -s -a reader
    mkdir share music
    echo hello | tee share/file > music/file
    chmod 777 share music
    printf "[%s]\npath = /smb/%s\nguest ok = %s\nread only = no\n" share share no music music yes >> smb.conf
    smbcontrol --configfile=smb.conf smbd reload-config' > /mnt/samba.log 2>&1
addresses fe80::2/64 192.0.2.2/24
guest systemctl start sysinit.target
follow client $page Password
etc_of client > /mnt/etc

# undone WHAT: nothing is left of what was set up.
undone() {
    etc_of client > /mnt/etc.now
    same "$1: undone, /etc is as it was" '' "$(diff /mnt/etc /mnt/etc.now)"
    same "$1: undone, nothing is mounted" '' "$(guest findmnt --types cifs --noheadings)"
}
for heading in autofs systemd; do
    follow client $page $heading
    undone $heading
done
follow_as=login
follow client $page pam_mount
undone pam_mount
halt_guest
finish
