# In a virtual machine.
dist_check_SCRIPTS += test/kernel/mount.sh
HOST_TESTS += test/kernel/mount.sh
EXTRA_DIST += test/kernel/agent test/kernel/initrd test/kernel/shared.sh test/kernel/vm.sh
