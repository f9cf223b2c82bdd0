dist_check_SCRIPTS += test/clients/reach.sh
SCRIPT_TESTS += test/clients/reach.sh
