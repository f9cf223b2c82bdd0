# Tests in a virtual machine. script/test-matrix runs all of KERNEL_TESTS with several kernels, script/test three with one.
kernel_tests = test/kernel/modules.sh test/kernel/mount.sh test/kernel/reconnect.sh
KERNEL_TESTS = $(kernel_tests) test/kernel/examples.sh test/kernel/kerberos.sh test/kernel/kernels.sh test/kernel/nfs.sh
dist_check_SCRIPTS += $(KERNEL_TESTS)
HOST_TESTS += $(kernel_tests)
EXTRA_DIST += test/data/kernels.tsv test/data/reconnect.tsv test/env/add-kernel test/env/kernel test/kernel/agent test/kernel/initrd \
    test/kernel/links test/kernel/shared.sh test/kernel/vm.sh
