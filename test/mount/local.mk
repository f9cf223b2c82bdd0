# mount.v6lit and key.v6lit.
dist_check_SCRIPTS += test/mount/mount.sh test/mount/key.sh
SCRIPT_TESTS += test/mount/mount.sh
if WITH_KEYUTILS
SCRIPT_TESTS += test/mount/key.sh
endif
