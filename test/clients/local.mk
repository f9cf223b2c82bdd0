dist_check_SCRIPTS += test/clients/reach.sh
EXTRA_DIST += test/tap.sh
SCRIPT_TESTS += test/clients/reach.sh
