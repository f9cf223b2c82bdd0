# The command, as users and scripts run it.
dist_check_SCRIPTS += test/tool/v6lit.sh
PROGRAM_TESTS += test/tool/v6lit.sh
