# mount.v6lit and key.v6lit, and the configuration for them in examples.
dist_check_SCRIPTS += test/mount/examples.sh test/mount/key.sh test/mount/mount.sh
EXTRA_DIST += test/data/keys.tsv test/mount/shared.sh
SCRIPT_TESTS += test/mount/examples.sh test/mount/mount.sh
if WITH_KEYUTILS
SCRIPT_TESTS += test/mount/key.sh
endif
