# In a virtual machine.
dist_check_SCRIPTS += test/kernel/modules.sh test/kernel/mount.sh test/kernel/reconnect.sh
HOST_TESTS += test/kernel/modules.sh test/kernel/mount.sh test/kernel/reconnect.sh
EXTRA_DIST += test/data/reconnect.tsv test/kernel/agent test/kernel/initrd test/kernel/links \
    test/kernel/shared.sh test/kernel/vm.sh
