# SPDX-License-Identifier: LGPL-2.1-or-later
# Tests for script/test-packages, in the system at $user: packages are installed, upgraded and removed with unusual hosts:
# lines and files, and at unusual moments; and v6lit is installed from source. To be sourced by that script.

# set_line LINE: the whole line, as it is.
set_line() {
    grep -v '^hosts:' /mnt/before > $user/etc/nsswitch.conf.new
    printf '%s\n' "$1" >> $user/etc/nsswitch.conf.new
    mv $user/etc/nsswitch.conf.new $user/etc/nsswitch.conf
}

# state PACKAGE: "ii" if it is installed, "" if it is not there, and of whatever was there before.
state() {
    within $user dpkg-query --showformat '${db:Status-Abbrev}' --show "$1" 2> /dev/null | sed 's/^un//; s/ //g'
}

# kill_in_editor before|after: the next editor of the package kills dpkg, its script and itself with SIGKILL.
kill_in_editor() {
    editor=$user/usr/lib/x86_64-linux-gnu/$name/edit-hosts
    mv "$editor" "$editor.real"
    cat > "$editor" << END
#!/bin/sh
[ "\$1" = has ] && exec \$0.real "\$@"
[ $1 = before ] || \$0.real "\$@"
mv \$0.real \$0
read -r _ _ _ dpkg _ < /proc/\$PPID/stat
kill -9 \$dpkg \$PPID \$\$
END
    chmod +x "$editor"
}

# Lines that are easily misread. They are edited as glibc reads them, and given back as they were.
test_lines() {
    while IFS='|' read -r line wanted; do
        set_line "$line"
        cp $user/etc/nsswitch.conf /mnt/changed
        install now $name:amd64
        same "the line: $line" "$wanted" "$(tail -n 1 $user/etc/nsswitch.conf)"
        dpkg --purge $name
        check 'and back' cmp /mnt/changed $user/etc/nsswitch.conf
    done << 'END'
hosts: files dns#llmnr winbind off|hosts: files ipv6literal [NOTFOUND=return] dns#llmnr winbind off
hosts: files # dns is off|hosts: files ipv6literal [NOTFOUND=return] # dns is off
hosts: files dns[!UNAVAIL=return]|hosts: files ipv6literal [NOTFOUND=return] dns[!UNAVAIL=return]
hosts: files resolve[!UNAVAIL=return] dns|hosts: files ipv6literal [NOTFOUND=return] resolve[!UNAVAIL=return] dns
hosts: dns[!UNAVAIL=return] files|hosts: ipv6literal [NOTFOUND=return] dns[!UNAVAIL=return] files
hosts:files dns|hosts:files ipv6literal [NOTFOUND=return] dns
  hosts: files dns|  hosts: files ipv6literal [NOTFOUND=return] dns
hosts : files dns|hosts : files ipv6literal [NOTFOUND=return] dns
END
    set_line 'hosts: files dns#llmnr winbind off llmnr'
    install now libnss-llmnr:amd64
    dpkg --purge libnss-llmnr
    same 'llmnr takes out no part of another word' 'hosts: files dns#llmnr winbind off' \
        "$(tail -n 1 $user/etc/nsswitch.conf)"
    set_line 'hosts: files [NOTFOUND=retrun] dns'
    cp $user/etc/nsswitch.conf /mnt/changed
    check 'a line with a typo: installed' install now $name:amd64
    check 'purged' dpkg --purge $name
    check 'and untouched' cmp /mnt/changed $user/etc/nsswitch.conf
}

# comes_and_goes WHAT: where the file cannot be written, the package does without.
comes_and_goes() {
    install now $name:amd64
    same "$1: installed" ii "$(state $name)"
    check 'with a warning' grep -q "nsswitch.conf was not changed" /mnt/log
    same 'the line stays' 'files dns' "$(hosts)"
    dpkg --purge $name
    same 'purged' '' "$(state $name)"
    check 'without one, there being nothing to take out' sh -c '! grep -q "was not changed" /mnt/log'
}

# The file is a link, has attributes, or cannot be written.
test_files() {
    file=$user/etc/nsswitch.conf
    set_hosts 'files dns'
    mv "$file" $user/etc/real.conf
    ln -s real.conf "$file"
    install now $name:amd64
    same 'a symbolic link stays' "real.conf files ipv6literal [NOTFOUND=return] dns" "$(readlink "$file") $(hosts)"
    dpkg --purge $name
    same 'and back' "real.conf files dns" "$(readlink "$file") $(hosts)"
    mv $user/etc/real.conf "$file"

    if python3 -c 'import os, sys; os.setxattr(sys.argv[1], "user.kept", b"x")' "$file" 2> /mnt/log; then
        install now $name:amd64
        dpkg --purge $name
        same 'extended attributes stay' "b'x'" \
            "$(python3 -c 'import os, sys; print(os.getxattr(sys.argv[1], "user.kept"))' "$file")"
    else
        skip 'extended attributes stay' 'this file system has none'
    fi
    if chattr +i "$file" 2> /mnt/log; then
        comes_and_goes 'an immutable file'
        chattr -i "$file"
    else
        skip 'an immutable file' 'this file system has none'
    fi
    cp "$file" /mnt/mounted
    mount --bind /mnt/mounted "$file"
    comes_and_goes 'a bind-mounted file'
    mount -o remount,bind,ro "$file"
    comes_and_goes 'a file that is mounted read-only'
    umount "$file"
    install now $name:amd64
    mount --bind "$file" "$file"
    dpkg --purge $name
    same 'purged where the entry cannot be taken out' '' "$(state $name)"
    check 'with a warning' grep -q 'remove ipv6literal from its hosts: line' /mnt/log
    umount "$file"
    rm "$file"
    check 'no file: installed' install now $name:amd64
    check 'purged' dpkg --purge $name
    set_hosts 'files dns'
}

