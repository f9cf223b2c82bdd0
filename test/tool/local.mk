# The command, as users and scripts run it.
dist_check_SCRIPTS += test/tool/faults.sh test/tool/v6lit.sh
OWN_SCRIPT_TESTS += test/tool/v6lit.sh
SCRIPT_TESTS += test/tool/faults.sh
