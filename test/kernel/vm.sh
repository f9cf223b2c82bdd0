# SPDX-License-Identifier: LGPL-2.1-or-later
# A virtual machine with the kernel of $V6LIT_WORLD, for what the machine's own kernel has not or what needs one that may
# break. It is emulated, so it runs wherever the hosts do. Its file system is that of a host, on top of which
# it writes into memory. To be sourced, after test/env/hosts.sh:
#
#   host server
#   host client
#   boot client server tap0 systemd
#   guest mount -t cifs //fe80--1seth0.ipv6-literal.net/share /mnt
#   halt_guest
#
# Its second serial line carries the numbers of commands and their exit statuses, and a directory that both sides
# see the commands and what they print. Its first one is the console, which is shown if all goes wrong.

guest_number=0
guest_limit=180

# boot HOST PEER INTERFACE INIT: starts the virtual machine with the host's file system. Its eth0, which is
# down, is cabled to a new interface of the peer. INIT is systemd, or agent, which starts nothing and is
# quicker.
boot() {
    guest_root=/mnt/$1/root
    guest_peer=$2
    guest_tap=$3
    mkdir -p "$guest_root/vm"
    rm -rf "$guest_root/vm/exchange"
    on "$1" sh -euc '
        cd /vm
        mkdir exchange
        [ ! -e initrd.img ] || exit 0
        mkdir -p initrd/bin initrd/change initrd/dev initrd/lower initrd/proc initrd/root
        mkfifo line.in line.out
        cd initrd
        cp /source/test/kernel/initrd init
        chmod +x init
        cp /bin/busybox bin
        ln -s busybox bin/sh
        modprobe --set-version "$(ls /lib/modules)" --show-depends --all virtio_pci 9pnet_virtio 9p overlay |
            sed -n "s/^insmod \([^ ]*\).*/\1/p" | awk "!seen[\$0]++" |
            while read -r path; do
                module=${path##*/}
                module=${module%.ko*}.ko
                case $path in
                    *.xz) busybox xzcat "$path" ;;
                    *.zst) zstd -dc "$path" ;;
                    *) cat "$path" ;;
                esac > "$module"
                echo "/$module" >> modules
            done
        find . | busybox cpio -o -H newc > ../initrd.img
        # systemd with no more than the agent. Each generator costs a process at every boot.
        mkdir -p /etc/systemd/system-generators
        for generator in /lib/systemd/system-generators/*; do
            [ "${generator##*/}" = systemd-fstab-generator ] ||
                ln -s /dev/null "/etc/systemd/system-generators/${generator##*/}"
        done
        printf "[Unit]\nDefaultDependencies=no\n[Service]\nExecStart=sh /source/test/kernel/agent\n" \
            > /etc/systemd/system/agent.service
        printf "[Unit]\nDefaultDependencies=no\nRequires=agent.service\n" > /etc/systemd/system/agent.target
    ' > /dev/null 2>&1 || { echo 'Bail out! no initrd for the virtual machine'; exit 1; }
    on "$2" ip tuntap add "$3" mode tap
    on "$2" ip link set "$3" addrgenmode none
    case $4 in
        systemd) guest_init='/lib/systemd/systemd --unit=agent.target' ;;
        agent) guest_init='/bin/sh /source/test/kernel/agent' ;;
    esac
    # A command may be sent from a subshell, whose standard output is no TAP and whose end is not the test's.
    exec 7<> "$guest_root/vm/line.in" 8<> "$guest_root/vm/line.out" 9>&1
    trap 'exit 1' TERM
    # The network is the peer's, all else the host's. On a busy machine the kernel measures the TSC wrongly, and its time would be
    # several times too fast.
    nsenter --net="/proc/$(cat "/mnt/$2/pid")/ns/net" --mount="/proc/$(cat "/mnt/$1/pid")/ns/mnt" \
        env -i PATH=/usr/bin qemu-system-x86_64 -accel tcg -cpu max,la57=off -m 1G -nodefaults -no-reboot \
        -display none -serial file:/vm/console -serial pipe:/vm/line \
        -kernel /boot/vmlinuz -initrd /vm/initrd.img \
        -append "console=ttyS0 loglevel=6 panic=-1 INIT=\"$guest_init\" net.ifnames=0 tsc=unstable systemd.show_status=false" \
        -fsdev local,id=root,path=/,security_model=none,readonly=on,multidevs=remap \
        -device virtio-9p-pci,fsdev=root,mount_tag=root \
        -fsdev local,id=exchange,path=/vm/exchange,security_model=none,multidevs=remap \
        -device virtio-9p-pci,fsdev=exchange,mount_tag=exchange \
        -netdev "tap,id=net,ifname=$3,script=no,downscript=no" -device virtio-net-pci,netdev=net,romfile= \
        > "/mnt/qemu.log" 2>&1 7>&- 8>&- &
    guest_pid=$!
    guest_answer
    [ "$guest_reply" = ready ] || guest_lost
    # Without our own end for writing, the line ends with the virtual machine.
    exec 8< "$guest_root/vm/line.out"
    # From now on, on runs there what it runs on the host.
    guest_host=$1
    touch "/mnt/$1/virtual"
}

# guest_answer: sets guest_reply to the next line from the virtual machine.
guest_answer() {
    guest_reply=$(timeout "$guest_limit" sh -c 'read -r line && echo "$line"' <&8) || guest_lost
}

# guest_lost: ends the test because the virtual machine does not answer.
guest_lost() {
    cat /mnt/qemu.log "$guest_root/vm/console" 2>&1 | tr -d '\r' | tail -n 40 | sed 's/^/# /' >&9
    echo 'Bail out! the virtual machine does not answer; above is the end of its console' >&9
    kill $$
    exit 1
}

# guest COMMAND...: runs a command there, as root, for $guest_limit seconds at the most.
guest() {
    guest_number=$((guest_number + 1))
    for guest_word; do
        printf "'%s' " "$(printf '%s\n' "$guest_word" | sed "s/'/'\\\\''/g")"
    done > "$guest_root/vm/exchange/$guest_number"
    echo $guest_number >&7
    guest_answer
    cat "$guest_root/vm/exchange/$guest_number.out"
    return "$guest_reply"
}

# halt_guest: ends the virtual machine as a power failure does.
halt_guest() {
    kill "$guest_pid"
    wait "$guest_pid"
    exec 7>&- 8>&-
    rm "/mnt/$guest_host/virtual"
    on "$guest_peer" ip link delete "$guest_tap"
}