# dpkg is killed while the line is edited.
is_killed() {
    ! dpkg "$@" && [ "$(tail -n 1 /mnt/log)" = Killed ]
}
test_killed() {
    for moment in before after; do
        dpkg --unpack now/${name}_${version}_amd64.deb
        kill_in_editor $moment
        check "killed at the installation, $moment" is_killed --configure $name
        dpkg --configure -a
        same 'which is made up for' 'ii files ipv6literal [NOTFOUND=return] dns' \
            "$(state $name) $(hosts)"
        kill_in_editor $moment
        check "killed at the removal, $moment" is_killed --remove $name
        dpkg --configure $name
        same 'and kept after all' 'ri files ipv6literal [NOTFOUND=return] dns' \
            "$(state $name) $(hosts)"
        kill_in_editor $moment
        check "killed at the removal, $moment" is_killed --remove $name
        dpkg --purge $name
        same 'and purged' ' files dns' "$(state $name) $(hosts)"
    done
    same 'nothing is left' '' "$(ls -A $user/etc | grep 'nsswitch.conf.'; ls $user/var/lib/misc)"
}

# What an administrator takes out stays out.
test_deletion() {
    set_hosts 'files dns'
    install now $name:amd64 $name:i386
    set_hosts 'files dns'
    install later $name:amd64 $name:i386
    same 'an upgrade does not put it back' 'files dns' "$(hosts)"
    install later $name:amd64
    same 'nor the same version again' 'files dns' "$(hosts)"
    dpkg --remove $name:i386
    install later $name:i386
    same 'nor another architecture' 'files dns' "$(hosts)"
    dpkg --remove $name:amd64 $name:i386
    install now $name:amd64
    same 'nor a removal and an installation' 'files dns' "$(hosts)"
    dpkg --purge $name:amd64 $name:i386
    install now $name:amd64
    same 'but a purge does' 'files ipv6literal [NOTFOUND=return] dns' "$(hosts)"
    dpkg --remove $name
    same 'a removal takes it out' 'files dns' "$(hosts)"
    install now $name:amd64
    same 'and an installation puts it back' 'files ipv6literal [NOTFOUND=return] dns' "$(hosts)"
    dpkg --purge $name
}

rules() {
    (cd $user/etc/request-key.d && grep -h '^create' -- *.conf 2> /dev/null |
        awk '{ print $5 }' | sort -u | tr '\n' ' ')
}

# The packages after an installation from source, and without it again.
test_sources() {
    tools="now/v6lit-tools_${version}_amd64.deb"
    mkdir -p $builder/user
    mount --bind $user $builder/user
    within $builder sh -euc 'mkdir -p /tmp/source && cd /tmp/source
        /home/maker/v6lit-*/configure --disable-tests -q > /dev/null
        make -s > /dev/null && make -s install DESTDIR=/user > /dev/null 2>&1'
    check 'installed from source' test -e $user/etc/request-key.d/v6lit.conf
    within $user sh -c "dpkg --install $tools" > /mnt/log 2>&1 < /dev/null
    same 'the package comes without a question' ii "$(state v6lit-tools)"
    same 'both rules are there' '/usr/local/sbin/key.v6lit /usr/sbin/key.v6lit ' "$(rules)"
    within $builder sh -c 'cd /tmp/source && make -s uninstall DESTDIR=/user' > /mnt/log 2>&1
    same 'uninstalling the sources leaves what is of the package' '' \
        "$(within $user dpkg --verify v6lit-tools | grep -v /usr/share/)"
    same 'and its rule' '/usr/sbin/key.v6lit ' "$(rules)"
    umount $builder/user
    echo '# local' >> $user/etc/request-key.d/v6lit-tools.conf
    dpkg --remove v6lit-tools
    same 'no rule names a program that has gone' '' "$(rules)"
    within $user sh -c "dpkg --install $tools" > /mnt/log 2>&1 < /dev/null
    same 'an installation brings the rule back' 'ii /usr/sbin/key.v6lit ' "$(state v6lit-tools) $(rules)"
    same 'as the administrator left it' '# local' "$(tail -n 1 $user/etc/request-key.d/v6lit-tools.conf)"
    dpkg --remove v6lit-tools
    dpkg --purge v6lit-tools
    same 'a purge leaves nothing' '' "$(ls $user/etc/request-key.d 2> /dev/null)"
    within $user sh -c "dpkg --install $tools" > /mnt/log 2>&1 < /dev/null
    printf '#!/bin/sh\n' > $user/usr/sbin/mount.cifs
    chmod +x $user/usr/sbin/mount.cifs
    mv $user/usr/sbin/key.v6lit $user/key
    mv $user/usr/sbin/mount.v6lit $user/mount
    within $user v6lit doctor > /mnt/log 2>&1 || : # it has findings
    check 'doctor notices a missing key.v6lit' grep -q '^!!.*/usr/sbin/key.v6lit, which' /mnt/log
    check 'and a missing mount.v6lit' grep -q "mount -t v6lit' does not work" /mnt/log
    mv $user/key $user/usr/sbin/key.v6lit
    mv $user/mount $user/usr/sbin/mount.v6lit
    rm $user/usr/sbin/mount.cifs
}
