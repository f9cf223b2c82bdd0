# The command, as users and scripts run it.
dist_check_SCRIPTS += test/tool/faults.sh test/tool/terminal.sh test/tool/v6lit.sh
EXTRA_DIST += test/tool/terminal.py
OWN_SCRIPT_TESTS += test/tool/v6lit.sh
SCRIPT_TESTS += test/tool/faults.sh test/tool/terminal.sh
